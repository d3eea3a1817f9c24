"""The warm process: imports torch, NumPy and IPython once, then forks a child for each submission.

Started by `autograder.execution.forkserver` as `python -m autograder.execution.server FD`. On its control socket it
answers each message, which carries a socket for the child, with the child's process id.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket
import sys

from autograder.execution import child, frames


def main() -> None:
    """Serve until the trusted side hangs up."""
    import torch

    torch.set_num_threads(1)  # before any operation: a pool of threads would not survive the fork
    control = socket.socket(fileno=int(sys.argv[1]))
    shell = child.make_shell()
    signal.signal(signal.SIGCHLD, _reap)  # not SIG_IGN: what children used shall count as ours
    gc.collect()
    gc.freeze()  # the collector leaves inherited pages alone, so that they stay shared
    frames.send(control, {"ready": True})
    while True:
        try:
            message, descriptors, _, _ = socket.recv_fds(control, 4096, 1)
        except OSError:
            return
        if not message or not descriptors:
            return
        connection = socket.socket(fileno=descriptors[0])
        pid = os.fork()
        if pid == 0:
            _be_child(control, connection, shell, message.decode())
        connection.close()
        frames.send(control, {"pid": pid})


def _reap(number: int, frame: object) -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _be_child(control: socket.socket, connection: socket.socket, shell: child.Shell, message: str) -> None:
    seconds, folder = message.split(" ", 1)
    try:
        control.close()
        os.setsid()  # a process group of its own, to be killed as one
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.chdir(folder)
        os.environ["HOME"] = folder
        child.serve(connection, shell, float(seconds))
    finally:
        child.leave()


if __name__ == "__main__":
    main()
