"""Cases: named calls of a student's function, and what it is called with.

    conv2d.hidden("images that are not square", x=(2, 2, 7, 10), w=(3, 2, 3, 3), stride=2)
    conv2d.hidden("double precision", x=array(1, 2, 6, 6, dtype="float64"), w=array(2, 2, 3, 3, dtype="float64"))
    conv2d.hidden("transposed in memory", x=array(1, 2, 6, 8, layout="F"), w=(2, 2, 3, 3))
    shapes.hidden("three layers", layers=made(lambda q, pick: [["conv", pick(1, 8), 3] for _ in range(3)]))

A tuple of sizes is an array of that shape; any of these may be a function of the variant; anything else (a number, a
text, a list) is passed on as it is, a tuple by `plain((1, 2))`.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

Pick = Callable[[int, int], int]  # a whole number from a to b, both included
Arguments = tuple[Any, ...]  # arrays and plain values


@dataclass(frozen=True)
class Drawn:
    """An array whose entries are drawn; see `array`."""

    shape: tuple[int, ...]
    dtype: str = "float32"
    low: float | None = None
    high: float | None = None
    whole: bool | None = None
    layout: str = "C"
    nan: int = 0

    def draw(self, key: str, visible: bool) -> np.ndarray[Any, Any]:
        """The array. Visible cases hold small whole numbers, so that a student can follow them."""
        import numpy as np

        whole = self.dtype.startswith(("int", "uint")) or (visible if self.whole is None else self.whole)
        low, high = (-3 if whole else -2) if self.low is None else self.low, self.high
        high = (3 if whole else 2) if high is None else high
        count = math.prod(self.shape)
        words = np.frombuffer(_stream(key, 4 * count), dtype="<u4").astype(np.float64)
        values = words % (high - low + 1) + low if whole else words / 2**32 * (high - low) + low
        values[: self.nan] = np.nan
        return np.asarray(values.astype(self.dtype).reshape(self.shape), order=self.layout)  # type: ignore[call-overload,no-any-return]


@dataclass(frozen=True)
class Made:
    """A value that a function makes from picks; see `made`."""

    make: Callable[[Any, Pick], Any]
    of: str = ""

    def draw(self, variant: Any, key: str) -> Any:
        """The value. Picks are hashed: the same key makes the same value."""
        words = iter(range(10_000))

        def pick(low: int, high: int) -> int:
            return low + int.from_bytes(_stream(f"{key}|{next(words)}", 8)) % (high - low + 1)

        return self.make(variant, pick)


@dataclass(frozen=True)
class Plain:
    """A value that is passed on as it is; see `plain`."""

    value: Any


def array(
    *shape: int,
    dtype: str = "float32",
    low: float | None = None,
    high: float | None = None,
    whole: bool | None = None,
    layout: str = "C",
    nan: int = 0,
) -> Drawn:
    """An array of that shape, its entries drawn from `low` to `high`: -2 to 2, of whole numbers -3 to 3.

    whole: whole numbers, which visible cases hold unless this says False. layout: "C", or "F" for memory in the order
    of columns, which is not contiguous to torch. nan: so many entries, the first ones, are NaN.
    """
    return Drawn(shape, dtype, low, high, whole, layout, nan)


def made(make: Callable[[Any, Pick], Any], of: str = "") -> Made:
    """What `make(q, pick)` makes of the variant and of hashed picks: a list of layers, for example.

    of: a name; arguments that are made of the same one get the same picks.
    """
    return Made(make, of)


def plain(value: Any) -> Plain:
    """A value that is passed on as it is, though it looks like a shape: a stride of (2, 1)."""
    return Plain(value)


@dataclass(frozen=True)
class Case:
    """One named call of the student's function: what stands for each argument, as `question_bank.cases` tells.

    group: the points that it decides about. data: the label of the case whose arguments it takes, if not its own.
    """

    label: str
    visible: bool
    specs: Mapping[str, Any]
    group: str = ""
    data: str = ""

    def inputs(self, variant: Any, seed: str) -> dict[str, Any]:
        """The arguments, drawn by hashing from the seed, the case and the argument's name."""
        key = f"{seed}|{self.data or self.label}"
        return {name: self._input(variant, spec, f"{key}|{_source(spec, name)}") for name, spec in self.specs.items()}

    def _input(self, variant: Any, spec: Any, key: str) -> Any:
        if callable(spec) and not isinstance(spec, Drawn | Made | Plain):
            spec = spec(variant)
        match spec:
            case tuple():
                return Drawn(spec).draw(key, self.visible)
            case Drawn():
                return spec.draw(key, self.visible)
            case Made():
                return spec.draw(variant, key)
            case Plain():
                return spec.value
            case _:
                return spec


def _source(spec: Any, name: str) -> str:
    """What an argument's entries are drawn by: its own name, unless it is made of what others are made of, too."""
    return (spec.of if isinstance(spec, Made) else "") or name


def _stream(key: str, count: int) -> bytes:
    return hashlib.shake_256(key.encode()).digest(count)
