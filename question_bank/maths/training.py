"""Losses, and what is counted during training."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, exp, log, pi, sqrt


def softmax(logits: Sequence[float]) -> tuple[float, ...]:
    """Probabilities from logits."""
    powers = [exp(z - max(logits)) for z in logits]
    return tuple(power / sum(powers) for power in powers)


def cross_entropy(logits: Sequence[float], label: int) -> float:
    """−ln of the probability of the class `label`, counted from 0."""
    return -log(softmax(logits)[label])


def iterations(images: int, batch: int, drop_last: bool = False) -> int:
    """Batches in one epoch; the last one may be smaller, or is left out."""
    return images // batch if drop_last else -(-images // batch)


def he_deviation(fan_in: float) -> float:
    """Standard deviation of He's initialisation for ReLU."""
    return sqrt(2 / fan_in)


def xavier_deviation(fan_in: float, fan_out: float) -> float:
    """Standard deviation of Xavier's (Glorot's) initialisation."""
    return sqrt(2 / (fan_in + fan_out))


def cosine_rate(high: float, low: float, done: float) -> float:
    """The learning rate on half a cosine from `high` to `low`, `done` from 0 to 1."""
    return low + (high - low) * (1 + cos(pi * done)) / 2
