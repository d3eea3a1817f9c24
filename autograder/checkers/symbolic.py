"""Symbolic: "w[0,0]*x[0,1] + 2x[1,1]", "w_{00}x_{01}", r"\frac{1}{1+e^{-x}}"; right where it is the key's function.

What is compared how is told in `same`; the form in `forms`, and what a sum that is partly right earns in `terms`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from autograder.checkers import forms, terms
from autograder.checkers.functions import CONSTANTS
from autograder.checkers.outcome import RIGHT, WRONG, Comparison, Invalid
from autograder.checkers.same import Formula, Unanswerable, read, same
from autograder.checkers.text import clipped, describe
from autograder.checkers.tokens import Names, Symbol
from question_bank.answers import Equation, Symbolic

MAX_NOTED = 100  # terms of a polynomial in a note


def parse(answer: Symbolic, response: Any) -> Formula:
    """The expression in a text."""
    if not isinstance(response, str):
        raise Invalid(f"expected {answer.expects}, found {describe(response)}")
    return read(response, names_of(answer))


def names_of(answer: Symbolic | Equation) -> Names:
    """What the names of a question stand for, as its answer declares."""
    return _names(tuple(answer.assume.items()), answer.symbols, tuple(answer.functions.items()))


@lru_cache(maxsize=1024)
def _names(
    assume: tuple[tuple[str, str], ...], symbols: tuple[str, ...], functions: tuple[tuple[str, str], ...]
) -> Names:
    whole = frozenset(name for name, domain in assume if domain in ("integer", "natural"))
    return Names(frozenset(name for name, _ in assume) | frozenset(symbols), whole, functions)


def compare(answer: Symbolic, key: Any, value: Formula) -> Comparison:
    """Right where it is the key's function and names no symbol that the key does not, even one that cancels."""
    names = names_of(answer)
    expected = key_formula(key, names)
    value = with_products(value, expected, names)
    expansion = _expansion(key, names)
    if unknown := unknown_symbols(value, expected, names, any_index=expansion is not None):
        return Comparison(0.0, unknown)
    try:
        if same(expected, value, answer.assume):
            return _right(answer, key, expected, value, names)
    except Unanswerable:
        return Comparison(0.0, _no_value(expected, key, answer))
    if expansion is not None and (found := terms.expand(value)) is not None:
        return terms.marked(expansion, found)
    return WRONG


def note(answer: Symbolic, value: Formula) -> str:
    """A polynomial multiplied out, its terms in order; any other expression as it was typed, with single spaces."""
    expanded = terms.expand(value)
    if expanded is None or len(expanded) > MAX_NOTED:
        return " ".join(value.text.split())
    return " + ".join("*".join(map(str, (number, *symbols))) for symbols, number in sorted(expanded.items())) or "0"


def _right(answer: Symbolic, key: Any, expected: Formula, value: Formula, names: Names) -> Comparison:
    if unknown := unknown_symbols(value, expected, names):
        return Comparison(0.0, unknown)
    if fault := forms.complaint(answer, expected, value):
        return Comparison(answer.other_form, f"the right function, but {fault}")
    return RIGHT


def _no_value(expected: Formula, key: Any, answer: Symbolic) -> str:
    """That the response has no value; ValueError where it is the key that has none."""
    try:
        same(expected, expected, answer.assume)
    except Unanswerable:
        raise ValueError(f"the key {clipped(str(key))} has no value at any point that was tried") from None
    return "the expression divides by zero" if expected.rational else "the expression has no value that can be compared"


@lru_cache(maxsize=4096)
def key_formula(key: Any, names: Names) -> Formula:
    """A key as SymPy prints it, which is how a student could type it. Raises ValueError where it can't be read."""
    try:
        return read(str(key), names)
    except Invalid as error:
        raise ValueError(f"the key {clipped(str(key))} can't be compared: {error}") from error


@lru_cache(maxsize=4096)
def _expansion(key: Any, names: Names) -> terms.Polynomial | None:
    expanded = terms.expand(key_formula(key, names))
    return expanded if terms.is_expansion(expanded) else None


def with_products(
    value: Formula, expected: Formula, names: Names, again: Callable[[str, Names], Formula] = read
) -> Formula:
    """The response, read again where a name such as wx can only be the product of the question's own w and x."""
    known = {symbol.name for symbol in expected.symbols} | {name for name, _ in expected.families} | names.declared
    if all(symbol.name in known or len(symbol.name) == 1 for symbol in value.symbols):
        return value
    try:
        return again(value.text, replace(names, known=frozenset(known)))
    except Invalid:
        return value


def unknown_symbols(value: Formula, expected: Formula, names: Names, any_index: bool = False) -> str:
    """What is said of symbols that the question does not have; empty where there are none.

    any_index: whether an index that the key lacks may stand in a response: then it is wrong, but not unknown.
    """
    leaves, families = expected.symbols, expected.families
    entries = {(symbol.name, len(symbol.indices)) for symbol in leaves}
    allowed = families | entries if any_index else families
    unknown = [str(s) for s in value.symbols - leaves if not _known(s, allowed, names)]
    unknown += [name for name, count in value.families if (name, count) not in families | entries]
    if not unknown:
        return ""
    verb = "is not a symbol" if len(unknown) == 1 else "are not symbols"
    return f"{clipped(', '.join(sorted(unknown)))} {verb} of this question"


def _known(symbol: Symbol, families: set[tuple[str, int]] | frozenset[tuple[str, int]], names: Names) -> bool:
    return (symbol.name, len(symbol.indices)) in families or symbol.name in names.declared or symbol.name in CONSTANTS
