"""What a program can tell of a text: traces of the machine, LaTeX that does not close, whether a key stands in it."""

from fractions import Fraction

import pytest

from autograder.proofreading import last_block, shows, traces
from question_bank import (
    Bounds,
    Choice,
    Choices,
    Integer,
    Interval,
    Matching,
    Matrix,
    Ordering,
    Quantity,
    Rational,
    Real,
    Shape,
    Symbolic,
    Vector,
)


@pytest.mark.parametrize(
    "text",
    [
        "A $3\\times3$ kernel.",
        "$$\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}$$",
        "$\\left\\lfloor 7/2 \\right\\rfloor = 3$ and $\\{1, 2\\}$",
        "It costs 3 \\$ in all.",
        "`None` and `3 + -2` are code.",
        "```python\nx = None  # $\n```",
        "21 layers, 1.1 pixels, $3 - (-2)$, 1 layer",
        "One of -3 and 5",
    ],
)
def test_a_clean_text_has_no_traces(text):
    assert list(traces(text)) == []


@pytest.mark.parametrize(
    "text, told",
    [
        ("The answer is None.", "reads like a machine"),
        ("nan pixels", "reads like a machine"),
        ("Floor: True", "reads like a machine"),
        ("1.0000000001 pixels", "reads like a machine"),
        ("Fraction(1, 3)", "reads like a machine"),
        ("$3 + -2$", "reads like a machine"),
        ("$3 - -2$", "reads like a machine"),
        ("It has 1 layers.", "reads like a machine"),
        ("A $3\\times3 kernel.", "never closed"),
        ("$\\frac{1}{2$", "do not close"),
        ("$1}{2$", "do not close"),
        ("$\\left( 1 )$", "do not close"),
        ("$$\\begin{pmatrix} 1 \\end{matrix}$$", "do not close"),
        ("$$\\begin{aligned} a &= 1 \\end{aligned}$$", "expected \\begin{array}"),
        ("$1 \\right)$", "do not close"),
    ],
)
def test_traces_are_found(text, told):
    assert told in "\n".join(traces(text))


@pytest.mark.parametrize(
    "text, block",
    [
        ("One.\n\nTwo\nlines.", "Two\nlines."),
        ("One.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", "| 1 | 2 |"),
        ("Alone", "Alone"),
    ],
)
def test_last_block(text, block):
    assert last_block(text) == block


OPTIONS = ("early", "late", "never")


@pytest.mark.parametrize(
    "text, answer, key",
    [
        ("So $n = 55$.", Integer(), 55),
        ("$138\\,357\\,544$ parameters", Integer(), 138357544),
        ("$3\\times-4$", Integer(), -4),
        ("138,357,544 parameters", Integer(), 138357544),
        ("$9\\times13\\times16$", Shape(), (9, 13, 16)),
        ("about 0.417", Real(), 0.41703),
        ("58.1 MiB", Quantity("MiB"), 58.123),
        ("$\\frac{3}{4}$", Rational(), Fraction(3, 4)),
        ("3/4", Rational(), Fraction(3, 4)),
        ("$\\begin{pmatrix} 1 & -2 \\\\ 3 & 4 \\end{pmatrix}$", Matrix(), ((1, -2), (3, 4))),
        ("0.25, 0.75", Vector(abs=0.01), (Fraction(1, 4), 0.751)),
        ("from 5 to 9", Interval(whole=True), (5, 9)),
        ("at most 9", Interval(), Bounds(-float("inf"), 9, True)),
        ("It happens late.", Choice(OPTIONS), "late"),
        ("So it is **b**.", Choice(OPTIONS), "late"),
        ("never and **a**", Choices(OPTIONS), ("never", "early")),
        ("late, never, early", Ordering(OPTIONS), ("late", "never", "early")),
        ("x: late", Matching(OPTIONS, items=("x",)), {"x": "late"}),
        ("`x[0, 1] + 2*w`", Symbolic(), "x[0,1] + 2*w"),
    ],
)
def test_a_key_that_stands_in_a_text_is_seen(text, answer, key):
    assert shows(text, answer, key)


@pytest.mark.parametrize(
    "text, answer, key",
    [
        ("So $n = 55$.", Integer(), 5),
        ("x55", Integer(), 55),
        ("$9\\times16\\times13$", Shape(), (9, 13, 16)),
        ("about 0.41", Real(), 0.41703),
        ("$\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}$", Matrix(), ((1, 3), (2, 4))),
        ("9 to 5", Interval(whole=True), (5, 9)),
        ("It happens early.", Choice(OPTIONS), "late"),
        ("never", Choices(OPTIONS), ("never", "early")),
        ("`x[0, 1] + w`", Symbolic(), "x[0,1] + 2*w"),
    ],
)
def test_a_key_that_does_not_stand_in_a_text_is_missed(text, answer, key):
    assert not shows(text, answer, key)
