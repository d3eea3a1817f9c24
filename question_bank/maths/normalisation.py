"""Local response normalisation, and the statistics behind batch normalisation."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from question_bank.maths.images import Number


def lrn_neighbours(channel: int, channels: int, n: int) -> tuple[int, int]:
    """First and last channel of the n around `channel` (n odd), clipped at both ends; channels are counted from 0."""
    return max(0, channel - n // 2), min(channels - 1, channel + n // 2)


def lrn(values: Sequence[float], channel: int, n: int, k: float, alpha: float, beta: float) -> float:
    """a / (k + α Σ a²)^β, over the neighbouring channels at one pixel (Krizhevsky, Sutskever and Hinton, 2012)."""
    first, last = lrn_neighbours(channel, len(values), n)
    total = sum(a * a for a in values[first : last + 1])
    return float(values[channel] / (k + alpha * total) ** beta)


def mean(values: Sequence[Number]) -> Fraction:
    """The mean, exactly."""
    return Fraction(sum(values)) / len(values)


def variance(values: Sequence[Number], unbiased: bool = False) -> Fraction:
    """The mean squared distance from the mean, exactly; `unbiased` divides by one less than there are values."""
    count, total = len(values), sum(values)
    return Fraction(count * sum(v * v for v in values) - total * total) / (count * (count - unbiased))
