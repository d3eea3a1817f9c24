"""Reading a response as the kind of value that was asked for, and comparing it with the key.

Pure, and bounded in time: a response of 100,000 characters takes less than 100 ms, whatever it says. A student's text
is never evaluated by Python or SymPy. One file a kind; a further kind is a file and a line in the table below.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.checkers import equation, integer, matrix, real, shape, symbolic
from autograder.checkers.outcome import Comparison, Invalid
from autograder.checkers.text import clipped
from autograder.responses import Raised, Unreadable
from question_bank.answers import Answer, Equation, Integer, Matrix, Real, Shape, Symbolic

__all__ = ["Comparison", "Invalid", "compare", "parse"]

_Parse = Callable[[Any, Any], Any]
_Compare = Callable[[Any, Any, Any], Comparison]

_KINDS: dict[type[Answer], tuple[_Parse, _Compare]] = {
    Integer: (integer.parse, integer.compare),
    Real: (real.parse, real.compare),
    Shape: (shape.parse, shape.compare),
    Matrix: (matrix.parse, matrix.compare),
    Symbolic: (symbolic.parse, symbolic.compare),
    Equation: (equation.parse, equation.compare),
}


def parse(answer: Answer, response: Any) -> Any:
    """The value in a response, of the key's kind. Raises Invalid where it is not of the asked form.

    Raises TypeError for a kind that is judged elsewhere. Blank responses are the caller's business.
    """
    read, _ = _kind(answer)
    if isinstance(response, Raised):
        raise Invalid(f"expected {answer.expects}; the code stopped with {clipped(str(response))}")
    if isinstance(response, Unreadable):
        raise Invalid(f"expected {answer.expects}, found {clipped(response.what)}")
    return read(answer, response)


def compare(answer: Answer, key: Any, value: Any) -> Comparison:
    """How far `value`, which came from `parse`, agrees with the key. Raises TypeError as `parse` does."""
    _, judge = _kind(answer)
    return judge(answer, key, value)


def _kind(answer: Answer) -> tuple[_Parse, _Compare]:
    if type(answer) not in _KINDS:
        raise TypeError(f"{type(answer).__name__} is not compared with a key here")
    return _KINDS[type(answer)]
