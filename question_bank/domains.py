"""What may be drawn for one parameter, and the hashed draw.

A domain is a finite, indexed set of choices. A draw is `sha256(seed, template, version, parameter, try)` modulo its
size: it depends on nothing else, so adding a parameter never reshuffles another and no release of Python or NumPy can
change what a student was dealt.
"""

from __future__ import annotations

import hashlib
import json
import math
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Bound = int | Callable[[Any], int]


def hashed_int(*key: object) -> int:
    """A number in [0, 2²⁵⁶) that depends on the key alone. Every draw of Fieldmark comes from here."""
    return int.from_bytes(hashlib.sha256(json.dumps(key).encode()).digest())


class Domain(ABC):
    """The finite choices for one parameter. `q` holds the parameters that were drawn before it."""

    cosmetic = False  # whether it only arranges a question, so that variants that differ in it are the same question

    @abstractmethod
    def size(self, q: Any) -> int:
        """How many choices there are; may be 0."""

    @abstractmethod
    def at(self, q: Any, index: int) -> Any:
        """Choice number `index`, 0 ≤ index < size."""

    @abstractmethod
    def contains(self, q: Any, value: Any) -> bool:
        """Whether `value` is one of the choices."""


def _bound(bound: Bound, q: Any) -> int:
    return bound(q) if callable(bound) else bound


@dataclass(frozen=True)
class Integers(Domain):
    """`low, low + step, …`, up to `high` inclusive; a bound may be a function of earlier parameters."""

    low: Bound
    high: Bound
    step: int = 1

    def _range(self, q: Any) -> range:
        return range(_bound(self.low, q), _bound(self.high, q) + 1, self.step)

    def size(self, q: Any) -> int:
        return len(self._range(q))

    def at(self, q: Any, index: int) -> int:
        return self._range(q)[index]

    def contains(self, q: Any, value: Any) -> bool:
        return type(value) is int and value in self._range(q)


@dataclass(frozen=True)
class OneOf(Domain):
    """One of the values given."""

    values: tuple[Any, ...]

    def size(self, q: Any) -> int:
        return len(self.values)

    def at(self, q: Any, index: int) -> Any:
        return self.values[index]

    def contains(self, q: Any, value: Any) -> bool:
        return any(type(value) is type(choice) and value == choice for choice in self.values)  # True is no 1


@dataclass(frozen=True)
class Matrices(Domain):
    """`rows` × `columns` matrices, as nested tuples, of integers from `low` to `high` inclusive."""

    rows: Bound
    columns: Bound
    low: int
    high: int

    def size(self, q: Any) -> int:
        entries: int = _bound(self.rows, q) * _bound(self.columns, q)
        return int((self.high - self.low + 1) ** entries)

    def at(self, q: Any, index: int) -> tuple[tuple[int, ...], ...]:
        base, rows, columns = self.high - self.low + 1, _bound(self.rows, q), _bound(self.columns, q)
        digits = []
        for _ in range(rows * columns):
            index, digit = divmod(index, base)
            digits.append(self.low + digit)
        return tuple(tuple(digits[r * columns : (r + 1) * columns]) for r in range(rows))

    def contains(self, q: Any, value: Any) -> bool:
        rows, columns = _bound(self.rows, q), _bound(self.columns, q)
        return (
            isinstance(value, tuple)
            and len(value) == rows
            and all(isinstance(row, tuple) and len(row) == columns for row in value)
            and all(type(entry) is int and self.low <= entry <= self.high for row in value for entry in row)
        )


@dataclass(frozen=True)
class Permutations(Domain):
    """All orders of the values: the options of a choice, shuffled for each student."""

    values: tuple[Any, ...]

    cosmetic = True

    def size(self, q: Any) -> int:
        return math.factorial(len(self.values))

    def at(self, q: Any, index: int) -> tuple[Any, ...]:
        rest, order = list(self.values), []
        for left in range(len(rest), 0, -1):
            index, place = divmod(index, left)
            order.append(rest.pop(place))
        return tuple(order)

    def contains(self, q: Any, value: Any) -> bool:
        return isinstance(value, tuple) and sorted(map(repr, value)) == sorted(map(repr, self.values))


# A field is annotated with the type of its *value* (`n: int = integers(28, 64)`), so these say Any to a type checker.
def integers(low: Bound, high: Bound, step: int = 1) -> Any:
    """Integers from `low` to `high` inclusive, every `step`-th."""
    return Integers(low, high, step)


def one_of(*values: Any) -> Any:
    """One of `values`: numbers, strings, or (nested) tuples of them."""
    return OneOf(values)


def shuffled(*values: Any) -> Any:
    """`values` in an order of the student's own, as a tuple. It does not make a different question."""
    return Permutations(values)


def matrices(rows: Bound, columns: Bound, low: int, high: int) -> Any:
    """Integer matrices with entries from `low` to `high` inclusive, as nested tuples."""
    return Matrices(rows, columns, low, high)
