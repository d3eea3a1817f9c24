"""Equation: "y = 2*x + 1", "Eq(y, 2*x + 1)"; right where it has the key's solutions.

With left - right for each, that is so where one is the other times a number. A power of a symbol may be multiplied, too,
where that symbol can't be zero: y = 1/x is x*y = 1.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

from autograder.checkers import expressions, modular
from autograder.checkers.expressions import Expression
from autograder.checkers.modular import NoValue
from autograder.checkers.nodes import Leaf, Number, Operand, Power, Product, Sum
from autograder.checkers.outcome import RIGHT, WRONG, Comparison, Invalid
from autograder.checkers.reals import Undecided
from autograder.checkers.same import Formula, Value, differ, formula, product, samples
from autograder.checkers.symbolic import names_of, unknown_symbols, with_products
from autograder.checkers.text import clipped, describe
from autograder.checkers.tokens import Names, Symbol
from question_bank.answers import Equation


def parse(answer: Equation, response: Any) -> Formula:
    """Left side minus right side."""
    if not isinstance(response, str):
        raise Invalid(f"expected {answer.expects}, found {describe(response)}")
    return _difference(response, names_of(answer))


def _difference(text: str, names: Names) -> Formula:
    left, right = expressions.parse_equation(text, names)
    both = Sum((Operand(0, "+", left.tree), Operand(0, "-", right.tree)))
    return formula(Expression(text, both), names)


def compare(answer: Equation, key: Any, value: Formula) -> Comparison:
    """Right where it is a multiple of the key. Raises ValueError where the key is no equation that can be compared."""
    names = names_of(answer)
    expected = _key_formula(answer.display(key), names)
    value = with_products(value, expected, names, _difference)
    if unknown := unknown_symbols(value, expected, names):
        return Comparison(0.0, unknown)
    return RIGHT if _is_multiple(expected, value, answer) else WRONG


@lru_cache(maxsize=1024)
def _key_formula(text: str, names: Names) -> Formula:
    try:
        return _difference(text, names)
    except Invalid as error:
        raise ValueError(f"the key {clipped(text)} can't be compared: {error}") from error


def _is_multiple(key: Formula, found: Formula, answer: Equation) -> bool:
    """Whether found/key is the same number at every point, or a power of a symbol that can't be zero."""
    pairs = [(k, f) for k, f in samples((key, found), answer.assume) if k is not None]
    if any(f is None for _, f in pairs):
        return False
    pairs = [(k, f) for k, f in pairs if not _is_zero(k)]
    if not pairs:
        raise ValueError(f"the key {clipped(key.text)} holds everywhere, or can't be compared")
    first_key, first = pairs[0]
    if all(_is_zero(f) for _, f in pairs):
        return False
    if len(pairs) > 1 and not any(_apart(product(f, first_key), product(first, k)) for k, f in pairs[1:]):
        return not _is_zero(first)
    return key.rational and found.rational and not key.small | found.small and _is_power_apart(key, found, answer)


def _is_zero(value: Value) -> bool:
    return not _apart(value, 0 if isinstance(value, int) else Fraction(0))


def _apart(one: Value, other: Value) -> bool:
    try:
        return differ(one, other)
    except Undecided:
        return False


def _is_power_apart(key: Formula, found: Formula, answer: Equation) -> bool:
    """Whether found/key is a product of powers of symbols, none of which can be zero in either equation."""
    try:
        powers = {symbol: _exponent(key, found, symbol) for symbol in key.symbols | found.symbols}
    except NoValue:
        return False
    if None in powers.values():
        return False
    used = {symbol: power for symbol, power in powers.items() if power}
    if not all(_is_never_zero(symbol, formula, answer) for symbol in used for formula in (key, found)):
        return False
    factors = [Operand(0, "*", Power(0, Leaf(0, s), Number(0, Fraction(power or 0)))) for s, power in used.items()]
    tree = Product((Operand(0, "*", key.tree), *factors))
    return bool(used) and _is_multiple(replace(key, tree=tree), found, answer)


def _exponent(key: Formula, found: Formula, symbol: Symbol) -> int | None:
    """The power of a symbol that found/key grows with when it is doubled. Raises NoValue."""
    doubled = {symbol: 2 * modular.coordinate(symbol, 0, modular.MODULUS)}
    before = _quotient(modular.value(found, 0, {}), modular.value(key, 0, {}))
    after = _quotient(modular.value(found, 0, doubled), modular.value(key, 0, doubled))
    growth = _quotient(after, before)
    return next((power for power in range(-4, 5) if pow(2, power, modular.MODULUS) == growth), None)


def _quotient(one: int, other: int) -> int:
    try:
        return one * pow(other, -1, modular.MODULUS) % modular.MODULUS
    except ValueError:
        raise NoValue from None


def _is_never_zero(symbol: Symbol, formula: Formula, answer: Equation) -> bool:
    """Whether a symbol is not zero in any solution: by assumption, or as the equation has none there."""
    if answer.assume.get(symbol.name) in ("positive", "natural"):
        return True
    found = set()
    for number in range(2):
        try:
            found.add(modular.value(formula, number, {symbol: 0}))
        except NoValue:
            return True
    return len(found) == 1 and found != {0}
