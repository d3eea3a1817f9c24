"""What a template's texts must keep to, as far as a program can tell: LaTeX that closes, no traces of the machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Any

from question_bank.answers import (
    Answer,
    Choice,
    Choices,
    Integer,
    Interval,
    Matching,
    Matrix,
    Ordering,
    Quantity,
    Rational,
    Real,
    Shape,
    Tensor,
    Vector,
    entries_of,
)

MACHINE = re.compile(
    r"\bNone\b|\bnan\b|\bTrue\b|\bFalse\b|\d\.\d{9,}|Fraction\(|\bSymbol\("
    r"|[+-] ?- ?\d"  # 3 + -2
    r"|(?<![\d.,])\b1 (?:layers|pixels|channels|filters|images|steps|parameters)\b"
)
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_FORMULA = re.compile(r"\$\$(.*?)\$\$|\$([^$]*)\$", re.DOTALL)
_PAIRED = re.compile(r"\\(begin|end)\{(\w+\*?)\}|\\(left|right)\b")
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")


def traces(text: str) -> Iterator[str]:
    """What reads like a machine, and LaTeX that does not close. Code is left alone."""
    prose = _CODE.sub(" ", text)
    if found := MACHINE.search(prose):
        yield f"reads like a machine: {prose[max(0, found.start() - 15) : found.end() + 15]!r}"
    formulas = [match[1] or match[2] or "" for match in _FORMULA.finditer(prose)]
    if "$" in _FORMULA.sub(" ", prose).replace(r"\$", ""):
        yield "a formula is opened with $ and never closed"
    for formula in formulas:
        if not _closes(formula):
            yield f"brackets, \\left or \\begin do not close in ${formula:.60}$"
        if r"\begin{align" in formula:  # latex2mathml shows its & as they are
            yield f"expected \\begin{{array}}{{rl}}, found align or aligned in ${formula:.60}$"


def _closes(formula: str) -> bool:
    """Whether braces, environments and \\left … \\right of a formula close."""
    bare = re.sub(r"\\[{}\\]", " ", formula)
    depth = 0
    for char in bare:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    open_: list[str] = []
    for match in _PAIRED.finditer(formula):
        opens, name = match[1] == "begin" or match[3] == "left", match[2] or "left"
        if opens:
            open_.append(name)
        elif not open_ or open_.pop() != name:
            return False
    return depth == 0 and not open_


def last_block(text: str) -> str:
    """The last paragraph, formula or row of a table of a Markdown text."""
    block = re.split(r"\n\s*\n", text.strip())[-1]
    return block.rstrip().splitlines()[-1] if block.lstrip().startswith("|") else block


def shows(text: str, answer: Answer, key: Any) -> bool:
    """Whether a text shows a key: its numbers in order, the texts of its options, or the key as it is displayed."""
    match answer:
        case Real() | Quantity():
            return any(abs(float(n) - float(key)) <= _reading(answer, key) for n in _numbers(text))
        case Integer():
            return key in _numbers(text)
        case Rational():
            return str(key) in text.replace(" ", "") or _as_frac(key) in text
        case Shape() | Vector() | Matrix() | Tensor():
            return _in_order([float(entry) for entry in entries_of(key)], text, answer)
        case Interval():
            return _in_order([float(end) for end in key[:2] if abs(end) != float("inf")], text, answer)
        case Choice():
            return key in text or f"**{answer.letter(key)}**" in text
        case Choices():
            return all(choice in text or f"**{answer.letter(choice)}**" in text for choice in key)
        case Ordering() | Matching():
            chosen = key.values() if isinstance(answer, Matching) else key
            return all(choice in text or f"**{answer.letter(choice)}**" in text for choice in chosen)
        case _:
            return re.sub(r"\s", "", answer.display(key)) in re.sub(r"\s", "", text)


def _reading(answer: Real | Quantity, key: Any) -> float:
    """How far a number that is printed may be from the key: it is rounded for the eye, at least as finely as asked."""
    return 1.000001 * max(answer.tolerance(key), 0.0006 * abs(float(key)))  # floats: 0.438 rounds 0.4375


@lru_cache(maxsize=64)  # a solution is asked for each of its parts
def _numbers(text: str) -> tuple[float, ...]:
    """The numbers of a text; \\, and {,} only group digits."""
    bare = re.sub(r"(?<=\d)(?:\\,|\{,\}|,(?=\d{3}\b)| (?=\d{3}\b))", "", text)
    return tuple(map(float, _NUMBER.findall(re.sub(r"\\[a-zA-Z]+", " ", bare))))


def _in_order(entries: list[float], text: str, answer: Answer) -> bool:
    """Whether the numbers stand in the text in this order, others in between allowed."""
    tolerance = max(getattr(answer, "abs", 0.0), 1e-3)
    numbers = iter(_numbers(text))
    return all(any(abs(n - entry) <= tolerance * max(1.0, abs(entry)) for n in numbers) for entry in entries)


def _as_frac(key: Any) -> str:
    value = Fraction(key)
    return rf"\frac{{{value.numerator}}}{{{value.denominator}}}"
