"""The untrusted side: answers requests to run a cell, read variables and call functions.

This runs in a forked child together with student code, which can own it entirely. It knows no key, no expected value
and no other submission; what it sends is checked by `autograder.responses.decode`.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import random
import resource
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, NoReturn, cast

import numpy as np

from autograder.execution import calls, frames, networks
from autograder.execution.shell import Displays, Outputs, Results, Shell
from autograder.execution.timer import TimeLimit, Timer, text_of
from autograder.responses import Raised, decode, encode

MAX_OUTPUT = 100_000  # characters kept of each stream of a cell


def seed() -> None:
    """In the warm server, where all children inherit it: the same random numbers every time."""
    np.random.seed(0)
    if torch := sys.modules.get("torch"):
        torch.manual_seed(0)  # looks for accelerators: in every child it would cost as much as the rest of a start


def prepare(cpu_seconds: int) -> None:
    """Make this process ready for a submission."""
    random.seed(0)  # here and not in `seed`: on a fork, Python seeds this one anew
    builtins.input = _no_input
    socket.getaddrinfo = socket.gethostbyname = _no_network  # the kernel sees to it; this says so
    signal.signal(signal.SIGALRM, _time_is_up)
    signal.signal(signal.SIGXCPU, lambda number, frame: _processor_time_is_up(cpu_seconds))


class Ban:
    """What is banned just now. It stays for the calls that follow one another: to set it up takes longer than most."""

    def __init__(self) -> None:
        self.current: tuple[str, ...] = ()
        self.stack = ExitStack()

    def change(self, banned: tuple[str, ...]) -> None:
        """Ban these operations from now on, and no others."""
        if banned != self.current:
            self.stack.close()
            self.stack.enter_context(calls.without(banned))
            self.current = banned


def serve(connection: socket.socket, shell: Shell, cell_seconds: float) -> None:
    """Answer requests until the trusted side hangs up."""
    ban = Ban()
    while True:
        try:
            request = frames.receive(connection)
        except EOFError:
            return
        ban.change(tuple(request.get("banned", ())))
        frames.send(connection, answer(shell, request, cell_seconds))


def answer(shell: Shell, request: dict[str, Any], cell_seconds: float) -> dict[str, Any]:
    """The reply to one request."""
    handlers = {"run": _run, "read": _read, "call": _call, "build": _build, "train": _train}
    return handlers[request["do"]](shell, request, cell_seconds)


def _no_network(*arguments: object, **options: object) -> NoReturn:
    raise OSError(errno.ENETUNREACH, "there is no network while your notebook is marked")


def _no_input(prompt: object = "") -> str:
    raise RuntimeError("input() cannot be answered while your notebook is marked; assign the value instead")


def _time_is_up(number: int, frame: object) -> None:
    raise TimeLimit


def _processor_time_is_up(seconds: int) -> None:
    raise TimeLimit(f"the notebook used more than the {seconds} s of processor time allowed")


class _Stream(io.TextIOBase):
    """Keeps the first MAX_OUTPUT characters that are written."""

    def __init__(self, name: str, outputs: Outputs) -> None:
        self.name, self.outputs, self.room = name, outputs, MAX_OUTPUT

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        kept = str(text)[: self.room]
        if self.room and len(text) > self.room:
            kept += "\n… the rest of the output was cut …\n"
        self.room -= min(len(text), self.room)
        if kept:
            last = self.outputs[-1] if self.outputs else {}
            if last.get("name") == self.name:
                last["text"] += kept
            else:
                self.outputs.keep({"output_type": "stream", "name": self.name, "text": kept})
        return len(text)


def _run(shell: Shell, request: dict[str, Any], cell_seconds: float) -> dict[str, Any]:
    outputs = Outputs()
    shell.last_error = None
    for keeper in (shell.display_pub, shell.displayhook):
        cast(Results | Displays, keeper).kept = outputs
    sys.stdout, sys.stderr = _Stream("stdout", outputs), _Stream("stderr", outputs)
    raised = None
    try:
        with Timer(cell_seconds):
            result = shell.run_cell(request["source"], store_history=False)  # type: ignore[no-untyped-call]
        raised = result.error_before_exec or result.error_in_exec
    except BaseException as error:  # noqa: BLE001 - whatever student code throws at us is data
        raised = error
    finally:
        sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
    if shell.last_error:
        outputs.append(shell.last_error)
    return {"outputs": outputs, "raised": encode(_raised(raised, cell_seconds)) if raised else None}


def _raised(error: BaseException, seconds: float) -> Raised:
    if isinstance(error, TimeLimit):
        return Raised("TimeLimit", str(error) or f"the cell ran longer than the {seconds:g} s allowed")
    return Raised(type(error).__name__, text_of(error))


def _read(shell: Shell, request: dict[str, Any], cell_seconds: float) -> dict[str, Any]:
    return {
        "values": {name: _guarded(lambda name=name: _variable(shell, name), cell_seconds) for name in request["names"]}
    }


def _call(shell: Shell, request: dict[str, Any], cell_seconds: float) -> dict[str, Any]:
    arguments = [decode(argument) for argument in request["arguments"]]
    for number in request["columns"]:
        arguments[number] = np.asfortranarray(arguments[number])
    how = {"takes": request["takes"], "inference": request["inference"]}
    return _quietly(lambda: calls.call(_variable(shell, request["function"]), arguments, **how), cell_seconds)


def _build(shell: Shell, request: dict[str, Any], cell_seconds: float) -> dict[str, Any]:
    arguments, images = [decode(argument) for argument in request["arguments"]], decode(request["images"])
    return _quietly(lambda: networks.built(_variable(shell, request["function"]), arguments, images), cell_seconds)


def _train(shell: Shell, request: dict[str, Any], cell_seconds: float) -> dict[str, Any]:
    """Training has nine tenths of a cell's time at most: what it reached has to be looked at, too."""
    data, limit = [decode(array) for array in request["data"]], Timer(min(request["seconds"], 0.9 * cell_seconds))

    def trained() -> Any:
        builder, train = _variable(shell, request["builder"]), _variable(shell, request["function"])
        return networks.trained(builder, train, data, limit, TimeLimit, request["epochs"])

    return _quietly(trained, cell_seconds)


def _quietly(get: Callable[[], Any], seconds: float) -> dict[str, Any]:
    """What came of a call, and what it cost. What the code prints meanwhile is nobody's business."""
    sys.stdout = sys.stderr = io.StringIO()
    start, peak = time.process_time(), _peak()
    try:
        value = _guarded(get, seconds)
    finally:
        sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
    return {"value": value, "cost": [time.process_time() - start, _peak() - peak]}


def _peak() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _variable(shell: Shell, name: str) -> Any:
    if name not in shell.user_ns:
        raise NameError(f"name {name!r} is not defined")
    return shell.user_ns[name]


def _guarded(get: Any, seconds: float) -> Any:
    """A value, encoded; what getting it raised, where it did."""
    try:
        with Timer(seconds):
            return encode(get())
    except BaseException as error:  # noqa: BLE001 - whatever student code throws at us is data
        return encode(_raised(error, seconds))


def leave() -> None:
    """End the child without running what student code registered to run at exit."""
    os._exit(0)
