"""Reading arithmetic that a student typed, without ever running it: tokens → a tree → a value in some arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, ClassVar, TypeVar

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
from autograder.checkers.parser import MAX_TEXT, Parser
from autograder.checkers.text import point_at
from autograder.checkers.tokens import Names, Symbol

MAX_ADDED = 4_000  # nodes that all sums of an expression evaluate, in all

__all__ = ["MAX_TEXT", "Expression", "Refused", "parse", "parse_equation"]

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
        value: T = _Evaluation(self.text, leaf, operations, whole or _whole).value(self.tree)
        return value


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
        kind = type(node)
        if kind is Leaf:
            return self.leaf(node.symbol)  # type: ignore[union-attr]
        if kind is Number:
            return self.leaf(node.value)  # type: ignore[union-attr]
        return self.READERS[kind](self, node)

    def product(self, node: Product) -> Any:
        operands = iter(node.factors)
        return self.chain(self.value(next(operands).node), operands)

    def sum(self, node: Sum) -> Any:
        operands = iter(node.terms)
        at, sign, first = next(operands)
        total = self.value(first)
        if sign == "-":
            total = self.apply(at, "*", self.leaf(_MINUS_ONE), total)
        return self.chain(total, operands)

    def chain(self, total: Any, operands: Iterator[Operand]) -> Any:
        operations, operand = self.operations, None
        try:
            for operand in operands:
                if operand.sign not in operations:
                    raise Refused(f"{operand.sign} is not read here")
                total = operations[operand.sign](total, self.value(operand.node))
        except Refused as refusal:
            raise Invalid(point_at(str(refusal), self.text, operand.at if operand else 0)) from None
        return total

    def power(self, node: Power) -> Any:
        return self.apply(node.at, "**", self.value(node.base), self.value(node.exponent))

    def call(self, node: Call) -> Any:
        return self.apply(node.at, node.name, *map(self.value, node.arguments))

    def variable(self, node: Bound) -> Any:
        return self.leaf(self.bound[node.name])

    def indexed(self, node: Indexed) -> Any:
        indices = [self.index(node.at, index) for index in node.indices]
        return self.leaf(Symbol(node.name, tuple(indices)))

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

    READERS: ClassVar[dict[type, Callable[..., Any]]] = {
        Product: product,
        Sum: sum,
        Power: power,
        Call: call,
        Bound: variable,
        Indexed: indexed,
        Series: series,
    }


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
