"""Symbolic: "w[0,0]*x[0,1] + 2x[1,1]", "w_{00}x_{01}", "w00·x01"; right where it is the same function as the key.

Both are evaluated exactly, at points modulo large primes. Two rational functions of degree below MAX_DEGREE that differ
agree at such a point with a chance of less than one in 10¹² (Schwartz and Zippel).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from autograder.checkers import expressions
from autograder.checkers.expressions import Expression, Refused
from autograder.checkers.outcome import RIGHT, WRONG, Comparison, Invalid
from autograder.checkers.scalars import EXACT
from autograder.checkers.text import clipped, describe
from autograder.checkers.tokens import Symbol
from question_bank.answers import Symbolic

# One point for each. With several primes, a coefficient that happens to be a multiple of one of them still counts.
PRIMES = (2**61 - 1, 2**89 - 1, 2**107 - 1)
TRIES = 3  # points for each prime: an honest quotient divides by zero at one in 10¹² of them
MAX_EXPONENT = 64
MAX_DEGREE = 1_000_000


def parse(answer: Symbolic, response: Any) -> Expression:
    """The expression in a text."""
    if not isinstance(response, str):
        raise Invalid(f"expected {answer.expects}, found {describe(response)}")
    return _read(response)


def compare(answer: Symbolic, key: Any, value: Expression) -> Comparison:
    """Right where it is the key's function and names no symbol that the key does not, even one that cancels."""
    expected = _key_expression(key)
    if unknown := sorted(value.symbols - expected.symbols):
        verb = "is not a symbol" if len(unknown) == 1 else "are not symbols"
        return Comparison(0.0, f"{clipped(', '.join(map(str, unknown)))} {verb} of this question")
    try:
        return RIGHT if all(_agree(expected, value, prime) for prime in PRIMES) else WRONG
    except ZeroDivisionError:
        return Comparison(0.0, "the expression divides by zero")


def _read(text: str) -> Expression:
    expression = expressions.parse(text, names=True)
    expression.evaluate(_degree_leaf, _DEGREES)  # refuses what can't be evaluated below
    return expression


def _key_expression(key: Any) -> Expression:
    """A key as SymPy prints it, which is how a student could type it. Raises ValueError where it can't be read."""
    try:
        return _read(str(key))
    except Invalid as error:
        raise ValueError(f"the key {clipped(str(key))} is not a rational expression in symbols: {error}") from error


def _agree(expected: Expression, found: Expression, prime: int) -> bool:
    """Whether both have the same value at a point. Raises ZeroDivisionError where one has none at any point tried."""
    for number in range(TRIES - 1):
        try:
            return _value(expected, prime, number) == _value(found, prime, number)
        except ZeroDivisionError:
            continue
    return _value(expected, prime, TRIES - 1) == _value(found, prime, TRIES - 1)


def _value(expression: Expression, prime: int, number: int) -> int:
    def leaf(leaf: Fraction | Symbol) -> int:
        if isinstance(leaf, Symbol):
            digest = hashlib.sha256(f"{number} {prime} {leaf}".encode()).digest()
            return int.from_bytes(digest, "big") % prime
        return _divide(leaf.numerator, leaf.denominator, prime)

    return expression.evaluate(leaf, _modular(prime))


def _modular(prime: int) -> Mapping[str, Callable[[int, int], int]]:
    return {
        "+": lambda a, b: (a + b) % prime,
        "-": lambda a, b: (a - b) % prime,
        "*": lambda a, b: a * b % prime,
        "/": lambda a, b: _divide(a, b, prime),
        "**": lambda a, b: _power(a, b, prime),
    }


def _divide(left: int, right: int, prime: int) -> int:
    if right % prime == 0:
        raise ZeroDivisionError
    return left % prime if right == 1 else left * pow(right, -1, prime) % prime


def _power(base: int, exponent: int, prime: int) -> int:
    """`exponent` is a residue; parse saw to it that it stands for a whole number of at most MAX_EXPONENT."""
    if exponent <= MAX_EXPONENT:
        return pow(base, exponent, prime)
    return _divide(1, pow(base, prime - exponent, prime), prime)


class _Degree(NamedTuple):
    """What is known of an expression with symbols: a bound on the degrees of its numerator and denominator."""

    bound: int


def _degree_leaf(leaf: Fraction | Symbol) -> Fraction | _Degree:
    return _Degree(1) if isinstance(leaf, Symbol) else leaf


def _bound(value: Fraction | _Degree) -> int:
    return value.bound if isinstance(value, _Degree) else 0


def _limited(bound: int) -> _Degree:
    if bound > MAX_DEGREE:
        raise Refused("this makes a power that is too high")
    return _Degree(bound)


_Operation = Callable[[Fraction | _Degree, Fraction | _Degree], Fraction | _Degree]


def _combine(sign: str) -> _Operation:
    """Numbers are computed; with symbols, no sum, product or quotient has more than both degrees together."""

    def combined(left: Fraction | _Degree, right: Fraction | _Degree) -> Fraction | _Degree:
        if isinstance(left, Fraction) and isinstance(right, Fraction):
            return EXACT[sign](left, right)
        if sign == "/" and right == 0:
            raise Refused("this divides by zero")
        return _limited(_bound(left) + _bound(right))

    return combined


def _raise_to(base: Fraction | _Degree, exponent: Fraction | _Degree) -> Fraction | _Degree:
    if isinstance(exponent, _Degree) or exponent.denominator != 1 or abs(exponent) > MAX_EXPONENT:
        raise Refused(f"an exponent must be a whole number from -{MAX_EXPONENT} to {MAX_EXPONENT}")
    return EXACT["**"](base, exponent) if isinstance(base, Fraction) else _limited(base.bound * abs(int(exponent)))


def _no_floor(left: Fraction | _Degree, right: Fraction | _Degree) -> Fraction | _Degree:
    raise Refused("// is not read here; write / for a quotient")


_DEGREES: dict[str, _Operation] = {
    **{sign: _combine(sign) for sign in "+-*/"},
    "**": _raise_to,
    "//": _no_floor,
}
