"""Matrix: [[1, 2], [3, 4]], a two-dimensional array, "1 2; 3 4"; marked entry by entry."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from autograder.checkers.expressions import MAX_TEXT
from autograder.checkers.outcome import RIGHT, Comparison, Invalid
from autograder.checkers.scalars import Number, as_fraction, close, plain, read_number
from autograder.checkers.text import describe
from question_bank.answers import Matrix

MAX_ENTRIES = 1_024  # 32×32
LISTED = 5  # wrong entries that a message names

Rows = tuple[tuple[Number, ...], ...]


def parse(answer: Matrix, response: Any) -> Rows:
    """The entries, row by row; all rows are of one length."""
    rows = _rows(answer, response)
    _check_rows(answer, rows)
    return tuple(_row(number, row) for number, row in enumerate(rows, start=1))


def _rows(answer: Matrix, response: Any) -> Sequence[Any]:
    if isinstance(response, str):
        return _split(response)
    if isinstance(response, np.ndarray) and response.ndim == 2:
        _check_count(*response.shape)
        return [*response]
    if not isinstance(response, list | tuple):
        raise Invalid(f"expected {answer.expects}, found {describe(response)}")
    return response


def _split(text: str) -> list[list[str]]:
    """Rows in brackets of their own, or separated by semicolons or line breaks; entries by commas or spaces."""
    if len(text) > MAX_TEXT:
        raise Invalid(f"expected at most {MAX_TEXT} characters, found {len(text)}")
    inner = text.strip()
    if nested := re.fullmatch(r"\[\s*\[(.*)\](?:\s*,)?\s*\]", inner, re.DOTALL):
        rows = re.split(r"\](?:\s*,)?\s*\[", nested[1])
    else:
        rows = re.split(r"[;\n]", inner[1:-1] if inner.startswith("[") and inner.endswith("]") else inner)
    return [row.split(",") if "," in row else row.split() for row in rows]


def _check_rows(answer: Matrix, rows: Sequence[Any]) -> None:
    """That the rows are lists of one length, and that there is not too much to read in time."""
    if not rows:
        raise Invalid(f"expected {answer.expects}, found no rows")
    for number, row in enumerate(rows, start=1):
        if not _is_row(row):
            raise Invalid(f"expected {answer.expects}; row {number} is {describe(row)}")
        if len(row) != len(rows[0]):
            raise Invalid(f"expected rows of one length; row 1 has {len(rows[0])}, row {number} has {len(row)}")
    _check_count(len(rows), len(rows[0]))
    if sum(len(entry) for row in rows for entry in row if isinstance(entry, str)) > MAX_TEXT:
        raise Invalid(f"expected at most {MAX_TEXT} characters, found more")


def _is_row(row: Any) -> bool:
    return (isinstance(row, list | tuple) or (isinstance(row, np.ndarray) and row.ndim == 1)) and len(row) > 0


def _check_count(rows: int, columns: int) -> None:
    if rows * columns > MAX_ENTRIES:
        raise Invalid(f"expected at most {MAX_ENTRIES} entries, found {rows}×{columns}")


def _row(number: int, row: Any) -> tuple[Number, ...]:
    entries = plain(row) if isinstance(row, np.ndarray) else row
    return tuple(_entry(number, column, entry) for column, entry in enumerate(entries, start=1))


def _entry(row: int, column: int, entry: Any) -> Number:
    try:
        return read_number(entry, "a number")
    except Invalid as error:
        raise Invalid(f"row {row}, column {column}: {error}") from None


def compare(answer: Matrix, key: Any, value: Rows) -> Comparison:
    """Marked entry by entry; what the best constant in every place would earn is worth nothing."""
    if len(key) != len(value) or len(key[0]) != len(value[0]):
        return Comparison(0.0, f"expected {_size(key)}, found {_size(value)}")
    pairs = [(v, k) for row, key_row in zip(value, key, strict=True) for v, k in zip(row, key_row, strict=True)]
    wrong = [number for number, (v, k) in enumerate(pairs) if not close(v, k, answer.abs)]
    if not wrong:
        return RIGHT
    free = _best_constant([as_fraction(k) for _, k in pairs], answer.abs)
    fraction = max(0.0, (len(pairs) - len(wrong) - free) / max(1, len(pairs) - free))
    return Comparison(fraction, _tally(wrong, len(pairs), len(key[0])))


def _best_constant(entries: list[Fraction], tolerance: float) -> int:
    """The most entries that one number is right for."""
    ordered = sorted(entries)
    reach = 2 * Fraction(tolerance)
    return max(bisect_right(ordered, entry + reach) - place for place, entry in enumerate(ordered))


def _tally(wrong: list[int], total: int, width: int) -> str:
    places = [f"row {number // width + 1}, column {number % width + 1}" for number in wrong[:LISTED]]
    more = [f"and {len(wrong) - LISTED} more"] if len(wrong) > LISTED else []
    return f"{total - len(wrong)} of {total} entries are right; wrong: {'; '.join(places + more)}"


def _size(rows: Sequence[Sequence[Any]]) -> str:
    return f"{len(rows)}×{len(rows[0])}"
