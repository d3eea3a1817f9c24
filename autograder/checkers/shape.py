"""Shape: (10, 10, 40), "10x10x40", "10 × 10 × 40", "torch.Size([10, 10, 40])"."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from autograder.checkers.integer import read_integer
from autograder.checkers.outcome import RIGHT, WRONG, Comparison, Invalid
from autograder.checkers.scalars import plain
from autograder.checkers.text import describe, quoted
from question_bank.answers import Shape

_BRACKETED = re.compile(
    r"(?:torch\.)?Size\(\s*\[(?P<size>.*)\]\s*\)|\((?P<round>[^()]*)\)|\[(?P<square>.*)\]", re.DOTALL
)


def parse(answer: Shape, response: Any) -> tuple[int, ...]:
    """The sizes, one for each axis that the answer names."""
    sizes = _sizes(answer, response)
    if len(sizes) != len(answer.axes):
        raise Invalid(f"expected {answer.expects}, found {len(sizes)} number{'' if len(sizes) == 1 else 's'}")
    return tuple(_size(axis, size) for axis, size in zip(answer.axes, sizes, strict=True))


def _sizes(answer: Shape, response: Any) -> Any:
    if isinstance(response, str):
        return _split(answer, response)
    if isinstance(response, np.ndarray) and response.ndim == 1:
        return response if response.size > len(answer.axes) else plain(response)
    if not isinstance(response, list | tuple):
        raise Invalid(f"expected {answer.expects}, found {describe(response)}")
    return response


def _split(answer: Shape, text: str) -> list[str]:
    stripped = text.strip()
    bracketed = _BRACKETED.fullmatch(stripped)
    inner = bracketed[bracketed.lastgroup or 0] if bracketed else stripped
    sizes = re.split("[xX×]" if re.search("[xX×]", inner) else ",", inner)
    if len(sizes) == 1 < len(answer.axes) and re.search(r"[*·⋅]", inner):
        raise Invalid(f"expected {answer.expects}, found the product {quoted(text)}; write commas between the sizes")
    return sizes[:-1] if len(sizes) == 2 and not sizes[1].strip() else sizes  # Python's (10,)


def _size(axis: str, size: Any) -> int:
    try:
        return read_integer(size, "a whole number")
    except Invalid as error:
        raise Invalid(f"{axis}: {error}") from None


def compare(answer: Shape, key: Any, value: tuple[int, ...]) -> Comparison:
    """Right where every size is; which one is wrong is not told."""
    return RIGHT if value == tuple(key) else WRONG
