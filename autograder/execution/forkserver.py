"""The trusted side of the fork server: warm processes, a confined child for each submission, time limits.

What comes back is checked before it is kept; nothing is compared here.
"""

from __future__ import annotations

import itertools
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from types import TracebackType
from typing import Any

from assignments.blueprint import Limits
from autograder.execution import Execution, Read, Run, Step, frames, gpus
from autograder.execution.answers import Room, keep
from autograder.execution.requests import Requests, Surroundings, preparation, surroundings
from autograder.responses import Malformed, Raised
from question_bank.errors import ExecutionError

START_SECONDS = 120
STOP_SECONDS = 5
GRACE_SECONDS = 4.0  # beyond the cell's limit, for code that swallows the interruption
ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "LC_ALL": "C.UTF-8",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # as a Jupyter kernel has it: figures are outputs
    "PIP_NO_INDEX": "1",  # %pip and !pip fail at once instead of trying a network that is not there
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PYTORCH_NVML_BASED_CUDA_CHECK": "1",  # to look for a GPU otherwise begins CUDA, which no fork survives
}
GPU_PROBE = """
import torch
name = ""
if torch.cuda.is_available() and torch.ones(2, device="cuda").sum().item() == 2:
    name = torch.cuda.get_device_name()
"""
UIDS = itertools.count(200_000 + os.getpid() % 50_000 * 16)  # as root, each warm process has a uid for its children


class WarmProcess:
    """One warm process behind the walls of a tier. Starts when it is made."""

    def __init__(self, tier: str, around: Surroundings, hidden: Sequence[str], python: str = sys.executable) -> None:
        """Start it with the interpreter `python`.

        Raises ExecutionError where the host does not offer the tier, or it does not start.
        """
        self._control, theirs = socket.socketpair()
        options = {
            "tier": tier,
            "torch": around != "numpy",
            "devices": gpus.nodes() if around == "gpu" else [],
            "hidden": list(hidden),
            "uid": next(UIDS),
        }
        with theirs, tempfile.TemporaryFile() as complaints:
            self._process = subprocess.Popen(
                [python, "-P", "-m", "autograder.execution.server", str(theirs.fileno())],
                cwd="/",
                env={"PATH": os.defpath, **ENVIRONMENT},
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=complaints,
            )
            theirs.close()
            self._control.settimeout(START_SECONDS)
            self._greet(options, complaints)

    def _greet(self, options: dict[str, Any], complaints: Any) -> None:
        try:
            frames.send(self._control, options)
            greeting = frames.receive(self._control)
        except (OSError, EOFError, Malformed) as error:
            self.close()
            complaints.seek(0)
            last = complaints.read().decode(errors="replace").strip().splitlines()[-1:]
            raise ExecutionError(f"the process that runs student code did not start: {' '.join(last)}") from error
        if "refused" in greeting:
            self.close()
            raise ExecutionError(f"this machine does not offer the isolation asked for: {greeting['refused']}")

    def begin(self, connection: socket.socket, limits: Limits, scratch: str, before: Mapping[str, Any]) -> None:
        """Have a child serve the other end of `connection`; `before` is what `preparation` says.

        Raises OSError where the warm process has died.
        """
        request = {"bounds": limits.model_dump(), "scratch": scratch, **before}
        socket.send_fds(self._control, [json.dumps(request).encode()], [connection.fileno()])

    def end(self) -> dict[str, Any]:
        """Leave nothing of the child behind; why it was killed, if it was. Raises OSError, EOFError or Malformed."""
        self._control.sendall(b"\n")
        return frames.receive(self._control)

    def close(self) -> None:
        """End the warm process: it leaves when its control socket closes, and is killed where it does not."""
        self._control.close()
        try:
            self._process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class ForkServer:
    """An Executor: a warm process for NumPy only, one with torch and one with a GPU, each started on first use."""

    def __init__(self, tier: str = "A", hidden: Sequence[str] = (), python: str = sys.executable) -> None:
        """`tier`: see `autograder.execution.sandbox`. `hidden`: folders that no child may see, such as the course.

        python: the interpreter that runs student code; a pinned environment has its own.
        """
        self.tier = tier
        self._python = python
        self._hidden = hidden
        self._warm: dict[Surroundings, WarmProcess] = {}

    def __enter__(self) -> ForkServer:
        return self

    def __exit__(self, kind: type | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def run(self, steps: Sequence[Step], limits: Limits) -> Execution:
        """Run the steps in a fresh child. Raises ExecutionError where no child could be started."""
        around = surroundings(steps)
        gpu = self.gpu if around == "gpu" else ""
        return replace(self._run(steps, limits, around), gpu=gpu)

    @cached_property
    def gpu(self) -> str:
        """The name of the GPU that PyTorch finds and can use behind the walls; empty where there is none."""
        if not gpus.nodes():
            return ""
        steps: list[Step] = [Run(0, GPU_PROBE), Read(("name",))]
        found = self._run(steps, Limits(cell_seconds=60, submission_seconds=120), "gpu").values.get("name")
        return found if isinstance(found, str) else ""

    def _run(self, steps: Sequence[Step], limits: Limits, around: Surroundings) -> Execution:
        with tempfile.TemporaryDirectory(prefix="fieldmark-", ignore_cleanup_errors=True) as scratch:
            connection = self._begin(around, limits, scratch, preparation(steps))
            execution = Execution(stopped="the run was given up")
            try:
                with connection:
                    execution = _drive(connection, steps, limits)
            finally:  # whatever happened, the warm process waits to be told
                execution = self._end(around, execution)
            return execution

    def close(self) -> None:
        """End the warm processes."""
        for warm in self._warm.values():
            warm.close()
        self._warm.clear()

    def _begin(self, around: Surroundings, limits: Limits, scratch: str, before: Mapping[str, Any]) -> socket.socket:
        """A connection to a child that is confined and waits; from a fresh warm process where the old one has died."""
        for last_try in (False, True):
            ours, theirs = socket.socketpair()
            try:
                with theirs:
                    if around not in self._warm:
                        self._warm[around] = WarmProcess(self.tier, around, self._hidden, self._python)
                    self._warm[around].begin(theirs, limits, scratch, before)
                ours.settimeout(START_SECONDS)
                greeting = frames.receive(ours)
                if "ready" in greeting:
                    return ours
                raise EOFError(f"a child could not be confined: {greeting.get('refused')}")
            except (OSError, EOFError, Malformed) as error:
                ours.close()
                self._forget(around)
                if last_try:
                    raise ExecutionError(f"the process that runs student code has died: {error}") from error
        raise AssertionError("unreachable")

    def _end(self, around: Surroundings, execution: Execution) -> Execution:
        """What the warm process says of the child's end. Where it has died, the submission that ran is blamed."""
        try:
            ended = self._warm[around].end()
        except (OSError, EOFError, Malformed):
            self._forget(around)
            return _stop(execution, "the notebook brought down the process that runs notebooks")
        if reason := ended.get("reason"):
            return _stop(execution, str(reason))
        return execution

    def _forget(self, around: Surroundings) -> None:
        if warm := self._warm.pop(around, None):
            warm.close()


def _stop(execution: Execution, reason: str) -> Execution:
    """The execution with a truer reason for its end than the trusted side could see."""
    raised = {
        cell: replace(error, message=reason) if error.kind == "Stopped" else error
        for cell, error in execution.raised.items()
    }
    return replace(execution, raised=raised, stopped=reason)


def _drive(connection: socket.socket, steps: Sequence[Step], limits: Limits) -> Execution:
    """Ask for one step after the other; what comes back is checked before it is kept."""
    execution, room = Execution(), Room()
    end = time.monotonic() + limits.submission_seconds
    requests = Requests(connection, steps)
    while step := requests.next:
        left = end - time.monotonic()
        if left <= 0:
            execution.stopped = f"the notebook ran longer than the {limits.submission_seconds:g} s allowed"
            break
        seconds = min(left, limits.cell_seconds + GRACE_SECONDS)
        connection.settimeout(seconds)
        try:
            requests.send()
            keep(execution, step, frames.receive(connection, seconds), room)
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
