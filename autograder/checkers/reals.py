"""Real arithmetic that knows its own error: a value is a Fraction, exactly, or an interval that holds it.

Where two intervals do not meet, the values differ, and that is a proof. Intervals are of 40 digits, rounded outwards.
"""

from __future__ import annotations

import decimal
import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

DIGITS = 40
MAX_BITS = 400  # of a Fraction's numerator or denominator; larger ones become intervals
MAX_POWER = 4096

_LIMITS = {"Emax": 1_000_000, "Emin": -1_000_000}
_TRAPS = [decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow]
_DOWN = decimal.Context(prec=DIGITS, rounding=decimal.ROUND_FLOOR, traps=_TRAPS, **_LIMITS)  # type: ignore[arg-type]
_UP = decimal.Context(prec=DIGITS, rounding=decimal.ROUND_CEILING, traps=_TRAPS, **_LIMITS)  # type: ignore[arg-type]
_FINE = decimal.Context(prec=DIGITS + 20, traps=_TRAPS, **_LIMITS)  # type: ignore[arg-type]


class Undefined(Exception):
    """There is no real value, such as that of log(-1)."""


class Undecided(Exception):
    """What the value is can't be told, such as floor(y) where all that is known of y is that it is about 2."""


class Interval(NamedTuple):
    """Holds the value: low ≤ value ≤ high."""

    low: Decimal
    high: Decimal


Real = Fraction | Interval


def interval(value: Real) -> Interval:
    """The narrowest interval that holds a value."""
    if isinstance(value, Interval):
        return value
    upper, lower = Decimal(value.numerator), Decimal(value.denominator)
    return Interval(_DOWN.divide(upper, lower), _UP.divide(upper, lower))


def differ(one: Real, other: Real) -> bool:
    """Whether two values differ. Raises Undecided where they are known too badly to tell."""
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return one != other
    a, b = interval(one), interval(other)
    if a.high < b.low or b.high < a.low:
        return True
    scale = max(abs(a.low), abs(b.low), Decimal(1))
    if max(_UP.subtract(a.high, a.low), _UP.subtract(b.high, b.low)) > _UP.scaleb(scale, -DIGITS // 2):
        raise Undecided
    return False


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def _kept(value: Fraction) -> Real:
    bits = _bits(value)
    return value if bits <= MAX_BITS else interval(value)


def _guarded(operation: Callable[..., Real]) -> Callable[..., Real]:
    def guarded(*values: Real) -> Real:
        try:
            return operation(*values)
        except decimal.DecimalException:  # beyond 10^±1000000
            raise Undecided from None

    return guarded


def add(one: Real, other: Real) -> Real:
    """The sum."""
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return _kept(one + other)
    a, b = interval(one), interval(other)
    return Interval(_DOWN.add(a.low, b.low), _UP.add(a.high, b.high))


def negative(value: Real) -> Real:
    """The value with the other sign."""
    return -value if isinstance(value, Fraction) else Interval(value.high.copy_negate(), value.low.copy_negate())


def multiply(one: Real, other: Real) -> Real:
    """The product."""
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return _kept(one * other)
    if one == 0 or other == 0:
        return Fraction(0)
    a, b = interval(one), interval(other)
    pairs = [(x, y) for x in a for y in b]
    return Interval(min(_DOWN.multiply(x, y) for x, y in pairs), max(_UP.multiply(x, y) for x, y in pairs))


def divide(one: Real, other: Real) -> Real:
    """The quotient."""
    if isinstance(other, Fraction):
        if other == 0:
            raise Undefined
        return multiply(one, 1 / other)
    if other.low <= 0 <= other.high:
        raise Undecided
    return multiply(one, Interval(_DOWN.divide(Decimal(1), other.high), _UP.divide(Decimal(1), other.low)))


def power(base: Real, exponent: Real) -> Real:
    """A real power: of a negative base only where the exponent is a whole number."""
    if isinstance(exponent, Fraction) and exponent.denominator == 1:
        return _whole_power(base, exponent.numerator)
    if exponent == Fraction(1, 2):
        return sqrt(base)
    if base == 0 and interval(exponent).low > 0:
        return Fraction(0)
    return exp(multiply(exponent, log(base)))


def _whole_power(base: Real, exponent: int) -> Real:
    if exponent < 0:
        return divide(Fraction(1), _whole_power(base, -exponent))
    if exponent > MAX_POWER:
        raise Undecided
    if isinstance(base, Fraction) and exponent * _bits(base) <= MAX_BITS:
        return _kept(base**exponent)
    if exponent == 0:
        return Fraction(1)
    half = _whole_power(base, exponent // 2)
    square = multiply(half, half)
    return multiply(square, base) if exponent % 2 else square


def root(value: Real, degree: Real) -> Real:
    """The real root; of a negative value where the degree is odd."""
    if not isinstance(degree, Fraction) or degree.denominator != 1 or degree < 1:
        raise Undefined
    if degree.numerator % 2 and interval(value).high < 0:
        return negative(root(negative(value), degree))
    return power(value, 1 / degree)


def sqrt(value: Real) -> Real:
    """The square root, exactly where it is rational."""
    if isinstance(value, Fraction):
        if value < 0:
            raise Undefined
        upper, lower = math.isqrt(value.numerator), math.isqrt(value.denominator)
        if upper * upper == value.numerator and lower * lower == value.denominator:
            return Fraction(upper, lower)
        return _of_number("sqrt", value)
    a = value
    if a.high < 0:
        raise Undefined
    if a.low < 0:
        raise Undecided
    return Interval(_FINE.sqrt(a.low).next_minus(_DOWN), _FINE.sqrt(a.high).next_plus(_UP))


@lru_cache(maxsize=4096)
def _of_number(name: str, value: Fraction) -> Interval:
    """exp, ln or sqrt of a number: they are the slow ones, and the points are always the same."""
    a = interval(value)
    function: Callable[[Decimal], Decimal] = getattr(_FINE, name)
    return Interval(function(a.low).next_minus(_DOWN), function(a.high).next_plus(_UP))


def exp(value: Real) -> Real:
    """The exponential function."""
    if value == 0:
        return Fraction(1)
    if isinstance(value, Fraction):
        return _of_number("exp", value)
    return Interval(_FINE.exp(value.low).next_minus(_DOWN), _FINE.exp(value.high).next_plus(_UP))


def log(value: Real, base: Real | None = None) -> Real:
    """The natural logarithm, or that to a base."""
    if base is not None:
        return divide(log(value), log(base))
    if value == 1:
        return Fraction(0)
    if isinstance(value, Fraction):
        if value <= 0:
            raise Undefined
        return _of_number("ln", value)
    if value.high <= 0:
        raise Undefined
    if value.low <= 0:
        raise Undecided
    return Interval(_FINE.ln(value.low).next_minus(_DOWN), _FINE.ln(value.high).next_plus(_UP))


def subtract(one: Real, other: Real) -> Real:
    """The difference."""
    return add(one, negative(other))


def absolute(value: Real) -> Real:
    """|value|."""
    if isinstance(value, Fraction):
        return abs(value)
    return maximum(value, negative(value))


def maximum(*values: Real) -> Real:
    """The largest."""
    if all(isinstance(value, Fraction) for value in values):
        return max(values)
    all_of = [interval(value) for value in values]
    return Interval(max(a.low for a in all_of), max(a.high for a in all_of))


def minimum(*values: Real) -> Real:
    """The smallest."""
    return negative(maximum(*map(negative, values)))


def sign(value: Real) -> Real:
    """-1, 0 or 1."""
    if isinstance(value, Fraction):
        return Fraction((value > 0) - (value < 0))
    if value.low <= 0 <= value.high:
        raise Undecided
    return Fraction(1 if value.low > 0 else -1)


def floor(value: Real) -> Real:
    """The largest whole number that is not above the value."""
    if isinstance(value, Fraction):
        return Fraction(math.floor(value))
    if value.low.adjusted() > DIGITS or value.high.adjusted() > DIGITS:
        raise Undecided
    low, high = math.floor(value.low), math.floor(value.high)
    if low != high:
        raise Undecided
    return Fraction(low)


def ceil(value: Real) -> Real:
    """The smallest whole number that is not below the value."""
    return negative(floor(negative(value)))


PI_DIGITS = Decimal("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534")
PI = Interval(PI_DIGITS.next_minus(_DOWN), PI_DIGITS.next_plus(_UP))
_LOG_2, _LOG_10 = Fraction(2), Fraction(10)


def sigmoid(value: Real) -> Real:
    """1/(1 + exp(-value))."""
    return divide(Fraction(1), add(Fraction(1), exp(negative(value))))


def tanh(value: Real) -> Real:
    """The hyperbolic tangent."""
    doubled = add(exp(multiply(Fraction(2), value)), Fraction(1))
    return subtract(Fraction(1), divide(Fraction(2), doubled))


def _half(combine: Callable[[Real, Real], Real]) -> Callable[[Real], Real]:
    return lambda value: divide(combine(exp(value), exp(negative(value))), Fraction(2))


def sin(value: Real) -> Real:
    """The sine."""
    return Fraction(0) if value == 0 else _wave(value, 0)


def cos(value: Real) -> Real:
    """The cosine."""
    return Fraction(1) if value == 0 else _wave(value, 1)


def _wave(value: Real, first: int) -> Real:
    """sin (first = 0) or cos (first = 1): their slope is at most 1, so an error grows no further."""
    a = interval(value)
    width = _UP.subtract(a.high, a.low)
    if width > 1 or abs(a.low) > 1_000_000:
        raise Undecided
    found = _taylor(a.low, first)
    slack = _UP.add(width, Decimal(10) ** (-DIGITS))
    return Interval(_DOWN.subtract(found, slack), _UP.add(found, slack))


@lru_cache(maxsize=4096)
def _taylor(angle: Decimal, first: int) -> Decimal:
    turn = _FINE.multiply(PI_DIGITS, Decimal(2))
    rest = _FINE.remainder_near(angle, turn)
    square = _FINE.minus(_FINE.multiply(rest, rest))
    term = total = rest if first == 0 else Decimal(1)
    step = 2 - first
    while abs(term) > Decimal(10) ** (-DIGITS - 10):
        term = _FINE.divide(_FINE.multiply(term, square), Decimal(step * (step + 1)))
        total = _FINE.add(total, term)
        step += 2
    return total


def _pi() -> Real:
    return PI


_UNGUARDED: dict[str, Callable[..., Real]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "//": lambda one, other: floor(divide(one, other)),
    "**": power,
    "pi": _pi,
    "e": lambda: exp(Fraction(1)),
    "sqrt": sqrt,
    "cbrt": lambda value: root(value, Fraction(3)),
    "root": root,
    "exp": exp,
    "log": log,
    "log2": lambda value: log(value, _LOG_2),
    "log10": lambda value: log(value, _LOG_10),
    "sin": sin,
    "cos": cos,
    "tan": lambda value: divide(sin(value), cos(value)),
    "sinh": _half(subtract),
    "cosh": _half(add),
    "tanh": tanh,
    "sigmoid": sigmoid,
    "softplus": lambda value: log(add(Fraction(1), exp(value))),
    "relu": lambda value: maximum(Fraction(0), value),
    "abs": absolute,
    "sign": sign,
    "floor": floor,
    "ceil": ceil,
    "max": maximum,
    "min": minimum,
}
OPERATIONS = {name: _guarded(operation) for name, operation in _UNGUARDED.items()}
