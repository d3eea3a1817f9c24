"""The arithmetic of convolutional networks, exact, in plain Python. The tests prove each function against torch.

Matrices are nested sequences of numbers, rows first. "Convolution" means cross-correlation, as in torch.
Sizes are in pixels; n: input, k: kernel, s: stride, p: padding on each side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

Number = int | Fraction
Rows = Sequence[Sequence[Number]]
Image = tuple[tuple[Number, ...], ...]
Volume = tuple[int, int, int]  # height, width, channels


def conv_out(n: int, k: int, s: int = 1, p: int = 0) -> int:
    """Side of a convolution's or pooling's output, ⌊(n + 2p − k)/s⌋ + 1. Below 1 where the kernel does not fit."""
    return (n + 2 * p - k) // s + 1


def conv_volume(volume: Sequence[int], filters: int, k: int, s: int = 1, p: int = 0) -> Volume:
    """(height, width, channels) after a convolution with `filters` kernels of k × k."""
    height, width, _ = volume
    return conv_out(height, k, s, p), conv_out(width, k, s, p), filters


def pool_volume(volume: Sequence[int], k: int, s: int, p: int = 0) -> Volume:
    """(height, width, channels) after pooling over k × k windows: the channels stay."""
    return conv_volume(volume, volume[2], k, s, p)


def conv_params(channels: int, filters: int, k: int, bias: bool = True) -> int:
    """Parameters of a convolution with `filters` kernels of k × k × `channels`, and a bias each unless bias=False."""
    return filters * (channels * k * k + bias)


def steps_to_reach(n: int, m: int, k: int) -> int:
    """How many k × k convolutions, stride 1, no padding, take n × n to m × m.

    Raises ValueError where no whole number of them does.
    """
    steps, rest = divmod(n - m, k - 1)
    if rest or steps < 0:
        raise ValueError(f"no number of {k}×{k} convolutions takes {n}×{n} to {m}×{m}")
    return steps


def receptive_field(layers: Iterable[tuple[int, int]]) -> int:
    """Side, in input pixels, of what one output pixel sees through layers (k, s), first layer first."""
    field = jump = 1
    for k, s in layers:
        field += (k - 1) * jump
        jump *= s
    return field


def stacked_field(k: int, layers: int) -> int:
    """Side of what one output pixel sees through so many k × k convolutions of stride 1."""
    return 1 + layers * (k - 1)


def zero_pad(image: Rows, p: int) -> Image:
    """The image with p rows and columns of zeros on each side."""
    width = len(image[0]) + 2 * p
    blank = ((0,) * width,) * p
    return blank + tuple((0,) * p + tuple(row) + (0,) * p for row in image) + blank


def edge_pad(image: Rows, p: int) -> Image:
    """The image with its outermost pixels repeated p times on each side."""
    wide = tuple((row[0],) * p + tuple(row) + (row[-1],) * p for row in image)
    return (wide[0],) * p + wide + (wide[-1],) * p


def window(image: Rows, i: int, j: int, k: int, s: int = 1) -> Image:
    """The k × k window under output (i, j), indices from 0."""
    return tuple(tuple(row[s * j : s * j + k]) for row in image[s * i : s * i + k])


def _slide(image: Rows, k: int, s: int, value: Callable[[Image], Number]) -> Image:
    rows, columns = conv_out(len(image), k, s), conv_out(len(image[0]), k, s)
    return tuple(tuple(value(window(image, i, j, k, s)) for j in range(columns)) for i in range(rows))


def cross_correlate(image: Rows, kernel: Rows, s: int = 1, p: int = 0) -> Image:
    """What a convolutional layer computes with one square kernel: y[i, j] = Σ x[si + a, sj + b] · w[a, b]."""

    def value(patch: Image) -> Number:
        return sum(x * w for xs, ws in zip(patch, kernel, strict=True) for x, w in zip(xs, ws, strict=True))

    return _slide(zero_pad(image, p), len(kernel), s, value)


def written_out(patch: Rows, kernel: Rows) -> str:
    r"""The sum of products of a window and a kernel in LaTeX, such as 3\cdot1 + 2\cdot(-1); zero weights left out."""
    pairs = [(x, w) for xs, ws in zip(patch, kernel, strict=True) for x, w in zip(xs, ws, strict=True) if w]
    return " + ".join(rf"{_factor(x)}\cdot{_factor(w)}" for x, w in pairs) or "0"


def _factor(number: Number) -> str:
    return f"({number})" if number < 0 else str(number)


def max_pool(image: Rows, k: int, s: int) -> Image:
    """The largest entry of each k × k window, stride s, no padding."""
    return _slide(image, k, s, lambda patch: max(entry for row in patch for entry in row))


def has_ties(image: Rows, k: int, s: int) -> bool:
    """Whether some k × k window, stride s, holds its largest entry more than once."""

    def tied(patch: Image) -> bool:
        entries = [entry for row in patch for entry in row]
        return entries.count(max(entries)) > 1

    return any(map(any, _slide(image, k, s, tied)))


def average_pool(image: Rows, k: int, s: int) -> Image:
    """The mean of each k × k window, stride s, no padding; exact (Fractions)."""
    return _slide(image, k, s, lambda patch: Fraction(sum(entry for row in patch for entry in row), k * k))


def flip(kernel: Rows) -> Image:
    """The kernel turned by 180°."""
    return tuple(tuple(reversed(row)) for row in reversed(kernel))


def transpose(image: Rows) -> Image:
    """Rows and columns swapped."""
    return tuple(zip(*image, strict=True))
