"""What one output pixel sees."""

from __future__ import annotations

from collections.abc import Iterable


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
