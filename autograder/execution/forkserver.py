"""The trusted side of the fork server: warm processes, a confined child for each submission, time limits.

What comes back is checked before it is kept; nothing is compared here.
"""

from __future__ import annotations

import itertools
import json
import math
import os
import select
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from types import TracebackType
from typing import Any

import numpy as np

from assignments.blueprint import Limits
from autograder.execution import Asked, Build, Call, Cost, Execution, Read, Run, Step, Train, frames
from autograder.responses import Malformed, Raised, decode, encode, well_formed
from question_bank.errors import ExecutionError

START_SECONDS = 120
STOP_SECONDS = 5
MAX_OUTPUTS = 10_000_000  # characters of all cells together
HTML_TAGS = frozenset(
    {"a", "b", "blockquote", "br", "code", "dd", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i"}
    | {"li", "ol", "p", "pre", "s", "small", "span", "strong", "sub", "sup", "u", "ul"}
    | {"table", "tbody", "td", "tfoot", "th", "thead", "tr"}
)
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
}
UIDS = itertools.count(200_000 + os.getpid() % 50_000 * 16)  # as root, each warm process has a uid for its children


class WarmProcess:
    """One warm process behind the walls of a tier. Starts when it is made."""

    def __init__(self, tier: str, torch: bool, hidden: Sequence[str], python: str = sys.executable) -> None:
        """Start it with the interpreter `python`.

        Raises ExecutionError where the host does not offer the tier, or it does not start.
        """
        self._control, theirs = socket.socketpair()
        options = {"tier": tier, "torch": torch, "hidden": list(hidden), "uid": next(UIDS)}
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

    def begin(self, connection: socket.socket, limits: Limits, scratch: str, banned: Sequence[Sequence[str]]) -> None:
        """Have a child serve the other end of `connection`; `banned` is what its calls will have to do without.

        Raises OSError where the warm process has died.
        """
        request = {"bounds": limits.model_dump(), "scratch": scratch, "banned": banned}
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
    """An Executor: a warm process for NumPy only and one with torch, each started on first use."""

    def __init__(self, tier: str = "A", hidden: Sequence[str] = (), python: str = sys.executable) -> None:
        """`tier`: see `autograder.execution.sandbox`. `hidden`: folders that no child may see, such as the course.

        python: the interpreter that runs student code; a pinned environment has its own.
        """
        self.tier = tier
        self._python = python
        self._hidden = hidden
        self._warm: dict[bool, WarmProcess] = {}

    def __enter__(self) -> ForkServer:
        return self

    def __exit__(self, kind: type | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def run(self, steps: Sequence[Step], limits: Limits) -> Execution:
        """Run the steps in a fresh child. Raises ExecutionError where no child could be started."""
        torch = any(map(needs_torch, steps))
        with tempfile.TemporaryDirectory(prefix="fieldmark-", ignore_cleanup_errors=True) as scratch:
            banned = sorted({step.banned for step in steps if isinstance(step, Asked)})
            connection = self._begin(torch, limits, scratch, banned)
            execution = Execution(stopped="the run was given up")
            try:
                with connection:
                    execution = _drive(connection, steps, limits)
            finally:  # whatever happened, the warm process waits to be told
                execution = self._end(torch, execution)
            return execution

    def close(self) -> None:
        """End the warm processes."""
        for warm in self._warm.values():
            warm.close()
        self._warm.clear()

    def _begin(self, torch: bool, limits: Limits, scratch: str, banned: Sequence[Sequence[str]]) -> socket.socket:
        """A connection to a child that is confined and waits; from a fresh warm process where the old one has died."""
        for last_try in (False, True):
            ours, theirs = socket.socketpair()
            try:
                with theirs:
                    if torch not in self._warm:
                        self._warm[torch] = WarmProcess(self.tier, torch, self._hidden, self._python)
                    self._warm[torch].begin(theirs, limits, scratch, banned)
                ours.settimeout(START_SECONDS)
                greeting = frames.receive(ours)
                if "ready" in greeting:
                    return ours
                raise EOFError(f"a child could not be confined: {greeting.get('refused')}")
            except (OSError, EOFError, Malformed) as error:
                ours.close()
                self._forget(torch)
                if last_try:
                    raise ExecutionError(f"the process that runs student code has died: {error}") from error
        raise AssertionError("unreachable")

    def _end(self, torch: bool, execution: Execution) -> Execution:
        """What the warm process says of the child's end. Where it has died, the submission that ran is blamed."""
        try:
            ended = self._warm[torch].end()
        except (OSError, EOFError, Malformed):
            self._forget(torch)
            return _stop(execution, "the notebook brought down the process that runs notebooks")
        if reason := ended.get("reason"):
            return _stop(execution, str(reason))
        return execution

    def _forget(self, torch: bool) -> None:
        if warm := self._warm.pop(torch, None):
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
    for step in steps:
        left = end - time.monotonic()
        if left <= 0:
            execution.stopped = f"the notebook ran longer than the {limits.submission_seconds:g} s allowed"
            break
        seconds = min(left, limits.cell_seconds + GRACE_SECONDS)
        connection.settimeout(seconds)
        try:
            _expect_silence(connection)
            frames.send(connection, _request(step))
            _keep(execution, step, frames.receive(connection, seconds), room)
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


def _expect_silence(connection: socket.socket) -> None:
    """A frame that nobody asked for is forged. Raises Malformed."""
    if select.select([connection], [], [], 0)[0] and connection.recv(1, socket.MSG_PEEK):
        raise Malformed("an answer without a question")


def _request(step: Step) -> dict[str, Any]:
    match step:
        case Run():
            return {"do": "run", "source": step.source}
        case Read():
            return {"do": "read", "names": list(step.names)}
        case Call():
            return {
                "do": "call",
                "function": step.function,
                "arguments": [encode(argument) for argument in step.arguments],
                "columns": [n for n, argument in enumerate(step.arguments) if by_columns(argument)],
                "banned": list(step.banned),
                "takes": step.takes,
                "inference": step.inference,
            }
        case Build():
            return {
                "do": "build",
                "function": step.function,
                "arguments": [encode(argument) for argument in step.arguments],
                "images": encode(step.images),
                "banned": list(step.banned),
            }
        case Train():
            return {
                "do": "train",
                "function": step.function,
                "builder": step.builder,
                "data": [encode(array) for array in step.data],
                "seconds": step.seconds,
                "banned": list(step.banned),
            }


def needs_torch(step: Step) -> bool:
    """Whether a step is for the environment with torch."""
    match step:
        case Call():
            return step.takes == "torch"
        case Build() | Train():
            return True
        case Run():
            return "torch" in step.source
        case _:
            return False


def by_columns(argument: Any) -> bool:
    """Whether an array lies in memory by columns, which its bytes on the wire do not tell."""
    return isinstance(argument, np.ndarray) and argument.flags.f_contiguous and not argument.flags.c_contiguous


def _keep(execution: Execution, step: Step, reply: dict[str, Any], room: Room) -> None:
    match step:
        case Run():
            execution.outputs[step.cell] = room.keep(outputs(reply.get("outputs")))
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
        case Call() | Build() | Train():
            key = step.key or step.function
            execution.calls.setdefault(key, {})[step.case] = decode(reply.get("value"))
            execution.costs.setdefault(key, {})[step.case] = _cost(reply.get("cost"))


def _cost(data: Any) -> Cost:
    match data:
        case [float() as seconds, float() as memory] if math.isfinite(seconds) and math.isfinite(memory):
            return Cost(seconds, memory)
        case _:
            raise Malformed("expected what a call took")


def clean_html(text: str) -> str:
    """HTML such as tables, without scripts, styles, forms and whatever acts: formgrader shows it to the instructor."""
    import bleach

    return str(bleach.clean(text, tags=HTML_TAGS, attributes={"*": ["class", "colspan", "rowspan"]}, strip=True))


class Room:
    """What is kept of a submission's outputs: up to MAX_OUTPUTS characters, those that come first."""

    def __init__(self) -> None:
        self.left = MAX_OUTPUTS

    def keep(self, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Those for which there is room, and a note where there is none."""
        kept: list[dict[str, Any]] = []
        for output in found:
            self.left -= 200 + len(json.dumps(output))
            if self.left < 0:
                note = "… the rest of the outputs was cut …\n"
                return [*kept, {"output_type": "stream", "name": "stderr", "text": note}]
            kept.append(output)
        return kept


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
            texts = {
                well_formed(name): well_formed(text)
                for name, text in data.items()
                if isinstance(text, str) and "javascript" not in name  # formgrader would run it as the instructor
            }
            if "text/html" in texts:
                texts["text/html"] = clean_html(texts["text/html"])
            more = {"execution_count": None} if kind == "execute_result" else {}
            return {"output_type": kind, "data": texts, "metadata": {}, **more}
        case _:
            raise Malformed("expected an output")
