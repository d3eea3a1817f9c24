"""The bytes of a .ipynb, however damaged → a notebook's table, and a remark for each thing that was mended. Pure.

A file that is whole costs one look. A damaged one is mended within a budget: the time that it takes grows with its
size, whatever is in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

MAX_CONTAINERS = 1_000_000  # lists and tables: a file of nothing but "[]" would take gigabytes to read
MAX_SALVAGED = 4_000  # pieces of a broken file that are looked at
HOPELESS = 20_000  # what a piece that cannot be read at all counts for, in characters
BLANK = re.compile(r"=\s*(?:\.\.\.|…)|NotImplementedError")

_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_STRAY_COMMA = re.compile(r'("(?:[^"\\]++|\\.)*+"?)|,\s*+(?=[,\]}])', re.DOTALL)
_PIECE = re.compile(r'\{\s*"')
_MARKER = re.compile(r"^(?:<{7}|\|{7}|={7}|>{7})(?: |\r?$)", re.MULTILINE)


class NoNotebook(ValueError):
    """Nothing in it could be read as a notebook; says why in a line."""


def notebook(data: bytes) -> tuple[dict[str, Any], list[str], bool]:
    """The notebook's table, what was mended, and whether cells may have been lost. Raises NoNotebook.

    Its "cells" are a list where there are any.
    """
    remarks: list[str] = []
    text = _text(data, remarks)
    if _containers(data) > MAX_CONTAINERS:
        raise NoNotebook(f"more than {MAX_CONTAINERS} lists and tables")
    lossy = False
    try:
        book: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        book, lossy = _mended(text, remarks, f"(no JSON): {error!s:.120}")
    if not isinstance(book, dict):
        raise NoNotebook(f"expected a list of cells, found {_kind(None)}")
    return _as_version_4(book, remarks), remarks, lossy


def resolved(text: str) -> str:
    """A text without merge-conflict markers: of each conflict, the side that has fewer blanks, else the first."""
    sides: tuple[list[str], list[str], list[str]] | None = None  # ours, the common ancestor's, theirs
    kept: list[str] = []
    at = 0
    for line in text.split("\n"):
        marker = line[:7] if _MARKER.match(line) else ""
        if marker == "<<<<<<<":
            if sides:
                kept += _side(sides)
            sides, at = ([], [], []), 0
        elif marker == "|||||||" and sides:
            at = 1
        elif marker == "=======" and sides:
            at = 2
        elif marker == ">>>>>>>":
            kept += _side(sides) if sides else []
            sides = None
        else:
            (sides[at] if sides else kept).append(line)
    return "\n".join(kept + (_side(sides) if sides else []))


def conflicts(text: str) -> int:
    """How many merge conflicts a text holds."""
    return len(re.findall(r"^<{7}(?: |\r?$)", text, re.MULTILINE)) if "<<<<<<<" in text else 0


def _side(sides: tuple[list[str], list[str], list[str]]) -> list[str]:
    ours, _, theirs = sides
    return theirs if not ours or (_blanks(theirs) < _blanks(ours) and theirs) else ours


def _blanks(lines: list[str]) -> int:
    return sum(len(BLANK.findall(line)) for line in lines)


def _text(data: bytes, remarks: list[str]) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        remarks.append("the file was UTF-16, not UTF-8; read as that")
        return data.decode("utf-16", "replace")
    if data[:3] == b"\xef\xbb\xbf":
        remarks.append("the file began with a byte-order mark; left out")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        remarks.append(f"the file was not UTF-8 (byte {error.start}); read as Windows-1252")
        return data.decode("cp1252", "replace")


def _containers(data: bytes) -> int:
    """How many lists and tables there are; brackets within texts, such as printed arrays, are none."""
    found = data.count(b"[") + data.count(b"{")
    if found <= MAX_CONTAINERS:
        return found
    bare = _STRING.sub(b"", data)
    return bare.count(b"[") + bare.count(b"{")


def _mended(text: str, remarks: list[str], why: str) -> tuple[Any, bool]:
    """A notebook from a text that is no JSON, and whether cells may have been lost.

    Raises NoNotebook with `why` where no cell can be found in it.
    """
    if found := conflicts(text):
        remarks.append(
            f"the file held {found} merge conflict{'s' * (found > 1)}; of each, the side with more answers was taken"
        )
        text = resolved(text)
    for attempt in (text, _STRAY_COMMA.sub(lambda found: found[1] or "", text)):
        try:
            book = json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
        if not found:
            remarks.append("the file was no JSON; stray commas and line ends were mended")
        return book, False
    cells = list(_whole_cells(text))
    if not cells:
        raise NoNotebook(why)
    remarks.append(f"the file was damaged or cut short; {len(cells)} whole cell{'s' * (len(cells) > 1)} could be read")
    return {"cells": cells, "metadata": _metadata(text)}, True


def _whole_cells(text: str) -> Iterator[dict[str, Any]]:
    """The cells that can be read, one after the other, wherever they stand."""
    decoder, end, budget = json.JSONDecoder(strict=False), 0, 3 * len(text) + 50 * HOPELESS
    for piece in islice(_PIECE.finditer(text), 50 * MAX_SALVAGED):
        start = piece.start()
        if start < end:
            continue
        if budget < 0:
            return
        try:
            found, end = decoder.raw_decode(text, start)
        except json.JSONDecodeError as error:
            budget -= max(HOPELESS, error.pos - start)
            continue
        except (ValueError, RecursionError):
            budget -= HOPELESS
            continue
        if isinstance(found, dict) and "cell_type" in found:
            yield found


def _metadata(text: str) -> dict[str, Any]:
    """Whose notebook it is, and its kernel, where a broken file still says so."""
    found: dict[str, Any] = {}
    for name in ("fieldmark", "kernelspec"):
        for match in islice(re.finditer(rf'(?<!\\)"{name}"\s*:\s*', text), 5):
            try:
                found[name], _ = json.JSONDecoder(strict=False).raw_decode(text, match.end())
            except (ValueError, RecursionError):
                continue
    return found


def _as_version_4(book: dict[str, Any], remarks: list[str]) -> dict[str, Any]:
    """Formats 2 and 3 had worksheets, and called a code cell's text its input."""
    sheets = book.get("worksheets")
    if isinstance(book.get("cells"), list) or not isinstance(sheets, list):
        return book
    lists = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
    cells = [cell for found in lists if isinstance(found, list) for cell in found]
    version = book.get("nbformat")
    remarks.append(
        f"the notebook was of format {version if type(version) is int else '2 or 3'!s:.20}; read as format 4"
    )
    return {**book, "cells": [_cell_of_version_3(cell) if isinstance(cell, dict) else cell for cell in cells]}


def _cell_of_version_3(cell: dict[str, Any]) -> dict[str, Any]:
    if cell.get("cell_type") == "code":
        return {**cell, "source": cell.get("input", cell.get("source", ""))}
    if cell.get("cell_type") == "heading":
        return {**cell, "cell_type": "markdown"}
    return cell


def _kind(cells: Any) -> str:
    return "none" if not cells else f"a {type(cells).__name__}"
