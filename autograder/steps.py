"""Submission × paper → the steps that are run, and what an execution of them says of each part. Pure."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import metadata
from typing import Any

import numpy as np

from assignments.blueprint import Limits
from assignments.paper import Paper, Question
from autograder import failures
from autograder.cases import Inputs
from autograder.execution import Asked, Build, Call, Execution, Read, Run, Step, Train
from autograder.responses import Responses, call_key
from autograder.submission import Cell, Submission
from question_bank.cases import Arguments
from question_bank.code import Code
from question_bank.models import Model, Training


def of(handed_in: Submission, dealt: Paper, inputs: Inputs) -> list[Step]:
    """Run the cells in order and read each question's responses where its grade cell stands, or else at the end."""
    waiting = {question.id: question for question in dealt.questions}
    asked: list[Step] = []
    for index, cell in enumerate(handed_in.cells):
        if cell.grade_id in waiting:
            asked += _ask(waiting.pop(cell.grade_id), inputs)
        elif cell.is_code and cell.source.strip():
            asked.append(Run(index, cell.source))
    for question in waiting.values():
        asked += _ask(question, inputs)
    return asked


def _ask(question: Question, inputs: Inputs) -> Iterator[Step]:
    names = tuple(variable for variable, part in question.parts.items() if not isinstance(part, Code))
    if names:
        yield Read(names)
    for part in question.parts.values():
        if isinstance(part, Code):
            key = call_key(question.id, part.name)
            yield from asked_of(part, inputs[key], key)


def asked_of(part: Code, arguments: Sequence[Arguments], key: str = "") -> Iterator[Asked]:
    """A step for each case of a function; results are kept under `key`, or else under the function's name."""
    answer = part.answer
    for number, given in enumerate(arguments):
        match part:
            case Training():
                [data] = given
                shown = (data.images, data.labels, data.tests)
                yield Train(
                    part.name,
                    number,
                    part.builder(),
                    shown,
                    part.seconds,
                    answer.banned,
                    key,
                    part.device,
                    part.epochs,
                )
            case Model():
                yield Build(part.name, number, given[:-1], given[-1], answer.banned, key)
            case _:
                yield Call(part.name, number, given, answer.banned, answer.takes, answer.inference, key)


def responses(execution: Execution, handed_in: Submission, dealt: Paper) -> Responses:
    """What an execution says of each part."""
    at: dict[str, int] = {}
    for index, cell in enumerate(handed_in.cells):
        if index in execution.raised:
            at |= dict.fromkeys(answered_by(cell), index)
    asked = {question.id for question in dealt.questions}
    raised = {
        question: failures.explained(index, handed_in.cells, execution.raised)
        for question, index in at.items()
        if question in asked
    }
    return Responses(execution.values, execution.calls, raised, execution.stopped, execution.gpu)


def answered_by(cell: Cell) -> list[str]:
    """The questions that a cell answers."""
    own = [cell.grade_id.removesuffix("_answer")] if cell.grade_id.endswith("_answer") else []
    return [*own, *cell.answers]


def digest(asked: Sequence[Step], limits: Limits, pinned: str = "") -> str:
    """What decides the responses: the steps, the limits and the environment; `pinned`: the assignment's own."""
    found = hashlib.sha256(repr((_environment(), limits, *filter(None, [pinned]))).encode())
    for step in asked:
        match step:
            case Call() | Build() | Train():
                for field in dataclasses.fields(step):
                    found.update(_bytes(getattr(step, field.name)))
            case _:
                found.update(repr(step).encode())
    return found.hexdigest()


def _bytes(argument: Any) -> bytes:
    """What tells a value from others."""
    if isinstance(argument, tuple):
        return repr(len(argument)).encode() + b"".join(map(_bytes, argument))
    if isinstance(argument, np.ndarray):
        return repr((argument.dtype.str, argument.shape, argument.strides)).encode() + argument.tobytes()
    return repr(argument).encode()


@cache
def _environment() -> str:
    return " ".join(f"{name} {metadata.version(name)}" for name in ("fieldmark", "ipython", "numpy", "torch"))
