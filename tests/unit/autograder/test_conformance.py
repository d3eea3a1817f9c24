"""The suite that tests templates is tested itself: each fault of an author's is found and named."""

from itertools import count

import pytest

from autograder import conformance
from question_bank import Figure, Misconception, figures, integers, part, template

COUNTER = count()
SLIP = Misconception("doubled", "You doubled it.")
GOOD = {
    "stem": "A row of {{ n }} pixels.",
    "prompt": "How many with 1 more?",
    "solution": "{{ n }} and 1 make {{ more }}.",
    "topics": ["made/up"],
    "wrong": lambda q: 2 * q.n,
    "feedback": SLIP,
}


def made(**changes):
    """A template that is right but for the changes."""
    parts = GOOD | changes
    options = {name: changes[name] for name in ("difficulty", "minutes", "where") if name in changes}

    @template(topics=parts["topics"], **options)
    class Made:
        stem = parts["stem"]
        n: int = integers(3, parts.get("high", 90))
        more = part(parts["prompt"], lambda q: q.n + 1, parts.get("answer"))
        more.mistake(parts["feedback"], parts["wrong"])
        solution = parts["solution"]
        figure = parts.get("figure")

    return Made


def faults(**changes):
    found = made(**changes)
    return conformance.faults(found, conformance.sample(found, 30))


def test_a_good_template_has_no_faults():
    assert faults() == []


@pytest.mark.parametrize(
    "changes, told",
    [
        ({"topics": []}, "has no topics"),
        ({"difficulty": 6}, "expected a difficulty from 1 to 5, found 6"),
        ({"minutes": 0}, "expected at least 1 minute, found 0"),
        ({"stem": " "}, "stem: is empty"),
        ({"stem": "{{ m }}"}, "stem: 'm' is undefined"),
        ({"stem": "{{ more }}"}, "stem: 'more' is undefined"),  # a stem never sees a key
        ({"prompt": "None of {{ n }}?"}, "prompt of more: reads like a machine"),
        ({"stem": "$\\frac{ {{ n }} }{2$"}, "stem: brackets, \\left or \\begin do not close"),
        ({"solution": "{{ n }} and 1."}, "solution: the key of more, "),
        ({"solution": "{{ more }}.\n\nThis is easy."}, "does not stand in 'This is easy.'"),
        ({"feedback": Misconception("doubled", " ")}, "feedback of 'doubled': is empty"),
        ({"figure": lambda q: Figure("<svg/>", "")}, "figure: its text alternative is empty"),
        ({"figure": lambda q: Figure("<svg>", "a")}, "figure: is not well-formed"),
        ({"figure": lambda q: Figure("<svg/>", f"{next(COUNTER)}")}, "figure: differs when it is drawn again"),
        ({"figure": lambda q: figures.grids(figures.grid([[q.more]]))}, "figure: drawn from the key of more"),
        ({"figure": lambda q: figures.grids(figures.grid([]))}, "figure: ValueError: grid '': expected rows"),
        ({"figure": lambda q: "<svg/>"}, "figure: expected a Figure, found str"),
        ({"wrong": lambda q: "two"}, "which is not recognised"),
    ],
)
def test_each_fault_is_named(changes, told):
    assert told in "\n".join(faults(**changes))


def test_a_sound_figure_is_no_fault():
    assert faults(figure=lambda q: figures.grids(figures.grid([[q.n]]))) == []


def test_all_variants_of_a_small_space_are_tried():
    assert len(conformance.sample(made(high=9), 2000)) == 7


def test_a_large_space_is_sampled():
    assert len(conformance.sample(made(), 25)) == 25
