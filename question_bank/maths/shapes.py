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
