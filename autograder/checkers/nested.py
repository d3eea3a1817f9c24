"""Lists of numbers as a student types them: "[1, 2]", "1 2; 3 4", "[[1. 2.]\\n [3. 4.]]", a matrix in LaTeX.

Only brackets and separators are read here. What stands between them are pieces that know their place in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from autograder.checkers.expressions import MAX_TEXT
from autograder.checkers.outcome import Invalid
from autograder.checkers.text import Piece, point_at

MAX_DEPTH = 16  # of lists

_WRAPPED = re.compile(
    r"\s*(?:(?:np|numpy|torch)\.)?(?:array|[tT]ensor)\s*\((?P<inner>.*?)(?:,\s*dtype\s*=\s*[\w.]{1,20}\s*)?\)\s*",
    re.DOTALL,
)
_LATEX = (  # what it means to a reader; the length stays the same
    (re.compile(r"\\(?:begin|end)\{[a-z]{0,3}matrix\*?\}"), " "),
    (re.compile(r"\\\\"), ";"),
    (re.compile("&"), ","),
    (re.compile(r"\A\s*\$\$?|\$\$?\s*\Z"), " "),
)


def split(text: str, depth: int | None) -> Any:
    """Nested lists of pieces. `depth`: how deep they are to be nested; None where that is not known.

    Raises Invalid where a bracket is missing, or something stands between two lists.
    """
    if len(text) > MAX_TEXT:
        raise Invalid(f"expected at most {MAX_TEXT} characters, found {len(text)}")
    reader = _Reader(text, _plain(text), depth)
    frames = [_Frame(0)]
    for match in re.finditer(r"[\[\]]", reader.spelled):
        at = match.start()
        if match[0] == "[":
            reader.check_between(frames[-1], at)
            frames.append(_Frame(at + 1))
        elif len(frames) == 1:
            raise Invalid(point_at("this bracket was never opened", text, at))
        else:
            items = reader.close(frames.pop(), at, level=len(frames))
            frames[-1].items.append(items)
            frames[-1].end = at + 1
        if len(frames) > MAX_DEPTH:
            raise Invalid(point_at(f"lists are nested more than {MAX_DEPTH} deep", text, at))
    if len(frames) > 1:
        raise Invalid(point_at("this bracket is never closed", text, frames[-1].end - 1))
    items = reader.close(frames[0], len(text), level=0)
    return items[0] if len(items) == 1 and isinstance(items[0], list) else items


def _plain(text: str) -> str:
    """`text`, character for character, with [ ] around every list and blanks in place of array( ) around them."""
    spelled = text
    if wrapped := _WRAPPED.fullmatch(spelled):
        spelled = " " * wrapped.start("inner") + wrapped["inner"]
        spelled += " " * (len(text) - len(spelled))
    if "\\" in spelled or "$" in spelled:
        for pattern, sign in _LATEX:
            spelled = pattern.sub(lambda found, sign=sign: sign.ljust(len(found[0])), spelled)  # type: ignore[misc]
    return spelled if "[" in spelled or "(" not in spelled else _tuples_as_lists(spelled)


def _tuples_as_lists(text: str) -> str:
    """(1, 2) as [1, 2]: round brackets are a list where a comma stands directly in them."""
    opened: list[int] = []
    lists: set[int] = set()
    chars = list(text)
    for at, char in enumerate(text):
        if char == "(":
            opened.append(at)
        elif char == "," and opened:
            lists.add(opened[-1])
        elif char == ")" and opened and (start := opened.pop()) in lists:
            chars[start], chars[at] = "[", "]"
    return "".join(chars)


@dataclass
class _Frame:
    """A list that is being read: its lists so far, and where the last of them ended, or where it began itself."""

    end: int
    items: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class _Reader:
    text: str
    spelled: str
    depth: int | None

    def check_between(self, frame: _Frame, at: int) -> None:
        """That only a comma stands before the list that opens at `at`, and only where one came before."""
        allowed = ("", ",", ";") if frame.items else ("",)
        if self.spelled[frame.end : at].strip() not in allowed:
            self.refuse(frame.end, "expected a comma between two lists")

    def refuse(self, start: int, message: str) -> None:
        odd = re.compile(r"\s*").match(self.spelled, start)
        raise Invalid(point_at(message, self.text, odd.end() if odd else start))

    def close(self, frame: _Frame, at: int, level: int) -> list[Any]:
        """What a list holds that ends at `at`; `level` is the number of brackets around its entries."""
        if frame.items:
            if self.spelled[frame.end : at].strip() not in ("", ","):
                self.refuse(frame.end, "expected nothing more after this list")
            return frame.items
        start = frame.end
        if self.depth == 2 and level < 2 and re.search(r"[;\n]", self.spelled[start:at].strip()):
            return [self.entries(low, high) for low, high in self.ranges("[;\n]", start, at)]
        return self.entries(start, at, bracketed=level > 0)

    def ranges(self, separator: str, start: int, end: int) -> list[tuple[int, int]]:
        """The stretches between separators; what comes after the last line break or semicolon may be blank."""
        cuts = [match.start() for match in re.finditer(separator, self.spelled[start:end])]
        lows = [start, *(start + cut + 1 for cut in cuts)]
        highs = [*(start + cut for cut in cuts), end]
        found = list(zip(lows, highs, strict=True))
        if separator == "[;\n]":  # blank lines between rows
            found = [(low, high) for low, high in found if self.spelled[low:high].strip()]
        return found

    def entries(self, start: int, end: int, bracketed: bool = False) -> list[Piece]:
        """The entries of one list: between commas or, where it has none, between blanks."""
        inner = self.spelled[start:end]
        separator = ";" if ";" in inner else ","
        if separator not in inner:
            found = [(start + m.start(), start + m.end()) for m in re.finditer(r"\S+", inner)]
        else:
            found = self.ranges(separator, start, end)
            if bracketed and separator == "," and not self.spelled[slice(*found[-1])].strip():
                found.pop()  # Python's (10,)
        return [Piece.of(self.text, low, high, self.spelled) for low, high in found]
