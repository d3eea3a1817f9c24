from fractions import Fraction

import numpy as np
from verdicts import Table, each_row, verdict

from question_bank import Rational

ANY, LOWEST = Rational(), Rational(lowest=True)
KEY = Fraction(3, 4)

TABLES = [
    Table(
        ANY,
        KEY,
        [
            ("3/4", "correct"),
            ("6/8", "correct"),
            ("0.75", "correct"),
            (0.75, "correct"),
            ("1 - 1/4", "correct"),
            ("-3/-4", "correct"),
            ("0.7500001", "wrong"),
            ("4/3", "wrong"),
            (1, "wrong"),
            (np.array(0.75, dtype=np.float32), "correct"),
            ("3/0", "invalid"),
            ("3:4", "invalid"),
            ("three quarters", "invalid"),
            ([3, 4], "invalid"),
            (True, "invalid"),
            (float("nan"), "invalid"),
        ],
    ),
    Table(
        LOWEST,
        KEY,
        [
            ("3/4", "correct"),
            (" (3/4) ", "correct"),
            ("6/8", "partial"),
            ("0.75", "partial"),
            (0.75, "partial", "3/4 without quotes is the same to us"),
            ("3/2/2", "partial"),
            ("5/8", "wrong"),
        ],
    ),
    Table(
        ANY,
        Fraction(1, 3),
        [
            (1 / 3, "correct", "the float nearest to it"),
            (np.array(1 / 3, dtype=np.float32), "correct"),
            (np.array(1 / 3, dtype=np.float64), "correct"),
            (0.3333, "wrong"),
            ("0.333333333333333333", "wrong"),
            ("2/6", "correct"),
        ],
    ),
]


@each_row(TABLES)
def test_table(answer, key, response, expected):
    assert verdict(answer, key, response) == expected


def test_whole_numbers_are_in_lowest_terms():
    assert verdict(LOWEST, Fraction(2), 2) == verdict(LOWEST, Fraction(2), "2") == "correct"
    assert verdict(LOWEST, Fraction(2), "4/2") == "partial"
    assert verdict(LOWEST, Fraction(-2, 3), "-2/3") == "correct"
