"""What an expression is made of. Sums and products hold all their operands: a long one is wide and not deep.

`at` is a place in the student's own characters, where a caret belongs.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple, TypeAlias

from autograder.checkers.tokens import Symbol


class Number(NamedTuple):
    """A number, exactly."""

    at: int
    value: Fraction


class Leaf(NamedTuple):
    """A symbol such as x or x[0,1]."""

    at: int
    symbol: Symbol


class Bound(NamedTuple):
    """The variable of a sum, inside of it."""

    at: int
    name: str


class Indexed(NamedTuple):
    """A symbol whose indices are not plain numbers, such as x[i,j+1]."""

    at: int
    name: str
    indices: tuple[Node, ...]


class Operand(NamedTuple):
    """A term with its sign, + or -, or a factor with its own: *, / or //."""

    at: int
    sign: str
    node: Node


class Sum(NamedTuple):
    """Terms that are added or subtracted; a minus sign alone is a sum of one."""

    terms: tuple[Operand, ...]


class Product(NamedTuple):
    """Factors, from left to right; the first has the sign *."""

    factors: tuple[Operand, ...]


class Power(NamedTuple):
    """A base and an exponent."""

    at: int
    base: Node
    exponent: Node


class Call(NamedTuple):
    """A function of its arguments; a constant such as pi has none."""

    at: int
    name: str
    arguments: tuple[Node, ...]


class Series(NamedTuple):
    """The sum of `body` for every whole `variable` from `lower` to `upper`; `size` is how much there is to evaluate."""

    at: int
    variable: str
    lower: Node
    upper: Node
    body: Node
    size: int


Node: TypeAlias = Number | Leaf | Bound | Indexed | Sum | Product | Power | Call | Series


def children(node: Node) -> tuple[Node, ...]:
    """The nodes right below this one."""
    kind = type(node)
    if kind is Sum or kind is Product:
        return tuple(operand[2] for operand in node[0])  # type: ignore[union-attr]
    if kind is Power:
        return node[1:]  # type: ignore[return-value]
    if kind is Call or kind is Indexed:
        return node[2]  # type: ignore[return-value, misc]
    return (node.lower, node.upper, node.body) if isinstance(node, Series) else ()
