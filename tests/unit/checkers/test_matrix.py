from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from verdicts import Table, complaint, each_row, verdict

from autograder.checkers import Invalid, compare, parse
from question_bank import Matrix

EXACT, LOOSE = Matrix(), Matrix(abs=0.01)
KEY = ((1, -2), (Fraction(11, 4), Fraction(1, 3)))

TABLES = [
    Table(
        EXACT,
        KEY,
        [
            ([[1, -2], ["11/4", "1/3"]], "correct"),
            ([["1", "−2"], [2.75, "2/6"]], "correct"),
            ([[1.0, -2.0], [2.75, 1 / 3]], "correct", "the float nearest to 1/3"),
            ([[1, -2], [2.75, 0.3333]], "partial"),
            ([[1, -2], [3, 4]], "partial"),
            ([[5, 6], [7, 8]], "wrong"),
            ([[1, 0], [0, 0]], "wrong", "one entry is what a constant would earn"),
            ([[-2, 1], [2.75, "1/3"]], "partial"),
            ([[1, 2.75], [-2, "1/3"]], "partial", "transposed"),
            (np.array([[1, -2], [2.75, 1 / 3]]), "correct"),
            ([np.array([1, -2]), np.array([2.75, 1 / 3])], "correct"),
            ([[np.array(1), np.array(-2)], [2.75, "1/3"]], "correct"),
            ("[[1, -2], [11/4, 1/3]]", "correct"),
            ("[[1,-2],[11/4,1/3],]", "correct"),
            ("[[1. -2.]\n [2.75 1/3]]", "correct", "as NumPy prints it"),
            ("[1, -2; 11/4, 1/3]", "correct"),
            ("1 -2; 11/4 1/3", "correct"),
            ("1 -2\n11/4 1/3\n", "correct"),
            ("1, -2\n2 + 3/4, 1 / 3", "correct"),
            ("1 -2; 11/4", "invalid"),
            ("1, -2; 11/4, q", "invalid"),
            ("1,,-2; 1,2,3", "invalid"),
            ("[[1, -2], [11/4, 1/3]", "invalid"),
            ("4", "wrong", "one by one"),
            ([[1, -2, 0], [2.75, "1/3", 0]], "wrong"),
            ([[1, -2]], "wrong"),
            ([[1, -2], [2.75]], "invalid"),
            ([1, -2, 2.75], "invalid"),
            ([], "invalid"),
            ([[]], "invalid"),
            ([[[1, -2], [2.75, "1/3"]]], "invalid"),
            (4, "invalid"),
            (True, "invalid"),
            (np.array([1, -2]), "invalid"),
            (np.array(1), "invalid"),
            ([np.array(1), np.array(2)], "invalid"),
            (np.zeros((1, 2, 2)), "invalid"),
            ([np.zeros((2, 2)), np.zeros((2, 2))], "invalid"),
            (np.zeros((0, 2)), "invalid"),
            (np.zeros((2, 0)), "invalid"),
            (np.array([[True, False], [False, True]]), "invalid"),
            (np.array([[1j, 0], [0, 1]]), "invalid"),
            ([[1, -2], [2.75, float("nan")]], "invalid"),
            ([[1, -2], [2.75, None]], "invalid"),
            ([[1, -2], [2.75, ...]], "invalid"),
            ([[1, -2], [2.75, True]], "invalid"),
            (["1 -2", "2.75 1/3"], "invalid"),
            (np.zeros((4000, 4000), dtype=np.int8), "invalid"),
            ([[0] * 100] * 1000, "invalid"),
        ],
    ),
    Table(
        LOOSE,
        KEY,
        [
            ([[1, -2], [2.75, 0.3333]], "correct"),
            ([[1, -2.01], [2.76, 0.33]], "correct"),
            ([[1, -2.02], [2.76, 0.33]], "partial"),
            (np.array([[1, -2], [2.75, 1 / 3]], dtype=np.float32), "correct"),
        ],
    ),
    Table(
        Matrix(rel=0.01),
        ((100, 1), (Fraction(1, 100), 0)),
        [
            ([[101, 1], [0.01, 0]], "correct"),
            ([[101.1, 1], [0.01, 0]], "partial", "1 % of each entry"),
            ([[100, 1], [0.02, 0]], "partial"),
            ([[100, 1], [0.01, 0.001]], "partial", "a relative tolerance of nothing is nothing"),
        ],
    ),
    Table(
        EXACT,
        ((1, 2), (3, 4)),
        [
            (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "correct"),
            (r"$\begin{bmatrix}1&2\\3&4\end{bmatrix}$", "correct"),
            ("((1, 2), (3, 4))", "correct"),
            ("[1, 2], [3, 4]", "correct"),
            ("array([[1, 2],\n       [3, 4]])", "correct"),
            ("tensor([[1., 2.],\n        [3., 4.]])", "correct"),
            ("torch.tensor([[1, 2], [3, 4]], dtype=torch.float64)", "correct"),
            ("[[1, 2] [3, 4]]", "correct"),
            ("1 2\n\n3 4", "correct"),
            ("[[1, 2], [3, 4]] + 1", "invalid"),
            ("[[1, 2]], [[3, 4]]", "invalid"),
            ("[[1, 2],, [3, 4]]", "invalid"),
            ("{{1, 2}, {3, 4}}", "invalid"),
        ],
    ),
]


@each_row(TABLES)
def test_table(answer, key, response, expected):
    assert verdict(answer, key, response) == expected


@pytest.mark.parametrize(
    ("response", "message"),
    [
        ([[1, 2], [3]], "expected rows of one length; row 1 has 2, row 2 has 1"),
        ([[1, 2], 3], "expected a matrix as a list of rows, [[…], […]]; row 2 is 3"),
        ([], "expected a matrix as a list of rows, [[…], […]], found no rows"),
        (np.zeros((1, 2, 2)), "expected a matrix as a list of rows, [[…], […]], found an array of shape (1, 2, 2)"),
        ([[1, 2], [3, True]], "row 2, column 2: expected a number, found True"),
        ("1, 2; 3, ", "row 2, column 2: expected a number, found nothing"),
        ("1, 2; 3, 4+q", "row 2, column 2: expected a number, found 'q'\n1, 2; 3, 4+q\n           ^"),
        (np.zeros((40, 50)), "expected at most 1024 entries, found 40×50"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_message(response, message):
    assert complaint(EXACT, response) == message


def marks(key, response, answer=EXACT):
    return compare(answer, key, parse(answer, response))


def test_another_size_is_told():
    assert marks(((1, 2, 3),) * 3, [[1] * 5] * 5).message == "expected 3×3, found 5×5"


def test_wrong_entries_are_named_from_one():
    comparison = marks(((1, 2, 3), (4, 5, 6), (7, 8, 9)), [[1, 0, 3], [4, 5, 6], [7, 8, 0]])
    assert comparison.message == "7 of 9 entries are right; wrong: row 1, column 2; row 3, column 3"
    assert comparison.fraction == pytest.approx(6 / 8)


def test_at_most_five_are_named():
    comparison = marks(((1, 2, 3, 4), (5, 6, 7, 8)), [[1, 2, 0, 0], [0, 0, 0, 0]])
    assert comparison.message.endswith("row 2, column 3; and 1 more")
    assert comparison.message.count("row") == 5


def test_partial_credit_beyond_the_best_constant():
    key = ((0, 0, 0), (0, 0, 1), (1, 2, 3))  # five zeros
    assert marks(key, [[0] * 3] * 3).fraction == 0.0
    assert marks(key, [[1] * 3] * 3).fraction == 0.0
    assert marks(key, [[0, 0, 0], [0, 0, 1], [0, 0, 0]]).fraction == pytest.approx(1 / 4)
    assert marks(key, [[0, 0, 0], [0, 0, 1], [1, 2, 4]]).fraction == pytest.approx(3 / 4)


def test_a_constant_key_is_right_or_wrong():
    assert marks(((2, 2), (2, 2)), [[2, 2], [2, 2]]).fraction == 1.0
    assert marks(((2, 2), (2, 2)), [[2, 2], [2, 3]]).fraction == 0.0


def test_a_constant_earns_nothing_however_wide_the_tolerance():
    key = ((Fraction(0), Fraction(1, 100)), (Fraction(2, 100), Fraction(5)))
    assert marks(key, [[0.01, 0.01], [0.01, 0.01]], LOOSE).fraction == 0.0


def test_the_key_as_instructors_read_it_is_right():
    key = ((1, -2, 0), (Fraction(11, 4), Fraction(-1, 10), 640))
    assert verdict(EXACT, key, EXACT.display(key)) == "correct"


def test_float32_entries_are_read_as_they_print():
    key = ((Fraction(1, 10), Fraction(7, 10)),)
    assert marks(key, np.array([[0.1, 0.7]], dtype=np.float32)).fraction == 1.0


entries = st.integers(-9, 9) | st.fractions(-9, 9, max_denominator=12)
matrices = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(entries, min_size=width, max_size=width), min_size=1, max_size=4)
)


@given(matrices)
@settings(max_examples=100)
def test_the_key_is_right_in_every_spelling(rows):
    key = tuple(map(tuple, rows))
    texts = [[str(entry) for entry in row] for row in rows]
    for response in (
        texts,
        "; ".join(", ".join(row) for row in texts),
        "\n".join(" ".join(row) for row in texts),
        np.array([[float(entry) for entry in row] for row in rows]),
    ):
        assert verdict(EXACT, key, response) == "correct"


@given(matrices, st.data())
@settings(max_examples=100)
def test_one_changed_entry_is_not_right(rows, data):
    row = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(0, len(rows[0]) - 1))
    changed = [[str(entry) for entry in line] for line in rows]
    changed[row][column] = str(rows[row][column] + data.draw(st.sampled_from([1, -1, Fraction(1, 1000)])))
    comparison = compare(EXACT, tuple(map(tuple, rows)), parse(EXACT, changed))
    assert comparison.fraction < 1
    assert f"wrong: row {row + 1}, column {column + 1}" in comparison.message


@given(matrices, entries)
@settings(max_examples=100)
def test_a_constant_earns_nothing(rows, constant):
    key = tuple(map(tuple, rows))
    expected = 1.0 if {entry for row in rows for entry in row} == {constant} else 0.0
    assert marks(key, [[str(constant)] * len(row) for row in rows]).fraction == expected


@given(st.text(max_size=60) | st.text(alphabet="0123456789,;[] \n-/.", max_size=40))
@settings(max_examples=200)
def test_any_text_is_a_matrix_or_invalid(text):
    try:
        rows = parse(EXACT, text)
    except Invalid as error:
        assert str(error)
    else:
        assert len({len(row) for row in rows}) == 1
