from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from verdicts import Table, complaint, each_row, verdict

from autograder.checkers import Invalid, parse
from question_bank import Real

LOOSE, EXACT, ABSOLUTE = Real(), Real(rel=0), Real(rel=0, abs=0.005)
HUNDREDTHS = Fraction(275, 100)

TABLES = [
    Table(
        Real(figures=3),
        Fraction(2, 3),
        [
            (0.667, "correct"),
            ("0.6667", "correct", "more figures than asked for, rightly rounded"),
            ("2/3", "correct"),
            ("6.67e-1", "correct"),
            (0.666, "wrong", "cut off, not rounded"),
            (0.67, "wrong", "two figures"),
            ("66.7%", "invalid"),
        ],
    ),
    Table(
        Real(figures=2),
        9.96,
        [
            (10, "correct"),
            ("9.96", "correct"),
            (9.9, "wrong"),
        ],
    ),
    Table(
        Real(figures=2),
        123_456,
        [
            (120_000, "correct"),
            ("1.2e5", "correct"),
            ("123456", "correct"),
            ("123,456", "invalid", "123456 to some, 123.456 to others"),
            (130_000, "wrong"),
        ],
    ),
    Table(
        Real(places=2),
        Fraction(1, 8),
        [
            (0.12, "correct", "a half may be rounded either way"),
            (0.13, "correct"),
            (0.1, "wrong", "one place"),
            (0.14, "wrong"),
        ],
    ),
    Table(
        Real(places=0),
        2.5,
        [
            (2, "correct"),
            (3, "correct"),
            ("4", "wrong"),
        ],
    ),
    Table(
        EXACT,
        0.1,
        [
            ("0.1", "correct", "a key that is a float equals what it is the nearest float to"),
            ("1/10", "correct"),
            (0.1, "correct"),
            ("0.1000000001", "wrong"),
        ],
    ),
    Table(
        EXACT,
        2750,
        [
            ("2,750", "invalid", "2750 or 2.75"),
            ("2 750", "correct"),
            ("2_750", "correct"),
            ("2,750.0", "correct"),
            ("2,750 + 0", "invalid"),
            ("２，７５０", "invalid"),
            ("12,750 - 10000", "invalid"),
        ],
    ),
    Table(
        LOOSE,
        HUNDREDTHS,
        [
            (2.75, "correct"),
            ("2.75", "correct"),
            ("11/4", "correct"),
            ("2 + 3/4", "correct"),
            ("2.75e0", "correct"),
            (".275e1", "correct"),
            (2.7527, "correct", "0.1 % off, just within"),
            (2.753, "wrong"),
            (2.747, "wrong"),
            (-2.75, "wrong"),
            (3, "wrong"),
            (np.array(2.75, dtype=np.float32), "correct"),
            (np.array(3), "wrong"),
            (np.array([2.75]), "invalid"),
            (True, "invalid"),
            (2.75 + 0j, "invalid"),
            (float("inf"), "invalid"),
            (float("nan"), "invalid"),
            ("nan", "invalid"),
            ("275%", "invalid"),
            ("2.75.1", "invalid"),
            ("11/4 MB", "invalid"),
            ("≈ 2.75", "invalid"),
            ([2.75], "invalid"),
        ],
    ),
    Table(
        LOOSE,
        0,
        [
            (0, "correct"),
            (1e-300, "wrong", "a relative tolerance of nothing is nothing"),
        ],
    ),
    Table(
        LOOSE,
        1_000,
        [
            ("1001", "correct", "on the very edge"),
            ("1,001", "invalid", "1001 to some, 1.001 to others"),
            (1001.01, "wrong"),
        ],
    ),
    Table(
        LOOSE,
        1_001_000,
        [
            ("1,001,000", "correct"),
        ],
    ),
    Table(
        LOOSE,
        1_001,
        [
            ("1,001.0", "correct"),
        ],
    ),
    Table(
        LOOSE,
        3,
        [
            (3.003, "correct", "on the edge, where the float lies a little beyond"),
        ],
    ),
    Table(
        LOOSE,
        -4,
        [
            ("-4.004", "correct"),
        ],
    ),
    Table(
        LOOSE,
        1,
        [
            (10**3000, "wrong", "far beyond the floats"),
        ],
    ),
    Table(
        LOOSE,
        0.1,
        [
            ("1/10", "correct"),
        ],
    ),
    Table(
        EXACT,
        Fraction(1, 3),
        [
            ("1/3", "correct"),
            (1 / 3, "correct", "the float nearest to it"),
            ("0.3333333333", "wrong"),
        ],
    ),
    Table(
        EXACT,
        Fraction(1, 10),
        [
            (0.1, "correct"),
            (np.array(0.1, dtype=np.float32), "correct", "prints as 0.1"),
            (0.1000001, "wrong"),
        ],
    ),
    Table(
        EXACT,
        10**20,
        [
            ("10^20", "correct"),
            ("10^20 + 1", "wrong"),
        ],
    ),
    Table(
        ABSOLUTE,
        Fraction(11, 4),
        [
            (2.755, "correct"),
            ("2.745", "correct"),
            (2.756, "wrong"),
        ],
    ),
    Table(
        ABSOLUTE,
        np.float32(2.75),
        [
            (2.75, "correct"),
        ],
    ),
]


@each_row(TABLES)
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
