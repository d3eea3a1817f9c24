"""Functions: what a student's function returned against what the reference and the mutants return.

The reference runs here, on the trusted side, in float64. A result is right if it has the reference's shape, is finite
and differs from it by at most `rtol` times the reference's largest entry.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.responses import Raised, Unreadable
from question_bank.code import Code
from question_bank.misconceptions import Misconception
from question_bank.template import Variant

Array = np.ndarray[Any, Any]
Arguments = tuple[Array, ...]


@dataclass(frozen=True)
class CaseOutcome:
    """How one case went; `message` is empty where it passed."""

    label: str
    visible: bool
    message: str

    @property
    def passed(self) -> bool:
        """Whether the result was right."""
        return not self.message


@dataclass(frozen=True)
class Judgement:
    """How the cases of one function went, and the mutant that behaves like it, if one does."""

    cases: tuple[CaseOutcome, ...]
    misconception: Misconception | None

    @property
    def fraction(self) -> float:
        """The share of hidden cases that passed (of all, where none is hidden): visible ones can be learnt by heart."""
        counted = [case for case in self.cases if not case.visible] or list(self.cases)
        return sum(case.passed for case in counted) / len(counted)


def judge(part: Code, variant: Variant, arguments: Sequence[Arguments], results: Sequence[Any]) -> Judgement:
    """Compare each case's result with the reference's; where some fail, look for a mutant that explains them."""
    rtol, reference = part.answer.rtol, variant.key(part.name)
    outcomes = tuple(
        CaseOutcome(case.label, case.visible, difference(result, evaluate(reference, inputs), rtol))
        for case, inputs, result in zip(part.cases, arguments, results, strict=True)
    )
    failed = [(a, r) for a, r, outcome in zip(arguments, results, outcomes, strict=True) if not outcome.passed]
    return Judgement(outcomes, _mutant(part, variant, failed, rtol) if failed else None)


def evaluate(function: Callable[..., Any], arguments: Arguments) -> Array:
    """A reference's or mutant's result for these arguments, computed in float64."""
    import torch

    with torch.no_grad():
        tensors = [torch.from_numpy(a.astype(np.float64) if a.dtype.kind == "f" else a.copy()) for a in arguments]
        return np.asarray(function(*tensors).numpy())


def difference(result: Any, expected: Array, rtol: float) -> str:
    """What is wrong with a result, in words for the student; empty where nothing is."""
    if isinstance(result, Raised):
        return f"raised {result}"
    if result is None or result is ...:
        return "returned nothing"
    if isinstance(result, Unreadable):
        return f"returned {result.what}; expected a tensor"
    try:
        found = np.asarray(result, dtype=complex if np.iscomplexobj(result) else np.float64)
    except (TypeError, ValueError, OverflowError):
        return f"returned {type(result).__name__}; expected a tensor"
    if found.shape != expected.shape:
        return f"expected shape {expected.shape}, found {found.shape}"
    if not np.isfinite(found).all():
        return "the result holds NaN or infinity"
    scale = float(np.abs(expected).max(initial=0.0)) or 1.0
    wrong = ~(np.abs(found - expected) <= rtol * scale)
    return f"{int(wrong.sum())} of {wrong.size} values are wrong" if wrong.any() else ""


def _mutant(part: Code, variant: Variant, failed: Sequence[tuple[Arguments, Any]], rtol: float) -> Misconception | None:
    """The misconception whose mutant returns what the student's function did, on every case that failed."""
    for misconception, mutant in part.mistakes_in(variant):
        if all(_behaves_like(mutant, arguments, result, rtol) for arguments, result in failed):
            return misconception
    return None


def _behaves_like(mutant: Callable[..., Any], arguments: Arguments, result: Any, rtol: float) -> bool:
    try:
        expected = evaluate(mutant, arguments)
    except (RuntimeError, ValueError, IndexError):  # not defined for these shapes: then neither is the student's
        return isinstance(result, Raised)
    return not difference(result, expected, rtol)
