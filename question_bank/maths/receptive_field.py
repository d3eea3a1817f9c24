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


def dilated_side(k: int, d: int) -> int:
    """Side of what a k × k kernel with dilation d spans: its taps lie d pixels apart."""
    return d * (k - 1) + 1


def layers_to_see(field: int, k: int, s: int = 1) -> int:
    """The fewest k × k layers with a receptive field of `field` or more; the first has stride s, the others 1."""
    return 1 - (k - field) // ((k - 1) * s)


def doubling_layers_to_see(field: int, k: int) -> int:
    """The fewest k × k layers with dilations 1, 2, 4, … and a receptive field of `field` or more."""
    return (-((1 - field) // (k - 1))).bit_length()


def rows_behind(i: int, n: int, k: int, s: int = 1, p: int = 0) -> tuple[int, int]:
    """First and last of n rows that output row i reads, indices from 0; rows of the padding are left out."""
    start = s * i - p
    return max(start, 0), min(start + k - 1, n - 1)


def windows_over(row: int, n: int, k: int, s: int = 1, p: int = 0) -> int:
    """How many windows along a side of n rows hold that row, indices from 0."""
    first = max(-((k - 1 - row - p) // s), 0)
    last = min((row + p) // s, (n + 2 * p - k) // s)
    return max(last - first + 1, 0)
