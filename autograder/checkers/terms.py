"""Sums of products, term by term: which terms of a response are right, and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

from autograder.checkers.expressions import Expression, Refused
from autograder.checkers.outcome import Comparison, Invalid
from autograder.checkers.tokens import Symbol

MAX_TERMS = 2_000
MAX_FACTORS = 100
NAMED = 3  # terms that a message names

Monomial: TypeAlias = tuple[Symbol, ...]  # sorted; a power is a repetition
Polynomial: TypeAlias = dict[Monomial, Fraction]


def expand(expression: Expression) -> Polynomial | None:
    """The expression multiplied out: monomials and their coefficients. None where it is no polynomial, or a long one."""
    try:
        return {m: c for m, c in expression.evaluate(_leaf, _OPERATIONS, _whole).items() if c}
    except Invalid:
        return None


def _leaf(leaf: Fraction | Symbol) -> Polynomial:
    return {(leaf,): Fraction(1)} if isinstance(leaf, Symbol) else {(): leaf}


def _constant(value: Polynomial) -> Fraction:
    if not value.keys() <= {()}:
        raise Refused("not a number")
    return value.get((), Fraction(0))


def _whole(value: Polynomial) -> int:
    number = _constant(value)
    if number.denominator != 1:
        raise Refused("not a whole number")
    return int(number)


def _add(one: Polynomial, other: Polynomial) -> Polynomial:
    for monomial, coefficient in other.items():
        one[monomial] = one.get(monomial, Fraction(0)) + coefficient
    if len(one) > MAX_TERMS:
        raise Refused("too many terms")
    return one


def _subtract(one: Polynomial, other: Polynomial) -> Polynomial:
    return _add(one, {monomial: -coefficient for monomial, coefficient in other.items()})


def _multiply(one: Polynomial, other: Polynomial) -> Polynomial:
    if len(one) * len(other) > MAX_TERMS:
        raise Refused("too many terms")
    product: Polynomial = {}
    for first, left in one.items():
        for second, right in other.items():
            if len(first) + len(second) > MAX_FACTORS:
                raise Refused("too many factors")
            monomial = tuple(sorted(first + second)) if first and second else first or second
            product[monomial] = product.get(monomial, Fraction(0)) + left * right
    return product


def _divide(one: Polynomial, other: Polynomial) -> Polynomial:
    number = _constant(other)
    if number == 0:
        raise Refused("a division by zero")
    return {monomial: coefficient / number for monomial, coefficient in one.items()}


def _power(base: Polynomial, exponent: Polynomial) -> Polynomial:
    number = _whole(exponent)
    if not 0 <= number <= MAX_FACTORS:
        raise Refused("no polynomial")
    power: Polynomial = {(): Fraction(1)}
    for _ in range(number):
        power = _multiply(power, base)
    return power


_OPERATIONS: dict[str, Callable[..., Polynomial]] = {
    "+": _add,
    "-": _subtract,
    "*": _multiply,
    "/": _divide,
    "**": _power,
}


def is_expansion(terms: Polynomial | None) -> bool:
    """Whether a key is a sum of products of entries, such as x[0,1]*w[0,0] + x[0,2]*w[0,1]."""
    return bool(terms) and len(terms) > 1 and all(_is_entries(monomial) for monomial in terms)  # type: ignore[arg-type]


def _is_entries(monomial: Monomial) -> bool:
    return len(monomial) > 1 and all(symbol.indices for symbol in monomial)


def marked(key: Polynomial, found: Polynomial) -> Comparison:
    """A wrong sum, marked term by term. Superfluous terms count against it, so that naming all there are earns little."""
    right = [monomial for monomial in found if key.get(monomial) == found[monomial]]
    wrong = [monomial for monomial in found if monomial not in right]
    lines = [_complaint(key, monomial, found[monomial]) for monomial in wrong[:NAMED]]
    if len(wrong) > NAMED:
        lines.append(f"{len(wrong) - NAMED} more of your terms are wrong")
    if missing := len(key.keys() - found.keys()) - sum(monomial not in key for monomial in wrong):
        if missing > 0:
            lines.append("1 term is missing" if missing == 1 else f"{missing} terms are missing")
    fraction = len(right) / max(len(key), len(found))
    tally = f"{len(right)} of {len(key)} terms are right"
    return Comparison(min(fraction, 1 - 1 / (len(key) + 1)), "; ".join([tally, *lines]))


def _complaint(key: Polynomial, monomial: Monomial, coefficient: Fraction) -> str:
    term = spelled(monomial, coefficient)
    if key.get(monomial) == -coefficient:
        return f"your term {term} has the wrong sign"
    if monomial in key:
        return f"your term {term} has another coefficient"
    names = [symbol.name for symbol in monomial]
    if any(names == [symbol.name for symbol in other] for other in key):
        return f"your term {term} has another index than it should, or is one too many"
    return f"your term {term} is no part of this sum"


def spelled(monomial: Monomial, coefficient: Fraction) -> str:
    """A term as a student could type it."""
    product = "*".join(map(str, monomial)) or "1"
    if abs(coefficient) != 1:
        product = f"{abs(coefficient)}*{product}" if monomial else str(abs(coefficient))
    return f"-{product}" if coefficient < 0 else product
