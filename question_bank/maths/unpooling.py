"""The way back through pooling: unpooling, and what pooling passes back of a gradient."""

from __future__ import annotations

from fractions import Fraction

from question_bank.maths.images import Image, Rows
from question_bank.maths.pooling import argmax_indices


def place(values: Rows, indices: Rows, rows: int, columns: int) -> Image:
    """A rows × columns map of zeros with each value added at its index, counted row by row from 0.

    Max-unpooling where the indices differ; the gradient of max pooling in any case. Raises IndexError for an index
    beyond the map.
    """
    flat = [0] * (rows * columns)
    for row, places in zip(values, indices, strict=True):
        for value, index in zip(row, places, strict=True):
            flat[index] += value  # type: ignore[index, assignment]
    return tuple(tuple(flat[i * columns : (i + 1) * columns]) for i in range(rows))


def repeat_pixels(image: Rows, k: int) -> Image:
    """Nearest-neighbour upsampling: each pixel becomes a k × k block."""
    return tuple(tuple(entry for entry in row for _ in range(k)) for row in image for _ in range(k))


def bed_of_nails(image: Rows, k: int) -> Image:
    """Each pixel becomes a k × k block with the pixel in its top left corner and zeros elsewhere."""
    return tuple(
        tuple(entry if i == j == 0 else 0 for entry in row for j in range(k)) for row in image for i in range(k)
    )


def max_pool_backward(image: Rows, upstream: Rows, k: int, s: int) -> Image:
    """The gradient by the image of max pooling over k × k windows, stride s, where `upstream` is that by its output."""
    return place(upstream, argmax_indices(image, k, s), len(image), len(image[0]))


def average_pool_backward(upstream: Rows, k: int, s: int, rows: int, columns: int) -> Image:
    """The gradient by the rows × columns image of average pooling over k × k windows, stride s; exact (Fractions)."""
    gradient = [[Fraction(0)] * columns for _ in range(rows)]
    for i, row in enumerate(upstream):
        for j, value in enumerate(row):
            for a in range(k):
                for b in range(k):
                    gradient[s * i + a][s * j + b] += Fraction(value, k * k)
    return tuple(map(tuple, gradient))
