"""Vector, Matrix and Tensor: nested lists, arrays, or a text such as "1 2; 3 4"; marked entry by entry."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from autograder.checkers import nested
from autograder.checkers.expressions import MAX_TEXT
from autograder.checkers.outcome import RIGHT, Comparison, Invalid
from autograder.checkers.scalars import Number, as_fraction, close, number_note, plain, read_number
from autograder.checkers.text import describe
from question_bank.answers import Matrix, Tensor, Vector, entries_of, size_of

MAX_ENTRIES = 1_024  # 32×32
LISTED = 5  # wrong entries that a message names

Array = Vector | Matrix | Tensor
Index = tuple[int, ...]


def parse(answer: Array, response: Any) -> tuple[Any, ...]:
    """The entries as nested tuples; all lists of one level are of one length."""
    items = _lists(answer, response)
    size = _checked_size(answer, items)
    entries = _flat(answer, items, size)
    if sum(len(entry) for _, entry in entries if isinstance(entry, str)) > MAX_TEXT:
        raise Invalid(f"expected at most {MAX_TEXT} characters, found more")
    values = iter([_entry(answer, index, entry) for index, entry in entries])
    return _nest(values, size)  # type: ignore[no-any-return]


def _lists(answer: Array, response: Any) -> Any:
    if isinstance(response, str):
        items = nested.split(response, _depth(answer))
        return [items] if isinstance(answer, Matrix) and not any(isinstance(item, list) for item in items) else items
    if isinstance(response, np.ndarray):
        if response.ndim != (_depth(answer) or max(3, response.ndim)):
            raise Invalid(f"expected {answer.expects}, found {describe(response)}")
        _check_count(response.shape)
        return plain(response)
    if not isinstance(response, list | tuple):
        raise Invalid(f"expected {answer.expects}, found {describe(response)}")
    return response


def _depth(answer: Array) -> int | None:
    return {Vector: 1, Matrix: 2}.get(type(answer))


def _checked_size(answer: Array, items: Any) -> Index:
    """The lengths of the first list at each level, where they are what was asked for."""
    size: list[int] = []
    while _is_list(items) and len(size) <= nested.MAX_DEPTH:
        size.append(len(items))
        items = items[0] if len(items) else None
    if 0 in size:
        raise Invalid(f"expected {answer.expects}, found no {'rows' if isinstance(answer, Matrix) else 'entries'}")
    depth = _depth(answer)
    if len(size) != depth and not (depth is None and len(size) >= 3):
        raise Invalid(f"expected {answer.expects}, found {_found(size)}")
    if isinstance(answer, Vector) and answer.names and size[0] != len(answer.names):
        raise Invalid(f"expected {answer.expects}, found {size[0]}")
    _check_count(size)
    return tuple(size)


def _found(size: Sequence[int]) -> str:
    """Nested lists in a student's words."""
    if len(size) == 1:
        return f"a list of length {size[0]}"
    return f"a matrix of {_times(size)}" if len(size) == 2 else f"lists nested {len(size)} deep, {_times(size)}"


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple) or (isinstance(value, np.ndarray) and value.ndim > 0)


def _check_count(size: Sequence[int]) -> None:
    if math.prod(size) > MAX_ENTRIES:
        raise Invalid(f"expected at most {MAX_ENTRIES} entries, found {_times(size)}")


def _flat(answer: Array, items: Any, size: Index) -> list[tuple[Index, Any]]:
    """Every entry with its index. Raises Invalid where a list is missing or of another length than its neighbours."""
    level: list[tuple[Index, Any]] = [((), items)]
    for length in size:
        deeper = []
        for index, item in level:
            if not _is_list(item) or (isinstance(item, np.ndarray) and item.ndim != len(size) - len(index)):
                raise Invalid(f"expected {answer.expects}; {_place(answer, index)} is {describe(item)}")
            if len(item) != length:
                first = (0,) * len(index)
                raise Invalid(
                    f"expected {'rows' if isinstance(answer, Matrix) else 'lists'} of one length; "
                    f"{_place(answer, first)} has {length}, {_place(answer, index)} has {len(item)}"
                )
            inner = plain(item) if isinstance(item, np.ndarray) else item
            deeper += [((*index, number), entry) for number, entry in enumerate(inner)]
        level = deeper
    return level


def _place(answer: Array, index: Index) -> str:
    """Where an entry stands, in a student's words: rows and columns count from one, an index as Python does."""
    if isinstance(answer, Matrix):
        return ", ".join(f"{name} {number + 1}" for name, number in zip(("row", "column"), index, strict=False))
    if isinstance(answer, Vector):
        return answer.names[index[0]] if answer.names else f"entry {index[0] + 1}"
    return f"index [{', '.join(map(str, index))}]"


def _entry(answer: Array, index: Index, entry: Any) -> Number:
    try:
        return read_number(entry, "a number")
    except Invalid as error:
        raise Invalid(f"{_place(answer, index)}: {error}") from None


def _nest(values: Any, size: Index) -> Any:
    return tuple(_nest(values, size[1:]) for _ in range(size[0])) if size else next(values)


def compare(answer: Array, key: Any, value: Any) -> Comparison:
    """Marked entry by entry; what the best constant in every place would earn is worth nothing."""
    size = size_of(key)
    if size != size_of(value):
        return Comparison(0.0, f"expected {_extent(size)}, found {_extent(size_of(value))}")
    keys = list(entries_of(key))
    tolerances = [answer.tolerance(entry) for entry in keys]
    judged = zip(np.ndindex(size), entries_of(value), keys, tolerances, strict=True)
    wrong = [index for index, found, entry, tolerance in judged if not close(found, entry, tolerance)]
    if not wrong:
        return RIGHT
    free = _best_constant([as_fraction(entry) for entry in keys], tolerances)
    fraction = max(0.0, (len(keys) - len(wrong) - free) / max(1, len(keys) - free))
    return Comparison(fraction, _tally(answer, wrong, len(keys)))


def _best_constant(entries: Sequence[Fraction], tolerances: Sequence[float]) -> int:
    """The most entries that one number is right for."""
    reach = [(entry, Fraction(tolerance)) for entry, tolerance in zip(entries, tolerances, strict=True)]
    lows, highs = sorted(entry - t for entry, t in reach), sorted(entry + t for entry, t in reach)
    return max(bisect_right(lows, low) - bisect_left(highs, low) for low in lows)


def _tally(answer: Array, wrong: Sequence[Index], total: int) -> str:
    places = [_place(answer, index) for index in wrong[:LISTED]]
    more = [f"and {len(wrong) - LISTED} more"] if len(wrong) > LISTED else []
    return f"{total - len(wrong)} of {total} entries are right; wrong: {'; '.join(places + more)}"


def _extent(size: Sequence[int]) -> str:
    return f"{size[0]} {'entry' if size[0] == 1 else 'entries'}" if len(size) == 1 else _times(size)


def _times(size: Sequence[int]) -> str:
    return "×".join(map(str, size))


def note(answer: Array, value: Any) -> str:
    """The entries, each in its canonical form."""
    inner = (note(answer, item) if isinstance(item, tuple) else number_note(item) for item in value)
    return f"[{', '.join(inner)}]"
