import math

import numpy as np
import pytest
from verdicts import verdict

from question_bank import Bounds, Interval

WHOLE, REAL = Interval(whole=True), Interval()

TABLE = [
    (WHOLE, (3, 7), (3, 7), "correct"),
    (WHOLE, (3, 7), [3, 7], "correct"),
    (WHOLE, (3, 7), np.array([3, 7]), "correct"),
    (WHOLE, (3, 7), "[3, 7]", "correct"),
    (WHOLE, (3, 7), "(3, 7)", "correct"),  # (smallest, largest), as the prompt asks
    (WHOLE, (3, 7), "(2, 7]", "correct"),
    (WHOLE, (3, 7), "[3, 8)", "correct"),
    (WHOLE, (3, 7), "]2, 8[", "correct"),
    (WHOLE, (3, 7), "3..7", "correct"),
    (WHOLE, (3, 7), "3-7", "correct"),
    (WHOLE, (3, 7), "3 to 7", "correct"),
    (WHOLE, (3, 7), "3 <= n <= 7", "correct"),
    (WHOLE, (3, 7), "3 ≤ n < 8", "correct"),
    (WHOLE, (3, 7), "7 >= n > 2", "correct"),
    (WHOLE, (3, 7), "n >= 3 and n <= 7", "correct"),
    (WHOLE, (3, 7), "n >= 3 and m <= 7", "invalid"),
    (WHOLE, (3, 7), (3, 8), "wrong"),
    (WHOLE, (3, 7), "(2, 8)", "wrong"),  # both ends belong to it
    (WHOLE, (3, 7), (7, 3), "invalid"),
    (WHOLE, (3, 7), "2 < n < 3", "invalid"),  # nothing lies there
    (WHOLE, (3, 7), 3, "invalid"),
    (WHOLE, (3, 7), "3", "invalid"),
    (WHOLE, (3, 7), (3, 5, 7), "invalid"),
    (WHOLE, (3, 7), "[3, 5, 7]", "invalid"),
    (WHOLE, (3, 7), "3 <= n >= 7", "invalid"),
    (WHOLE, (3, math.inf), "n >= 3", "correct"),
    (WHOLE, (3, math.inf), "n > 2", "correct"),
    (WHOLE, (3, math.inf), "2 < n", "correct"),
    (WHOLE, (3, math.inf), "[3, oo)", "correct"),
    (WHOLE, (3, math.inf), (3, math.inf), "correct"),
    (WHOLE, (3, math.inf), "(3, oo)", "invalid"),  # (smallest, largest), or does 3 not belong to it?
    (WHOLE, Bounds(-math.inf, 8, True, True), "n <= 7", "correct"),
    (REAL, Bounds(0, 1, False, True), "[0, 1)", "correct"),
    (REAL, Bounds(0, 1, False, True), "[0; 1[", "correct"),
    (REAL, Bounds(0, 1, False, True), "0 <= x < 1", "correct"),
    (REAL, Bounds(0, 1, False, True), r"$0 \le x < 1$", "correct"),
    (REAL, Bounds(0, 1, False, True), "[0, 2/2)", "correct"),
    (REAL, Bounds(0, 1, False, True), "[0, 1]", "wrong"),
    (REAL, Bounds(0, 1, False, True), (0, 1), "invalid"),  # round brackets are lost without quotes
    (REAL, Bounds(0, 1, False, True), "0 < 1", "invalid"),
    (REAL, Bounds(-math.inf, 0.5, True, True), "x < 1/2", "correct"),
    (REAL, Bounds(-math.inf, 0.5, True, True), "(-∞, 0.5)", "correct"),
    (REAL, Bounds(-math.inf, 0.5, True, True), "[-inf, 0.5)", "correct"),
]


@pytest.mark.parametrize(("answer", "key", "response", "expected"), TABLE, ids=lambda value: repr(value)[:40])
def test_table(answer, key, response, expected):
    assert verdict(answer, key, response) == expected
