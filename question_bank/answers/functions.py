"""The kind of key that is a function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from question_bank.answers.base import Answer


@dataclass(frozen=True)
class Function(Answer):
    """A function that the student writes, judged by its behaviour on cases.

    rtol: tolerated error, relative to the largest entry of the reference's result. Where it is None, an entry may be
        off by what rounding does: 16 times the precision of the arguments times the reference of their absolute values.
    banned: names the code may not use, dotted, `*` matching anything ("torch.nn", "torch.conv*", "*.unfold").
    takes: "torch" or "numpy", what arrays it is given. gives: names of its results, where it returns a tuple of them.
    inference: called where torch does not differentiate.
    """

    rtol: float | None = None
    banned: tuple[str, ...] = ()
    takes: str = "torch"
    gives: tuple[str, ...] = ()
    inference: bool = False

    expects = "a function"
    has_form = "callable(v)"

    def same(self, key: Any, other: Any) -> bool:
        """Never: that the cases tell a mutant from the reference is what the conformance tests see to."""
        return False
