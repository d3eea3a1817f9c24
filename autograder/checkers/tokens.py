"""Splitting a student's text into numbers, symbols and operators, each with its place in what the student typed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from autograder.checkers import functions
from autograder.checkers.outcome import Invalid
from autograder.checkers.text import point_at, quoted

MAX_DIGITS = 300  # of one number, and of its power of ten: about as far as floats reach
MAX_TOKENS = 2_000  # an 11×11 kernel over one channel, written out, takes 500
MAX_CACHED = 40  # characters of a number or symbol that is remembered
MAX_SEEN = 4_096  # symbols that are remembered


class Symbol(NamedTuple):
    """A symbol such as x[0,1]; a plain x has no indices."""

    name: str
    indices: tuple[int, ...] = ()

    def __str__(self) -> str:
        return f"{self.name}[{','.join(map(str, self.indices))}]" if self.indices else self.name


class Token(NamedTuple):
    """A piece of text; `at` is its place in the student's own characters, `end` where it stops.

    `kind` is number, symbol, name (a symbol whose one index is a letter), function, series, frac, operator, open,
    close, bar, comma, index (the _ before an index), letters (an index such as _{ij}), equals or end.
    """

    at: int
    end: int
    kind: str
    value: Fraction | Symbol | str


@dataclass(frozen=True)
class Names:
    """What the names of a question stand for.

    declared: symbols whose names would be read as something else: y_hat, e, or gamma before a bracket.
    whole: those that stand for whole numbers, and so may be an index or a bound.
    functions: further names of functions, as pairs of a name and one of `functions.FUNCTIONS`.
    known: if given, all names of the question: another one may be a product of them, as wx is of w and x.
    """

    declared: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    functions: tuple[tuple[str, str], ...] = ()
    known: frozenset[str] = frozenset()
    seen: dict[str, tuple[str, Symbol | str]] = field(default_factory=dict, compare=False, repr=False)


_NONE = Names()


# Every replacement is one character for one, so a place in the normalised text is the place in the student's.
_SPELLINGS = (
    dict.fromkeys("−–—‐‑‒﹣", "-")
    | dict.fromkeys("×·∙⋅•∗\u2062", "*")
    | dict.fromkeys("÷∕⁄", "/")
    | dict.fromkeys("\u200b\u200c\u200d\u2060\u2061\ufeff\u00ad", " ")  # invisible: they come with text that is pasted
)
_SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")

_GREEK = "".join(functions.GREEK)
_LETTER = rf"[^\W\d_⁰¹²³⁴-⁹₀-₉¼-¾⅐-⅟{_GREEK}]"
_GROUPED = r"[1-9][0-9]{0,2}(?P<comma>[, _])[0-9]{3}(?:(?P=comma)[0-9]{3})*(?![0-9])(?:\.[0-9]+)?"
_SPACED = r"[1-9][0-9]{0,2}(?P<comma>[ _])[0-9]{3}(?:(?P=comma)[0-9]{3})*(?![0-9])(?:\.[0-9]+)?"
_DECIMAL_COMMA = r"(?:[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[0-9]+),[0-9]+(?:[eE][+-]?[0-9]+)?(?![0-9]*[,.][0-9])"
_PLAIN = r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_BRACKETS = r"(?:\s*\[\s*[0-9]{1,4}(?:\s*,\s*[0-9]{1,4})*\s*\])+"
_BRACES = r"_?\{\s*[0-9]{1,4}(?:\s*,\s*[0-9]{1,4})*\s*\}"
_NAMED = "|".join(sorted(functions.NAMES, key=len, reverse=True))
_FONTS = "|".join(functions.FONTS)
_ACCENTS = "|".join(functions.ACCENTS)
_NAME = (
    rf"{_LETTER}+|[{_GREEK}]|\\(?:{_NAMED})(?![A-Za-z])|\\(?:{_FONTS})\s*\{{\s*{_LETTER}+\s*\}}"
    rf"|\\(?:{_ACCENTS})\s*(?:\{{\s*{_LETTER}+\s*\}}|\s{_LETTER}(?!{_LETTER}))"
)
_INDEX = rf"{_BRACKETS}|{_BRACES}|_?[0-9]{{1,4}}|[₀-₉]{{1,4}}|(?:_{_LETTER}+)+"
_SYMBOL = rf"(?P<space>\s+)|(?P<symbol>(?:{_NAME})(?:{_INDEX})?)"
_REST = (
    r"|(?P<operator>\*\*|//|[-+*/^])|(?P<open>[({⌊⌈\[])|(?P<close>[)}⌋⌉\]])"
    r"|(?P<power>⁻?[⁰¹²³⁴-⁹]{1,4})"
    rf"|(?P<letters>_\{{\s*{_LETTER}{{1,4}}\s*\}})"
    r"|(?P<halves>\\[dtc]?frac\s*[0-9]\s*[0-9](?![0-9]))"
    r"|(?P<command>\\(?:[A-Za-z]+|[^A-Za-z0-9$()\[\]]))|(?P<sign>[∑√])"
    r"|(?P<bar>\|)|(?P<comma_>,)|(?P<index>_)|(?P<equals>==?)"
)
_TOKEN = re.compile(rf"{_SYMBOL}|(?P<number>{_GROUPED}|{_DECIMAL_COMMA}|{_PLAIN}){_REST}")
_ARGUMENT = re.compile(rf"{_SYMBOL}|(?P<number>{_SPACED}|{_PLAIN}){_REST}")  # where a comma separates: max(3,640)
_EITHER = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")  # 2,750 is 2750 to some and 2.75 to others
_DOLLARS = re.compile(r"\s*(?:\$\$?|\\\(|\\\[)")
_DOLLARS_END = re.compile(r"(?:\$\$?|\\\)|\\\])\s*$")
_NAME_ONLY = re.compile(rf"(?P<name>{_NAME})(?P<index>.*)", re.DOTALL)

HINTS = {
    ",": "a comma only stands between groups of three digits, as in 3,640, or in an index, as in x[0,1]; write 3.64",
    "%": "percentages are not read; write 0.25 for 25%",
    "[": "square brackets only hold the indices of a symbol, as in x[0,1]; group with ( )",
    "=": "write only what stands on the right of the = sign",
    "≤": "only = is read here",
    "≥": "only = is read here",
}


def normalise(text: str) -> str:
    """`text` with look-alikes replaced by what is on a keyboard, character for character."""
    return text if text.isascii() else "".join(map(_normal, text))


@lru_cache(maxsize=4096)
def _normal(char: str) -> str:
    if char in _SPELLINGS:
        return _SPELLINGS[char]
    kind, _, plain = unicodedata.decomposition(char).partition(" ")  # "<wide> 0033" for a full-width 3
    if not kind.startswith("<") or " " in plain or kind in ("<super>", "<sub>"):
        return char  # x² is a power and w₀₀ an index, not x2 and w00
    return chr(int(plain, 16))


def tokenise(text: str, names: bool | Names) -> list[Token]:
    """The tokens of `text`; `names` says which symbols may stand in it. Raises Invalid at the first odd character."""
    return _Lexer(text, names).tokens()


class _Lexer:
    """What was read so far, and whether commas separate where we are."""

    def __init__(self, text: str, names: bool | Names) -> None:
        self.text, self.normal = text, normalise(text)
        self.names = names if isinstance(names, Names) else _NONE
        self.named = bool(names)
        self.lists = 0  # depth of brackets since one that holds a list
        self.found: list[Token] = []

    def tokens(self) -> list[Token]:
        at, end = _without_dollars(self.normal)
        normal, found = self.normal, self.found
        while at < end:
            match = (_ARGUMENT if self.lists else _TOKEN).match(normal, at, end)
            if match is None:
                raise self.unknown(at)
            kind, start, at = match.lastgroup, at, match.end()
            if kind == "symbol":
                self.symbol(start, at, match[0])
            elif kind == "operator":
                found.append(Token(start, at, kind, "**" if match[0] == "^" else match[0]))
            elif kind == "number":
                found.append(Token(start, at, kind, self.number(start, match[0])))
            elif kind != "space":
                self.others(start, at, str(kind), match[0])
                if len(found) > MAX_TOKENS:
                    break
        if len(found) > MAX_TOKENS:
            raise Invalid(f"expected at most {MAX_TOKENS} numbers, symbols and signs; found more")
        self.found.append(Token(len(self.text.rstrip()), len(self.text), "end", ""))
        return self.found

    def others(self, at: int, end: int, kind: str, spelled: str) -> None:
        """Brackets, commands and the like."""
        if kind in ("open", "close"):
            self.bracket(at, end, kind, spelled)
        elif kind == "power":
            self.found.append(Token(at, at, "operator", "**"))
            self.found.append(Token(at, end, "number", Fraction(spelled.translate(_SUPERSCRIPTS))))
        elif kind == "halves":  # \frac12
            first, second = re.findall("[0-9]", spelled)
            values = (("open", "("), ("number", Fraction(first)), ("operator", "/"), ("number", Fraction(second)))
            self.found += [Token(at, end, kind, value) for kind, value in (*values, ("close", ")"))]
        elif kind in ("command", "sign"):
            self.command(at, end, spelled)
        else:
            value = spelled.strip("_{ }\t\n") if kind == "letters" else spelled
            self.found.append(Token(at, end, kind.rstrip("_"), value))

    def bracket(self, at: int, end: int, kind: str, value: str) -> None:
        """A bracket. Commas part the arguments of max(1, 2), the indices of x[i, j] and maybe x(1, 2)."""
        before = self.found[-1].kind if self.found else ""
        if kind == "open":
            listed = self.lists or before in ("function", "symbol", "name", "index") or value == "["
            self.lists += 1 if listed else 0
        elif self.lists:
            self.lists -= 1
        self.found.append(Token(at, end, kind, value))

    def symbol(self, at: int, end: int, spelled: str) -> None:
        """A symbol, or the name of a function."""
        known = self.names.seen.get(spelled)
        if known is None:
            known = self.kind_of(at, end, spelled)
            if len(spelled) <= MAX_CACHED and len(self.names.seen) < MAX_SEEN:
                self.names.seen[spelled] = known
        if not self.named:
            raise Invalid(point_at(f"expected a number, found {quoted(self.text[at:end])}", self.text, at))
        self.found.append(Token(at, end, *known))

    def kind_of(self, at: int, end: int, spelled: str) -> tuple[str, Symbol | str]:
        """What a name is. y_hat is one only where it is declared, as x_ij may be x[i,j] or x[i]j."""
        symbol, letters = _symbol(spelled)
        if not letters:
            called = self.function(symbol)
            return ("function", called) if called else ("symbol", symbol)
        if (whole := f"{symbol.name}_{letters}") in self.names.declared:
            return "symbol", Symbol(whole)
        if len(letters) > 1:
            hint = f"write x[i,j] or x_{{i,j}} for indices; {quoted(self.text[at:end])} is no name of this question"
            raise Invalid(point_at(hint, self.text, at))
        return "name", f"{symbol.name} {letters}"

    def function(self, symbol: Symbol) -> str | None:
        """The function that a name stands for; log2 is one, too."""
        if symbol.name in self.names.declared:
            return None
        name = symbol.name + "".join(map(str, symbol.indices))
        return dict(self.names.functions).get(name) or functions.FUNCTIONS.get(name.lower())

    def number(self, at: int, spelled: str) -> Fraction:
        value = _number(spelled) if len(spelled) <= MAX_CACHED else _number.__wrapped__(spelled)
        if self.named and _EITHER.fullmatch(spelled):
            hint = "it is unclear whether this comma groups digits; write the number without it, or with a point"
            raise Invalid(point_at(hint, self.text, at + spelled.index(",")))
        if value is None:
            raise Invalid(point_at(f"numbers of more than {MAX_DIGITS} digits are not read", self.text, at))
        return value

    def command(self, at: int, end: int, spelled: str) -> None:
        name = {"∑": "sum", "√": "sqrt"}.get(spelled, spelled[1:])
        if name not in functions.SIGNS:
            raise Invalid(point_at(f"the command {quoted(spelled)} is not read here", self.text, at))
        kind, value = functions.SIGNS[name]
        if kind in ("open", "close"):
            self.bracket(at, end, kind, value)
        elif kind != "space":
            self.found.append(Token(at, end, kind, value))

    def unknown(self, at: int) -> Invalid:
        hint = HINTS.get(self.normal[at], f"the character {quoted(self.text[at])} is not read here")
        return Invalid(point_at(hint, self.text, at))


def _without_dollars(text: str) -> tuple[int, int]:
    """Where the mathematics starts and ends: $x$, $$x$$, \\(x\\) and \\[x\\] are x."""
    if (start := _DOLLARS.match(text)) and (end := _DOLLARS_END.search(text, max(start.end(), len(text) - 100))):
        return start.end(), end.start()
    return 0, len(text)


@lru_cache(maxsize=4096)
def _number(spelled: str) -> Fraction | None:
    """The exact value of a literal; its size is checked first, as 1e999999999 would fill the memory."""
    if re.fullmatch(_DECIMAL_COMMA, spelled) and not re.fullmatch(_GROUPED, spelled):
        spelled = spelled.replace(".", "").replace(",", ".")
    digits, _, power = re.sub("[, _]", "", spelled).lower().partition("e")
    if len(digits) > MAX_DIGITS or len(power) > 5 or abs(int(power or 0)) > MAX_DIGITS:
        return None
    return Fraction(digits) * Fraction(10) ** int(power or 0)


def _symbol(spelled: str) -> tuple[Symbol, str]:
    """The symbol that is spelled, and the letters of an index such as _i, which may be part of its name instead."""
    match = _NAME_ONLY.fullmatch(spelled)
    if match is None:
        raise ValueError(f"{spelled!r} is no symbol")
    name, index = _plain_name(match["name"]), match["index"]
    if re.fullmatch(rf"(?:_{_LETTER}+)+", index):
        return Symbol(name), index[1:]
    return Symbol(name, _indices(index)), ""


def _plain_name(spelled: str) -> str:
    """γ and \\gamma are gamma, \\mathbf{w} is w, \\hat{y} is y_hat."""
    if spelled in functions.GREEK:
        return functions.GREEK[spelled]
    if not spelled.startswith("\\"):
        return spelled
    command, *inner = re.findall(rf"{_LETTER}+", spelled)
    if not inner:
        return functions.NAMES[command]
    accent = {"widehat": "hat", "overline": "bar"}.get(command, command)
    return f"{inner[0]}_{accent}" if command in functions.ACCENTS else str(inner[0])


def _indices(spelled: str) -> tuple[int, ...]:
    """w00, w_00 and w_{00} are w[0,0]; with a comma or a square bracket, numbers of several digits are meant."""
    numbers = re.findall("[0-9]+", spelled.translate(_SUBSCRIPTS))
    if "[" in spelled or "," in spelled:
        return tuple(map(int, numbers))
    return tuple(int(digit) for number in numbers for digit in number)
