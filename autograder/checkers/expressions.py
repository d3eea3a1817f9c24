"""Reading arithmetic that a student typed, without ever running it: tokens → a tree → a value in some arithmetic."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeVar

from autograder.checkers.nodes import (
    Bound,
    Call,
    Indexed,
    Leaf,
    Node,
    Number,
    Operand,
    Power,
    Product,
    Series,
    Sum,
    children,
)
from autograder.checkers.outcome import Invalid
from autograder.checkers.parser import MAX_DEPTH, MAX_TEXT, MAX_TOKENS, Parser
from autograder.checkers.text import point_at
from autograder.checkers.tokens import Names, Symbol

MAX_ADDED = 20_000  # nodes that all sums of an expression evaluate, in all

__all__ = ["MAX_DEPTH", "MAX_TEXT", "MAX_TOKENS", "Expression", "Refused", "parse", "parse_equation"]

T = TypeVar("T")
_MINUS_ONE = Fraction(-1)


class Refused(Exception):
    """An operation that an arithmetic does not do, such as a division by zero; the text is for the student."""


@dataclass(frozen=True)
class Expression:
    """What a student typed, and what it is made of."""

    text: str
    tree: Node

    def nodes(self) -> Iterator[Node]:
        """Every node, each before those below it."""
        pending = [self.tree]
        while pending:
            node = pending.pop()
            yield node
            pending.extend(children(node))

    @property
    def symbols(self) -> frozenset[Symbol]:
        """The symbols that it names, whether or not they cancel; those with indices that vary are in `families`."""
        return frozenset(node.symbol for node in self.nodes() if type(node) is Leaf)

    @property
    def families(self) -> frozenset[tuple[str, int]]:
        """The name and the number of indices of symbols such as x[i,j]."""
        return frozenset((node.name, len(node.indices)) for node in self.nodes() if type(node) is Indexed)

    def evaluate(
        self,
        leaf: Callable[[Fraction | Symbol], T],
        operations: Mapping[str, Callable[..., T]],
        whole: Callable[[T], int] | None = None,
    ) -> T:
        """The value in an arithmetic: what a leaf is worth, and what each operator and function does.

        `whole` makes a value the whole number that it is, for an index or the bound of a sum. Raises Invalid, with a
        caret, where an operation is Refused.
        """
        return _Evaluation(self.text, leaf, operations, whole or _whole).value(self.tree)


def _whole(value: Any) -> int:
    if value != int(value):
        raise Refused("expected a whole number here")
    return int(value)


@dataclass
class _Evaluation:
    text: str
    leaf: Callable[[Any], Any]
    operations: Mapping[str, Callable[..., Any]]
    whole: Callable[[Any], int]
    bound: dict[str, Fraction] = field(default_factory=dict)
    room: int = MAX_ADDED

    def value(self, node: Node) -> Any:
        match node:
            case Leaf(symbol=symbol):
                return self.leaf(symbol)
            case Number(value=number):
                return self.leaf(number)
            case Product(factors=operands):
                total = self.value(operands[0].node)
                for at, sign, factor in itertools.islice(operands, 1, None):
                    total = self.apply(at, sign, total, self.value(factor))
                return total
            case Sum(terms=operands):
                return self.sum(operands)
            case Power(at=at, base=base, exponent=exponent):
                return self.apply(at, "**", self.value(base), self.value(exponent))
            case Call(at=at, name=name, arguments=arguments):
                return self.apply(at, name, *map(self.value, arguments))
            case Bound(name=name):
                return self.leaf(self.bound[name])
            case Indexed():
                indices = [self.index(node.at, index) for index in node.indices]
                return self.leaf(Symbol(node.name, tuple(indices)))
            case Series():
                return self.series(node)

    def sum(self, operands: tuple[Operand, ...]) -> Any:
        at, sign, node = operands[0]
        total = self.value(node)
        if sign == "-":
            total = self.apply(at, "*", self.leaf(_MINUS_ONE), total)
        for at, sign, node in itertools.islice(operands, 1, None):
            total = self.apply(at, sign, total, self.value(node))
        return total

    def apply(self, at: int, name: str, *values: Any) -> Any:
        operation = self.operations.get(name)
        try:
            if operation is None:
                raise Refused(f"{name} is not read here")
            return operation(*values)
        except Refused as refusal:
            raise Invalid(point_at(str(refusal), self.text, at)) from None

    def index(self, at: int, node: Node) -> int:
        try:
            return self.whole(self.value(node))
        except Refused as refusal:
            raise Invalid(point_at(str(refusal), self.text, at)) from None

    def series(self, node: Series) -> Any:
        lower, upper = self.index(node.at, node.lower), self.index(node.at, node.upper)
        self.room -= max(0, upper - lower + 1) * node.size
        if self.room < 0:
            raise Invalid(point_at("this sum has too many terms to be added up", self.text, node.at))
        outer, total = self.bound.get(node.variable), self.leaf(Fraction(0))
        for number in range(lower, upper + 1):
            self.bound[node.variable] = Fraction(number)
            total = self.apply(node.at, "+", total, self.value(node.body))
        if outer is not None:
            self.bound[node.variable] = outer
        return total


def parse(text: str, names: bool | Names) -> Expression:
    """The expression that `text` spells; `names` says which symbols may stand in it. Raises Invalid."""
    try:
        return Expression(text, Parser(text, names).expression())
    except RecursionError:  # only where the caller is deep in the stack already
        raise Invalid("the expression is nested too deeply") from None


def parse_equation(text: str, names: Names) -> tuple[Expression, Expression]:
    """Both sides of the equation that `text` spells. Raises Invalid."""
    left, right = Parser(text, names).both_sides()
    return Expression(text, left), Expression(text, right)
