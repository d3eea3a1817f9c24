"""Kinds of number: whole, real, fraction, with a unit, a range of them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from question_bank.answers.base import NUMBER_FORM, Answer, number_text
from question_bank.answers.units import dimension, unit_factor

HALF = 0.5


@dataclass(frozen=True)
class Integer(Answer):
    """A whole number."""

    expects = "an integer"
    has_form = "isinstance(v, (int, np.integer)) and not isinstance(v, bool)"

    def same(self, key: Any, other: Any) -> bool:
        return bool(key == other)


@dataclass(frozen=True)
class Real(Answer):
    """A real number, right within `rel`·|key| or `abs`, whichever is larger.

    `figures` or `places` take their place where they are given: right is what rounds to the key's significant figures
    or decimal places, so a response may be off by half a unit of the last one.
    """

    rel: float = 1e-3
    abs: float = 0.0
    figures: int | None = None
    places: int | None = None

    has_form = NUMBER_FORM

    def __post_init__(self) -> None:
        if self.figures is not None and self.places is not None:
            raise ValueError("expected significant figures or decimal places, found both")
        if self.figures is not None and self.figures < 1:
            raise ValueError(f"expected at least 1 significant figure, found {self.figures}")

    @property
    def expects(self) -> str:  # type: ignore[override]
        if self.figures is not None:
            return f"a number to {self.figures} significant figure{'s' * (self.figures != 1)}"
        if self.places is not None:
            return f"a number to {self.places} decimal place{'s' * (self.places != 1)}"
        return "a number"

    def tolerance(self, key: Any) -> float:
        """How far from the key a response may be."""
        if self.places is not None:
            return HALF * 10.0**-self.places
        if self.figures is not None:
            return HALF * 10.0 ** (math.floor(math.log10(abs(float(key)))) - self.figures + 1) if key else 0.0
        return max(self.rel * abs(float(key)), self.abs)

    def same(self, key: Any, other: Any) -> bool:
        return abs(float(key) - float(other)) <= self.tolerance(key) + self.tolerance(other)

    def display(self, key: Any) -> str:
        return number_text(key)

    def literal(self, key: Any) -> str:
        return repr(float(key))


@dataclass(frozen=True)
class Rational(Answer):
    """A fraction, exactly: 3/4, 6/8 or 0.75. The key is a Fraction.

    lowest: it is to be given in lowest terms. other_form: the fraction of the points for the same number otherwise.
    """

    lowest: bool = False
    other_form: float = 0.5

    has_form = f"isinstance(v, str) or hasattr(v, 'limit_denominator') or {NUMBER_FORM}"  # Python's own Fraction

    @property
    def expects(self) -> str:  # type: ignore[override]
        return 'a fraction in lowest terms, in quotes, such as "3/4"' if self.lowest else 'a fraction, such as "3/4"'

    def same(self, key: Any, other: Any) -> bool:
        return Fraction(key) == Fraction(other)

    def display(self, key: Any) -> str:
        return str(Fraction(key))

    def literal(self, key: Any) -> str:
        return repr(self.display(key))


@dataclass(frozen=True)
class Quantity(Answer):
    """A number with a unit, such as "58.1 MiB", right within `rel`·|key| (0: exactly). The key is in `unit`.

    Units that measure the same thing are converted (see `units.py`); a bare number is read as being in `unit`.
    """

    unit: str
    rel: float = 1e-3

    has_form = f"isinstance(v, str) or {NUMBER_FORM}"

    def __post_init__(self) -> None:
        dimension(self.unit)  # raises for a unit that is not known

    @property
    def expects(self) -> str:  # type: ignore[override]
        return f'a quantity in {self.unit}, as a number or with its unit in quotes, such as "2.5 {self.unit}"'

    def tolerance(self, key: Any) -> float:
        """How far from the key, in `unit`, a response may be."""
        return self.rel * abs(float(key))

    def same(self, key: Any, other: Any) -> bool:
        return abs(float(key) - float(other)) <= self.tolerance(key) + self.tolerance(other)

    def display(self, key: Any) -> str:
        return f"{number_text(key)} {self.unit}"

    def literal(self, key: Any) -> str:
        return repr(f"{int(key) if key == int(key) else float(key)!r} {self.unit}")

    def factor(self, unit: str) -> Fraction:
        """What one `unit` is in the key's unit. Raises KeyError for a unit that measures something else."""
        if dimension(unit) != dimension(self.unit):
            raise KeyError(unit)
        return unit_factor(unit) / unit_factor(self.unit)


class Bounds(NamedTuple):
    """The ends of an interval; an open end does not belong to it. Infinite ends are open."""

    low: int | float | Fraction
    high: int | float | Fraction
    low_open: bool = False
    high_open: bool = False


@dataclass(frozen=True)
class Interval(Answer):
    """An interval, by its ends: "[3, 7]", "(0, 1]", "3 <= n <= 7". The key is a Bounds or a pair (low, high).

    `whole`: only whole numbers are meant, so that n > 2 and n >= 3 are the same, and (3, 7) is smallest and largest.
    `abs`: tolerance of the ends.
    """

    whole: bool = False
    abs: float = 0.0

    @property
    def has_form(self) -> str:  # type: ignore[override]
        pair = " or (isinstance(v, (tuple, list)) and len(v) == 2)" if self.whole else ""
        return f"isinstance(v, str){pair}"

    @property
    def expects(self) -> str:  # type: ignore[override]
        if self.whole:
            return "a range of whole numbers, as (smallest, largest)"
        return 'an interval in quotes, such as "[0, 1)"'

    def canonical(self, key: Any) -> Bounds:
        """The bounds that a key or a response stands for: infinite ends are open, ends of whole numbers closed."""
        bounds = Bounds(*key)
        low, high = bounds.low, bounds.high
        if self.whole and not math.isinf(low):
            low = math.floor(low) + 1 if bounds.low_open else math.ceil(low)
        if self.whole and not math.isinf(high):
            high = math.ceil(high) - 1 if bounds.high_open else math.floor(high)
        low_open, high_open = (bounds.low_open, bounds.high_open) if not self.whole else (False, False)
        return Bounds(low, high, low_open or math.isinf(low), high_open or math.isinf(high))

    def same(self, key: Any, other: Any) -> bool:
        a, b = self.canonical(key), self.canonical(other)
        return (
            _near(a.low, b.low, 2 * self.abs)
            and _near(a.high, b.high, 2 * self.abs)
            and (a.low_open, a.high_open) == (b.low_open, b.high_open)
        )

    def display(self, key: Any) -> str:
        return self._written(key, number_text)

    def literal(self, key: Any) -> str:
        return repr(self._written(key, _exactly))

    def _written(self, key: Any, number: Callable[[Any], str]) -> str:
        a = self.canonical(key)
        low, high = (f"{'-' * (end < 0)}oo" if math.isinf(end) else number(end) for end in a[:2])
        return f"{'(' if a.low_open else '['}{low}, {high}{')' if a.high_open else ']'}"


def _near(a: int | float | Fraction, b: int | float | Fraction, tolerance: float) -> bool:
    """Whether two ends of intervals are as good as the same; both may be infinite."""
    return a == b or abs(float(a) - float(b)) <= tolerance


def _exactly(value: int | float | Fraction) -> str:
    """`value` as text that stands for exactly it."""
    return str(value) if isinstance(value, int | Fraction) else repr(float(value))
