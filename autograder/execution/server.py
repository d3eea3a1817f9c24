"""The warm process: imports NumPy, IPython and perhaps torch once, then forks a child for each submission.

Started by `autograder.execution.forkserver` as `python -m autograder.execution.server DESCRIPTOR`. On that control
socket it is told to begin, with a socket for the child, and to end; it runs one submission at a time and watches what
it uses. It loads no template and knows no key.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import sys
import tempfile
from typing import Any, NoReturn

from autograder.execution import calls, child, frames, warming
from autograder.execution.sandbox import linux, raise_walls
from autograder.execution.sandbox.limits import Bounds, MemoryWatch
from autograder.execution.sandbox.walls import Walls
from autograder.execution.shell import Shell, make_shell

WATCH_SECONDS = 0.02


def main() -> None:
    """Serve until the trusted side hangs up."""
    control = socket.socket(fileno=int(sys.argv[1]))
    options = frames.receive(control)  # not by the command line: every process may read that
    try:
        walls = raise_walls(options["tier"], options["hidden"], options["uid"], options["devices"])
    except OSError as error:
        frames.send(control, {"refused": str(error)})
        return
    if options["torch"]:
        import torch

        torch.set_num_threads(1)  # before any operation: a pool of threads would not survive the fork
    shell = make_shell()
    warming.warm_up(shell)
    child.seed()
    _settle()
    frames.send(control, {"ready": True})
    while begin := _begin(control):
        request, connection = begin
        bounds = Bounds(**request["bounds"])
        for banned in request["banned"] if options["torch"] else ():
            calls.operations(tuple(banned))  # remembered: children will not have to look them up
        if options["torch"] and request["optimises"] and warming.import_for_optimisers():
            child.seed()
            _settle()
        pid = walls.fork()
        if pid == 0:
            _be_child(control, connection, shell, walls, bounds, request["scratch"])
        connection.close()
        frames.send(control, _attend(control, walls, pid, bounds))


def _settle() -> None:
    """Make forking cheap: what is here now stays as it is, and stays shared."""
    gc.collect()
    gc.freeze()  # the collector leaves inherited pages alone
    if sys.platform == "linux":
        linux.use_huge_pages()


def _begin(control: socket.socket) -> tuple[dict[str, Any], socket.socket] | None:
    """The next request and the child's socket; None where the trusted side has hung up."""
    try:
        message, descriptors, _, _ = socket.recv_fds(control, 65536, 1)
    except OSError:
        return None
    if not message or not descriptors:
        return None
    return json.loads(message), socket.socket(fileno=descriptors[0])


def _be_child(
    control: socket.socket, connection: socket.socket, shell: Shell, walls: Walls, bounds: Bounds, scratch: str
) -> NoReturn:
    try:
        _keep_only(connection.fileno())
        folder = walls.scratch or scratch
        os.chdir("/" if walls.scratch else scratch)
        _confine(walls, bounds, connection)
        os.environ |= {"HOME": folder, "TMPDIR": folder, "IPYTHONDIR": f"{folder}/.ipython"}
        tempfile.tempdir = folder
        child.prepare(bounds.cpu_seconds)
        frames.send(connection, {"ready": True})
        child.serve(connection, shell, bounds.cell_seconds)
    except BaseException:  # noqa: BLE001, S110 - whatever it is, nothing of the warm process may run on in the child
        pass
    finally:
        os._exit(0)


def _keep_only(descriptor: int) -> None:
    """Close what a child has no business with, and point its standard streams at nothing that others can read."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.closerange(3, descriptor)
    os.closerange(descriptor + 1, 65536)


def _confine(walls: Walls, bounds: Bounds, connection: socket.socket) -> None:
    try:
        walls.confine(bounds)
    except BaseException as error:
        frames.send(connection, {"refused": f"{type(error).__name__}: {error}"})
        raise


def _attend(control: socket.socket, walls: Walls, pid: int, bounds: Bounds) -> dict[str, Any]:
    """Watch the submission until the trusted side has had enough of it, then leave nothing of it behind."""
    watch, reason = MemoryWatch(bounds.memory_mb), ""
    poll = select.poll()
    poll.register(control, select.POLLIN)
    while not poll.poll(WATCH_SECONDS * 1000):
        if not reason and (reason := _excess(walls, watch, bounds)):
            _kill_all(walls, pid)
    control.recv(1)
    _kill_all(walls, pid)
    return {"ended": True, "reason": reason, "cpu_seconds": _reap(pid)}


def _excess(walls: Walls, watch: MemoryWatch, bounds: Bounds) -> str:
    """What the submission uses too much of, for the student to read; nothing where all is well."""
    processes = walls.processes()
    if len(processes) > bounds.processes + 1:
        return f"it started more than the {bounds.processes} processes allowed"
    if watch.exceeded(processes):
        return f"its processes together used more than the {bounds.memory_mb} MB of memory allowed"
    return ""


def _kill_all(walls: Walls, pid: int) -> None:
    """Kill the first process, which in a pid namespace of its own takes all with it; sweep away what is left."""
    os.kill(pid, signal.SIGKILL)
    for _ in range(100):
        left = [other for other in walls.processes() if other != pid]
        if not left:
            return
        for other in left:
            try:
                os.kill(other, signal.SIGKILL)
            except ProcessLookupError:
                continue


def _reap(pid: int) -> float:
    """Wait for the first process, and for any that were left to us; the CPU seconds that they took."""
    _, _, usage = os.wait4(pid, 0)
    seconds = usage.ru_utime + usage.ru_stime
    while True:
        try:
            other, _, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return seconds
        if not other:
            return seconds
        seconds += usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
