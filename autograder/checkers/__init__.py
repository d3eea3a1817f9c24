"""Reading a response as the kind of value that was asked for, and comparing it with the key.

Pure, and bounded in time: a response of 100,000 characters takes less than 100 ms, whatever it says. A student's text
is never evaluated by Python or SymPy. One file a kind; a further kind is a file and a line in the table below.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from autograder.checkers import (
    arrays,
    choices,
    equation,
    integer,
    interval,
    quantity,
    rational,
    real,
    shape,
    symbolic,
    words,
)
from autograder.checkers.outcome import Comparison, Invalid
from autograder.checkers.text import clipped
from autograder.responses import Raised, Unreadable
from question_bank.answers import (
    Answer,
    Choice,
    Choices,
    Equation,
    Integer,
    Interval,
    Matching,
    Matrix,
    Ordering,
    Quantity,
    Rational,
    Real,
    Shape,
    Symbolic,
    Tensor,
    Text,
    Vector,
)

__all__ = ["Comparison", "Invalid", "compare", "note", "parse"]


class _Kind(NamedTuple):
    """How a kind of answer reads a response, compares it, and writes it in canonical form."""

    parse: Callable[[Any, Any], Any]
    compare: Callable[[Any, Any, Any], Comparison]
    note: Callable[[Any, Any], str]


_ARRAY = _Kind(arrays.parse, arrays.compare, arrays.note)
_KINDS: dict[type[Answer], _Kind] = {
    Integer: _Kind(integer.parse, integer.compare, integer.note),
    Real: _Kind(real.parse, real.compare, real.note),
    Rational: _Kind(rational.parse, rational.compare, rational.note),
    Quantity: _Kind(quantity.parse, quantity.compare, quantity.note),
    Interval: _Kind(interval.parse, interval.compare, interval.note),
    Shape: _Kind(shape.parse, shape.compare, shape.note),
    Vector: _ARRAY,
    Matrix: _ARRAY,
    Tensor: _ARRAY,
    Symbolic: _Kind(symbolic.parse, symbolic.compare, symbolic.note),
    Equation: _Kind(equation.parse, equation.compare, equation.note),
    Choice: _Kind(choices.parse_choice, choices.compare_choice, choices.note_choice),
    Choices: _Kind(choices.parse_choices, choices.compare_choices, choices.note_choices),
    Ordering: _Kind(choices.parse_ordering, choices.compare_ordering, choices.note_ordering),
    Matching: _Kind(choices.parse_matching, choices.compare_matching, choices.note_matching),
    Text: _Kind(words.parse, words.compare, words.note),
}


def parse(answer: Answer, response: Any) -> Any:
    """The value in a response, of the key's kind. Raises Invalid where it is not of the asked form.

    Raises TypeError for a kind that is judged elsewhere. Blank responses are the caller's business.
    """
    kind = _kind(answer)
    if isinstance(response, Raised):
        raise Invalid(f"expected {answer.expects}; the code stopped with {clipped(str(response))}")
    if isinstance(response, Unreadable):
        raise Invalid(f"expected {answer.expects}, found {clipped(response.what)}")
    return kind.parse(answer, response)


def compare(answer: Answer, key: Any, value: Any) -> Comparison:
    """How far `value`, which came from `parse`, agrees with the key. Raises TypeError as `parse` does."""
    return _kind(answer).compare(answer, key, value)


def note(answer: Answer, value: Any) -> str:
    """`value`, which came from `parse`, in canonical form: responses with the same note are the same answer."""
    return _kind(answer).note(answer, value)


def _kind(answer: Answer) -> _Kind:
    if type(answer) not in _KINDS:
        raise TypeError(f"{type(answer).__name__} is not compared with a key here")
    return _KINDS[type(answer)]
