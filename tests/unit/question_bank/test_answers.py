"""The kinds of key: when two keys are the same, how they are shown, and the form that a notebook checks."""

from fractions import Fraction

import numpy as np
import pytest
from sympy import IndexedBase

from question_bank import Integer, Matrix, Real, Shape, Symbolic
from question_bank.answers import Function, matrix_latex, number_text

x = IndexedBase("x")


@pytest.mark.parametrize(
    "answer, key, other",
    [
        (Integer(), 7, 7),
        (Real(rel=0.01), 100.0, 101.9),
        (Real(rel=0, abs=0.5), 3, 4),
        (Shape(), (4, 5, 6), [4, 5, 6]),
        (Matrix(), ((1, 2), (3, 4)), [[1, 2], [3, 4]]),
        (Matrix(abs=0.01), ((Fraction(1, 3),),), ((0.33,),)),
        (Symbolic(), (x[0] + 1) * x[1], x[1] + x[0] * x[1]),
    ],
)
def test_same(answer, key, other):
    assert answer.same(key, other)
    assert answer.same(other, key)


@pytest.mark.parametrize(
    "answer, key, other",
    [
        (Integer(), 7, 8),
        (Real(rel=0.01), 100.0, 102.1),
        (Real(rel=0, abs=0.5), 3, 4.1),
        (Shape(), (4, 5, 6), (5, 4, 6)),
        (Matrix(), ((1, 2), (3, 4)), ((1, 2), (3, 5))),
        (Matrix(abs=9), ((1, 2),), ((1,), (2,))),
        (Matrix(abs=9), ((1, 2), (3, 4)), ((1, 2),)),
        (Symbolic(), x[0] * x[1], x[0] + x[1]),
        (Function(), len, len),
    ],
)
def test_not_the_same(answer, key, other):
    assert not answer.same(key, other)


def test_tolerance_is_the_larger_of_the_two():
    assert Real(rel=0.1, abs=2).tolerance(10) == 2
    assert Real(rel=0.1, abs=2).tolerance(-100) == 10


@pytest.mark.parametrize(
    "answer, key, text",
    [
        (Integer(), 12, "12"),
        (Real(), 2 / 3, "0.666667"),
        (Real(), Fraction(1, 4), "0.25"),
        (Shape(), (4, 5, 6), "(4, 5, 6)"),
        (Matrix(), ((1, Fraction(11, 4)), (-3, 0.5)), "[[1, 2.75], [-3, 0.5]]"),
        (Symbolic(), 2 * x[0, 1], "2*x[0, 1]"),
    ],
)
def test_display(answer, key, text):
    assert answer.display(key) == text


FORMS = [
    (Integer(), [3, -3, np.int64(3)], [True, 3.0, "3", None, [3]]),
    (Real(), [3, 3.5, np.float32(3)], [True, "3", None, [3.0]]),
    (Shape(), [(1, 2, 3), [1, 2, 3]], [(1, 2), 6, "123", None]),
    (Matrix(), [[[1, 2], [3, 4]], ((1,),), np.eye(2)], [[1, 2], 3, None, [[[1]]]]),
    (Symbolic(), ["x[0]"], [3, None, ["x[0]"]]),
    (Function(), [len], [3, None, "len"]),
]


@pytest.mark.parametrize("answer, good, bad", FORMS)
def test_form_tells_what_was_asked_for(answer, good, bad):
    """The expression runs in a student's notebook: builtins, `np` and the response `v` are all it may name."""

    def passes(response):
        return eval(answer.has_form, {"np": np, "v": response})

    assert [passes(v) for v in good] == [True] * len(good)
    assert [passes(v) for v in bad] == [False] * len(bad)


def test_a_shape_says_its_axes():
    assert Shape(("height", "width")).expects == "a shape of 2 numbers: (height, width)"


@pytest.mark.parametrize("value, text", [(3, "3"), (3.0, "3"), (Fraction(6, 2), "3"), (2.75, "2.75"), (-0.5, "-0.5")])
def test_numbers_as_a_person_writes_them(value, text):
    assert number_text(value) == text


def test_matrix_latex():
    assert matrix_latex(((1, 2.5), (-3, 0))) == r"\begin{pmatrix} 1 & 2.5 \\ -3 & 0 \end{pmatrix}"
