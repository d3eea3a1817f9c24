"""One response against one key, given in JSON's terms: what `fieldmark check` and scripts ask for. Pure.

A response is read as one that comes out of a notebook is; a key is written as a student would type it.
"""

from __future__ import annotations

import math
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from autograder import checkers
from autograder.checkers.text import clipped
from autograder.responses import decode, encode, is_blank
from question_bank import answers
from question_bank.answers import Answer, Equation, Matching, Symbolic, Text

KINDS: dict[str, type[Answer]] = {
    name.lower(): kind
    for name in answers.__all__
    if isinstance(kind := getattr(answers, name), type) and issubclass(kind, Answer) and kind is not Answer
}


class Fault(ValueError):
    """What was asked makes no sense: an unknown kind or option, a key that is not of the kind. The caller's error."""


@dataclass(frozen=True)
class Checked:
    """What became of a response.

    verdict: correct, partial, incorrect, blank or invalid. message: for the student, perhaps with a caret below a
    line. note: the response as it was read, in canonical form; those with the same note are the same answer.
    """

    verdict: str
    message: str = ""
    note: str = ""


def check(kind: str, options: Mapping[str, Any], key: Any, response: Any) -> Checked:
    """Read `response` as the kind says and compare it with the key. Raises Fault."""
    answer = answer_of(kind, options)
    expected = _key_of(answer, key)
    found = decode(encode(response))
    if is_blank(found):
        return Checked("blank")
    try:
        value = checkers.parse(answer, found)
    except checkers.Invalid as invalid:
        return Checked("invalid", str(invalid))
    comparison = checkers.compare(answer, expected, value)
    verdict = "correct" if comparison.fraction >= 1 else "partial" if comparison.fraction > 0 else "incorrect"
    return Checked(verdict, comparison.message, checkers.note(answer, value))


def answer_of(kind: str, options: Mapping[str, Any]) -> Answer:
    """The kind of answer with these options, such as "real" with {"rel": 0.01}. Raises Fault."""
    if kind not in KINDS:
        raise Fault(f"expected a kind ({', '.join(KINDS)}), found {clipped(str(kind))!r}")
    if kind == "function":
        raise Fault("a function is judged by running it on a template's cases; `fieldmark grade` does")
    known = _options(KINDS[kind])
    for name in options:
        if name not in known:
            raise Fault(f"{kind} has no option {clipped(str(name))!r}; it has {', '.join(known) or 'none'}")
    try:
        return KINDS[kind](**{name: _converted(known[name], name, value) for name, value in options.items()})
    except Fault:
        raise
    except (TypeError, ValueError, KeyError) as error:
        raise Fault(f"{kind}: {error}") from error


@cache
def _options(kind: type[Answer]) -> dict[str, Any]:
    """A kind's options and their types."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)} if is_dataclass(kind) else {}


def _converted(hint: Any, name: str, value: Any) -> Any:
    """`value`, which came from JSON, as an option's type. Raises Fault."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return None if value is None else _converted(next(arg for arg in inner if arg is not type(None)), name, value)
    if origin is Literal and value in inner:
        return value
    if origin in (tuple, Sequence) and isinstance(value, list):
        return tuple(_converted(inner[0], name, item) for item in value)
    if origin is Mapping and isinstance(value, dict):
        return {key: _converted(inner[1], name, item) for key, item in value.items()}
    if hint is float and type(value) in (int, float) and math.isfinite(value) and value >= 0:
        return float(value)
    if hint in (int, bool, str) and type(value) is hint and not (hint is int and value < 0):
        return value
    expected = f"one of {', '.join(inner)}" if origin is Literal else _NAMES.get(origin or hint, "something else")
    raise Fault(f"option {name}: expected {expected}, found {clipped(repr(value))}")


_NAMES: dict[Any, str] = {
    tuple: "a list",
    Sequence: "a list",
    Mapping: "an object",
    float: "a number of at least 0",
    int: "a whole number of at least 0",
    bool: "true or false",
    str: "a text",
}


def _key_of(answer: Answer, key: Any) -> Any:
    """The key of this kind that a text, number or list from JSON spells. Raises Fault."""
    plain = decode(encode(key))
    try:
        value = checkers.parse(answer, plain)
    except checkers.Invalid as invalid:
        raise Fault(f"the key is not of this kind: {invalid}") from invalid
    if isinstance(answer, Symbolic | Equation | Text):
        return plain
    if isinstance(answer, Matching) and len(value) < len(answer.items):
        raise Fault("the key is not of this kind: expected an option for every item")
    return value
