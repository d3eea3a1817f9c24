"""Kinds of array: shapes, and vectors, matrices and tensors that are marked entry by entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from question_bank.answers.base import Answer, number_text, plain_number


@dataclass(frozen=True)
class Shape(Answer):
    """The sizes of a tensor in the order that `axes` names, e.g. ("height", "width", "channels").

    `batch`: a response may have the batch dimension in front; its size does not count.
    """

    axes: tuple[str, ...] = ("height", "width", "channels")
    batch: bool = False

    @property
    def expects(self) -> str:  # type: ignore[override]
        return f"a shape of {len(self.axes)} numbers: ({', '.join(self.axes)})"

    @property
    def has_form(self) -> str:  # type: ignore[override]
        allowed = f"{len(self.axes)}, {len(self.axes) + 1}" if self.batch else f"{len(self.axes)},"
        return f"isinstance(v, (tuple, list)) and len(v) in ({allowed})"

    def same(self, key: Any, other: Any) -> bool:
        return tuple(key) == tuple(other)

    def display(self, key: Any) -> str:
        return f"({', '.join(map(str, key))}{',' * (len(key) == 1)})"


@dataclass(frozen=True)
class _Array(Answer):
    """Nested lists of numbers, entry by entry right within `abs` or `rel`·|entry|, whichever is larger (0: exactly)."""

    abs: float = 0.0
    rel: float = 0.0

    def tolerance(self, entry: Any) -> float:
        """How far from this entry of the key a response's may be."""
        return max(self.abs, self.rel * abs(float(entry)))

    def same(self, key: Any, other: Any) -> bool:
        if size_of(key) != size_of(other):
            return False
        pairs = zip(entries_of(key), entries_of(other), strict=True)
        return all(abs(a - b) <= self.tolerance(a) + self.tolerance(b) for a, b in pairs)

    def display(self, key: Any) -> str:
        return str(_map(number_text, key)).replace("'", "")

    def literal(self, key: Any) -> str:
        return str(_map(plain_number, key))


@dataclass(frozen=True)
class Vector(_Array):
    """A list of numbers. `names` says what stands where, e.g. ("top", "bottom"), where each place has a name."""

    names: tuple[str, ...] = ()

    @property
    def expects(self) -> str:  # type: ignore[override]
        return f"a list of {len(self.names)} numbers: [{', '.join(self.names)}]" if self.names else "a list of numbers"

    has_form = "np.ndim(v) == 1"


@dataclass(frozen=True)
class Matrix(_Array):
    """A matrix as nested rows."""

    expects = "a matrix as a list of rows, [[…], […]]"
    has_form = "np.ndim(v) == 2"


@dataclass(frozen=True)
class Tensor(_Array):
    """A tensor of three or more dimensions, as nested lists or an array."""

    expects = "a tensor as nested lists, or as an array"
    has_form = "np.ndim(v) >= 3"


def size_of(value: Any) -> tuple[int, ...]:
    """The shape of nested sequences, by their first entries: () for a number."""
    return (len(value), *(size_of(value[0]) if len(value) else ())) if isinstance(value, list | tuple) else ()


def entries_of(value: Any) -> Iterator[Any]:
    """The numbers in nested sequences, in order."""
    if isinstance(value, list | tuple):
        for item in value:
            yield from entries_of(item)
    else:
        yield value


def _map(function: Any, value: Any) -> Any:
    return [_map(function, item) for item in value] if isinstance(value, list | tuple) else function(value)
