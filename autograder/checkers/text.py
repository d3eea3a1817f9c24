"""Quoting a student: short, on one line, with nothing invisible, and with a caret where something is wrong."""

from __future__ import annotations

import unicodedata
from typing import Any

import numpy as np

LONGEST_QUOTE = 60  # characters of the student's text in one message


class Piece(str):
    """A part of a longer text that a student typed; carets point into the whole of it."""

    whole: str
    start: int

    @classmethod
    def of(cls, whole: str, start: int, end: int, spelled: str = "") -> Piece:
        """The characters from `start` up to `end`, without the blanks around them.

        spelled: `whole`, character for character, with blanks in the place of what does not count.
        """
        inner = (spelled or whole)[start:end]
        start += len(inner) - len(inner.lstrip())
        piece = cls(whole[start : start + len(inner.strip())])
        piece.whole, piece.start = whole, start
        return piece


def visible(text: str) -> str:
    """`text` with every control character and combining mark replaced, one for one."""
    return "".join(map(_visible, text))


def _visible(char: str) -> str:
    if char < " ":
        return chr(0x2400 + ord(char))  # ␀, ␁, …
    category = unicodedata.category(char)
    return "\ufffd" if category[0] in "CM" or category in ("Zl", "Zp") else char


def harmless(text: str) -> str:
    """A student's text without what would act on a terminal or reorder a page: control and format characters."""
    if text.replace("\n", "").replace("\t", "").isprintable():  # the rule, and the common case: nothing to take out
        return text
    return "".join(c if c in "\n\t" or unicodedata.category(c)[0] != "C" else "\ufffd" for c in text)


def quoted(text: str) -> str:
    """`text` in quotation marks, cut to a readable length."""
    return f"'{clipped(text)}'"


def clipped(text: str) -> str:
    """`text` made visible and cut to a readable length."""
    return visible(text) if len(text) <= LONGEST_QUOTE else visible(text[: LONGEST_QUOTE - 1]) + "…"


def point_at(message: str, text: str, at: int) -> str:
    """`message`, the line of `text` that holds position `at`, and a caret under that position."""
    if isinstance(text, Piece):
        at, text = text.start + at, text.whole
    start = text.rfind("\n", 0, at) + 1
    line = text[start:].split("\n", 1)[0]
    low = max(0, min(at - start - LONGEST_QUOTE // 2, len(line) - LONGEST_QUOTE))
    piece = line[low : low + LONGEST_QUOTE]
    before = "".join("\u3000" if unicodedata.east_asian_width(c) in "WF" else " " for c in piece[: at - start - low])
    shown = visible(piece)
    if low > 0:
        shown = "…" + shown[1:]
    if low + LONGEST_QUOTE < len(line):
        shown = shown[:-1] + "…"
    return f"{message}\n{shown}\n{before}^"


def describe(response: Any) -> str:
    """What a response is, in a student's words."""
    if response is None or response is ... or (isinstance(response, str) and not response.strip()):
        return "nothing"
    if isinstance(response, str):
        return f"the text {quoted(response)}"
    if isinstance(response, list | tuple):
        return f"a list of length {len(response)}"
    if isinstance(response, np.ndarray):
        return f"an array of shape {response.shape}" if response.ndim else describe(response.item())
    if isinstance(response, int) and response.bit_length() > 200:
        return "a number of more than 60 digits"  # Python itself refuses to print very long ones
    return clipped(str(response)) if isinstance(response, int | float | complex) else f"a {type(response).__name__}"
