"""The untrusted side: answers requests to run a cell, read variables and call functions.

This runs in a forked child together with student code, which can own it entirely. It knows no key, no expected value
and no other submission; what it sends is checked by `autograder.responses.decode`.
"""

from __future__ import annotations

import builtins
import errno
import inspect
import io
import os
import random
import re
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, NoReturn, cast

import numpy as np
from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from autograder.execution import calls, frames, networks
from autograder.responses import Raised, decode, encode
from autograder.syntax import perhaps_ipython

MAX_OUTPUT = 100_000  # characters kept of each stream of a cell
MAX_DISPLAY = 2**20  # characters of one thing displayed
NO_PACKAGES = "Packages cannot be installed while your notebook is marked; those that the course uses are there."
INSTALLING = re.compile(r"\s*(?:\S*python\S* -m )?(?:pip3?|conda|mamba|uv)\s+(?:pip\s+)?install\b")
MAX_OUTPUTS = 1_000  # outputs kept of a cell
MAX_DISPLAYS = 8 * 2**20  # characters of all that a cell displays


class TimeLimit(BaseException):
    """The cell ran too long. No `Exception`, so that `except Exception` in a loop does not swallow it."""


class Outputs(list[dict[str, Any]]):
    """A cell's outputs; those that are too many or too much are left out."""

    room = MAX_DISPLAYS

    def keep(self, output: dict[str, Any]) -> None:
        """Add an output while there is room."""
        size = sum(map(len, output.get("data", {}).values()))
        if len(self) < MAX_OUTPUTS and size <= self.room:
            self.room -= size
            self.append(output)


class Compiler(CachingCompiler):
    """IPython's own; says what module the cells belong to, which `inspect` would look for among all there are."""

    def cache(self, *arguments: Any, **options: Any) -> str:
        name = str(super().cache(*arguments, **options))
        with suppress(OSError):  # where code has removed its own folder
            inspect.modulesbyfile[str(Path.cwd() / name)] = "__main__"
        return name


class Shell(InteractiveShell):
    """IPython as a kernel has it, errors kept as data instead of printed."""

    compiler_class = Compiler
    own_transforms: list[Any]
    last_error: dict[str, Any] | None = None

    def enable_gui(self, gui: str | None = None) -> None:
        """`%matplotlib inline`: there is no window to integrate with."""

    def system(self, cmd: str) -> None:
        """`!cmd`: what it prints goes to the cell's output. IPython's own way needs a terminal, and there is none."""
        command = str(self.var_expand(cmd, depth=1))  # type: ignore[no-untyped-call]
        if INSTALLING.match(command):
            print(NO_PACKAGES)
            return
        with subprocess.Popen(
            ["/bin/sh", "-c", command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process:
            for piece in iter(lambda: cast(IO[str], process.stdout).read(4096), ""):
                sys.stdout.write(piece)
        self.user_ns["_exit_code"] = process.returncode

    def transform_cell(self, raw_cell: str) -> str:
        """The Python of a cell. IPython reads it token by token for its own syntax; most cells plainly have none."""
        plain = "\n" in raw_cell.strip() and not perhaps_ipython(raw_cell) and self.transforms() == self.own_transforms
        if not plain:
            return str(super().transform_cell(raw_cell))  # type: ignore[no-untyped-call]
        return raw_cell if raw_cell.endswith("\n") else raw_cell + "\n"

    def transforms(self) -> list[Any]:
        """All that may change the text of a cell; code can add its own."""
        manager = self.input_transformer_manager
        before = [*manager.cleanup_transforms, *manager.line_transforms, *manager.token_transformers]
        return [*before, *self.input_transformers_post]

    def should_run_async(self, raw_cell: str, **options: Any) -> bool:
        """Whether a cell awaits something. IPython compiles it once more to find out; most do not even say the word."""
        return ("await" in raw_cell or "async" in raw_cell) and super().should_run_async(raw_cell, **options)

    def ask_exit(self) -> None:
        """`exit()` in a cell: nothing, the next cells run."""

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        self.last_error = {
            "output_type": "error",
            "ename": etype.__name__,
            "evalue": _text_of(evalue)[:10_000],
            "traceback": [line[:10_000] for line in stb[:200]],
        }


class Results(DisplayHook):
    """Keeps the value of a cell's last line among the cell's outputs."""

    kept: Outputs

    def write_output_prompt(self) -> None:
        """Nothing: prompts are not kept."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        self.kept.keep({"output_type": "execute_result", "data": _texts(format_dict)})

    def finish_displayhook(self) -> None:
        """Nothing: there is no line to end."""


class Displays(DisplayPublisher):
    """Keeps what is displayed among the cell's outputs."""

    kept: Outputs

    def publish(self, data: dict[str, Any], *args: object, **kwargs: object) -> None:
        self.kept.keep({"output_type": "display_data", "data": _texts(data)})


def _texts(data: dict[str, Any]) -> dict[str, str]:
    return {kind: text for kind, text in data.items() if isinstance(text, str) and len(text) < MAX_DISPLAY}


def make_shell() -> Shell:
    """The shell, made once in the warm server: every child inherits its own copy."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    shell = Shell.instance(config=config, displayhook_class=Results, display_pub_class=Displays)
    shell.own_transforms = shell.transforms()
    for name in ("pip", "conda", "mamba", "micromamba", "uv"):
        shell.register_magic_function(_no_packages, "line", name)  # type: ignore[arg-type]
    return shell


def _no_packages(line: str) -> None:
    print(NO_PACKAGES)


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


class _Timer:
    """Raises TimeLimit in the running code after `seconds`, and again each second if that is swallowed.

    One inside another gives back what was left of the outer one's time.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def __enter__(self) -> None:
        self.outer, _ = signal.setitimer(signal.ITIMER_REAL, self.seconds, 1.0)
        self.end = time.monotonic() + self.outer

    def __exit__(self, kind: type | None, value: BaseException | None, trace: TracebackType | None) -> None:
        left = max(0.01, self.end - time.monotonic()) if self.outer else 0.0
        signal.setitimer(signal.ITIMER_REAL, left, 1.0)


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
        with _Timer(cell_seconds):
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
    return Raised(type(error).__name__, _text_of(error))


def _text_of(error: BaseException) -> str:
    """What an exception says; nothing where its own `__str__` raises or does not end."""
    try:
        with _Timer(1.0):
            return str(error)
    except BaseException:  # noqa: BLE001 - it is the student's
        return ""


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
    data, limit = [decode(array) for array in request["data"]], _Timer(min(request["seconds"], 0.9 * cell_seconds))

    def trained() -> Any:
        builder, train = _variable(shell, request["builder"]), _variable(shell, request["function"])
        return networks.trained(builder, train, data, limit, TimeLimit)

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
        with _Timer(seconds):
            return encode(get())
    except BaseException as error:  # noqa: BLE001 - whatever student code throws at us is data
        return encode(_raised(error, seconds))


def leave() -> None:
    """End the child without running what student code registered to run at exit."""
    os._exit(0)
