import math

import numpy as np
from verdicts import Table, each_row, verdict

from question_bank import Bounds, Interval

WHOLE, REAL = Interval(whole=True), Interval()

TABLES = [
    Table(
        WHOLE,
        (3, 7),
        [
            ((3, 7), "correct"),
            ([3, 7], "correct"),
            (np.array([3, 7]), "correct"),
            ("[3, 7]", "correct"),
            ("(3, 7)", "correct", "(smallest, largest), as the prompt asks"),
            ("(2, 7]", "correct"),
            ("[3, 8)", "correct"),
            ("]2, 8[", "correct"),
            ("3..7", "correct"),
            ("3-7", "correct"),
            ("3 to 7", "correct"),
            ("3 <= n <= 7", "correct"),
            ("3 ≤ n < 8", "correct"),
            ("7 >= n > 2", "correct"),
            ("n >= 3 and n <= 7", "correct"),
            ("n >= 3 and m <= 7", "invalid"),
            ((3, 8), "wrong"),
            ("(2, 8)", "wrong", "both ends belong to it"),
            ((7, 3), "invalid"),
            ("2 < n < 3", "invalid", "nothing lies there"),
            (3, "invalid"),
            ("3", "invalid"),
            ((3, 5, 7), "invalid"),
            ("[3, 5, 7]", "invalid"),
            ("3 <= n >= 7", "invalid"),
        ],
    ),
    Table(
        WHOLE,
        (3, math.inf),
        [
            ("n >= 3", "correct"),
            ("n > 2", "correct"),
            ("2 < n", "correct"),
            ("[3, oo)", "correct"),
            ((3, math.inf), "correct"),
            ("(3, oo)", "invalid", "(smallest, largest), or does 3 not belong to it?"),
        ],
    ),
    Table(
        WHOLE,
        Bounds(-math.inf, 8, True, True),
        [
            ("n <= 7", "correct"),
        ],
    ),
    Table(
        REAL,
        Bounds(0, 1, False, True),
        [
            ("[0, 1)", "correct"),
            ("[0; 1[", "correct"),
            ("0 <= x < 1", "correct"),
            (r"$0 \le x < 1$", "correct"),
            ("[0, 2/2)", "correct"),
            ("[0, 1]", "wrong"),
            ((0, 1), "invalid", "round brackets are lost without quotes"),
            ("0 < 1", "invalid"),
        ],
    ),
    Table(
        REAL,
        Bounds(-math.inf, 0.5, True, True),
        [
            ("x < 1/2", "correct"),
            ("(-∞, 0.5)", "correct"),
            ("[-inf, 0.5)", "correct"),
        ],
    ),
]


@each_row(TABLES)
def test_table(answer, key, response, expected):
    assert verdict(answer, key, response) == expected
