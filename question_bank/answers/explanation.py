"""An answer in the student's own words, for a person to mark."""

from __future__ import annotations

from dataclasses import dataclass

from question_bank.answers.base import Answer


@dataclass(frozen=True)
class Explanation(Answer):
    """A text in a cell of its own. The key is a model answer in Markdown: shown to instructors, compared with nothing.

    sentences: how many are asked for; said to the student, and not counted.
    """

    sentences: int = 2

    has_form = "isinstance(v, str)"

    @property
    def expects(self) -> str:  # type: ignore[override]
        """What is asked for, in words."""
        return "one sentence" if self.sentences == 1 else f"{self.sentences} sentences"

    def same(self, key: str, other: str) -> bool:
        return key == other

    def literal(self, key: str) -> str:
        return repr(key)
