"""Tier C: resource limits and nothing else. Student code can read and write what the grader can."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from autograder.execution.sandbox.limits import Bounds, easy_prey, restrict
from autograder.execution.sandbox.walls import Walls


class PlainWalls(Walls):
    """No walls: a session of its own, and resource limits."""

    def fork(self) -> int:
        return os.fork()

    def confine(self, bounds: Bounds) -> None:
        os.setsid()
        easy_prey()
        restrict(bounds, others=processes_of(os.getuid()), gpu=bool(self.devices))

    def processes(self) -> list[int]:
        return descendants(os.getpid())


def processes_of(uid: int) -> int:
    """How many processes and threads the user has: the kernel counts both."""
    found = 0
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError):  # it has ended since
                if folder.stat().st_uid == uid:
                    found += sum(1 for _ in (folder / "task").iterdir())
    return found


def descendants(ancestor: int) -> list[int]:
    """The processes below `ancestor`, found by their parents; those that changed parents are missed."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                stat = (folder / "stat").read_text()
            except OSError:
                continue
            parents.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(folder.name))
    found, waiting = [], list(parents.get(ancestor, ()))
    while waiting:
        found.append(waiting.pop())
        waiting += parents.get(found[-1], [])
    return found
