"""One response against one key, in JSON's terms."""

import pytest

from autograder.checkers import door
from autograder.checkers.door import Fault, check
from question_bank import Real, Shape

OPTIONS = {"choices": ["ReLU", "LRN", "batch norm"]}
ITEMS = {**OPTIONS, "items": ["one", "two"]}

ROWS = [
    ("integer", {}, 3640, "3*3*10*40+40", "correct", "3640"),
    ("integer", {}, "3,640", 3640.0, "correct", "3640"),
    ("integer", {}, 3640, 3641, "incorrect", "3641"),
    ("integer", {}, 3640, "3640+q", "invalid", ""),
    ("integer", {}, 3640, "", "blank", ""),
    ("integer", {}, 3640, None, "blank", ""),
    ("integer", {}, 3640, " \n", "blank", ""),
    ("integer", {}, 3640, True, "invalid", ""),
    ("integer", {}, 3640, {"a": 1}, "invalid", ""),
    ("integer", {}, 3640, [{"a": 1}], "invalid", ""),
    ("integer", {}, 3640, "1" * 200_000, "invalid", ""),
    ("real", {"rel": 0.01}, "1/3", 0.334, "correct", "0.334"),
    ("real", {"rel": 0}, "1/3", "0.333", "incorrect", "0.333"),
    ("real", {"places": 2}, "1/3", "0.33", "correct", "0.33"),
    ("real", {"figures": 2}, 1234, "1.2e3", "correct", "1200"),
    ("real", {}, 2750, "2,750", "invalid", ""),
    ("rational", {"lowest": True}, "3/4", "6/8", "partial", "3/4, in another form"),
    ("rational", {}, "3/4", "6/8", "correct", "3/4"),
    ("quantity", {"unit": "MiB"}, "2.5 MiB", "2621440 B", "correct", "2.5 MiB"),
    ("interval", {"whole": True}, [3, 7], "2 < n < 8", "correct", "[3, 7]"),
    ("interval", {}, "[0, 1)", "0 <= x < 1", "correct", "[0, 1)"),
    ("shape", {}, [10, 10, 40], "10 × 10 × 40", "correct", "(10, 10, 40)"),
    ("shape", {"axes": ["length"]}, "9", [9], "correct", "(9,)"),
    ("shape", {"batch": True}, "10x10x40", "N x 10 x 10 x 40", "correct", "(10, 10, 40)"),
    ("vector", {"abs": 0.1}, [1, 2], "1.05, 2", "correct", "[1.05, 2]"),
    ("matrix", {}, "1 2; 3 4", [[1, 2], [3, 5]], "partial", "[[1, 2], [3, 5]]"),
    ("tensor", {}, [[[1]]], [[[1]]], "correct", "[[[1]]]"),
    ("symbolic", {}, "x[0] + 1", "1 + x0", "correct", None),
    ("choice", OPTIONS, "LRN", "(B)", "correct", "b"),
    ("choice", OPTIONS, "b", "LRN", "correct", "b"),
    ("choices", OPTIONS, "a, c", ["c", "a"], "correct", "a, c"),
    ("choices", OPTIONS, "none", [], "correct", "none"),
    ("ordering", OPTIONS, "bca", "b -> c -> a", "correct", "b, c, a"),
    ("matching", ITEMS, "1a, 2b", "ab", "correct", "1a, 2b"),
    ("text", {}, "receptive field", "Receptive-field.", "correct", "receptivefield"),
    ("text", {"accepted": {"stride": ["step"]}}, "stride", "Step", "correct", "stride"),
]


@pytest.mark.parametrize(("kind", "options", "key", "response", "verdict", "note"), ROWS, ids=lambda v: repr(v)[:30])
def test_rows(kind, options, key, response, verdict, note):
    found = check(kind, options, key, response)
    assert found.verdict == verdict
    assert note is None or found.note == note


def test_every_kind_is_behind_the_door():
    assert {row[0] for row in ROWS} >= door.KINDS.keys() - {"function", "equation", "explanation"}


def test_a_message_has_its_caret():
    assert check("integer", {}, 3640, "3640+q").message == "expected a number, found 'q'\n3640+q\n     ^"


@pytest.mark.parametrize(
    ("kind", "options", "key", "says"),
    [
        ("parrot", {}, 1, "expected a kind (choice, "),
        ("function", {}, 1, "a function is judged by running it"),
        ("answer", {}, 1, "expected a kind"),
        ("integer", {"rel": 1}, 1, "integer has no option 'rel'; it has none"),
        ("real", {"rel": "1"}, 1, "option rel: expected a number of at least 0, found '1'"),
        ("real", {"rel": -1}, 1, "option rel: expected a number of at least 0, found -1"),
        ("real", {"rel": True}, 1, "option rel: expected a number of at least 0, found True"),
        ("real", {"rel": float("nan")}, 1, "option rel: expected a number of at least 0, found nan"),
        ("real", {"figures": 1.5}, 1, "option figures: expected a whole number of at least 0, found 1.5"),
        ("real", {"figures": 0}, 1, "real: expected at least 1 significant figure, found 0"),
        ("real", {"figures": 1, "places": 1}, 1, "real: expected significant figures or decimal places, found both"),
        ("rational", {"lowest": 1}, 1, "option lowest: expected true or false, found 1"),
        ("quantity", {}, 1, "quantity: "),
        ("quantity", {"unit": "parrot"}, 1, "quantity: 'parrot'"),
        ("shape", {"axes": "abc"}, 1, "option axes: expected a list, found 'abc'"),
        ("shape", {"axes": [1]}, 1, "option axes: expected a text, found 1"),
        ("choice", {"choices": ["a"]}, "a", "choice: expected 2 to 26 options, found 1"),
        ("choice", {"choices": ["a", "a"]}, "a", "choice: expected options that differ, found a, a"),
        ("text", {"accepted": ["a"]}, "a", "option accepted: expected an object, found ['a']"),
        ("symbolic", {"form": "sideways"}, "x", "option form: expected one of expanded, factored"),
        ("integer", {}, "1/3", "the key is not of this kind: expected an integer"),
        ("integer", {}, None, "the key is not of this kind: expected an integer, found nothing"),
        ("real", {}, "2,750", "the key is not of this kind: it is unclear"),
        ("interval", {}, [0, 1], "the key is not of this kind: expected an interval"),
        ("choice", OPTIONS, "d", "the key is not of this kind: expected the letter of an option, a to c"),
        ("matching", ITEMS, "1a", "the key is not of this kind: expected an option for every item"),
        ("symbolic", {}, 1, "the key is not of this kind"),
    ],
)
def test_the_callers_errors_are_told(kind, options, key, says):
    with pytest.raises(Fault) as fault:
        check(kind, options, key, 1)
    assert says in str(fault.value)


def test_options_become_the_kinds_own():
    assert door.answer_of("real", {"rel": 1, "places": None}) == Real(rel=1.0)
    assert door.answer_of("shape", {"axes": ["H", "W"]}) == Shape(("H", "W"))
