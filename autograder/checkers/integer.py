"""Integer: 3640, 3640.0, "3*3*10*40 + 40", "3,640", "60²+40"."""

from __future__ import annotations

from typing import Any

from autograder.checkers.outcome import RIGHT, WRONG, Comparison, Invalid
from autograder.checkers.scalars import number_note, read_number
from autograder.checkers.text import describe
from question_bank.answers import Integer


def parse(answer: Integer, response: Any) -> int:
    """The whole number in a response."""
    return read_integer(response, answer.expects)


def read_integer(response: Any, expects: str) -> int:
    """The whole number in a response. Raises Invalid."""
    value = read_number(response, expects, whole=True)
    if value != int(value):
        raise Invalid(f"expected {expects}, found {describe(response)}")
    return int(value)


def compare(answer: Integer, key: Any, value: int) -> Comparison:
    """Right where it is the key."""
    return RIGHT if value == key else WRONG


def note(answer: Integer, value: int) -> str:
    """Its digits."""
    return number_note(value)
