"""Text: a word or two, "receptive field"; case, blanks, hyphens, quotation marks and a final full stop do not count."""

from __future__ import annotations

import unicodedata
from typing import Any

from autograder.checkers.outcome import RIGHT, WRONG, Comparison, Invalid
from autograder.checkers.text import describe
from question_bank.answers import Text

LONGEST = 200  # characters

_QUOTES = "\"'`´‘’‚‛“”„‟«»‹›"


def parse(answer: Text, response: Any) -> str:
    """The words, with single blanks between them."""
    if not isinstance(response, str):
        raise Invalid(f"expected {answer.expects}, found {describe(response)}")
    if len(response) > LONGEST:
        raise Invalid(f"expected {answer.expects}, found {len(response)} characters")
    if not folded(response):
        raise Invalid(f"expected {answer.expects}, found {describe(response)}")
    return " ".join(response.split())


def folded(text: str) -> str:
    """`text` without what does not count."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    counting = "".join(char for char in plain if _counts(char)).rstrip(".")
    return unicodedata.normalize("NFKC", counting)  # an accent may have moved next to its letter


def _counts(char: str) -> bool:
    """Blanks and hyphens do not, nor do quotation marks and what is invisible."""
    return not (char.isspace() or char in _QUOTES or char == "_" or unicodedata.category(char) in ("Pd", "Cf", "Cc"))


def compare(answer: Text, key: str, value: str) -> Comparison:
    """Right where it is one of the accepted forms."""
    return RIGHT if folded(value) in map(folded, answer.forms(key)) else WRONG


def note(answer: Text, value: str) -> str:
    """The form that feedback shows, where it is one of those that are accepted; without what does not count."""
    found = folded(value)
    return next((folded(key) for key in answer.accepted if found in map(folded, answer.forms(key))), found)
