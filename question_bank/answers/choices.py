"""Kinds of choice: one option, several, an order, a matching. Keys are the options' own texts, never their letters.

Options stand below the prompt in the order given, lettered a, b, c …. To have them in an order of the student's own,
draw it: `options: tuple = shuffled("ReLU", "LRN", "dropout")`, and let the answer be a function of the variant,
`lambda q: Choice(q.options)`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from string import ascii_lowercase
from typing import Any

from question_bank.answers.base import Answer


@dataclass(frozen=True)
class _Lettered(Answer):
    choices: Sequence[str]

    def __post_init__(self) -> None:
        if not 2 <= len(self.choices) <= len(ascii_lowercase):
            raise ValueError(f"expected 2 to {len(ascii_lowercase)} options, found {len(self.choices)}")
        if len(set(self.choices)) < len(self.choices):
            raise ValueError(f"expected options that differ, found {', '.join(self.choices)}")

    def letter(self, choice: str) -> str:
        """The letter of an option. Raises ValueError for a text that is none of them."""
        return ascii_lowercase[list(self.choices).index(choice)]

    def options(self) -> tuple[str, ...]:
        return tuple(f"{letter}) {choice}" for letter, choice in zip(ascii_lowercase, self.choices, strict=False))


class Choice(_Lettered):
    """One of the options: its letter or its text. The key is its text."""

    expects = 'the letter of one option, in quotes, such as "a"'
    has_form = "isinstance(v, str)"

    def same(self, key: Any, other: Any) -> bool:
        return bool(key == other)

    def literal(self, key: str) -> str:
        return repr(self.letter(key))


class Choices(_Lettered):
    """All options that apply: "a, c", ["a", "c"]. The key is a collection of their texts, perhaps empty."""

    expects = 'the letters of all options that apply, in quotes, such as "a, c"; "none" where none does'
    has_form = "isinstance(v, (str, list, tuple, set))"

    def same(self, key: Any, other: Any) -> bool:
        return set(key) == set(other)

    def display(self, key: Any) -> str:
        return "; ".join(choice for choice in self.choices if choice in key) or "none"

    def literal(self, key: Any) -> str:
        return repr(", ".join(self.letter(choice) for choice in self.choices if choice in key) or "none")


class Ordering(_Lettered):
    """The options in the right order: "b, a, c". The key is a sequence of their texts, first to last."""

    expects = 'the letters of all options in order, in quotes, such as "b, a, c"'
    has_form = "isinstance(v, (str, list, tuple))"

    def same(self, key: Any, other: Any) -> bool:
        return tuple(key) == tuple(other)

    def display(self, key: Any) -> str:
        return "; ".join(key)

    def literal(self, key: Any) -> str:
        return repr(", ".join(map(self.letter, key)))


@dataclass(frozen=True)
class Matching(_Lettered):
    """For each numbered item an option: "1b, 2a, 3c", ["b", "a", "c"]. The key gives each item's option, as a mapping.

    An option may belong to several items, or to none.
    """

    items: Sequence[str] = ()

    expects = 'the letter of an option for each item, in quotes, such as "1b, 2a"'
    has_form = "isinstance(v, (str, list, tuple))"

    def options(self) -> tuple[str, ...]:
        return (*(f"{number}. {item}" for number, item in enumerate(self.items, start=1)), "", *super().options())

    def same(self, key: Mapping[str, str], other: Mapping[str, str]) -> bool:
        return all(key[item] == other[item] for item in self.items)

    def display(self, key: Mapping[str, str]) -> str:
        return "; ".join(f"{item}: {key[item]}" for item in self.items)

    def literal(self, key: Mapping[str, str]) -> str:
        pairs = (f"{number}{self.letter(key[item])}" for number, item in enumerate(self.items, start=1))
        return repr(", ".join(pairs))


@dataclass(frozen=True)
class Text(Answer):
    """A word or two. The key is the form that feedback shows; `accepted` maps it to further forms that are right.

    Case, blanks, hyphens, quotation marks and a full stop at the end do not count.
    """

    accepted: Mapping[str, Sequence[str]] = field(default_factory=dict)

    expects = "a word or two, in quotes"
    has_form = "isinstance(v, str)"

    def forms(self, key: str) -> tuple[str, ...]:
        """All forms that are right where `key` is."""
        return (key, *self.accepted.get(key, ()))

    def same(self, key: str, other: str) -> bool:
        return key == other

    def literal(self, key: str) -> str:
        return repr(key)
