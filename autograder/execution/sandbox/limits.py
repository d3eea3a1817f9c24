"""Bounds on what a submission uses: per process by resource limits, over all its processes by a watch."""

from __future__ import annotations

import contextlib
import os
import resource
from dataclasses import dataclass
from pathlib import Path

PAGE = os.sysconf("SC_PAGE_SIZE")
MIB = 2**20


@dataclass(frozen=True)
class Bounds:
    """What one submission may use."""

    cell_seconds: float
    submission_seconds: float
    cpu_seconds: int
    memory_mb: int
    processes: int
    file_mb: int
    disk_mb: int
    open_files: int


def restrict(bounds: Bounds, others: int = 0, gpu: bool = False) -> None:
    """In a child: put the resource limits into force.

    Processes and threads are counted by uid: where it is not the submission's own, `others` is how many it has already.
    gpu: addresses are not bounded, as CUDA reserves terabytes of them; memory is, by the watch.
    """
    own = int(_read("/proc/self/statm").split()[0]) * PAGE
    if not gpu:
        _set(resource.RLIMIT_AS, own + bounds.memory_mb * MIB)
    _set(resource.RLIMIT_CPU, bounds.cpu_seconds, bounds.cpu_seconds + 5)  # a signal first, then the end
    _set(resource.RLIMIT_FSIZE, bounds.file_mb * MIB)
    _set(resource.RLIMIT_NOFILE, bounds.open_files)
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_MEMLOCK, 0)
    _set(resource.RLIMIT_MSGQUEUE, 0)
    _set(resource.RLIMIT_SIGPENDING, 256)
    _set(resource.RLIMIT_NPROC, bounds.processes + others)


def _set(limit: int, soft: int, hard: int | None = None) -> None:
    _, most = resource.getrlimit(limit)
    wanted = soft, soft if hard is None else hard
    if most != resource.RLIM_INFINITY:
        wanted = min(wanted[0], most), min(wanted[1], most)
    resource.setrlimit(limit, wanted)


def easy_prey() -> None:
    """Should the machine run out of memory, this process goes first."""
    with contextlib.suppress(OSError):
        descriptor = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
        os.write(descriptor, b"1000")
        os.close(descriptor)


def _read(file: str) -> bytes:
    """A small file, by system calls alone: a child that uses pathlib copies the pages that it lies on."""
    descriptor = os.open(file, os.O_RDONLY)
    try:
        return os.read(descriptor, 4096)
    finally:
        os.close(descriptor)


class MemoryWatch:
    """The memory of all processes of a submission together.

    A forked process counts what it inherited as its own until it is looked at closely; so the quick sum of all resident
    memory comes first, and the exact, slower one (each shared page divided among those who share it) only if that is
    over the bound.
    """

    def __init__(self, bound_mb: int) -> None:
        self.bound = bound_mb * MIB
        self.inherited = _resident(os.getpid())

    def exceeded(self, processes: list[int]) -> bool:
        """Whether these processes use more than the bound beyond what the warm process held already."""
        if sum(map(_resident, processes)) <= self.bound:
            return False
        return sum(map(_proportional, processes)) > self.bound + self.inherited


def _resident(pid: int) -> int:
    """Resident memory less file pages, in bytes; 0 for a process that is gone."""
    try:
        fields = Path(f"/proc/{pid}/statm").read_text().split()
    except OSError:
        return 0
    return (int(fields[1]) - int(fields[2])) * PAGE if len(fields) > 2 else 0


def _proportional(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return _resident(pid)
