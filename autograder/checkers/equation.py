"""Equation: "y = 2*x + 1", "Eq(y, 2*x + 1)"; right where it has the key's solutions.

With left - right for each, that is so where one is the other times a number. A power of a symbol may be multiplied,
too, where that symbol can't be zero: y = 1/x is x*y = 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import lru_cache
from typing import Any

from autograder.checkers import expressions, modular
from autograder.checkers.expressions import Expression
from autograder.checkers.modular import NoValue
from autograder.checkers.nodes import Operand, Sum
from autograder.checkers.outcome import RIGHT, WRONG, Comparison, Invalid
from autograder.checkers.reals import Undecided
from autograder.checkers.same import Formula, Value, differ, formula, product, samples
from autograder.checkers.symbolic import names_of, unknown_symbols, with_products
from autograder.checkers.text import clipped, describe
from autograder.checkers.tokens import Names, Symbol
from question_bank.answers import Equation

MAX_POWER = 4  # of a symbol that both sides are multiplied by


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


def note(answer: Equation, value: Formula) -> str:
    """As it was typed, with single spaces."""
    return " ".join(value.text.split())


@lru_cache(maxsize=1024)
def _key_formula(text: str, names: Names) -> Formula:
    try:
        return _difference(text, names)
    except Invalid as error:
        raise ValueError(f"the key {clipped(text)} can't be compared: {error}") from error


def _is_multiple(key: Formula, found: Formula, answer: Equation) -> bool:
    """Whether found/key is the same number at every point, or a power of a symbol that can't be zero."""
    both = [(k, f) for k, f in samples((key, found), answer.assume) if k is not None and not _is_zero(k)]
    pairs = [(k, f) for k, f in both if f is not None]
    if not both:
        return _no_value(key, answer)
    if len(pairs) < len(both) or all(_is_zero(f) for _, f in pairs):
        return False
    first_key, first = pairs[0]
    if not any(_apart(product(f, first_key), product(first, k)) for k, f in pairs[1:]):
        return len(pairs) > 1
    rational = key.rational and found.rational and not (key.small or found.small)
    return rational and _is_power_apart(key, found, answer)


def _no_value(key: Formula, answer: Equation) -> bool:
    """False, as the response has no value. Raises ValueError where it is the key that has none but zero."""
    if all(k is None or _is_zero(k) for k, _ in samples((key, key), answer.assume)):
        raise ValueError(f"the key {clipped(key.text)} holds everywhere, or can't be compared")
    return False


def _is_zero(value: Value) -> bool:
    return not _apart(value, 0 if isinstance(value, int) else Fraction(0))


def _apart(one: Value, other: Value) -> bool:
    try:
        return differ(one, other)
    except Undecided:
        return False


def _is_power_apart(key: Formula, found: Formula, answer: Equation) -> bool:
    """Whether found/key is a product of powers of symbols, none of which can be zero in either equation."""
    symbols = key.symbols | found.symbols
    powers = _powers(lambda given: _quotient(_at(found, given), _at(key, given)), symbols)
    if powers is None:
        return False
    used = [symbol for symbol, power in powers.items() if power]
    return all(_is_never_zero(symbol, formula, answer) for symbol in used for formula in (key, found))


def _powers(value: Callable[[dict[Symbol, int]], int], symbols: Iterable[Symbol]) -> dict[Symbol, int] | None:
    """The power of each symbol that a value is a product of; None where it is no such product.

    A rational function that grows by 2^k at a random point where a symbol is doubled is that symbol's k-th power times
    a function of the others.
    """
    powers = {}
    for symbol in symbols:
        try:
            growth = _quotient(value({symbol: 2 * modular.coordinate(symbol, 0, modular.MODULUS)}), value({}))
        except NoValue:
            return None
        power = next((power for power in range(-MAX_POWER, MAX_POWER + 1) if growth == _power_of_two(power)), None)
        if power is None:
            return None
        powers[symbol] = power
    return powers


def _at(formula: Formula, given: dict[Symbol, int]) -> int:
    return modular.value(formula, 0, given)


def _power_of_two(power: int) -> int:
    return pow(2, power, modular.MODULUS)


def _quotient(one: int, other: int) -> int:
    try:
        return one * pow(other, -1, modular.MODULUS) % modular.MODULUS
    except ValueError:
        raise NoValue from None


def _is_never_zero(symbol: Symbol, formula: Formula, answer: Equation) -> bool:
    """Whether a symbol is not zero in any solution: by assumption, or as the equation has none there."""
    if answer.assume.get(symbol.name) in ("positive", "natural"):
        return True
    zero = {symbol: 0}
    try:
        if _at(formula, zero) == 0:
            return False
    except NoValue:
        return True  # the equation divides by it
    others = formula.symbols - {symbol}
    return _powers(lambda given: _at(formula, zero | given), others) is not None
