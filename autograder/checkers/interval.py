"""Interval: "[3, 7]", "(0, 1]", "3 <= n <= 7", "n > 2", and (3, 7) where whole numbers are meant."""

from __future__ import annotations

import itertools
import math
import re
from typing import Any

import numpy as np

from autograder.checkers.expressions import MAX_TEXT
from autograder.checkers.outcome import RIGHT, WRONG, Comparison, Invalid
from autograder.checkers.scalars import Number, close, number_note, plain, read_number
from autograder.checkers.text import Piece, describe, point_at
from autograder.checkers.tokens import normalise
from question_bank.answers import Bounds, Interval

MAX_CLAUSES = 4  # n >= 3 and n < 8 has two

End = Number  # infinite as a float

_BRACKETED = re.compile(r"\s*(?P<open>[\[(\]])(?P<inner>.*)(?P<close>[\])\[])\s*", re.DOTALL)
_DASHED = re.compile(r"\s*(?P<low>[0-9]+)\s*(?:-|\.\.\.?|to)\s*(?P<high>[0-9]+)\s*")
_RELATION = re.compile(r"<=|>=|<|>|≤|≥|⩽|⩾|\\leq?(?![a-z])|\\geq?(?![a-z])|\\lt(?![a-z])|\\gt(?![a-z])")
_INFINITE = re.compile(r"(?P<sign>[-+]?)\s*(?:oo|inf|infinity|∞|\\infty)", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d]\w{0,19}")
_JOINED = re.compile(r"\band\b|&&?|∧|\\land\b|\\wedge\b|,")
_UPWARD = {"<": True, "<=": True, "≤": True, "⩽": True, "\\le": True, "\\leq": True, "\\lt": True}
_STRICT = ("<", ">", "\\lt", "\\gt")


def parse(answer: Interval, response: Any) -> Bounds:
    """The ends of the interval; for whole numbers both belong to it."""
    bounds = _ordered(answer, _read(answer, response))
    return answer.canonical(bounds)


def _read(answer: Interval, response: Any) -> Bounds:
    if isinstance(response, str):
        if len(response) > MAX_TEXT:
            raise Invalid(f"expected at most {MAX_TEXT} characters, found {len(response)}")
        return _read_text(answer, response)
    if isinstance(response, np.ndarray) and response.shape == (2,):
        response = plain(response)
    if not isinstance(response, list | tuple):
        raise Invalid(f"expected {answer.expects}, found {describe(response)}")
    if len(response) != 2:
        raise Invalid(f"expected {answer.expects}, found {describe(response)}")
    if not answer.whole:  # a list or a tuple: it does not say whether its ends belong to it
        raise Invalid(f"expected {answer.expects}; without quotes it is unclear whether the ends belong to it")
    low, high = (_end(answer, end) for end in response)
    return _closed(low, high)


def _closed(low: End, high: End) -> Bounds:
    return Bounds(low, high, _is_infinite(low), _is_infinite(high))


def _read_text(answer: Interval, text: str) -> Bounds:
    spelled = normalise(text)
    spelled = re.sub(r"\$|\\left|\\right", lambda found: " " * len(found[0]), spelled)
    if match := _DASHED.fullmatch(spelled):
        return _closed(*(_end(answer, Piece.of(text, *match.span(name), spelled)) for name in ("low", "high")))
    if _RELATION.search(spelled):
        return _from_relations(answer, text, spelled)
    if match := _BRACKETED.fullmatch(spelled):
        return _from_brackets(answer, text, match)
    raise Invalid(f"expected {answer.expects}, found {describe(text)}")


def _from_brackets(answer: Interval, text: str, match: re.Match[str]) -> Bounds:
    """[3, 7), ]3, 7[; a semicolon may stand where the comma does."""
    inner, start = match["inner"], match.start("inner")
    cuts = [at for at, char in enumerate(inner) if char == (";" if ";" in inner else ",")]
    if len(cuts) != 1:
        hint = "expected two ends with one comma between them; where ends hold commas, separate them by a semicolon"
        raise Invalid(point_at(hint, text, start + (cuts[1] if len(cuts) > 1 else 0)))
    low = _end(answer, Piece.of(text, start, start + cuts[0], match.string))
    high = _end(answer, Piece.of(text, start + cuts[0] + 1, match.end("inner"), match.string))
    if answer.whole and match["open"] + match["close"] == "()":
        if _is_infinite(low) != _is_infinite(high):
            hint = "it is unclear whether the end belongs to the range; write it with a square bracket, or n >= 3"
            raise Invalid(point_at(hint, text, match.start("open")))
        return _closed(low, high)  # (smallest, largest): the form that the prompt asks for
    return Bounds(low, high, match["open"] != "[" or _is_infinite(low), match["close"] != "]" or _is_infinite(high))


def _from_relations(answer: Interval, text: str, spelled: str) -> Bounds:
    """3 <= n < 8, 8 > n >= 3, n > 2, n >= 3 and n < 8."""
    bounds, names, start = Bounds(-math.inf, math.inf, True, True), set(), 0
    cuts = list(itertools.islice(_JOINED.finditer(spelled), MAX_CLAUSES))
    if len(cuts) == MAX_CLAUSES:
        raise Invalid(point_at(f"expected at most {MAX_CLAUSES} bounds", text, cuts[-1].start()))
    for cut in [*cuts, None]:
        end = cut.start() if cut else len(text)
        name, clause = _clause(answer, text, spelled, start, end)
        names.add(name)
        bounds = _both(bounds, clause)
        start = cut.end() if cut else end
    if len(names) > 1:
        raise Invalid(f"expected one name between the signs, found {' and '.join(sorted(names))}")
    return bounds


def _clause(answer: Interval, text: str, spelled: str, start: int, end: int) -> tuple[str, Bounds]:
    """One chain such as 3 <= n < 8: the name in it and what it says."""
    signs = list(_RELATION.finditer(spelled, start, end))
    edges = [start, *(edge for sign in signs for edge in sign.span()), end]
    terms = [Piece.of(text, low, high, spelled) for low, high in zip(edges[::2], edges[1::2], strict=True)]
    places = [number for number, term in enumerate(terms) if _NAME.fullmatch(term) and not _INFINITE.fullmatch(term)]
    upward = {_UPWARD.get(sign[0], False) for sign in signs}
    if not 1 <= len(signs) <= 2 or len(places) != 1 or len(upward) != 1 or (len(signs) == 2 and places != [1]):
        raise Invalid(point_at(f"expected {answer.expects}, or bounds such as 3 <= n < 8", text, start))
    ends = [(_end(answer, terms[n if n < places[0] else n + 1]), sign[0] in _STRICT) for n, sign in enumerate(signs)]
    below, above = ends[: places[0]], ends[places[0] :]
    if not upward.pop():
        below, above = above, below
    low, low_open = below[0] if below else (-math.inf, True)
    high, high_open = above[0] if above else (math.inf, True)
    return str(terms[places[0]]), Bounds(low, high, low_open or _is_infinite(low), high_open or _is_infinite(high))


def _both(a: Bounds, b: Bounds) -> Bounds:
    """What lies in both."""
    low, low_open = max((a.low, a.low_open), (b.low, b.low_open))
    high, closed = min((a.high, not a.high_open), (b.high, not b.high_open))
    return Bounds(low, high, low_open, not closed)


def _end(answer: Interval, end: Any) -> End:
    """One end: a number, or infinity in one of its spellings."""
    if isinstance(end, str) and (match := _INFINITE.fullmatch(normalise(end))):
        return -math.inf if match["sign"] == "-" else math.inf
    if isinstance(end, float) and math.isinf(end):
        return end
    return read_number(end, "a number", whole=answer.whole)


def _is_infinite(end: End) -> bool:
    return isinstance(end, float) and math.isinf(end)


def _ordered(answer: Interval, bounds: Bounds) -> Bounds:
    """`bounds`, where something lies between them."""
    low, high = bounds.low, bounds.high
    if low > high or (low == high and (bounds.low_open or bounds.high_open)):
        raise Invalid(f"expected the smaller end first, found {_shown(low)} and then {_shown(high)}")
    whole = answer.canonical(bounds)
    if answer.whole and whole.low > whole.high:
        raise Invalid(f"no whole number lies between {_shown(low)} and {_shown(high)}")
    return bounds


def _shown(end: End) -> str:
    """An end, where it is short; a student's number may have 300 digits."""
    text = number_note(end) if not _is_infinite(end) else f"{'-' * (end < 0)}oo"
    return text if len(text) <= 40 else f"{text[:39]}…"


def compare(answer: Interval, key: Any, value: Bounds) -> Comparison:
    """Right where both ends are, and whether they belong to it."""
    expected = answer.canonical(key)
    low, high = (_same_end(value[n], expected[n], answer.abs) for n in (0, 1))
    closed = (value.low_open, value.high_open) == (expected.low_open, expected.high_open)
    if low and high:
        return RIGHT if closed else Comparison(0.0, "the ends are right; whether they belong to the interval is not")
    if low or high:
        return Comparison(
            0.0, f"the {'lower' if low else 'upper'} end is right, the {'upper' if low else 'lower'} is not"
        )
    return WRONG


def _same_end(value: End, key: Any, tolerance: float) -> bool:
    if _is_infinite(value) or math.isinf(key):
        return bool(value == key)
    return close(value, key, tolerance)


def note(answer: Interval, value: Bounds) -> str:
    """In brackets, with oo for infinity."""
    low, high = (number_note(end) if not _is_infinite(end) else f"{'-' * (end < 0)}oo" for end in value[:2])
    return f"{'(' if value.low_open else '['}{low}, {high}{')' if value.high_open else ']'}"
