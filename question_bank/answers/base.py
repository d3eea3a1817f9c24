"""What every kind of key has in common, and numbers as a person writes them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

NUMBER_FORM = "isinstance(v, (int, float, np.number)) and not isinstance(v, bool)"


class Answer(ABC):
    """A kind of key.

    `expects` says in words what to type ("an integer"). `has_form` is a Python expression over `v` that the student's
    own notebook evaluates to check the form of a response; it may use only builtins and `np`.
    """

    expects: str
    has_form: str

    @abstractmethod
    def same(self, key: Any, other: Any) -> bool:
        """Whether a response could not tell `key` from `other`."""

    def display(self, key: Any) -> str:
        """The key as text, as an instructor reads it."""
        return str(key)

    def literal(self, key: Any) -> str:
        """The key as a student would type it: the right-hand side of an assignment in Python."""
        return self.display(key)

    def options(self) -> tuple[str, ...]:
        """Lines of Markdown that stand below the prompt, such as the options of a choice."""
        return ()


def number_text(value: int | float | Fraction) -> str:
    """`value` as a person would write it: 3 and not 3.0, 2.75 and not 2.7500000001."""
    return str(int(value)) if value == int(value) else f"{float(value):.6g}"


def plain_number(value: int | float | Fraction) -> int | float:
    """`value` as Python prints it: an int where it is whole, otherwise a float."""
    return int(value) if value == int(value) else float(value)


def matrix_latex(rows: Sequence[Sequence[int | float | Fraction]]) -> str:
    """A matrix in LaTeX."""
    body = r" \\ ".join(" & ".join(number_text(entry) for entry in row) for row in rows)
    return rf"\begin{{pmatrix}} {body} \end{{pmatrix}}"
