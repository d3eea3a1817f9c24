from fractions import Fraction

import numpy as np
import pytest
from verdicts import verdict

from question_bank import Rational

ANY, LOWEST = Rational(), Rational(lowest=True)
KEY = Fraction(3, 4)

TABLE = [
    (ANY, "3/4", "correct"),
    (ANY, "6/8", "correct"),
    (ANY, "0.75", "correct"),
    (ANY, 0.75, "correct"),
    (ANY, "1 - 1/4", "correct"),
    (ANY, "-3/-4", "correct"),
    (ANY, "0.7500001", "wrong"),
    (ANY, "4/3", "wrong"),
    (ANY, 1, "wrong"),
    (ANY, np.array(0.75, dtype=np.float32), "correct"),
    (ANY, "3/0", "invalid"),
    (ANY, "3:4", "invalid"),
    (ANY, "three quarters", "invalid"),
    (ANY, [3, 4], "invalid"),
    (ANY, True, "invalid"),
    (ANY, float("nan"), "invalid"),
    (LOWEST, "3/4", "correct"),
    (LOWEST, " (3/4) ", "correct"),
    (LOWEST, "6/8", "partial"),
    (LOWEST, "0.75", "partial"),
    (LOWEST, 0.75, "partial"),  # 3/4 without quotes is the same to us
    (LOWEST, "3/2/2", "partial"),
    (LOWEST, "5/8", "wrong"),
]


@pytest.mark.parametrize(("answer", "response", "expected"), TABLE, ids=lambda value: repr(value)[:40])
def test_table(answer, response, expected):
    assert verdict(answer, KEY, response) == expected


THIRDS = [
    (1 / 3, "correct"),  # the float nearest to it
    (np.array(1 / 3, dtype=np.float32), "correct"),
    (np.array(1 / 3, dtype=np.float64), "correct"),
    (0.3333, "wrong"),
    ("0.333333333333333333", "wrong"),
    ("2/6", "correct"),
]


@pytest.mark.parametrize(("response", "expected"), THIRDS, ids=lambda value: repr(value)[:40])
def test_thirds(response, expected):
    assert verdict(ANY, Fraction(1, 3), response) == expected


def test_whole_numbers_are_in_lowest_terms():
    assert verdict(LOWEST, Fraction(2), 2) == verdict(LOWEST, Fraction(2), "2") == "correct"
    assert verdict(LOWEST, Fraction(2), "4/2") == "partial"
    assert verdict(LOWEST, Fraction(-2, 3), "-2/3") == "correct"
