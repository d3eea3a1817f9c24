"""Functions: what a student's function returned against what the reference and the mutants return.

The reference runs here, on the trusted side, in float64. Compared are first the shape, then where there are finite
numbers at all, then the numbers: each may be off by what rounding does in the precision of the arguments. That is
measured by the largest entry, as algorithms that go another way (Fourier, Winograd) spread their rounding evenly.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from types import ModuleType
from typing import Any

import numpy as np

from autograder.checkers.text import clipped
from autograder.responses import Raised, Unreadable
from question_bank.answers import Function
from question_bank.cases import Arguments, Case
from question_bank.code import Code
from question_bank.misconceptions import Misconception
from question_bank.template import Variant

Array = np.ndarray[Any, Any]

ROUNDINGS = 16  # right float32 code stays below 1.5 of these units, half precision is above 200
SMALL = 36  # entries of an array that is shown


@dataclass(frozen=True)
class Expected:
    """What a call should give: an array, or one for each of `names`; and how far each entry may be from it.

    near: what the entries of each array may be off by in any case. bounds: tells what they may be off by at most, where
    that is more, and takes as long as the values did. kind: what has entries is a tensor, an array or a list. dtype: of
    the least precise array among the arguments.
    """

    values: tuple[Array, ...]
    near: tuple[float, ...]
    names: tuple[str, ...] = ()
    kind: str = "a tensor"
    dtype: str = ""
    bounds: Callable[[], tuple[float, ...]] | None = None

    @cached_property
    def tolerances(self) -> tuple[float, ...]:
        """What the entries of each array may be off by."""
        return self.bounds() if self.bounds else self.near


@dataclass(frozen=True)
class CaseOutcome:
    """How one case went; `message` is empty where it passed, `detail` shows arguments and results where it may."""

    label: str
    visible: bool
    message: str
    group: str = ""
    note: str = ""
    detail: str = ""

    @property
    def passed(self) -> bool:
        """Whether the result was right."""
        return not self.message


@dataclass(frozen=True)
class Judgement:
    """How the cases of one function went, and the mutant that behaves like it, if one does.

    cut_short: whether the time was up before it was done.
    """

    cases: tuple[CaseOutcome, ...]
    misconception: Misconception | None
    fraction: float
    cut_short: bool = False


def judge(
    part: Code, variant: Variant, arguments: Sequence[Arguments], results: Sequence[Any], reveal: bool = False
) -> Judgement:
    """Compare each case's result with the reference's; where some fail, look for a mutant that explains them.

    The first case that fails is shown with arguments and results if it is visible, or where `reveal` says so.
    """
    reference = variant.key(part.name)
    outcomes: list[CaseOutcome] = []
    failed: list[tuple[Arguments, Any]] = []
    for case, inputs, result in zip(part.cases, arguments, results, strict=True):
        expected = evaluate(part.answer, reference, inputs)
        message = difference(result, expected)
        detail = ""
        if message:
            detail = _detail(case, inputs, result, expected) if not failed and (case.visible or reveal) else ""
            failed.append((inputs, result))
        note = "" if message else _note(result, expected)
        outcomes.append(CaseOutcome(case.label, case.visible, message, case.group, note, detail))
    misconception = _mutant(part, variant, failed) if failed else None
    return Judgement(tuple(outcomes), misconception, fraction_of(part, outcomes))


def fraction_of(part: Code, outcomes: Sequence[CaseOutcome]) -> float:
    """The share of the points: of hidden cases alone where there are any, as visible ones can be learnt by heart.

    A group's points are earned where all of its cases pass; without groups, each case counts alike.
    """
    if not part.groups:
        counted = [case for case in outcomes if not case.visible] or outcomes
        return sum(case.passed for case in counted) / len(counted)
    earned = 0.0
    for group, points in part.groups.items():
        members = [case for case in outcomes if case.group == group]
        counted = [case for case in members if not case.visible] or members
        earned += points * (bool(counted) and all(case.passed for case in counted))
    return earned / sum(part.groups.values())


def evaluate(answer: Function, function: Callable[..., Any], arguments: Arguments) -> Expected:
    """A reference's or mutant's results for these arguments, computed in float64."""
    values, kind = _run(answer, function, arguments)
    dtype = _coarsest(arguments)
    unit = ROUNDINGS * float(np.finfo(dtype or np.float64).eps) if answer.rtol is None else answer.rtol

    def within(largest: Sequence[float]) -> tuple[float, ...]:
        return tuple(0.0 if v.dtype.kind in "iub" else unit * size for v, size in zip(values, largest, strict=True))

    if answer.rtol is not None:
        near = within([_largest(value) or 1.0 for value in values])
        return Expected(tuple(values), near, answer.gives, kind, dtype)
    near = within([_largest(value) for value in values])
    bounds = partial(_bounds, answer, function, arguments, values)
    return Expected(tuple(values), near, answer.gives, kind, dtype, lambda: within(bounds()))


@cache
def torch_of_one_thread() -> ModuleType:
    """Torch for references: their work is small, and a grader has a worker for each core already."""
    import torch

    torch.set_num_threads(1)
    return torch


def _run(answer: Function, function: Callable[..., Any], arguments: Arguments) -> tuple[list[Array], str]:
    """The results as arrays, and what the student is asked for: tensors, arrays or lists."""
    torch = torch_of_one_thread()

    def given(argument: Any) -> Any:
        if not isinstance(argument, np.ndarray):
            return argument
        return torch.from_numpy(argument.astype(np.float64) if argument.dtype.kind == "f" else argument.copy())

    with torch.no_grad():
        result = function(*map(given, arguments))
    results = result if answer.gives else [result]
    arrays = [np.asarray(each.detach().numpy() if isinstance(each, torch.Tensor) else each) for each in results]
    listed = not any(isinstance(each, torch.Tensor) for each in results)
    return arrays, "a list" if listed else "an array" if answer.takes == "numpy" else "a tensor"


def _bounds(
    answer: Function, function: Callable[..., Any], arguments: Arguments, values: Sequence[Array]
) -> Sequence[float]:
    """The largest entry if nothing cancelled: of the same operation on absolute values, |x|⋆|w| + |b|.

    Where that makes no sense, the largest entry of the result.
    """
    absolute = tuple(np.abs(a) if isinstance(a, np.ndarray) and a.dtype.kind == "f" else a for a in arguments)
    try:
        bounds = _run(answer, function, absolute)[0]
    except Exception:  # noqa: BLE001 - the reference need not be defined for other values
        bounds = list(values)
    return [max(_largest(value), _largest(bound)) for value, bound in zip(values, bounds, strict=True)]


def _largest(value: Array) -> float:
    return float(np.abs(value).max(initial=0.0, where=np.isfinite(value)))


def _coarsest(arguments: Arguments) -> str:
    """The dtype of the least precise array of numbers among the arguments; empty where there is none."""
    kinds = {a.dtype for a in arguments if isinstance(a, np.ndarray) and a.dtype.kind == "f"}
    return max(kinds, key=lambda kind: float(np.finfo(kind).eps)).name if kinds else ""


def difference(result: Any, expected: Expected) -> str:
    """What is wrong with a result, in words for the student; empty where nothing is."""
    if isinstance(result, Raised):
        return f"raised {result}"
    if result is None or result is ...:
        return "returned nothing"
    if isinstance(result, Unreadable):
        return f"returned {result.what}; expected {_asked(expected)}"
    if not expected.names:
        return _difference(result, 0, expected)
    if not isinstance(result, list) or len(result) != len(expected.names):
        count = f"{len(result)} values" if isinstance(result, list) else "one value"
        return f"expected {_asked(expected)}, found {count}"
    found = [(name, _difference(result[n], n, expected)) for n, name in enumerate(expected.names)]
    return "; ".join(f"{name}: {message}" for name, message in found if message)


def _asked(expected: Expected) -> str:
    if expected.names:
        return f"{len(expected.names)} values: {', '.join(expected.names)}"
    return expected.kind if expected.values[0].ndim else "a number"


def _difference(result: Any, number: int, asked: Expected) -> str:
    expected = asked.values[number]
    if result is None or result is ...:
        return "nothing"
    found = _as_numbers(result)
    if found is None:
        return f"returned {type(result).__name__}; expected {asked.kind if expected.ndim else 'a number'}"
    if found.shape != expected.shape:
        return f"expected shape {expected.shape}, found {found.shape}"
    finite = np.isfinite(expected)
    if finite.all() and np.isfinite(found).all():
        off = np.abs(found - expected)
    elif (message := _not_finite(found, expected)) is not None:
        return message
    else:
        off = np.abs(np.where(finite, found, 0) - np.where(finite, expected, 0))
    if (off <= asked.near[number]).all():
        return ""
    wrong = ~(off <= asked.tolerances[number])
    if not wrong.any():
        return ""
    message = f"{int(wrong.sum())} of {wrong.size} values are wrong" if wrong.ndim else "the value is wrong"
    kind = np.asarray(result).dtype
    if kind.kind in "iub" and expected.dtype.kind == "f":
        message += ", and all are whole numbers"
    if kind.kind == "f" and asked.dtype and np.finfo(kind).eps > np.finfo(asked.dtype).eps:
        message += f"; they are of dtype {kind}, those it was given of {asked.dtype}"
    return message


def _as_numbers(result: Any) -> Array | None:
    """A result as an array of numbers; None where it holds anything else, or rows of different lengths."""
    try:
        return np.asarray(result, dtype=complex if np.iscomplexobj(result) else np.float64)
    except (TypeError, ValueError, OverflowError):
        return None


def _not_finite(found: Array, expected: Array) -> str | None:
    """What is wrong with where there are finite numbers; None where that is as expected."""
    if (np.isfinite(found) & ~np.isfinite(expected)).any():
        return "the result holds numbers where NaN or infinity is expected"
    if (~np.isfinite(found) & np.isfinite(expected)).any():
        return "the result holds NaN or infinity"
    if not np.array_equal(found[~np.isfinite(expected)], expected[~np.isfinite(expected)], equal_nan=True):
        return "the result takes NaN for infinity, or infinity for NaN"
    return None


def _note(result: Any, expected: Expected) -> str:
    """What is accepted, though it is not what was asked for."""
    results = result if expected.names else [result]
    if expected.kind != "a list" and any(
        isinstance(each, list) and value.ndim for each, value in zip(results, expected.values, strict=True)
    ):
        return f"a list, where {expected.kind} was asked for"
    return ""


def _detail(case: Case, arguments: Arguments, result: Any, expected: Expected) -> str:
    """Arguments, expected and found, where all of it is small enough to be followed."""
    if any(isinstance(a, np.ndarray) and a.size > SMALL for a in (*arguments, *expected.values)):
        return ""
    lines = [f"{name} = {_shown(argument)}" for name, argument in zip(case.specs, arguments, strict=True)]
    lines += [f"expected {_shown(v)}" for v in expected.values]
    if not isinstance(result, Raised | Unreadable):
        lines.append(f"found {_shown(result)}")
    found = None if expected.names else _as_numbers(result)
    if found is not None and found.shape == expected.values[0].shape:
        lines.append(f"difference {_shown(found - expected.values[0])}")
    return "\n".join(lines)


def _shown(value: Any) -> str:
    """A value in one line, its numbers as people write them."""
    if isinstance(value, np.ndarray):
        with np.printoptions(precision=4, suppress=True):
            return " ".join(np.array2string(value, separator=", ").split())
    return clipped(str(value))


def _mutant(part: Code, variant: Variant, failed: Sequence[tuple[Arguments, Any]]) -> Misconception | None:
    """The misconception whose mutant returns what the student's function did, on every case that failed."""
    for misconception, mutant in part.mistakes_in(variant):
        if all(_behaves_like(part.answer, mutant, arguments, result) for arguments, result in failed):
            return misconception
    return None


def _behaves_like(answer: Function, mutant: Callable[..., Any], arguments: Arguments, result: Any) -> bool:
    try:
        expected = evaluate(answer, mutant, arguments)
    except (RuntimeError, ValueError, IndexError, TypeError):  # not defined for these: then neither is the student's
        return isinstance(result, Raised)
    return not difference(result, expected)
