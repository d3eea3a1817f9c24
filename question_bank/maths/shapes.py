"""Sizes of outputs."""

from __future__ import annotations

from collections.abc import Sequence

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


def steps_to_reach(n: int, m: int, k: int) -> int:
    """How many k × k convolutions, stride 1, no padding, take n × n to m × m.

    Raises ValueError where no whole number of them does.
    """
    steps, rest = divmod(n - m, k - 1)
    if rest or steps < 0:
        raise ValueError(f"no number of {k}×{k} convolutions takes {n}×{n} to {m}×{m}")
    return steps


def kernel_span(k: int, d: int) -> int:
    """Side of the window that a k × k kernel of dilation d spans: its k taps lie d pixels apart."""
    return d * (k - 1) + 1


def pool_out(n: int, k: int, s: int, p: int = 0, ceil: bool = False) -> int:
    """Side of a pooling's output; `ceil` as PyTorch's ceil_mode.

    With `ceil` the division is rounded up, but a last window that starts beyond the image and its left padding is
    dropped.
    """
    if not ceil:
        return conv_out(n, k, s, p)
    out = -((k - n - 2 * p) // s) + 1
    return out - ((out - 1) * s >= n + p)


def same_padding(n: int, k: int, s: int = 1) -> tuple[int, int]:
    """Zeros before and after a side of n that TensorFlow's "same" adds: the odd one goes after.

    Source: tf.nn, "Notes on padding". The output's side is ⌈n/s⌉.
    """
    total = max((-(-n // s) - 1) * s + k - n, 0)
    return total // 2, total - total // 2


def input_range(out: int, k: int, s: int = 1, p: int = 0) -> tuple[int, int]:
    """The smallest and the largest side from which k × k windows, stride s, make `out`."""
    smallest = (out - 1) * s + k - 2 * p
    return smallest, smallest + s - 1
