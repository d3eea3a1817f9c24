"""The trusted side of the fork server: one warm process, a forked child for each submission, time limits.

The child is a process of the same user: it is bounded in time but not isolated.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Any

from assignments.blueprint import Limits
from autograder.execution import Call, Execution, Read, Run, Step, frames
from autograder.responses import Malformed, Raised, decode, encode, well_formed
from question_bank.errors import ExecutionError

START_SECONDS = 120
STOP_SECONDS = 2
GRACE_SECONDS = 2.0  # beyond the cell's limit, for code that swallows the interruption
ENVIRONMENT = {"PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"}


class ForkServer:
    """An Executor. Starts its warm process on first use and again after a fault."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def __enter__(self) -> ForkServer:
        return self

    def __exit__(self, kind: type | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def run(self, steps: Sequence[Step], limits: Limits) -> Execution:
        """Run the steps in a fresh child. Raises ExecutionError where no child could be started."""
        with tempfile.TemporaryDirectory(prefix="fieldmark-", ignore_cleanup_errors=True) as scratch:
            ours, theirs = socket.socketpair()
            with ours, theirs:
                pid = self._fork(theirs, limits, scratch)
                theirs.close()
                try:
                    return _drive(ours, steps, limits)
                finally:
                    with contextlib.suppress(ProcessLookupError, PermissionError):
                        os.killpg(pid, signal.SIGKILL)

    def close(self) -> None:
        """End the warm process: it leaves when its control socket closes, and is killed where it does not."""
        if self._control:
            self._control.close()
        if self._process:
            try:
                self._process.wait(timeout=STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._process = self._control = None

    def _fork(self, theirs: socket.socket, limits: Limits, scratch: str) -> int:
        for fresh in (False, True):
            control = self._start() if fresh or self._control is None else self._control
            try:
                socket.send_fds(control, [f"{limits.cell_seconds} {scratch}".encode()], [theirs.fileno()])
                return int(frames.receive(control)["pid"])
            except (OSError, EOFError, Malformed) as error:
                if fresh:
                    raise ExecutionError(f"the process that runs student code has died: {error}") from error
        raise AssertionError("unreachable")

    def _start(self) -> socket.socket:
        self.close()
        ours, theirs = socket.socketpair()
        environment = {"PATH": os.environ.get("PATH", os.defpath), **ENVIRONMENT}
        command = [sys.executable, "-P", "-m", "autograder.execution.server", str(theirs.fileno())]
        with theirs, tempfile.TemporaryFile() as complaints:
            self._process = subprocess.Popen(
                command,
                cwd="/",
                env=environment,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=complaints,
            )
            theirs.close()
            ours.settimeout(START_SECONDS)
            try:
                frames.receive(ours)
            except (OSError, EOFError, Malformed) as error:
                complaints.seek(0)
                last = complaints.read().decode(errors="replace").strip().splitlines()[-1:]
                raise ExecutionError(f"the process that runs student code did not start: {' '.join(last)}") from error
        self._control = ours
        return ours


def _drive(connection: socket.socket, steps: Sequence[Step], limits: Limits) -> Execution:
    """Ask for one step after the other; what comes back is checked before it is kept."""
    execution = Execution()
    end = time.monotonic() + limits.submission_seconds
    for step in steps:
        left = end - time.monotonic()
        if left <= 0:
            execution.stopped = f"the notebook ran longer than the {limits.submission_seconds:g} s allowed"
            break
        seconds = min(left, limits.cell_seconds + GRACE_SECONDS)
        connection.settimeout(seconds)
        try:
            frames.send(connection, _request(step))
            _keep(execution, step, frames.receive(connection, seconds))
        except TimeoutError:
            execution.stopped = (
                f"the notebook ran longer than the {limits.submission_seconds:g} s allowed"
                if seconds == left
                else f"code ran longer than the {limits.cell_seconds:g} s allowed and could not be interrupted"
            )
        except (OSError, EOFError):
            execution.stopped = "the notebook's process ended itself"
        except Malformed as error:
            execution.stopped = f"the notebook's process sent what it was not asked for ({error})"
        if execution.stopped:
            if isinstance(step, Run):
                execution.raised[step.cell] = Raised("Stopped", execution.stopped)
            break
    return execution


def _request(step: Step) -> dict[str, Any]:
    match step:
        case Run():
            return {"do": "run", "source": step.source}
        case Read():
            return {"do": "read", "names": list(step.names)}
        case Call():
            return {"do": "call", "function": step.function, "arguments": [encode(a) for a in step.arguments]}


def _keep(execution: Execution, step: Step, reply: dict[str, Any]) -> None:
    match step:
        case Run():
            execution.outputs[step.cell] = outputs(reply.get("outputs"))
            raised = decode(reply.get("raised"))
            if raised is not None:
                if not isinstance(raised, Raised):
                    raise Malformed("expected what was raised")
                execution.raised[step.cell] = raised
        case Read():
            values = reply.get("values")
            if not isinstance(values, dict) or set(values) != set(step.names):
                raise Malformed("expected the variables that were asked for")
            execution.values.update({name: decode(value) for name, value in values.items()})
        case Call():
            execution.calls.setdefault(step.function, {})[step.case] = decode(reply.get("value"))


def outputs(data: Any) -> list[dict[str, Any]]:
    """A cell's outputs, rebuilt from what is known of nbformat's forms. Raises Malformed for others."""
    if not isinstance(data, list) or len(data) > 10_000:
        raise Malformed("expected a list of outputs")
    return [_output(item) for item in data]


def _output(item: Any) -> dict[str, Any]:
    match item:
        case {"output_type": "stream", "name": "stdout" | "stderr" as name, "text": str(text)}:
            return {"output_type": "stream", "name": name, "text": well_formed(text)}
        case {"output_type": "error", "ename": str(ename), "evalue": str(evalue), "traceback": list(traceback)}:
            lines = [well_formed(line) for line in traceback if isinstance(line, str)]
            names = {"ename": well_formed(ename), "evalue": well_formed(evalue)}
            return {"output_type": "error", **names, "traceback": lines}
        case {"output_type": "display_data" | "execute_result" as kind, "data": dict(data)}:
            texts = {well_formed(name): well_formed(text) for name, text in data.items() if isinstance(text, str)}
            more = {"execution_count": None} if kind == "execute_result" else {}
            return {"output_type": kind, "data": texts, "metadata": {}, **more}
        case _:
            raise Malformed("expected an output")
