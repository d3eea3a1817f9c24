"""Outputs of a convolutional layer written out in symbols, as a student would type them: "x[0,0]*w[0,0] + …"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Tap = tuple[int, int]


def taps(height: int, width: int) -> list[Tap]:
    """The places of a kernel, row by row from 0."""
    return [(a, b) for a in range(height) for b in range(width)]


def under(out: Tap, kernel: Sequence[Tap], s: int = 1, p: int = 0) -> list[Tap]:
    """The pixels under a kernel's taps for output `out`, from 0; in the padding, they lie outside the image."""
    return [(s * out[0] - p + a, s * out[1] - p + b) for a, b in kernel]


def on_image(pixel: Tap, height: int, width: int) -> bool:
    """Whether a pixel belongs to the image, not to the padding around it."""
    return 0 <= pixel[0] < height and 0 <= pixel[1] < width


def sum_of_products(pixels: Iterable[Tap], kernel: Iterable[Tap], base: int = 0, x: str = "x", w: str = "w") -> str:
    """The sum of x[pixel]*w[tap], sorted by pixels so that equal sums are equal texts; indices from `base`."""
    pairs = sorted(zip(pixels, kernel, strict=True))
    return " + ".join(f"{x}[{i + base},{j + base}]*{w}[{a + base},{b + base}]" for (i, j), (a, b) in pairs) or "0"
