"""Images as nested tuples: padding, windows, cross-correlation, and how to write it out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from question_bank.maths.shapes import conv_out

Number = int | Fraction
Rows = Sequence[Sequence[Number]]
Image = tuple[tuple[Number, ...], ...]


def constant_pad(image: Rows, p: int, value: Number) -> Image:
    """The image with p rows and columns of `value` on each side."""
    blank = ((value,) * (len(image[0]) + 2 * p),) * p
    return blank + tuple((value,) * p + tuple(row) + (value,) * p for row in image) + blank


def zero_pad(image: Rows, p: int) -> Image:
    """The image with p rows and columns of zeros on each side."""
    return constant_pad(image, p, 0)


def edge_pad(image: Rows, p: int) -> Image:
    """The image with its outermost pixels repeated p times on each side."""
    wide = tuple((row[0],) * p + tuple(row) + (row[-1],) * p for row in image)
    return (wide[0],) * p + wide + (wide[-1],) * p


def window(image: Rows, i: int, j: int, k: int, s: int = 1) -> Image:
    """The k × k window under output (i, j), indices from 0."""
    return tuple(tuple(row[s * j : s * j + k]) for row in image[s * i : s * i + k])


def slide(image: Rows, k: int, s: int, value: Callable[[Image], Number]) -> Image:
    """What `value` makes of each k × k window, stride s, no padding."""
    rows, columns = conv_out(len(image), k, s), conv_out(len(image[0]), k, s)
    return tuple(tuple(value(window(image, i, j, k, s)) for j in range(columns)) for i in range(rows))


def cross_correlate(image: Rows, kernel: Rows, s: int = 1, p: int = 0) -> Image:
    """What a convolutional layer computes with one square kernel: y[i, j] = Σ x[si + a, sj + b] · w[a, b]."""

    def value(patch: Image) -> Number:
        return sum(x * w for xs, ws in zip(patch, kernel, strict=True) for x, w in zip(xs, ws, strict=True))

    return slide(zero_pad(image, p), len(kernel), s, value)


def correlate_channels(
    channels: Sequence[Rows], kernels: Sequence[Rows], bias: Number = 0, s: int = 1, p: int = 0
) -> Image:
    """One filter over several channels: each plane of its kernel over its channel, added up, plus the bias once."""
    planes = [cross_correlate(x, w, s, p) for x, w in zip(channels, kernels, strict=True)]
    return tuple(
        tuple(sum(entries) + bias for entries in zip(*rows, strict=True)) for rows in zip(*planes, strict=True)
    )


def written_out(patch: Rows, kernel: Rows) -> str:
    r"""The sum of products of a window and a kernel in LaTeX, such as 3\cdot1 + 2\cdot(-1); zero weights left out."""
    pairs = [(x, w) for xs, ws in zip(patch, kernel, strict=True) for x, w in zip(xs, ws, strict=True) if w]
    return " + ".join(rf"{_factor(x)}\cdot{_factor(w)}" for x, w in pairs) or "0"


def _factor(number: Number) -> str:
    return f"({number})" if number < 0 else str(number)


def flip(kernel: Rows) -> Image:
    """The kernel turned by 180°."""
    return tuple(tuple(reversed(row)) for row in reversed(kernel))


def transpose(image: Rows) -> Image:
    """Rows and columns swapped."""
    return tuple(zip(*image, strict=True))
