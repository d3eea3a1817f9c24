"""Tier B: Landlock instead of namespaces, for hosts that forbid those (Docker's default profile, some clusters).

A child may read Python and the system's libraries and write its scratch folder; seccomp takes the network away. It
shares the pid namespace: what it leaves behind is swept away by the warm process, which is its subreaper.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable, Sequence
from pathlib import Path

from autograder.execution.sandbox import filters, linux
from autograder.execution.sandbox.limits import Bounds, easy_prey, restrict
from autograder.execution.sandbox.namespaces import own_packages, readable
from autograder.execution.sandbox.plain import descendants, processes_of
from autograder.execution.sandbox.walls import Walls

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same on every architecture
READ = 1 << 0 | 1 << 2 | 1 << 3  # execute, read a file, list a folder
WRITE = 1 << 1
CONTROL = 1 << 15  # ioctl on a device
FOLDER_ONLY = 1 << 3
FILES = (1 << 16) - 1  # every kind of access to files
NETWORK = 1 << 0 | 1 << 1  # bind and connect by TCP
SCOPES = 1 << 0 | 1 << 1  # abstract sockets and signals to processes outside
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
MINIMUM = 6  # with signals to processes outside under control: Linux 6.12


class LandlockWalls(Walls):
    """Rules on files, seccomp, resource limits."""

    def __init__(self, hidden: Iterable[str], devices: Sequence[str] = ()) -> None:
        """`hidden`: paths that a child may not read, though they lie below one that it may. `devices`: of a GPU."""
        super().__init__(devices)
        version = linux.system_call(CREATE_RULESET, None, 0, 1)
        if version < MINIMUM:
            raise OSError(f"Landlock version {version}; expected {MINIMUM} or later")
        self._bpf = filters.compiled()
        self._hidden = {Path(path) for path in (*own_packages(), *hidden)}
        linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)

    def fork(self) -> int:
        return os.fork()

    def confine(self, bounds: Bounds) -> None:
        os.setsid()
        easy_prey()
        linux.drop_capabilities()
        linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
        restrict(bounds, processes_of(os.getuid()), bool(self.devices))  # while all of /proc can still be seen
        self._allow_files(Path.cwd())
        linux.load_filter(self._bpf)

    def processes(self) -> list[int]:
        return descendants(os.getpid())

    def _allow_files(self, scratch: Path) -> None:
        ruleset = linux.system_call(CREATE_RULESET, struct.pack("QQQ", FILES, NETWORK, SCOPES), 24, 0)
        for path in (*readable(), "/proc/self", "/etc/passwd", "/etc/group", "/etc/hosts", "/etc/nsswitch.conf"):
            self._allow_reading(ruleset, Path(path))
        for path in DEVICES:
            self._allow(ruleset, path, READ | WRITE)
        for path in self.devices:
            self._allow(ruleset, path, READ | WRITE | CONTROL)
        self._allow(ruleset, str(scratch), FILES)
        linux.system_call(RESTRICT_SELF, ruleset, 0)
        os.close(ruleset)

    def _allow_reading(self, ruleset: int, path: Path) -> None:
        """Let a child read `path` but for what is hidden. Rules only add: each neighbour of a hidden path has one."""
        if path in self._hidden or path.is_symlink():  # where a link leads to has a rule of its own
            return
        if not any(path in hidden.parents for hidden in self._hidden):
            self._allow(ruleset, str(path), READ)
            return
        self._allow(ruleset, str(path), FOLDER_ONLY)
        for inside in path.iterdir():
            self._allow_reading(ruleset, inside)

    def _allow(self, ruleset: int, path: str, access: int) -> None:
        if not Path(path).exists():
            return
        if not Path(path).is_dir():
            access &= ~FOLDER_ONLY
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            rule = ctypes.create_string_buffer(struct.pack("=Qi", access, descriptor))
            linux.system_call(ADD_RULE, ruleset, 1, rule, 0)
        finally:
            os.close(descriptor)
