"""Real: 2.75, "11/4", "2.75e0", right within a tolerance."""

from __future__ import annotations

from typing import Any

from autograder.checkers.outcome import RIGHT, WRONG, Comparison
from autograder.checkers.scalars import Number, close, number_note, read_number
from question_bank.answers import Real


def parse(answer: Real, response: Any) -> Number:
    """The finite number in a response: exactly, as a Fraction, where it is a text."""
    return read_number(response, answer.expects)


def compare(answer: Real, key: Any, value: Number) -> Comparison:
    """Right where it is within the answer's tolerance of the key."""
    return RIGHT if close(value, key, answer.tolerance(key)) else WRONG


def note(answer: Real, value: Number) -> str:
    """A decimal where it ends, otherwise a fraction."""
    return number_note(value)
