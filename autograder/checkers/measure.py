"""What an expression takes to compare, found without evaluating it: refuses what takes too long or has no value."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from autograder.checkers.expressions import Expression, Refused
from autograder.checkers.functions import FUNCTIONS
from autograder.checkers.scalars import EXACT
from autograder.checkers.tokens import Symbol

MAX_EXPONENT = 64
MAX_DEGREE = 1_000_000
SOME = 3  # terms of a sum to n that are measured


class Measure(NamedTuple):
    """What is known of an expression with symbols or functions.

    degree: a bound on the degrees of its numerator and denominator, where it is rational.
    whole: whether it is built of symbols for whole numbers, by addition and multiplication.
    rational: whether it is a quotient of polynomials, once every exponent is a whole number.
    """

    degree: int
    whole: bool
    rational: bool


Measured = Fraction | Measure


def measure(expression: Expression, whole: frozenset[str]) -> Measured:
    """The measure of an expression; one of numbers alone is its value. Raises Invalid, with a caret.

    whole: the names of symbols that stand for whole numbers.
    """

    def leaf(leaf: Fraction | Symbol) -> Measured:
        if isinstance(leaf, Symbol):
            return _WHOLE if leaf.name in whole and not leaf.indices else _REAL
        return leaf

    return expression.evaluate(leaf, _OPERATIONS, _bound)


_REAL, _WHOLE = Measure(1, False, True), Measure(1, True, True)


def _bound(value: Measured) -> int:
    if isinstance(value, Measure):
        return SOME
    if value.denominator != 1:
        raise Refused("expected a whole number here")
    return value.numerator


def _parts(value: Measured) -> Measure:
    return value if isinstance(value, Measure) else Measure(0, value.denominator == 1, True)


def _combine(sign: str) -> Callable[[Measured, Measured], Measured]:
    """Numbers are computed; with symbols, no sum, product or quotient has more than both degrees together."""
    exact = EXACT[sign]

    def combined(left: Measured, right: Measured) -> Measured:
        if isinstance(left, Fraction) and isinstance(right, Fraction):
            return exact(left, right)
        if sign == "/" and right == 0:
            raise Refused("this divides by zero")
        one, other = _parts(left), _parts(right)
        whole = one.whole and other.whole and sign != "/"
        return _limited(one.degree + other.degree, whole, one.rational and other.rational)

    return combined


def _limited(degree: int, whole: bool, rational: bool) -> Measure:
    if degree > MAX_DEGREE:
        raise Refused("this makes a power that is too high")
    return Measure(degree, whole, rational)


def _power(base: Measured, exponent: Measured) -> Measured:
    if isinstance(exponent, Fraction):
        if abs(exponent) > MAX_EXPONENT:
            raise Refused(f"an exponent must be a number from -{MAX_EXPONENT} to {MAX_EXPONENT}")
        if exponent.denominator == 1 and isinstance(base, Fraction):
            return EXACT["**"](base, exponent)
    one, other = _parts(base), _parts(exponent)
    degree = abs(int(exponent)) if isinstance(exponent, Fraction) else SOME * other.degree
    return _limited(one.degree * degree, False, one.rational and other.rational and other.whole)


def _call(*values: Measured) -> Measure:
    return _limited(sum(_parts(value).degree for value in values), False, False)


_OPERATIONS: dict[str, Callable[..., Measured]] = {
    **dict.fromkeys((*FUNCTIONS.values(), "root", "pi", "e", "//"), _call),
    **{sign: _combine(sign) for sign in "+-*/"},
    "**": _power,
}
