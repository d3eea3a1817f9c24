"""Values of rational functions at points modulo large primes: exact, and a few microseconds each.

Two rational functions of degree below a million that differ agree at such a point with a chance of less than one in
10¹² (Schwartz and Zippel).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache

from autograder.checkers.expressions import Expression
from autograder.checkers.measure import MAX_EXPONENT
from autograder.checkers.tokens import Symbol

# Equal modulo their product is equal modulo each: a coefficient that is a multiple of one of them still counts.
PRIMES = (2**61 - 1, 2**89 - 1, 2**107 - 1)
MODULUS = PRIMES[0] * PRIMES[1] * PRIMES[2]


class NoValue(Exception):
    """An expression has no value at a point, such as 1/x where x is 0."""


def value(expression: Expression, number: int, given: Mapping[Symbol, int]) -> int:
    """The value at point `number`. Raises NoValue.

    given: what symbols are worth there that are not to be drawn, such as those in the bounds of sums.
    """
    modulus = MODULUS

    def leaf(leaf: Fraction | Symbol) -> int:
        if type(leaf) is Symbol:
            return given[leaf] if leaf in given else coordinate(leaf, number, modulus)
        return leaf.numerator if leaf.denominator == 1 else _divide(leaf.numerator, leaf.denominator, modulus)  # type: ignore[union-attr]

    def whole(residue: int) -> int:
        residue %= modulus
        return residue - modulus if residue > modulus // 2 else residue

    return expression.evaluate(leaf, _operations(modulus), whole) % modulus


@lru_cache(maxsize=4096)
def coordinate(symbol: Symbol, number: int, modulus: int) -> int:
    """What a symbol is worth at a point."""
    digest = hashlib.sha512(f"{number} {modulus} {symbol}".encode()).digest()
    return int.from_bytes(digest, "big") % modulus


@lru_cache
def _operations(modulus: int) -> Mapping[str, Callable[[int, int], int]]:
    return {
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "*": lambda a, b: a * b % modulus,
        "/": lambda a, b: _divide(a, b, modulus),
        "**": lambda a, b: _power(a, b, modulus),
    }


def _divide(left: int, right: int, modulus: int) -> int:
    if right == 1:
        return left
    try:
        return left * pow(right, -1, modulus) % modulus
    except ValueError:
        raise NoValue from None


def _power(base: int, exponent: int, modulus: int) -> int:
    """`exponent` is a residue that stands for a whole number, positive or negative, which is not large."""
    exponent %= modulus
    if exponent <= MAX_EXPONENT**2:
        return pow(base, exponent, modulus)
    if modulus - exponent <= MAX_EXPONENT**2:
        return _divide(1, pow(base, modulus - exponent, modulus), modulus)
    raise NoValue
