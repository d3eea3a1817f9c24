"""The options that a response names, by their letters or their texts: what all kinds of choice have in common."""

from __future__ import annotations

import re
from collections.abc import Sequence
from string import ascii_lowercase
from typing import Any

from autograder.checkers.outcome import Invalid
from autograder.checkers.text import Piece, describe, point_at, quoted
from autograder.checkers.tokens import normalise

MAX_TEXT = 10_000  # characters: all options, written out
MAX_TIMES = 10  # that one response may name each option

_LETTER = re.compile(r"(?:option\s*)?[(\[]?\s*(?P<letter>[a-z])\s*[)\].:]{0,2}", re.IGNORECASE)
_BOTH = re.compile(r"[(\[]?(?P<letter>[a-z])[)\].:]{1,2}\s*(?P<text>.+)", re.IGNORECASE | re.DOTALL)
_LIST = re.compile(r"\[[^\[\]]*\]|\([^()]*\)|\{[^{}]*\}")
_QUOTES = "\"'"
_AND = r"\band\b|&"
_SEPARATORS = (r"[,;\n]+", rf"(?:[\s+/|]|{_AND})+")


def check_length(text: str) -> None:
    """Raises Invalid for a text that is too long to be looked at."""
    if len(text) > MAX_TEXT:
        raise Invalid(f"expected at most {MAX_TEXT} characters, found {len(text)}")


def option(choices: Sequence[str], item: Any) -> str:
    """The option that `item` names. Raises Invalid for none, or for what is one option's letter and another's text."""
    if not isinstance(item, str) or not item.strip():
        raise Invalid(f"expected the letter of an option, {_range(choices)}, found {describe(item)}")
    check_length(item)
    if len(found := _named(choices, item)) == 1:
        return found[0]
    if found:
        hint = (
            f"{quoted(item.strip())} is the letter of one option and the text of another; write the letter in brackets"
        )
        raise Invalid(point_at(hint, item, 0))
    raise Invalid(point_at(f"expected the letter of an option, {_range(choices)}, found {quoted(item)}", item, 0))


def _named(choices: Sequence[str], item: str) -> list[str]:
    """The options that have this letter or this text, or both: b) LRN."""
    item = " ".join(item.split()).strip(_QUOTES)
    if (both := _BOTH.fullmatch(normalise(item))) and both["letter"].lower() in ascii_lowercase[: len(choices)]:
        choice = choices[ascii_lowercase.index(both["letter"].lower())]
        if _folded(choice) == _folded(item[both.start("text") :]):
            return [choice]
    match = _LETTER.fullmatch(normalise(item).strip())
    number = ascii_lowercase.index(match["letter"].lower()) if match else len(choices)
    by_letter = [choices[number]] if number < len(choices) else []
    if by_letter and match and match[0][0] in "([":
        return by_letter
    wanted = _folded(item)
    return list(dict.fromkeys(by_letter + [choice for choice in choices if _folded(choice) == wanted]))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _range(choices: Sequence[str]) -> str:
    return f"a to {ascii_lowercase[len(choices) - 1]}"


def options(choices: Sequence[str], response: Any, expects: str) -> list[str]:
    """The options that a response names, in its order, as often as it names them."""
    if isinstance(response, str):
        check_length(response)
        return _options_in(choices, Piece.of(response, 0, len(response)))
    if not isinstance(response, list | tuple):
        raise Invalid(f"expected {expects}, found {describe(response)}")
    check_count(choices, response, expects)
    return [option(choices, item) for item in response]


def check_count(choices: Sequence[str], items: Sequence[Any], expects: str) -> None:
    """Raises Invalid for a list that is too long to be looked at."""
    if len(items) > MAX_TIMES * len(choices) or sum(len(item) for item in items if isinstance(item, str)) > MAX_TEXT:
        raise Invalid(f"expected {expects}, found {describe(items)}")


def _options_in(choices: Sequence[str], text: Piece) -> list[str]:
    """Options between commas; where that gives none, between blanks; where that gives none, letter by letter."""
    if len(_named(choices, text)) == 1:
        return [option(choices, text)]
    if _LIST.fullmatch(text) and not _LETTER.fullmatch(text):
        return _options_in(choices, Piece.of(text.whole, text.start + 1, text.start + len(text) - 1))
    for pattern in _SEPARATORS:
        pieces = pieces_of(text, pattern)
        if len(pieces) > MAX_TIMES * len(choices):
            raise Invalid(f"expected at most {MAX_TIMES * len(choices)} letters, found {len(pieces)}")
        if len(pieces) > 1:
            return [found for piece in pieces for found in _options_in(choices, piece)]
    if len(text) > 1 and all(char.lower() in ascii_lowercase[: len(choices)] for char in normalise(text)):
        return [choices[ascii_lowercase.index(char)] for char in normalise(text).lower()]
    return [option(choices, text)]


def pieces_of(text: Piece, pattern: str) -> list[Piece]:
    """The stretches between separators, without those at the ends."""
    edges = [0, *(edge for match in re.finditer(pattern, text, re.IGNORECASE) for edge in match.span()), len(text)]
    spans = zip(edges[::2], edges[1::2], strict=True)
    found = [Piece.of(text.whole, text.start + low, text.start + high) for low, high in spans]
    return [piece for piece in found if piece]
