from fractions import Fraction

import numpy as np
from verdicts import Table, complaint, each_row, verdict

from autograder.checkers import compare, parse
from question_bank import Matrix, Tensor, Vector

PLAIN, NAMED, LOOSE = Vector(), Vector(names=("top", "left", "right")), Vector(rel=0.01)
CUBE, CUBE_KEY = Tensor(), (((1, 2), (3, 4)), ((5, 6), (7, 8)))

TABLES = [
    Table(
        PLAIN,
        (1, 2, Fraction(5, 2)),
        [
            ([1, 2, 2.5], "correct"),
            ((1, "2", "5/2"), "correct"),
            (np.array([1, 2, 2.5], dtype=np.float32), "correct"),
            ("[1, 2, 2.5]", "correct"),
            ("(1, 2, 5/2)", "correct"),
            ("1, 2, 2.5", "correct"),
            ("1; 2; 2.5", "correct"),
            ("[1. 2. 2.5]", "correct"),
            ("[1, 2, 2.5,]", "correct"),
            ("tensor([1.0000, 2.0000, 2.5000])", "correct"),
            ("np.array([1, 2, 2.5], dtype=np.float32)", "correct"),
            (r"\begin{pmatrix} 1 & 2 & 2.5 \end{pmatrix}", "correct"),
            ([1, 2, 3], "partial"),
            ([1, 1, 1], "wrong"),
            ([1, 2], "wrong"),
            ([[1, 2, 2.5]], "invalid"),
            (np.array(1), "invalid"),
            ([], "invalid"),
            ("[]", "invalid"),
            ("[1, 2, 2.5", "invalid"),
            ("1, 2, 2.5]", "invalid"),
            ("[1, , 2.5]", "invalid"),
            ([1, 2, None], "invalid"),
            ([1, [2], 2.5], "invalid"),
        ],
    ),
    Table(
        NAMED,
        (1, 2, Fraction(5, 2)),
        [
            ([1, 2], "invalid"),
        ],
    ),
    Table(
        LOOSE,
        (1, 2, Fraction(5, 2)),
        [
            ([1.01, 1.98, 2.52], "correct"),
            ([1.02, 2, 2.5], "partial"),
        ],
    ),
    Table(
        CUBE,
        CUBE_KEY,
        [
            ([[[1, 2], [3, 4]], [[5, 6], [7, 8]]], "correct"),
            (np.arange(1, 9).reshape(2, 2, 2), "correct"),
            ("[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]", "correct"),
            ("[[[1 2]\n [3 4]]\n\n [[5 6]\n [7 8]]]", "correct"),
            ("(((1, 2), (3, 4)), ((5, 6), (7, 8)))", "correct"),
            ([[[1, 2], [3, 4]], [[5, 6], [7, 9]]], "partial"),
            (np.arange(1, 9).reshape(1, 2, 2, 2), "wrong"),
            ([[1, 2], [3, 4]], "invalid"),
            ([[[1, 2], [3, 4]], [[5, 6], [7]]], "invalid"),
            (7, "invalid"),
            ("1 2", "invalid"),
            ("[[[1, 2]] x [[3, 4]]]", "invalid"),
        ],
    ),
    Table(
        PLAIN,
        (Fraction(1, 3), Fraction(1, 10), 0, 1),
        [
            (np.array([1 / 3, 0.1, 0, 1], dtype=np.float32), "correct", "the nearest that its precision has"),
            (np.array([1 / 3, 0.1, 0, 1], dtype=np.float16), "correct"),
            ([1 / 3, 0.1, 0, 1], "correct"),
            (np.array([0.33333, 0.1, 0, 1], dtype=np.float32), "partial"),
            ([0.33333334, 0.1, 0, 1], "partial", "a float has more digits than that"),
            ("1/3 0.1 0 1", "correct"),
        ],
    ),
    Table(
        PLAIN,
        (1, 5),
        [
            ("1,5", "correct", "between entries a comma separates"),
            ("1;5", "correct"),
            ("1\n5", "correct"),
            ("[1,5;]", "invalid"),
        ],
    ),
]


@each_row(TABLES)
def test_table(answer, key, response, expected):
    assert verdict(answer, key, response) == expected


def test_messages_say_where():
    assert compare(NAMED, (1, 2, 3), parse(NAMED, [1, 2, 4])).message == "2 of 3 entries are right; wrong: right"
    assert compare(PLAIN, (1, 2), parse(PLAIN, [1, 3])).message == "1 of 2 entries are right; wrong: entry 2"
    assert compare(PLAIN, (1, 2), parse(PLAIN, [1])).message == "expected 2 entries, found 1 entry"
    wrong = compare(CUBE, CUBE_KEY, parse(CUBE, [[[1, 2], [3, 4]], [[5, 6], [7, 9]]]))
    assert wrong.message == "7 of 8 entries are right; wrong: index [1, 1, 1]"
    assert complaint(PLAIN, "1, 2, x") == "entry 3: expected a number, found 'x'\n1, 2, x\n      ^"


def test_the_best_constant_counts_each_tolerance():
    loose = Matrix(rel=0.5)
    key = ((2, 4), (6, 100))  # 4 is within half of 2? no: within [1, 3]; 3 is right for 2, 4 and 6
    assert compare(loose, key, parse(loose, [[3, 3], [3, 100]])).fraction == 1.0
    assert compare(loose, key, parse(loose, [[3, 3], [3, 3]])).fraction == 0.0
