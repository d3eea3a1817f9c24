"""The kind of key that is a function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from question_bank.answers.base import Answer


@dataclass(frozen=True)
class Function(Answer):
    """A function that the student writes, judged by its behaviour on cases.

    rtol: tolerated error, relative to the largest entry of the reference's result.
    banned: names the code may not use, dotted, `*` matching anything ("torch.nn", "torch.conv*", "*.unfold").
    """

    rtol: float = 1e-4
    banned: tuple[str, ...] = ()

    expects = "a function"
    has_form = "callable(v)"

    def same(self, key: Any, other: Any) -> bool:
        """Never: that the cases tell a mutant from the reference is what the conformance tests see to."""
        return False
