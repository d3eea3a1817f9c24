"""Pooling, and what may spoil a question about it."""

from __future__ import annotations

from fractions import Fraction

from question_bank.maths.images import Image, Rows, slide


def max_pool(image: Rows, k: int, s: int) -> Image:
    """The largest entry of each k × k window, stride s, no padding."""
    return slide(image, k, s, lambda patch: max(entry for row in patch for entry in row))


def has_ties(image: Rows, k: int, s: int) -> bool:
    """Whether some k × k window, stride s, holds its largest entry more than once."""

    def tied(patch: Image) -> bool:
        entries = [entry for row in patch for entry in row]
        return entries.count(max(entries)) > 1

    return any(map(any, slide(image, k, s, tied)))


def average_pool(image: Rows, k: int, s: int) -> Image:
    """The mean of each k × k window, stride s, no padding; exact (Fractions)."""
    return slide(image, k, s, lambda patch: Fraction(sum(entry for row in patch for entry in row), k * k))
