"""Rational: "3/4", 0.75, "6/8", exactly; where lowest terms are asked for, 6/8 is right in another form."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import Any

from autograder.checkers.outcome import RIGHT, WRONG, Comparison
from autograder.checkers.scalars import Narrow, number_note, read_number
from autograder.checkers.tokens import normalise
from question_bank.answers import Rational

MAX_DENOMINATOR = 10**6  # of a fraction that a float is read as: 1/3 unquoted is 0.3333333333333333

_LATEX_FRACTION = re.compile(r"\\[dtc]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_UNSEEN = re.compile(r"\\left|\\right|\\[,;!]|[\s(){}$]")
_SIMPLE = re.compile(r"[-+]?(?P<top>[0-9]+)(?:/[-+]?(?P<bottom>[0-9]+))?")


class Typed(Fraction):
    """A fraction that remembers whether it was typed in lowest terms."""

    __slots__ = ("lowest",)
    lowest: bool

    @classmethod
    def of(cls, value: Fraction, lowest: bool) -> Typed:
        """`value`, and how it was typed."""
        typed = cls(value)
        typed.lowest = lowest
        return typed


def parse(answer: Rational, response: Any) -> Typed:
    """The fraction in a response."""
    number = read_number(response, answer.expects)
    if isinstance(response, str) and isinstance(number, Fraction):
        return Typed.of(number, _in_lowest_terms(response, number))
    value = _simplest(number) if isinstance(number, float) else Fraction(number)
    return Typed.of(value, value.denominator == 1)


def _in_lowest_terms(text: str, value: Fraction) -> bool:
    """Whether it is one whole number over another that shares no factor with it."""
    spelled = _UNSEEN.sub("", _LATEX_FRACTION.sub(r"\1/\2", normalise(text)))
    simple = _SIMPLE.fullmatch(spelled)
    if not simple:
        return False
    top, bottom = int(simple["top"]), int(simple["bottom"] or 1)
    return math.gcd(top, bottom) == 1 and abs(value) == Fraction(top, bottom)


def _simplest(number: float) -> Fraction:
    """The simplest fraction that the float is the nearest to; exactly what it prints where there is none."""
    narrow = isinstance(number, Narrow)
    candidate = Fraction(number).limit_denominator(1000 if narrow else MAX_DENOMINATOR)
    near = number.is_nearest(float(candidate)) if isinstance(number, Narrow) else float(candidate) == number
    return candidate if near else Fraction(repr(number))


def compare(answer: Rational, key: Any, value: Typed) -> Comparison:
    """Right where it is the key; in lowest terms where they are asked for."""
    if value != Fraction(key):
        return WRONG
    if answer.lowest and not value.lowest:
        return Comparison(answer.other_form, "the value is right, but not written as a fraction in lowest terms")
    return RIGHT


def note(answer: Rational, value: Typed) -> str:
    """The fraction in lowest terms; where those are asked for, and were not given, it says so."""
    if answer.lowest:
        return f"{Fraction(value)}{'' if value.lowest else ', in another form'}"
    return str(Fraction(value)) if value.denominator > 1 else number_note(Fraction(value))
