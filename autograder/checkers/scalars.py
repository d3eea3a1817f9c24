"""Single numbers, exactly: what Integer, Real, Shape and Matrix have in common."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from autograder.checkers.expressions import Refused, parse
from autograder.checkers.outcome import Invalid
from autograder.checkers.text import describe, point_at
from autograder.checkers.tokens import Symbol, normalise

Number = int | float | Fraction

MAX_PLACES = 20  # of a decimal that a note shows instead of a fraction
MAX_BITS = 1000  # of a numerator or denominator on the way: about 300 digits
_EITHER = re.compile(r"(?<![0-9.,_])[1-9][0-9]{0,2},[0-9]{3}(?![0-9,]|\.[0-9])")
_SLACK = 1 + Fraction(1, 10**9)  # a response on the very edge of the tolerance is within it, however a float rounds


class Narrow(float):
    """A float32 or float16, as the decimal that it prints: 0.1 and not 0.10000000149."""

    __slots__ = ("kind",)
    kind: Any  # NumPy's type

    def is_nearest(self, value: float) -> bool:
        """Whether it is what `value` becomes in its own precision."""
        with np.errstate(over="ignore"):
            return bool(self.kind(value) == self.kind(self))


def read_number(response: Any, expects: str, whole: bool = False) -> Number:
    """The finite number in a response: a text exactly, an int or float as it is. Raises Invalid.

    whole: only a whole number can be meant, so that the comma in 2,750 stands between groups of digits.
    """
    if isinstance(response, np.ndarray) and response.ndim == 0:
        response = plain(response)
    if isinstance(response, str) and response.strip():
        value = exact(response)
        if not whole:
            _check_comma(response)
        return value
    number = isinstance(response, int | float | Fraction) and not isinstance(response, bool)
    if not number or (isinstance(response, float) and not math.isfinite(response)):
        raise Invalid(f"expected {expects}, found {describe(response)}")
    return response  # type: ignore[no-any-return]


def _check_comma(text: str) -> None:
    """2,750 is 2750 to some and 2.75 to others; 0,750 and 1,002,750 and 2,750.5 can be read in one way only."""
    if match := _EITHER.search(normalise(text)):
        spelled = match[0]
        many, few = spelled.replace(",", ""), spelled.replace(",", ".").rstrip("0")
        hint = f"it is unclear whether this is {many} or {few}; write it without a comma, or with a point"
        raise Invalid(point_at(hint, text, match.start() + spelled.index(",")))


def plain(array: np.ndarray[Any, Any]) -> Any:
    """The array as Python's own numbers; a float32 as a Narrow."""
    if array.dtype.kind == "f" and array.dtype.itemsize < 8:
        entries = [Narrow(str(entry)) for entry in array.flat]
        for entry in entries:
            entry.kind = array.dtype.type
        return np.array(entries, dtype=object).reshape(array.shape).tolist()
    return array.tolist()


def exact(text: str) -> Fraction:
    """The value of a text such as 3*3*10*40+40 or 1/3. Raises Invalid."""
    return parse(text, names=False).evaluate(_number_leaf, EXACT)


def close(value: Number, key: Any, tolerance: float) -> bool:
    """Whether `value` is within `tolerance` of `key`; a float also equals whatever it is the nearest float to."""
    if value == key:  # the common case, and Python compares numbers of different types exactly
        return True
    if type(value) is type(key) is int and not tolerance:
        return False
    if (isinstance(value, float) or isinstance(key, float)) and _nearest(value) == _nearest(key):
        return True
    if isinstance(value, Narrow) and value.is_nearest(_nearest(key)):
        return True
    return abs(Fraction(value) - as_fraction(key)) <= Fraction(tolerance) * _SLACK


def _nearest(value: Any) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def as_fraction(key: Any) -> Fraction:
    """A key as an exact number, of whatever numeric type the author computed it."""
    return Fraction(key) if isinstance(key, int | float | Fraction) else Fraction(float(key))


def number_note(value: Number) -> str:
    """A number in its canonical form: 3640, 2.75, 1/3; a float as the shortest decimal that it is the nearest to."""
    exactly = Fraction(repr(value)) if isinstance(value, float) else Fraction(value)
    top, bottom = exactly.numerator, exactly.denominator
    if _bits(exactly) > MAX_BITS + 1:
        return f"{top:#x}/{bottom:#x}" if bottom > 1 else f"{top:#x}"  # Python refuses to print very long decimals
    if bottom == 1:
        return str(top)
    places = next((n for n in range(1, MAX_PLACES + 1) if 10**n % bottom == 0), None)
    if places is None:
        return f"{top}/{bottom}"
    digits = f"{abs(top) * 10**places // bottom:0{places + 1}}"
    return f"{'-' * (top < 0)}{digits[:-places]}.{digits[-places:]}"


def _number_leaf(leaf: Fraction | Symbol) -> Fraction:
    if isinstance(leaf, Symbol):
        raise TypeError("a number has no symbols")  # parse(names=False) lets none through
    return leaf


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def _bounded(operation: Callable[[Fraction, Fraction], Fraction]) -> Callable[[Fraction, Fraction], Fraction]:
    def bounded(left: Fraction, right: Fraction) -> Fraction:
        value = operation(left, right)
        if _bits(value) > MAX_BITS:
            raise Refused("this makes a number that is too large")
        return value

    return bounded


def _divide(left: Fraction, right: Fraction) -> Fraction:
    if right == 0:
        raise Refused("this divides by zero")
    return left / right


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator != 1:
        raise Refused("an exponent must be a whole number")
    if base == 0 and exponent < 0:
        raise Refused("this divides by zero")
    if (_bits(base) - 1) * abs(exponent) > MAX_BITS:  # before it is computed: 9**9**9 has 369 million digits
        raise Refused("this makes a number that is too large")
    return Fraction(base ** int(exponent))


EXACT: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": _bounded(lambda a, b: a + b),
    "-": _bounded(lambda a, b: a - b),
    "*": _bounded(lambda a, b: a * b),
    "/": _bounded(_divide),
    "//": _bounded(lambda a, b: Fraction(math.floor(_divide(a, b)))),
    "**": _bounded(_power),
}
