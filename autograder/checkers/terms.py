"""Sums of products, term by term: which terms of a response are right, and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

from autograder.checkers.expressions import Expression, Refused
from autograder.checkers.outcome import Comparison, Invalid
from autograder.checkers.text import clipped
from autograder.checkers.tokens import Symbol

MAX_WORK = 10_000  # products of two monomials
MAX_BITS = 2_000  # of a coefficient
NAMED = 3  # terms that a message names

Monomial: TypeAlias = tuple[Symbol, ...]  # sorted; a power is a repetition
Polynomial: TypeAlias = dict[Monomial, int | Fraction]


def expand(expression: Expression) -> Polynomial | None:
    """The expression multiplied out: monomials and their coefficients. None where it is no polynomial, or too long."""
    try:
        return {m: c for m, c in expression.evaluate(_leaf, _Algebra().operations(), _whole).items() if c}
    except Invalid:
        return None


def _leaf(leaf: Fraction | Symbol) -> Polynomial:
    if isinstance(leaf, Symbol):
        return {(leaf,): 1}
    return {(): leaf.numerator if leaf.denominator == 1 else leaf}


def _constant(value: Polynomial) -> int | Fraction:
    if not value.keys() <= {()}:
        raise Refused("not a number")
    return value.get((), 0)


def _whole(value: Polynomial) -> int:
    number = _constant(value)
    if number.denominator != 1:
        raise Refused("not a whole number")
    return int(number)


class _Algebra:
    """Arithmetic of polynomials, of which there is only so much."""

    room = MAX_WORK

    def operations(self) -> dict[str, Callable[..., Polynomial]]:
        """What each operator does; none but + and - changes its left operand."""
        return {"+": self.add, "-": self.subtract, "*": self.multiply, "/": self.divide, "**": self.power}

    def spend(self, work: int) -> None:
        self.room -= work
        if self.room < 0:
            raise Refused("too long to be multiplied out")

    def add(self, one: Polynomial, other: Polynomial) -> Polynomial:
        self.spend(len(other))
        for monomial, coefficient in other.items():
            one[monomial] = one.get(monomial, 0) + coefficient
        return one

    def subtract(self, one: Polynomial, other: Polynomial) -> Polynomial:
        return self.add(one, {monomial: -coefficient for monomial, coefficient in other.items()})

    def multiply(self, one: Polynomial, other: Polynomial) -> Polynomial:
        product: Polynomial = {}
        for first, left in one.items():
            for second, right in other.items():
                self.spend(1 + (len(first) + len(second)) // 4)
                if max(left.numerator.bit_length(), right.numerator.bit_length()) > MAX_BITS:
                    raise Refused("too large a number")
                monomial = tuple(sorted(first + second)) if first and second else first or second
                product[monomial] = product.get(monomial, 0) + left * right
        return product

    def divide(self, one: Polynomial, other: Polynomial) -> Polynomial:
        number = _constant(other)
        if number == 0:
            raise Refused("a division by zero")
        return self.multiply(one, {(): 1 / Fraction(number)})

    def power(self, base: Polynomial, exponent: Polynomial) -> Polynomial:
        number = _whole(exponent)
        if number < 0:
            raise Refused("no polynomial")
        power: Polynomial = {(): 1}
        for _ in range(number):
            power = self.multiply(power, base)
        return power


def is_expansion(terms: Polynomial | None) -> bool:
    """Whether a key is a sum of products of entries, such as x[0,1]*w[0,0] + x[0,2]*w[0,1]."""
    return terms is not None and len(terms) > 1 and all(_is_entries(monomial) for monomial in terms)


def _is_entries(monomial: Monomial) -> bool:
    return len(monomial) > 1 and all(symbol.indices for symbol in monomial)


def marked(key: Polynomial, found: Polynomial) -> Comparison:
    """A wrong sum, marked term by term. Superfluous terms count against it: naming all that there are earns little."""
    right = [monomial for monomial in found if key.get(monomial) == found[monomial]]
    wrong = [monomial for monomial in found if key.get(monomial) != found[monomial]]
    lines = [_complaint(key, monomial, found[monomial]) for monomial in wrong[:NAMED]]
    if len(wrong) > NAMED:
        lines.append(f"{len(wrong) - NAMED} more of your terms are wrong")
    missing = len(key.keys() - found.keys()) - sum(monomial not in key for monomial in wrong)
    if missing > 0:
        lines.append("1 term is missing" if missing == 1 else f"{missing} terms are missing")
    fraction = len(right) / max(len(key), len(found))
    tally = f"{len(right)} of {len(key)} terms are right"
    return Comparison(min(fraction, 1 - 1 / (len(key) + 1)), "; ".join([tally, *lines]))


def _complaint(key: Polynomial, monomial: Monomial, coefficient: int | Fraction) -> str:
    term = spelled(monomial, coefficient)
    if key.get(monomial) == -coefficient:
        return f"your term {term} has the wrong sign"
    if monomial in key:
        return f"your term {term} has another coefficient"
    names = [symbol.name for symbol in monomial]
    if any(names == [symbol.name for symbol in other] for other in key):
        return f"your term {term} has another index than it should, or is one too many"
    return f"your term {term} is no part of this sum"


def spelled(monomial: Monomial, coefficient: int | Fraction) -> str:
    """A term as a student could type it."""
    size = abs(Fraction(coefficient))
    number = "…" if max(size.numerator, size.denominator) >= 10**12 else str(size)
    factors = [*([] if size == 1 and monomial else [number]), *map(str, monomial)]
    return clipped("-" * (coefficient < 0) + "*".join(factors))
