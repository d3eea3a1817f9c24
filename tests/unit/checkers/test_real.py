from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from verdicts import complaint, verdict

from autograder.checkers import Invalid, parse
from question_bank import Real

LOOSE, EXACT, ABSOLUTE = Real(), Real(rel=0), Real(rel=0, abs=0.005)
HUNDREDTHS = Fraction(275, 100)

TABLE = [
    (LOOSE, HUNDREDTHS, 2.75, "correct"),
    (LOOSE, HUNDREDTHS, "2.75", "correct"),
    (LOOSE, HUNDREDTHS, "11/4", "correct"),
    (LOOSE, HUNDREDTHS, "2 + 3/4", "correct"),
    (LOOSE, HUNDREDTHS, "2.75e0", "correct"),
    (LOOSE, HUNDREDTHS, ".275e1", "correct"),
    (LOOSE, HUNDREDTHS, 2.7527, "correct"),  # 0.1 % off, just within
    (LOOSE, HUNDREDTHS, 2.753, "wrong"),
    (LOOSE, HUNDREDTHS, 2.747, "wrong"),
    (LOOSE, HUNDREDTHS, -2.75, "wrong"),
    (LOOSE, HUNDREDTHS, 3, "wrong"),
    (LOOSE, HUNDREDTHS, np.array(2.75, dtype=np.float32), "correct"),
    (LOOSE, HUNDREDTHS, np.array(3), "wrong"),
    (LOOSE, HUNDREDTHS, np.array([2.75]), "invalid"),
    (LOOSE, HUNDREDTHS, True, "invalid"),
    (LOOSE, HUNDREDTHS, 2.75 + 0j, "invalid"),
    (LOOSE, HUNDREDTHS, float("inf"), "invalid"),
    (LOOSE, HUNDREDTHS, float("nan"), "invalid"),
    (LOOSE, HUNDREDTHS, "nan", "invalid"),
    (LOOSE, HUNDREDTHS, "275%", "invalid"),
    (LOOSE, HUNDREDTHS, "2,75", "correct"),  # no group of three digits, so it can only be a decimal comma
    (LOOSE, HUNDREDTHS, "2.75.1", "invalid"),
    (LOOSE, HUNDREDTHS, "11/4 MB", "invalid"),
    (LOOSE, HUNDREDTHS, "≈ 2.75", "invalid"),
    (LOOSE, HUNDREDTHS, [2.75], "invalid"),
    (LOOSE, 0, 0, "correct"),
    (LOOSE, 0, 1e-300, "wrong"),  # a relative tolerance of nothing is nothing
    (LOOSE, 1_000, "1001", "correct"),  # on the very edge
    (LOOSE, 1_000, "1,001", "invalid"),  # 1001 to some, 1.001 to others
    (LOOSE, 1_001_000, "1,001,000", "correct"),
    (LOOSE, 1_001, "1,001.0", "correct"),
    (LOOSE, 1_000, 1001.01, "wrong"),
    (LOOSE, 3, 3.003, "correct"),  # on the edge, where the float lies a little beyond
    (LOOSE, -4, "-4.004", "correct"),
    (LOOSE, 1, 10**3000, "wrong"),  # far beyond the floats
    (LOOSE, 0.1, "1/10", "correct"),
    (EXACT, Fraction(1, 3), "1/3", "correct"),
    (EXACT, Fraction(1, 3), 1 / 3, "correct"),  # the float nearest to it
    (EXACT, Fraction(1, 3), "0.3333333333", "wrong"),
    (EXACT, Fraction(1, 10), 0.1, "correct"),
    (EXACT, Fraction(1, 10), np.array(0.1, dtype=np.float32), "correct"),  # prints as 0.1
    (EXACT, Fraction(1, 10), 0.1000001, "wrong"),
    (EXACT, 10**20, "10^20", "correct"),
    (EXACT, 10**20, "10^20 + 1", "wrong"),
    (ABSOLUTE, Fraction(11, 4), 2.755, "correct"),
    (ABSOLUTE, Fraction(11, 4), "2.745", "correct"),
    (ABSOLUTE, Fraction(11, 4), 2.756, "wrong"),
    (ABSOLUTE, np.float32(2.75), 2.75, "correct"),
]


@pytest.mark.parametrize(("answer", "key", "response", "expected"), TABLE, ids=lambda value: repr(value)[:30])
def test_table(answer, key, response, expected):
    assert verdict(answer, key, response) == expected


def test_messages():
    assert complaint(LOOSE, "25%") == "percentages are not read; write 0.25 for 25%\n25%\n  ^"
    assert complaint(LOOSE, float("inf")) == "expected a number, found inf"
    assert complaint(LOOSE, [1]) == "expected a number, found a list of length 1"
    assert complaint(LOOSE, "\u200b ") == "the expression ends too early\n� \n ^"  # made visible


def test_texts_are_exact_and_floats_stay_floats():
    assert (parse(LOOSE, "0.1"), parse(LOOSE, "1/3")) == (Fraction(1, 10), Fraction(1, 3))
    assert type(parse(LOOSE, 0.1)) is float


@given(st.fractions(max_denominator=1000), st.integers(1, 50))
@settings(max_examples=100)
def test_a_fraction_may_be_written_in_any_way(value, factor):
    n, d = value.numerator, value.denominator
    assert parse(LOOSE, f"{n * factor}/{d * factor}") == value
    assert parse(LOOSE, f"({n})·{d}^-1") == value
    assert parse(LOOSE, f"{n - d}/{d} + 1") == value


@given(st.fractions(Fraction(1, 1000), 10**6), st.floats(0, 0.9), st.floats(1.1, 5))
@settings(max_examples=100)
def test_the_tolerance_is_what_decides(key, inside, outside):
    assert verdict(LOOSE, key, float(key) * (1 + 1e-3 * inside)) == "correct"
    assert verdict(LOOSE, key, float(key) * (1 - 1e-3 * outside)) == "wrong"


@given(st.text(max_size=60))
@settings(max_examples=200)
def test_any_text_is_a_fraction_or_invalid(text):
    try:
        assert type(parse(LOOSE, text)) is Fraction
    except Invalid as error:
        assert str(error)
