"""Quantity: "58.1 MiB", "2.5e6 B", "3*4 GFLOPs", or a bare number in the unit that was asked for."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from autograder.checkers.expressions import MAX_TEXT
from autograder.checkers.outcome import RIGHT, WRONG, Comparison, Invalid
from autograder.checkers.scalars import Number, close, number_note, read_number
from autograder.checkers.text import Piece, describe, point_at, quoted
from autograder.checkers.tokens import normalise
from question_bank.answers import Quantity
from question_bank.answers.units import INDIVISIBLE, AmbiguousUnit, dimension, unit_named

LONGEST_UNIT = 60  # characters

_UNIT = re.compile(
    r"(?:\\(?:text|mathrm|operatorname|rm)\s?\{\s?)?(?P<unit>[^\W\d_%][^\W\d_ -]*(?:[ -][^\W\d_]+)*|%)\}?[ $.]*"
)
_LATEX_SPACE = re.compile(r"\\[,;:! ]|~|\\(?=%)")


def parse(answer: Quantity, response: Any) -> Number:
    """The number in the key's unit."""
    if not isinstance(response, str):
        return read_number(response, answer.expects)
    if len(response) > MAX_TEXT:
        raise Invalid(f"expected at most {MAX_TEXT} characters, found {len(response)}")
    spelled = _LATEX_SPACE.sub(lambda space: " " * len(space[0]), normalise(response))
    start = max((spelled.rfind(char) for char in "0123456789)"), default=-1) + 1  # what follows the number's last digit
    start += len(spelled[start:]) - len(spelled[start:].lstrip(" .$"))
    if not spelled[start:].strip():
        return read_number(response, answer.expects)
    unit, factor = _unit(answer, response, spelled, start)
    number = Piece.of(response, 0, start, spelled)
    if not number:
        raise Invalid(f"expected {answer.expects}, found {describe(response)}")
    return Fraction(read_number(number, "a number", whole=unit in INDIVISIBLE)) * factor


def _unit(answer: Quantity, text: str, spelled: str, start: int) -> tuple[str, Fraction]:
    """The unit that was typed, and what it is in the key's unit."""
    match = _UNIT.fullmatch(spelled, start) if len(spelled) - start <= LONGEST_UNIT else None
    at, unit = (match.start("unit"), match["unit"]) if match else (start, text[start:].strip())
    try:
        unit = unit_named(unit)
    except AmbiguousUnit as error:
        raise Invalid(point_at(str(error), text, at)) from None
    except KeyError:
        raise Invalid(point_at(f"the unit {quoted(unit)} is not known here", text, at)) from None
    if dimension(unit) != dimension(answer.unit):
        hint = f"expected {answer.expects}; {unit} measures {dimension(unit)}"
        raise Invalid(point_at(hint, text, at))
    return unit, answer.factor(unit)


def compare(answer: Quantity, key: Any, value: Number) -> Comparison:
    """Right where it is within the answer's tolerance of the key."""
    return RIGHT if close(value, key, answer.tolerance(key)) else WRONG


def note(answer: Quantity, value: Number) -> str:
    """The number in the key's unit."""
    return f"{number_note(value)} {answer.unit}"
