"""A file of code against a template's functions: the way to see what a task catches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assignments.blueprint import Limits
from autograder.checkers import code
from autograder.checkers.bans import banned_uses
from autograder.checkers.function import Judgement
from autograder.checkers.text import harmless
from autograder.execution import Executor, Run, Step, Train
from autograder.steps import asked_of
from question_bank.code import Code
from question_bank.errors import TemplateError
from question_bank.models import Training
from question_bank.template import Variant

SETUP = "import numpy as np\nimport torch"  # as the first cell of a notebook


@dataclass(frozen=True)
class Trial:
    """How one function went: what its cases say, banned names that it uses, why the run ended early.

    device: what a training that may use a GPU has used.
    """

    judgement: Judgement
    banned: tuple[str, ...]
    stopped: str
    device: str = ""

    @property
    def fraction(self) -> float:
        """The share of the part's points."""
        return 0.0 if self.banned else self.judgement.fraction

    @property
    def misconception(self) -> str:
        """The name of the mutant that it behaves like, or nothing."""
        return self.judgement.misconception.name if self.judgement.misconception else ""

    def lines(self, name: str) -> Iterator[str]:
        """For a person: a line a case, then what it earns and why."""
        for case in self.judgement.cases:
            kind = f"{'visible' if case.visible else 'hidden'}{f', {case.group}' if case.group else ''}"
            text = harmless(case.message or "as expected" + (f" ({case.note})" if case.note else ""))
            yield f"{'ok  ' if case.passed else 'FAIL'}  {case.label} ({kind}): {text}"
            yield from (f"          {line}" for line in harmless(case.detail).splitlines())
        if self.banned:
            yield f"uses {harmless(', '.join(self.banned))}, which this task does not allow"
        if self.stopped:
            yield f"stopped: {harmless(self.stopped)}"
        if self.device:
            yield f"trained on {self.device}"
        yield f"{name}: {self.fraction:.0%} of the points" + (f"; {self.misconception}" if self.misconception else "")

    def to_json(self) -> dict[str, Any]:
        """In JSON's own terms."""
        cases = [
            {"label": case.label, "visible": case.visible, "group": case.group, "passed": case.passed}
            | {"message": case.message, "note": case.note}
            for case in self.judgement.cases
        ]
        return {
            "fraction": self.fraction,
            "misconception": self.misconception,
            "banned": list(self.banned),
            "stopped": self.stopped,
            "device": self.device,
            "cases": cases,
        }


def trials(variant: Variant, source: str, executor: Executor, seed: str) -> dict[str, Trial]:
    """Run the file, call each function that the template asks for on all of its cases, and judge what comes back.

    Raises TemplateError where the template asks for no function, ExecutionError where nothing could be run.
    """
    parts = [part for part in variant.template.parts.values() if isinstance(part, Code)]
    if not parts:
        raise TemplateError(f"{variant.template.path}: asks for no function")
    arguments = {part.name: [tuple(case.inputs(variant, seed).values()) for case in part.cases] for part in parts}
    steps: list[Step] = [Run(0, SETUP), Run(1, source)]
    for part in parts:
        steps += asked_of(part, arguments[part.name])
    longest = max([10.0, *(step.seconds / 0.8 for step in steps if isinstance(step, Train))])
    execution = executor.run(steps, Limits(cell_seconds=longest, submission_seconds=6 * longest))
    raised = execution.raised.get(1)
    return {
        part.name: Trial(
            judgement=code.judge(
                part, variant, arguments[part.name], _results(part, execution.calls, raised), reveal=True
            ),
            banned=tuple(banned_uses(part.name, [source], part.answer.banned)),
            stopped=execution.stopped,
            device=_device(part, execution.gpu),
        )
        for part in parts
    }


def _device(part: Code, gpu: str) -> str:
    if not isinstance(part, Training) or part.device == "cpu":
        return ""
    return gpu or "the CPU, as no GPU is here that it can use"


def _results(part: Code, calls: Mapping[str, Mapping[int, Any]], raised: Any) -> list[Any]:
    """What each case gave; what the file raised where the function is not there for that reason."""
    found = [calls.get(part.name, {}).get(number) for number in range(len(part.cases))]
    missing = raised is not None and all(getattr(result, "kind", "") == "NameError" for result in found)
    return [raised] * len(found) if missing else found
