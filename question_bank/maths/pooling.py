"""Pooling, and what may spoil a question about it."""

from __future__ import annotations

from fractions import Fraction

from question_bank.maths.images import Image, Rows, slide
from question_bank.maths.shapes import conv_out


def max_pool(image: Rows, k: int, s: int) -> Image:
    """The largest entry of each k × k window, stride s, no padding."""
    return slide(image, k, s, lambda patch: max(entry for row in patch for entry in row))


def min_pool(image: Rows, k: int, s: int) -> Image:
    """The smallest entry of each k × k window, stride s, no padding."""
    return slide(image, k, s, lambda patch: min(entry for row in patch for entry in row))


def has_ties(image: Rows, k: int, s: int) -> bool:
    """Whether some k × k window, stride s, holds its largest entry more than once."""

    def tied(patch: Image) -> bool:
        entries = [entry for row in patch for entry in row]
        return entries.count(max(entries)) > 1

    return any(map(any, slide(image, k, s, tied)))


def average_pool(image: Rows, k: int, s: int) -> Image:
    """The mean of each k × k window, stride s, no padding; exact (Fractions)."""
    return slide(image, k, s, lambda patch: Fraction(sum(entry for row in patch for entry in row), k * k))


def argmax_indices(image: Rows, k: int, s: int) -> Image:
    """Where the largest entry of each k × k window stands in the image, row by row from 0; the first of ties."""

    def largest(i: int, j: int) -> int:
        places = [(s * i + a, s * j + b) for a in range(k) for b in range(k)]
        row, column = max(places, key=lambda place: image[place[0]][place[1]])
        return row * len(image[0]) + column

    rows, columns = conv_out(len(image), k, s), conv_out(len(image[0]), k, s)
    return tuple(tuple(largest(i, j) for j in range(columns)) for i in range(rows))
