"""Tier A: namespaces, and a root with read-only Python and nothing else of the machine.

The warm process becomes the first process of a pid namespace with that root; each child the first process of a pid
namespace of its own: when it ends, all that it started ends.
"""

from __future__ import annotations

import os
import signal
import sys
import sysconfig
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from autograder.execution import pinned
from autograder.execution.sandbox import filters, linux
from autograder.execution.sandbox.limits import MIB, Bounds, easy_prey, restrict
from autograder.execution.sandbox.linux import (
    CLONE_NEWIPC,
    CLONE_NEWNET,
    CLONE_NEWNS,
    CLONE_NEWPID,
    CLONE_NEWUSER,
    CLONE_NEWUTS,
    MS_BIND,
    MS_NODEV,
    MS_NOSUID,
    MS_PRIVATE,
    MS_RDONLY,
    MS_REC,
    MS_REMOUNT,
)
from autograder.execution.sandbox.walls import Walls

INSIDE = 1000  # the uid that an ordinary user has inside
SPACE = "/.writable"  # what the warm process and, over it, each child can write
MOUNT_POINT = "/sys"  # where the new root is put together: always there, never with anything that we need
SYSTEM = (
    "/usr",
    "/lib",
    "/lib64",
    "/lib32",
    "/bin",
    "/sbin",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/alternatives",
)
DEVICES = ("null", "zero", "full", "random", "urandom")
OURS = ("question_bank", "assignments", "autograder")
ETC = {
    "passwd": "student:x:{uid}:{uid}:student:/tmp:/bin/sh\n",
    "group": "student:x:{uid}:\n",
    "hosts": "127.0.0.1 localhost\n",
    "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
}


def enter(hidden: Iterable[str], uid: int, devices: Sequence[str] = ()) -> None:
    """Leave the machine for a root of our own. `uid` is who children will be; paths in `hidden` are covered.

    `devices` are files of a GPU, shown beside the usual ones.

    Forks: the caller goes on as the child, process 1 of a pid namespace; its parent waits for it and ends as it does.
    Raises OSError where the host forbids a step.
    """
    flags = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS
    if os.getuid() == 0:
        linux.unshare(flags)
    else:
        me, group = os.getuid(), os.getgid()
        linux.unshare(flags | CLONE_NEWUSER)
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{INSIDE} {me} 1")
        Path("/proc/self/gid_map").write_text(f"{INSIDE} {group} 1")
    pid = os.fork()
    if pid:
        _, status = os.waitpid(pid, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    linux.prctl(linux.PR_SET_PDEATHSIG, 9)
    _new_root(hidden, uid, devices)


def _new_root(hidden: Iterable[str], uid: int, devices: Sequence[str]) -> None:
    linux.mount("none", "/", flags=MS_REC | MS_PRIVATE)
    root = MOUNT_POINT
    linux.mount("tmpfs", root, "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,mode=0755")
    shown = readable()
    for path in shown:
        _bind(path, root + path)
    _devices(root, devices)
    for name, text in ETC.items():
        Path(f"{root}/etc").mkdir(exist_ok=True)
        Path(f"{root}/etc/{name}").write_text(text.format(uid=uid))
    for folder in ("proc", "tmp", "old", SPACE.strip("/")):
        Path(f"{root}/{folder}").mkdir(exist_ok=True)
    linux.mount("tmpfs", root + SPACE, "tmpfs", MS_NOSUID | MS_NODEV, "size=1m")  # for the warm process alone
    for path in [*own_packages(), *hidden]:
        # What holds Python (a course with its .venv inside) was never shown; what lies within Python is covered.
        if any(path.startswith(f"{outer}/") for outer in shown) and Path(root + path).is_dir():
            linux.mount("tmpfs", root + path, "tmpfs", MS_RDONLY, "size=4k")
    linux.mount("proc", f"{root}/proc", "proc", MS_NOSUID | MS_NODEV)
    linux.pivot_root(root, f"{root}/old")
    os.chdir("/")
    linux.unmount("/old")
    Path("/old").rmdir()
    linux.mount("none", "/", flags=MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV)


def readable() -> list[str]:
    """What a child may read: the system's programs and libraries, and Python's. No path below another on the list."""
    prefixes = [sys.prefix, sys.base_prefix, *(p for p in sysconfig.get_paths().values() if Path(p).is_dir())]
    wanted = [*SYSTEM, *prefixes, *packages(), os.path.realpath(sys.executable)]
    found: list[str] = []
    for path in sorted({str(Path(p).absolute()) for p in wanted if Path(p).exists()}):
        if not any(path == other or path.startswith(f"{other}/") for other in found):
            found.append(path)
    return found


def packages() -> set[str]:
    """Where packages are installed: Python's own place, and the one that a pinned environment looks in besides."""
    return {*pinned.besides(), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}


def own_packages() -> list[str]:
    """Our packages where they are installed: what the child needs of them it has in memory."""
    return [f"{place}/{name}" for place in packages() for name in OURS]


def _bind(source: str, target: str) -> None:
    if Path(source).is_symlink():
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        Path(target).symlink_to(Path(source).readlink())
        return
    if Path(source).is_dir():
        Path(target).mkdir(parents=True, exist_ok=True)
    else:
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        Path(target).touch()
    linux.mount(source, target, flags=MS_BIND | MS_REC)
    linux.mount("none", target, flags=MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | _locked_flags(target))


def _locked_flags(path: str) -> int:
    """Flags that the mount has already: in a user namespace they cannot be taken away."""
    flags = os.statvfs(path).f_flag
    return sum(ours for theirs, ours in ((os.ST_NODEV, MS_NODEV), (os.ST_NOEXEC, linux.MS_NOEXEC)) if flags & theirs)


def _devices(root: str, more: Sequence[str]) -> None:
    Path(f"{root}/dev").mkdir()
    for path in (*(f"/dev/{name}" for name in DEVICES), *more):
        Path(root + path).touch()
        linux.mount(path, root + path, flags=MS_BIND)
    Path(f"{root}/dev/shm").mkdir()
    for name, target in (("fd", "/proc/self/fd"), ("stdin", "fd/0"), ("stdout", "fd/1"), ("stderr", "fd/2")):
        Path(f"{root}/dev/{name}").symlink_to(target)


class NamespaceWalls(Walls):
    """Namespaces, seccomp, resource limits."""

    scratch: str

    def __init__(self, hidden: Iterable[str], uid: int, devices: Sequence[str] = ()) -> None:
        """Enter; see there. `uid` is who children will be where the grader is root."""
        super().__init__(devices)
        self._uid = uid if os.getuid() == 0 else INSIDE
        self._bpf = filters.compiled()
        # Python itself may lie below /tmp: then /tmp stays as it is, and scratch is elsewhere.
        below_tmp = any(Path("/tmp") in (Path(path), *Path(path).parents) for path in readable())
        self.scratch = f"{SPACE}/tmp" if below_tmp else "/tmp"
        enter(hidden, self._uid, devices)
        tempfile.tempdir = SPACE
        self._home = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)

    def fork(self) -> int:
        linux.unshare(CLONE_NEWPID)
        pid = os.fork()
        if pid:
            linux.setns(self._home, CLONE_NEWPID)
        return pid

    def confine(self, bounds: Bounds) -> None:
        linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
        linux.unshare(CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS)
        self._mount(bounds.disk_mb * MIB)
        easy_prey()
        if os.getuid() == 0:
            os.setgroups([])
            os.setresgid(self._uid, self._uid, self._uid)
            os.setresuid(self._uid, self._uid, self._uid)
        linux.drop_capabilities()
        os.setsid()
        linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
        restrict(bounds, gpu=bool(self.devices))
        linux.load_filter(self._bpf)

    def processes(self) -> list[int]:
        # This process is the first of its pid namespace and has no other children: all others are the submission's.
        return [int(folder.name) for folder in Path("/proc").iterdir() if folder.name.isdigit() and folder.name != "1"]

    def _mount(self, disk: int) -> None:
        """A /proc of its own, and empty folders to write to, which share one bound."""
        linux.mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV)
        options = f"mode=0755,size={disk},nr_inodes={max(256, disk // 16384)}"
        linux.mount("tmpfs", SPACE, "tmpfs", MS_NOSUID | MS_NODEV, options)
        for folder in ("/tmp", "/dev/shm"):
            inside = Path(SPACE, Path(folder).name)
            inside.mkdir()
            inside.chmod(0o1777)
            if folder in (self.scratch, "/dev/shm"):
                linux.mount(str(inside), folder, flags=MS_BIND)
        os.chdir(self.scratch)
