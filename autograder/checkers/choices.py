"""Choice "a", Choices "a, c", Ordering "b, a, c", Matching "1b, 2a": letters, or the options' own texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from autograder.checkers.letters import check_count, check_length, option, options, pieces_of
from autograder.checkers.outcome import RIGHT, WRONG, Comparison, Invalid
from autograder.checkers.text import Piece, describe, point_at
from autograder.checkers.tokens import normalise
from question_bank.answers import Choice, Choices, Matching, Ordering

_PAIR = re.compile(r"\(?(?P<item>[0-9]{1,3})\)?\s*(?:->|→|=>|[-=:.,)])?\s*(?P<option>\S.*)", re.DOTALL)
_UNANSWERED = ("?", "-", "")


def parse_choice(answer: Choice, response: Any) -> str:
    """The text of the one option."""
    found = options(answer.choices, response, answer.expects)
    if len(found) != 1:
        raise Invalid(f"expected one option, found {len(found)}")
    return found[0]


def compare_choice(answer: Choice, key: str, value: str) -> Comparison:
    """Right or wrong."""
    return RIGHT if value == key else WRONG


def note_choice(answer: Choice, value: str) -> str:
    """Its letter."""
    return answer.letter(value)


def parse_choices(answer: Choices, response: Any) -> tuple[str, ...]:
    """The texts of the options, in the order in which they stand below the prompt."""
    if isinstance(response, str) and (word := response.strip().strip(".").casefold()) in ("none", "all"):
        return () if word == "none" else tuple(answer.choices)
    found = set(options(answer.choices, response, answer.expects))
    return tuple(choice for choice in answer.choices if choice in found)


def compare_choices(answer: Choices, key: Any, value: tuple[str, ...]) -> Comparison:
    """A wrong option takes away what a right one earns; to name every option earns nothing unless all apply."""
    expected = set(key)
    surplus = [choice for choice in value if choice not in expected]
    missing = len(expected) - (len(value) - len(surplus))
    if not surplus and not missing:
        return RIGHT
    fraction = max(0.0, (len(value) - 2 * len(surplus)) / len(expected)) if expected else 0.0
    said = (
        [f"{', '.join(map(answer.letter, surplus))} {'does' if len(surplus) == 1 else 'do'} not apply"]
        if surplus
        else []
    )
    said += [f"{missing} that {'applies is' if missing == 1 else 'apply are'} missing"] if missing else []
    return Comparison(fraction if len(value) < len(answer.choices) else 0.0, "; ".join(said))


def note_choices(answer: Choices, value: tuple[str, ...]) -> str:
    """Their letters in order."""
    return ", ".join(map(answer.letter, value)) or "none"


def parse_ordering(answer: Ordering, response: Any) -> tuple[str, ...]:
    """The texts of all options, first to last."""
    if isinstance(response, str):
        check_length(response)
        plain = re.sub(r"->|=>|→|⇒", lambda sign: ",".ljust(len(sign[0])), response)
        response = [*_in_order(answer, response, plain)]
    found = options(answer.choices, response, answer.expects)
    counts = Counter(found)
    for choice in answer.choices:
        if counts[choice] != 1:
            times = "missing" if not counts[choice] else "named more than once"
            raise Invalid(f"expected every option once; {answer.letter(choice)} is {times}")
    return tuple(found)


def _in_order(answer: Ordering, text: str, plain: str) -> list[str]:
    """The options of a text, where arrows and hyphens separate as commas do."""
    if re.fullmatch(r"\s*[a-zA-Z](?:\s*-\s*[a-zA-Z])+\s*", plain):
        plain = plain.replace("-", ",")
    pieces = pieces_of(Piece.of(plain, 0, len(plain)), r"[,;\n]+")
    places = [Piece.of(text, piece.start, piece.start + len(piece)) for piece in pieces]
    return [found for place in places for found in options(answer.choices, place, answer.expects)]


def compare_ordering(answer: Ordering, key: Any, value: tuple[str, ...]) -> Comparison:
    """Right or wrong: an order is one thing."""
    if value == tuple(key):
        return RIGHT
    right = sum(found == expected for found, expected in zip(value, key, strict=True))
    return Comparison(0.0, f"{right} of {len(value)} stand in their place")


def note_ordering(answer: Ordering, value: tuple[str, ...]) -> str:
    """Their letters, first to last."""
    return ", ".join(map(answer.letter, value))


def parse_matching(answer: Matching, response: Any) -> dict[str, str]:
    """Item → option, both by their texts, for the items that have one."""
    if isinstance(response, str):
        check_length(response)
        whole = Piece.of(response, 0, len(response))
        parts: list[Any] = [*pieces_of(whole, r"[,;\n]+")]
        if len(parts) == 1:
            parts = [*pieces_of(whole, r"(?<!\s)\s+(?=[(]?[0-9])|(?<=[a-zA-Z])(?=[0-9])")]
    elif isinstance(response, list | tuple):
        parts = list(response)
    else:
        raise Invalid(f"expected {answer.expects}, found {describe(response)}")
    check_count(answer.items, parts, answer.expects)
    if any(isinstance(part, str) and _PAIR.fullmatch(normalise(part).strip()) for part in parts):
        return _numbered(answer, parts)
    return _in_turn(answer, parts)


def _numbered(answer: Matching, parts: list[Any]) -> dict[str, str]:
    """1b, 2a: in any order; an item that is left out has no option."""
    found: dict[int, str] = {}
    for part in parts:
        if not isinstance(part, str):
            raise Invalid(f"expected {answer.expects}, found {describe(part)}")
        text = part if isinstance(part, Piece) else Piece.of(part, 0, len(part))
        match = _PAIR.fullmatch(normalise(text))
        if not match:
            raise Invalid(point_at(f"expected {answer.expects}", text, 0))
        number = int(match["item"])
        if not 1 <= number <= len(answer.items) or number in found:
            times = "a second time" if number in found else f"; the items are 1 to {len(answer.items)}"
            raise Invalid(point_at(f"found item {number} {times}".replace(" ;", ";"), text, 0))
        found[number] = option(
            answer.choices, Piece.of(text.whole, text.start + match.start("option"), text.start + len(text))
        )
    return {item: found[number] for number, item in enumerate(answer.items, start=1) if number in found}


def _in_turn(answer: Matching, parts: list[Any]) -> dict[str, str]:
    """b, a, c: one for each item; ? where there is none."""
    if len(parts) == 1 != len(answer.items):
        parts = list(options(answer.choices, parts[0], answer.expects))
    if len(parts) != len(answer.items):
        raise Invalid(f"expected {answer.expects}, found {len(parts)} for {len(answer.items)} items")
    pairs = zip(answer.items, parts, strict=True)
    return {item: option(answer.choices, part) for item, part in pairs if not _is_unanswered(part)}


def _is_unanswered(part: Any) -> bool:
    return part is None or part is ... or (isinstance(part, str) and part.strip() in _UNANSWERED)


def compare_matching(answer: Matching, key: Mapping[str, str], value: Mapping[str, str]) -> Comparison:
    """Marked item by item; what the best option for all of them would earn is worth nothing."""
    wrong = [number for number, item in enumerate(answer.items, start=1) if value.get(item) != key[item]]
    if not wrong:
        return RIGHT
    total = len(answer.items)
    free = max(Counter(key[item] for item in answer.items).values())
    fraction = max(0.0, (total - len(wrong) - free) / max(1, total - free))
    return Comparison(fraction, f"{total - len(wrong)} of {total} are right; wrong: {', '.join(map(str, wrong))}")


def note_matching(answer: Matching, value: Mapping[str, str]) -> str:
    """Each item's number and letter."""
    numbered = enumerate(answer.items, start=1)
    return ", ".join(f"{number}{answer.letter(value[item])}" for number, item in numbered if item in value) or "none"
