"""Shape: (10, 10, 40), "10x10x40", "10 × 10 × 40", "torch.Size([10, 10, 40])"."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from autograder.checkers.expressions import MAX_TEXT
from autograder.checkers.integer import read_integer
from autograder.checkers.outcome import RIGHT, WRONG, Comparison, Invalid
from autograder.checkers.scalars import plain
from autograder.checkers.text import Piece, describe, point_at
from question_bank.answers import Shape

MAX_AXES = 10

_BRACKETED = re.compile(
    r"(?:torch\.)?Size\(\s*\[(?P<size>.*)\]\s*\)|\((?P<round>[^()]*)\)|\[(?P<square>.*)\]", re.DOTALL
)
_TIMES = re.compile(r"[xX×]|\\times(?![a-z])")
_ANY_BATCH = re.compile(r"[NnBb]|None|none|batch(?:_size)?|\?|-1")


def parse(answer: Shape, response: Any) -> tuple[int, ...]:
    """The sizes, one for each axis that the answer names; a batch dimension in front is read and left out."""
    sizes = list(_sizes(answer, response))
    if answer.batch and len(sizes) == len(answer.axes) + 1:
        _check_batch(sizes.pop(0))
    if len(sizes) != len(answer.axes):
        raise Invalid(f"expected {answer.expects}, found {len(sizes)} number{'' if len(sizes) == 1 else 's'}")
    return tuple(_size(axis, size) for axis, size in zip(answer.axes, sizes, strict=True))


def _sizes(answer: Shape, response: Any) -> Any:
    if isinstance(response, str):
        return _split(answer, response)
    if isinstance(response, np.ndarray) and response.ndim == 1:
        return plain(response[:MAX_AXES]) if response.size <= MAX_AXES else [0] * response.size
    if not isinstance(response, list | tuple):
        raise Invalid(f"expected {answer.expects}, found {describe(response)}")
    return response


def _split(answer: Shape, text: str) -> list[Piece]:
    if len(text) > MAX_TEXT:
        raise Invalid(f"expected at most {MAX_TEXT} characters, found {len(text)}")
    whole = Piece.of(text, *_inside(text, "$"))
    bracketed = _BRACKETED.fullmatch(whole)
    start, end = bracketed.span(bracketed.lastgroup or 0) if bracketed else (0, len(whole))
    inner = Piece.of(text, whole.start + start, whole.start + end)
    cuts = [match.span() for match in _TIMES.finditer(inner)]
    if not cuts:
        cuts = [match.span() for match in re.finditer(",", inner)]
    if not cuts and len(answer.axes) > 1 and (product := re.search(r"[*·⋅]", inner)):
        hint = f"expected {answer.expects}, found a product; write commas between the sizes"
        raise Invalid(point_at(hint, inner, product.start()))
    edges = [0, *(edge for cut in cuts for edge in cut), len(inner)]
    spans = zip(edges[::2], edges[1::2], strict=True)
    sizes = [Piece.of(text, inner.start + low, inner.start + high) for low, high in spans]
    return sizes[:-1] if bracketed and len(sizes) > 1 and not sizes[-1] else sizes  # Python's (10,)


def _inside(text: str, mark: str) -> tuple[int, int]:
    """Where the text stands that `mark` may enclose."""
    stripped = text.strip()
    if len(stripped) > 1 and stripped[0] == stripped[-1] == mark:
        return text.index(mark) + 1, text.rindex(mark)
    return 0, len(text)


def _check_batch(size: Any) -> None:
    """A name for it, or any size that a batch can have."""
    if size is None or (isinstance(size, str) and _ANY_BATCH.fullmatch(size)):
        return
    if not (isinstance(size, int) and size == -1) and _size("batch", size) < 1:
        raise Invalid("batch: expected a size above 0")


def _size(axis: str, size: Any) -> int:
    try:
        return read_integer(size, "a whole number")
    except Invalid as error:
        raise Invalid(f"{axis}: {error}") from None


def compare(answer: Shape, key: Any, value: tuple[int, ...]) -> Comparison:
    """Right where every size is, in the order of the axes; which one is wrong is not told."""
    if value == tuple(key):
        return RIGHT
    if sorted(value) == sorted(key):
        return Comparison(0.0, f"the sizes are right, their order is not: expected ({', '.join(answer.axes)})")
    return WRONG


def note(answer: Shape, value: tuple[int, ...]) -> str:
    """As Python prints a tuple."""
    return f"({', '.join(map(str, value))}{',' * (len(value) == 1)})"
