"""Where expressions are compared: points that are the same for everyone, as they are hashed from names.

Without kinks and jumps, any few points tell functions apart. With them, the points also lie on whole numbers, around
zero, far away, near the numbers that stand in the expressions, and where symbols are equal.
"""

from __future__ import annotations

import hashlib
from fractions import Fraction
from functools import lru_cache

from autograder.checkers.tokens import Symbol

PLAIN = 6  # points without special places; the first two are all positive and all negative
STYLES = ("whole", "near", "zero", "far", "near", "plain")  # of the points after them
_STEPS = [Fraction(step) for step in ("0", "0", "1", "-1", "1/2", "-1/2", "1/7", "-1/7", "3", "-3")]
_AROUND_ZERO = [Fraction(value) for value in ("0", "1", "-1", "1/1024", "-1/1024", "1/2")]
Pool = tuple[Fraction, ...]


@lru_cache(maxsize=8192)
def coordinate(symbol: Symbol, number: int, domain: str, pool: Pool) -> Fraction:
    """What a symbol is worth at point `number`, within its domain; `pool` are numbers to come near to."""
    chance = _chance(f"{number} {symbol}")
    if number >= PLAIN and (chance >> 40) % 4 == 0:
        chance = _chance(f"{number}")  # the same for all symbols that draw this: they are equal there
    value = (
        _real(number, chance, pool) if domain in ("real", "positive", "nonnegative") else _whole(number, chance, pool)
    )
    if domain in ("positive", "natural"):
        return abs(value) or Fraction(1 + chance % 7)
    return abs(value) if domain == "nonnegative" else value


def small(name: str, number: int, domain: str) -> int:
    """A small whole number, for an exponent or the bound of a sum."""
    chance = _chance(f"{number} {name}")
    return 1 + (number + chance % 3) % 9 if domain == "natural" else chance % 9 - 2


def _chance(seed: str) -> int:
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:12], "big")


def _style(number: int) -> str:
    return "plain" if number < PLAIN else STYLES[(number - PLAIN) % len(STYLES)]


def _real(number: int, chance: int, pool: Pool) -> Fraction:
    style = _style(number)
    sign = (1, -1)[number] if number < 2 else 1 - 2 * (chance & 1)
    chance >>= 1
    if style == "whole":
        return Fraction(sign * (chance % 8))
    if style == "near":
        return (
            sign * pool[chance % len(pool)] + _STEPS[(chance >> 20) % len(_STEPS)] if pool else Fraction(chance % 99, 8)
        )
    if style == "zero":
        return _AROUND_ZERO[chance % len(_AROUND_ZERO)]
    if style == "far":
        return sign * Fraction(chance % 1000 + 1, 16) * (1, 10, 100)[(chance >> 20) % 3]
    return sign * Fraction(8192 + chance % 253_952, 65_536)  # 0.125 to 4


def _whole(number: int, chance: int, pool: Pool) -> Fraction:
    style = _style(number)
    sign = (1, -1)[number] if number < 2 else 1 - 2 * (chance & 1)
    chance >>= 1
    if style == "near" and pool:
        return Fraction(sign * int(pool[chance % len(pool)]) + (chance >> 20) % 7 - 3)
    if style == "zero":
        return Fraction(chance % 3 - 1)
    return Fraction(sign * (chance % {"far": 1000, "whole": 8}.get(style, 40)))
