"""Splitting a student's text into numbers, symbols and operators, each with its place in what the student typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from autograder.checkers.outcome import Invalid
from autograder.checkers.text import point_at, quoted

MAX_DIGITS = 300  # of one number, and of its power of ten: about as far as floats reach


class Symbol(NamedTuple):
    """A symbol such as x[0,1]; a plain x has no indices."""

    name: str
    indices: tuple[int, ...] = ()

    def __str__(self) -> str:
        return f"{self.name}[{','.join(map(str, self.indices))}]" if self.indices else self.name


class Token(NamedTuple):
    """A piece of text; `at` is its place in the student's own characters.

    `kind` is number, symbol, operator, open or close.
    """

    at: int
    kind: str
    value: Fraction | Symbol | str


# Every replacement is one character for one, so a place in the normalised text is the place in the student's.
_SPELLINGS = (
    dict.fromkeys("−–—‐‑‒﹣", "-")
    | dict.fromkeys("×·∙⋅•∗\u2062", "*")
    | dict.fromkeys("÷∕⁄", "/")
    | dict.fromkeys("\u200b\u200c\u200d\u2060\u2061\ufeff\u00ad", " ")  # invisible: they come with text that is pasted
)
_SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")

_GROUPED = r"[1-9][0-9]{0,2}(?P<comma>[, _])[0-9]{3}(?:(?P=comma)[0-9]{3})*(?![0-9])(?:\.[0-9]+)?"
_PLAIN = r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_BRACKETS = r"(?:\s*\[\s*[0-9]{1,4}(?:\s*,\s*[0-9]{1,4})*\s*\])+"
_BRACES = r"_?\{\s*[0-9]{1,4}(?:\s*,\s*[0-9]{1,4})*\s*\}"
_TOKEN = re.compile(
    rf"(?P<number>{_GROUPED}|{_PLAIN})"
    rf"|(?P<symbol>(?P<name>[^\W\d_⁰¹²³⁴-⁹₀-₉]+)(?P<index>{_BRACKETS}|{_BRACES}|_?[0-9]{{1,4}}|[₀-₉]{{1,4}})?)"
    r"|(?P<power>⁻?[⁰¹²³⁴-⁹]{1,4})"
    r"|(?P<operator>\*\*|//|[-+*/^])|(?P<open>\()|(?P<close>\))|(?P<space>\s+)"
)

_HINTS = {
    ",": "a comma only stands between groups of three digits, as in 3,640, or in an index, as in x[0,1]; write 3.64",
    "%": "percentages are not read; write 0.25 for 25%",
    "[": "square brackets only hold the whole numbers of an index, as in x[0,1]; group with ( )",
    "{": "braces only hold the whole numbers of an index, as in x_{0,1}; group with ( )",
    "=": "write only what stands on the right of the = sign",
}


def normalise(text: str) -> str:
    """`text` with look-alikes replaced by what is on a keyboard, character for character."""
    return text if text.isascii() else "".join(map(_normal, text))


def _normal(char: str) -> str:
    if char in _SPELLINGS:
        return _SPELLINGS[char]
    kind, _, plain = unicodedata.decomposition(char).partition(" ")  # "<wide> 0033" for a full-width 3
    if not kind.startswith("<") or " " in plain or kind in ("<super>", "<sub>"):
        return char  # x² is a power and w₀₀ an index, not x2 and w00
    return chr(int(plain, 16))


def tokenise(text: str, names: bool) -> Iterator[Token]:
    """The tokens of `text`; `names` says whether symbols may stand in it. Raises Invalid at the first odd character."""
    normal = normalise(text)
    at = 0
    while at < len(normal):
        match = _TOKEN.match(normal, at)
        if match is None:
            hint = _HINTS.get(normal[at], f"the character {quoted(text[at])} is not read here")
            raise Invalid(point_at(hint, text, at))
        if match["symbol"] and not names:
            raise Invalid(point_at(f"expected a number, found {quoted(text[at : match.end()])}", text, at))
        yield from _tokens(match, text)
        at = match.end()


def _tokens(match: re.Match[str], text: str) -> Iterator[Token]:
    at, kind, spelled = match.start(), match.lastgroup or "", match[0]
    if kind == "number":
        yield Token(at, kind, _number(spelled, text, at))
    elif kind == "symbol":
        yield Token(at, kind, Symbol(match["name"], _indices(match["index"] or "")))
    elif kind == "power":
        yield Token(at, "operator", "**")
        yield Token(at, "number", Fraction(spelled.translate(_SUPERSCRIPTS)))
    elif kind != "space":
        yield Token(at, kind, "**" if spelled == "^" else spelled)


def _number(spelled: str, text: str, at: int) -> Fraction:
    """The exact value of a literal; its size is checked first, as 1e999999999 would fill the memory."""
    digits, _, power = re.sub("[, _]", "", spelled).lower().partition("e")
    if len(digits) > MAX_DIGITS or len(power) > 5 or abs(int(power or 0)) > MAX_DIGITS:
        raise Invalid(point_at(f"numbers of more than {MAX_DIGITS} digits are not read", text, at))
    return Fraction(digits) * Fraction(10) ** int(power or 0)


def _indices(spelled: str) -> tuple[int, ...]:
    """w00, w_00 and w_{00} are w[0,0]; with a comma or a square bracket, numbers of several digits are meant."""
    numbers = re.findall("[0-9]+", spelled.translate(_SUBSCRIPTS))
    if "[" in spelled or "," in spelled:
        return tuple(map(int, numbers))
    return tuple(int(digit) for number in numbers for digit in number)
