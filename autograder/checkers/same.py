"""Whether two expressions are the same function, the cheapest way that decides.

Quotients of polynomials are compared modulo large primes; where functions occur, at real points in interval arithmetic.
SymPy has no part in it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeAlias

from autograder.checkers import expressions, modular, points, reals
from autograder.checkers.expressions import Expression
from autograder.checkers.functions import ANALYTIC
from autograder.checkers.measure import MAX_EXPONENT, Measure, measure
from autograder.checkers.modular import NoValue
from autograder.checkers.nodes import Call, Indexed, Leaf, Node, Number, Power, Product, Series, children
from autograder.checkers.outcome import Invalid
from autograder.checkers.reals import Undecided, Undefined
from autograder.checkers.text import point_at
from autograder.checkers.tokens import Names, Symbol

TRIES = 3  # points modulo primes: an honest quotient divides by zero at one in 10¹² of them
SUMS = 8  # points where the bounds of sums or exponents vary
FEW = 3  # real points for smooth functions
LEAST, MANY = 8, 48  # real points for roots, logarithms, kinks and jumps: as many as there is time for
NUMBERS = 20  # of a formula, that points come near to
MAX_CALLS = 200  # of functions in one expression
WORK = 40_000  # nodes that are evaluated in one comparison, a function counting as twenty

_PLAIN_EXPONENTS = range(MAX_EXPONENT + 1)

Assumptions: TypeAlias = Mapping[str, str]
Value: TypeAlias = int | reals.Real  # a residue, or what is known of a real number


class Unanswerable(Exception):
    """At no point tried is there a value to compare: of the key (that is our fault) or of the response."""


@dataclass(frozen=True, eq=False)
class Formula(Expression):
    """An expression that can be compared, and what is known of it.

    symbols: those that it names, whether or not they cancel.
    families: the name and the number of indices of those whose indices vary, such as x[i,j].
    rational: whether it is a quotient of polynomials, once those in `small` are known.
    small: symbols for whole numbers in exponents and in the bounds of sums.
    analytic: whether no root, logarithm, kink or jump is in it.
    work: about how many operations a value takes.
    numbers: some of the numbers in it.
    """

    symbols: frozenset[Symbol]
    families: frozenset[tuple[str, int]]
    rational: bool
    small: frozenset[str]
    analytic: bool
    work: int
    numbers: tuple[Fraction, ...]
    memo: dict[Any, int] = field(default_factory=dict, repr=False)


def read(text: str, names: Names) -> Formula:
    """The formula that a text spells. Raises Invalid."""
    return formula(expressions.parse(text, names), names)


def formula(expression: Expression, names: Names) -> Formula:
    """An expression made ready to compare. Raises Invalid where that would take too long."""
    found = _Survey(expression.text, names.whole)
    for node in expression.nodes():
        found.see(node)
    measured = measure(expression, names.whole) if found.measurable else None
    if unknown := sorted(found.small - names.whole):
        raise Invalid(f"{unknown[0]} stands for no whole number in this question, so it can't bound a sum")
    return Formula(
        expression.text,
        expression.tree,
        symbols=frozenset(found.symbols),
        families=frozenset(found.families),
        rational=not isinstance(measured, Measure) or measured.rational,
        small=frozenset(found.small),
        analytic=found.analytic,
        work=found.work,
        numbers=tuple(dict.fromkeys(found.numbers[:NUMBERS])),
    )


class _Survey:
    """Looks at every node once. `measurable` says whether more than sums and products of symbols was seen."""

    def __init__(self, text: str, whole: frozenset[str]) -> None:
        self.text, self.whole = text, whole
        self.symbols: list[Symbol] = []
        self.families: list[tuple[str, int]] = []
        self.numbers: list[Fraction] = []
        self.small: set[str] = set()
        self.work = self.calls = 0
        self.analytic, self.measurable = True, False

    def see(self, node: Node) -> None:
        self.work += 1
        if isinstance(node, Leaf):
            self.symbols.append(node.symbol)
        elif isinstance(node, Number):
            self.numbers.append(node.value)
        elif isinstance(node, Product):
            divisions = sum(operand.sign != "*" for operand in node.factors)
            self.measurable |= divisions > 0
            self.work += 10 * divisions
            self.analytic &= all(operand.sign != "//" for operand in node.factors)
        elif isinstance(node, Power):
            self.see_power(node)
        elif isinstance(node, Call):
            self.see_call(node)
        elif isinstance(node, Indexed):
            self.families.append((node.name, len(node.indices)))
        elif isinstance(node, Series):
            self.measurable = True
            self.work += 20 * node.size
            self.small |= _names_in(node.lower) | _names_in(node.upper)

    def see_power(self, node: Power) -> None:
        exponent = node.exponent.value if isinstance(node.exponent, Number) else None
        if isinstance(node.base, Leaf) and exponent in _PLAIN_EXPONENTS:
            return
        self.measurable = True
        base = node.base.value if isinstance(node.base, Number) else 0
        self.analytic &= base > 0 or _is_whole(node.exponent)
        self.small |= _names_in(node.exponent) & self.whole

    def see_call(self, node: Call) -> None:
        self.measurable = True
        self.analytic &= node.name in ANALYTIC
        self.calls += 1
        self.work += 20
        if self.calls > MAX_CALLS:
            raise Invalid(point_at(f"more than {MAX_CALLS} functions are not read", self.text, node.at))


def _is_whole(node: Node) -> bool:
    match node:
        case Number(value=value):
            return value.denominator == 1
        case Leaf() | Power() | Call():
            return False
        case _:
            return all(map(_is_whole, children(node)))


def _names_in(node: Node) -> set[str]:
    found = {node.symbol.name} if isinstance(node, Leaf) else set()
    return found.union(*map(_names_in, children(node)))


def same(key: Formula, found: Formula, assume: Assumptions) -> bool:
    """Whether `found` has the key's value wherever the key has one. Raises Unanswerable."""
    decided = False
    one_is_enough = key.rational and found.rational and not (key.small or found.small)
    for expected, value in samples((key, found), assume):
        if expected is None:
            continue
        with contextlib.suppress(Undecided):
            if value is None or differ(expected, value):
                return False
            decided = True
        if decided and one_is_enough:
            break
    if not decided:
        raise Unanswerable
    return True


def samples(formulas: tuple[Formula, Formula], assume: Assumptions) -> Iterator[tuple[Value | None, Value | None]]:
    """What both are worth, point by point: None where there is no value; points that can't tell are left out."""
    if all(formula.rational for formula in formulas):
        return _modular(formulas, assume)
    return _real(formulas, assume)


def differ(one: Value, other: Value) -> bool:
    """Whether two values at one point differ. Raises Undecided where they are known too badly to tell."""
    if isinstance(one, int) and isinstance(other, int):
        return one != other
    return reals.differ(one, other)  # type: ignore[arg-type]


def product(one: Value, other: Value) -> Value:
    """The product of two values, from one point or from two."""
    if isinstance(one, int) and isinstance(other, int):
        return one * other % modular.MODULUS
    return reals.multiply(one, other)  # type: ignore[arg-type]


def _modular(formulas: tuple[Formula, ...], assume: Assumptions) -> Iterator[Any]:
    """Modulo primes: points at random, and small numbers in exponents and bounds."""
    small = frozenset[str]().union(*(formula.small for formula in formulas))
    work = sum(formula.work for formula in formulas)
    for number in range(max(TRIES, min(SUMS, WORK // (4 * work))) if small else TRIES):
        given = {Symbol(name): points.small(name, number, assume.get(name, "real")) for name in small}
        with contextlib.suppress(NoValue, Invalid):
            yield tuple(_residue(formula, number, given) for formula in formulas)


def _residue(formula: Formula, number: int, given: Mapping[Symbol, int]) -> int:
    """Kept with the formula: a key's is asked for by a whole class."""
    place = (number, modular.MODULUS, *given.items()) if given else (number, modular.MODULUS)
    if place not in formula.memo:
        formula.memo[place] = modular.value(formula, number, given)
    return formula.memo[place]


def _real(formulas: tuple[Formula, ...], assume: Assumptions) -> Iterator[Any]:
    """In interval arithmetic."""
    for number in _numbers(formulas):
        leaf = _leaf(formulas, assume, number)
        with contextlib.suppress(Undecided, Invalid):
            yield tuple(_value(formula, leaf) for formula in formulas)


def _numbers(formulas: tuple[Formula, ...]) -> range:
    """Which points to try: a few where the functions are smooth, otherwise as many as there is time for."""
    if all(formula.analytic and not formula.small for formula in formulas):
        return range(FEW)
    return range(max(LEAST, min(MANY, WORK // sum(formula.work for formula in formulas))))


def _leaf(formulas: tuple[Formula, ...], assume: Assumptions, number: int) -> Callable[[Fraction | Symbol], reals.Real]:
    small = frozenset[str]().union(*(formula.small for formula in formulas))
    pool = tuple(dict.fromkeys(number for formula in formulas for number in formula.numbers))

    def leaf(leaf: Fraction | Symbol) -> reals.Real:
        if not isinstance(leaf, Symbol):
            return leaf
        domain = assume.get(leaf.name, "real")
        if leaf.name in small and not leaf.indices:
            return Fraction(points.small(leaf.name, number, domain))
        return points.coordinate(leaf, number, domain, pool if number >= points.PLAIN else ())

    return leaf


def _value(formula: Formula, leaf: Callable[[Fraction | Symbol], reals.Real]) -> reals.Real | None:
    try:
        return formula.evaluate(leaf, reals.OPERATIONS)
    except Undefined:
        return None
