"""What can come of a response: it is right, partly right or wrong, or it is not of the asked form."""

from __future__ import annotations

from dataclasses import dataclass


class Invalid(Exception):
    """A response that is not of the asked form; the text is for the student and may have several lines."""


@dataclass(frozen=True)
class Comparison:
    """How far a response agrees with the key: 1.0 is right, 0.0 wrong, between them partly right.

    `message` is for the student and never gives the key away.
    """

    fraction: float
    message: str = ""


RIGHT = Comparison(1.0)
WRONG = Comparison(0.0)
