"""The key as a student would type it earns full marks, for every kind: what each template relies on."""

import math
from fractions import Fraction

import pytest

from autograder import checkers
from autograder.responses import decode, encode
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
    Tensor,
    Text,
    Vector,
)

OPTIONS = ("ReLU", "LRN", "batch norm", 'it\'s "quoted", with commas; and $\\frac{1}{2}$')
KEYS = [
    (Integer(), -7),
    (Integer(), 10**12),
    (Real(), 1 / 3),
    (Real(rel=0), Fraction(2, 7)),
    (Real(figures=3), 9.996),
    (Real(places=0), 2.5),
    (Rational(), Fraction(-3, 7)),
    (Rational(lowest=True), Fraction(6, 3)),
    (Rational(lowest=True), Fraction(3, 7)),
    (Quantity("MiB"), Fraction(465, 8)),
    (Quantity("%", rel=0), 12.5),
    (Quantity("MAC", rel=0), 15_470_264_320),
    (Quantity("FLOP", rel=0), 1e22),
    (Interval(), Bounds(0, 1, False, True)),
    (Interval(), Bounds(Fraction(1, 3), math.inf, True, True)),
    (Interval(whole=True), (3, 7)),
    (Interval(whole=True), (3, math.inf)),
    (Interval(whole=True), Bounds(-math.inf, 8, True, True)),
    (Shape(), (1, 2, 3)),
    (Shape(("length",)), (9,)),
    (Shape(batch=True), (1, 2, 3)),
    (Vector(), (1, 2.5, Fraction(1, 3))),
    (Vector(names=("top", "left")), (0, -1)),
    (Matrix(), ((1, 2), (3, Fraction(1, 7)))),
    (Tensor(), (((1, 2), (3, 4)),)),
    *((Choice(OPTIONS), option) for option in OPTIONS),
    (Choices(OPTIONS), ()),
    (Choices(OPTIONS), ("ReLU", OPTIONS[-1])),
    (Choices(OPTIONS), OPTIONS),
    (Ordering(OPTIONS), OPTIONS[::-1]),
    (Matching(OPTIONS, items=("one", "two")), {"one": "LRN", "two": "LRN"}),
    (Text(), "padding"),
    (Text(), "it's"),
]


@pytest.mark.parametrize(("answer", "key"), KEYS, ids=lambda value: repr(value)[:50])
def test_the_key_as_a_student_types_it_is_right(answer, key):
    typed = decode(encode(eval(answer.literal(key))))
    value = checkers.parse(answer, typed)
    assert checkers.compare(answer, key, value).fraction == 1.0
    assert checkers.note(answer, value)


@pytest.mark.parametrize(("answer", "key"), KEYS, ids=lambda value: repr(value)[:50])
def test_what_is_read_is_a_key_too(answer, key):
    """Follow-through puts a response in the place of an earlier key."""
    value = checkers.parse(answer, decode(encode(eval(answer.literal(key)))))
    assert answer.same(key, value)
    assert answer.display(value)
