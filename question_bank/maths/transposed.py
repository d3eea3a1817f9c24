"""Transposed convolution: sizes and values."""

from __future__ import annotations

from question_bank.maths.images import Image, Rows


def transposed_out(n: int, k: int, s: int = 1, p: int = 0, extra: int = 0, d: int = 1) -> int:
    """Side of a transposed convolution's output, (n − 1)s − 2p + d(k − 1) + extra + 1.

    extra: the output padding; d: the dilation.
    """
    return (n - 1) * s - 2 * p + d * (k - 1) + extra + 1


def transposed_conv(image: Rows, kernel: Rows, s: int = 1, p: int = 0) -> Image:
    """Every pixel stamps the kernel, times its value, on the output, s apart; what overlaps is added; p are cut off.

    With s = 1 and p = 0 this is the full (mathematician's) convolution of the two.
    """
    height, width = len(kernel), len(kernel[0])
    canvas = [[0] * (s * (len(image[0]) - 1) + width) for _ in range(s * (len(image) - 1) + height)]
    for i, row in enumerate(image):
        for j, value in enumerate(row):
            for a, weights in enumerate(kernel):
                for b, weight in enumerate(weights):
                    canvas[s * i + a][s * j + b] += value * weight  # type: ignore[assignment]
    return tuple(tuple(row[p : len(row) - p]) for row in canvas[p : len(canvas) - p])


def insert_zeros(image: Rows, s: int) -> Image:
    """The image with s − 1 zeros between neighbouring pixels, none outside."""
    height, width = s * (len(image) - 1) + 1, s * (len(image[0]) - 1) + 1
    return tuple(
        tuple(image[i // s][j // s] if i % s == j % s == 0 else 0 for j in range(width)) for i in range(height)
    )
