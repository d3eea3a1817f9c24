"""Calling a function here, in this process: our own worked solutions, and a student's under stock nbgrader."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any

from autograder.checkers.function import torch_of_one_thread
from autograder.execution import calls, networks
from autograder.responses import Raised, decode, encode
from question_bank.cases import Arguments
from question_bank.code import Code
from question_bank.models import Model, Training


def respond(part: Code, names: Mapping[str, Any], given: Arguments) -> Any:
    """What came of one case, as it would come back from a child; a Raised where the code raised."""
    try:
        return decode(encode(_result(part, names, given)))
    except Exception as error:  # noqa: BLE001 - whatever the code throws is data
        return Raised(type(error).__name__, str(error))


def _result(part: Code, names: Mapping[str, Any], given: Arguments) -> Any:
    function, answer = _named(names, part.name), part.answer
    if answer.takes == "torch":
        torch_of_one_thread()
    match part:
        case Training():
            [data] = given
            shown = (data.images, data.labels, data.tests)
            with calls.without(answer.banned):
                builder = _named(names, part.builder())
                return networks.trained(builder, function, shown, nullcontext(), TimeoutError, part.epochs)
        case Model():
            with calls.without(answer.banned):
                return networks.built(function, given[:-1], given[-1])
        case _:
            return calls.call(function, given, answer.banned, answer.takes, answer.inference)


def _named(names: Mapping[str, Any], name: str) -> Any:
    if name not in names:
        raise NameError(f"name {name!r} is not defined")
    return names[name]
