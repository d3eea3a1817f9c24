"""A class of attackers and honest neighbours: made, handed in, graded, and looked at from outside."""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import secrets
import signal
import socket
import stat
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assignments import notebook, paper, release
from assignments.course import Course
from assignments.paper import Paper
from assignments.rehearsal import HANDED_IN, answered, knows_it
from tests.hostile.attack import HERE, Attack

NEIGHBOURS = tuple(f"{letter}_neighbour" for letter in "bfkmpsz")  # spread among the attackers by their names
HW = "hw"
SOURCE = HERE.parent.parent
BLUEPRINT = """\
title = "A class with attackers in it"

[limits]
cell_seconds = 1
submission_seconds = 6
memory_mb = 320
processes = 32
file_mb = 16
disk_mb = 32
open_files = 128

[[slots]]
template = "pooling/by_hand"
points = 3

[[slots]]
template = "shapes/layer_output"
points = 3

[[slots]]
template = "coding/implement_conv2d"
points = 6
"""
TEMPLATE = '''\
"""{canary}"""

from question_bank import one_of, part, template


@template(topics=["hostile"])
class Canary:
    stem = "{{{{ n }}}}"
    n: int = one_of(1, 2)
    it = part("It", lambda q: q.n)
    solution = "{{{{ it }}}}"
'''
SLEEPER = "31337"  # what attackers' processes sleep for: it tells them from others
MARK = "fieldmark-hostile"  # is in the name of every file that attackers write
DEADLINE = 240


@dataclass(frozen=True)
class Classroom:
    """A course that is handed in, and what lies around it."""

    folder: Path
    attacks: tuple[Attack, ...]
    canaries: dict[str, str]  # by the place where it is planted

    @property
    def course(self) -> Course:
        return Course(self.folder / "course")

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def scratch(self) -> Path:
        return self.folder / "tmp"


@dataclass(frozen=True, repr=False)
class Graded:
    """What became of a class; `room.folder` is as grading left it."""

    room: Classroom
    report: dict[str, Any]
    before: dict[str, str]
    after: dict[str, str]
    leftovers: list[str]

    def outcome(self, student: str) -> dict[str, Any]:
        return self.report["outcomes"][student]

    def points(self, student: str) -> dict[str, tuple[float, float]]:
        """Points and what could be had, by question."""
        return {
            question["id"]: (
                sum(mark["points"] for mark in question["marks"]),
                sum(mark["out_of"] for mark in question["marks"]),
            )
            for question in self.outcome(student)["questions"]
        }

    def marks(self, student: str, question: str = "") -> list[dict[str, Any]]:
        questions = self.outcome(student)["questions"]
        return [mark for q in questions if question in ("", q["id"]) for mark in q["marks"]]

    def printed(self, student: str) -> str:
        """All that the student's cells wrote to stdout and stderr, as the autograded notebook has it."""
        file = self.room.course.notebook_file("autograded", student, HW)
        if not file.is_file():  # it was refused before it was run
            return ""
        book = json.loads(file.read_text(encoding="utf-8"))
        outputs = [output for cell in book["cells"] for output in cell.get("outputs", [])]
        return "".join(output["text"] for output in outputs if output["output_type"] == "stream")


def make(folder: Path, attacks: Sequence[Attack]) -> Classroom:
    """Deal papers, hand in blank notebooks with attacks in them and neighbours' right ones, plant canaries."""
    course = release.init(folder / "course")
    room = Classroom(folder, tuple(attacks), {where: f"canary-{secrets.token_hex(16)}" for where in PLACES})
    students = sorted([*NEIGHBOURS, *(attack.name for attack in attacks)])
    course.roster_file.write_text("\n".join(["id", *students, ""]))
    (course.root / "blueprints" / "hw1.toml").unlink()
    course.blueprint_file(HW).write_text(BLUEPRINT)
    (course.root / "templates" / "hostile").mkdir()
    (course.root / "templates" / "hostile" / "canary.py").write_text(TEMPLATE.format(canary=room.canaries["file"]))
    blueprint = course.blueprint(HW)
    release.generate(course, blueprint)
    (course.root / "manifests" / "canary.txt").write_text(room.canaries["file"])
    (course.private / "canary").write_text(room.canaries["file"])
    (room.home / ".ssh").mkdir(parents=True)
    (room.home / "diary.txt").write_text(room.canaries["file"])
    (room.home / ".ssh" / "id_ed25519").write_text(room.canaries["file"])
    room.scratch.mkdir()
    by_name = {attack.name: attack for attack in attacks}
    for manifest in course.manifests(HW):
        dealt = paper.paper_of(manifest, blueprint, course.catalog)
        blank = notebook.student_notebook(dealt, blueprint, course.secret)
        if attack := by_name.get(dealt.student):
            data = attack.file(blank, dealt, _words(room, dealt))
        else:
            data = notebook.to_json(answered(blank, dealt, knows_it)).encode()
        file = course.notebook_file("submitted", dealt.student, HW)
        file.parent.mkdir(parents=True)
        file.write_bytes(data)
        (file.parent / "timestamp.txt").write_text(HANDED_IN)
    return room


PLACES = ("file", "environment", "memory")


def _words(room: Classroom, dealt: Paper) -> dict[str, str]:
    layer = next(q.variant for q in dealt.questions if q.variant.template.path == "coding/implement_conv2d")
    return {
        "course": str(room.course.root),
        "neighbour": "f_neighbour",
        "home": str(room.home),
        "source": str(SOURCE),
        "pid": str(os.getpid()),
        "stride": f"({layer.parameters['s']}, {layer.parameters['p']})",
        "port": str(_Listeners.port),
        "abstract": _Listeners.name,
    }


class _Listeners:
    """Services of this machine that attackers must not reach."""

    name = f"fieldmark-listener-{os.getpid()}"
    tcp = socket.create_server(("127.0.0.1", 0), backlog=50)
    port = tcp.getsockname()[1]
    unix = socket.socket(socket.AF_UNIX)
    unix.bind("\0" + name)
    unix.listen(50)


def grade(room: Classroom, before: Sequence[str] = ()) -> Graded:
    """Grade the class in a process of its own, started by way of the command `before`, and look at what changed."""
    snapshot, processes = _snapshot(room), _processes()
    _adopt_orphans(True)
    try:
        report = _grade(room, before)
        time.sleep(0.5)  # what was killed shall have the time to be gone
        leftovers = _leftovers(processes)
    finally:
        _adopt_orphans(False)
    return Graded(room, report, snapshot, _snapshot(room), leftovers)


def _grade(room: Classroom, before: Sequence[str]) -> dict[str, Any]:
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.defpath}",
        "HOME": str(room.home),
        "TMPDIR": str(room.scratch),
        "OMP_NUM_THREADS": "1",
        "FIELDMARK_CANARY": room.canaries["environment"],
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    asked = {"course": str(room.course.root), "assignment": HW, "canary": room.canaries["memory"]}
    process = subprocess.Popen(
        [*before, sys.executable, "-m", "tests.hostile.grading_process"],
        cwd=SOURCE,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        printed, complaints = process.communicate(json.dumps(asked), timeout=DEADLINE)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    assert process.returncode == 0, complaints[-3000:]
    return json.loads(printed)


def _adopt_orphans(yes: bool) -> None:
    """Have the kernel give this process every descendant whose parent has ended: none can hide."""
    set_child_subreaper = 36
    ctypes.CDLL(None).prctl(set_child_subreaper, ctypes.c_ulong(yes), 0, 0, 0)


def _processes() -> set[int]:
    return {int(folder.name) for folder in Path("/proc").iterdir() if folder.name.isdigit()}


def _leftovers(before: set[int]) -> list[str]:
    """Processes that came out of grading and live: ours by descent, or attackers' by what they run. Ends them."""
    found = []
    for pid in sorted(_processes() - before):
        command = _command(pid)
        if os.getpid() in _ancestors(pid) or SLEEPER in command or MARK in command:
            state = _status(pid, "State")
            if state.startswith("Z"):
                continue  # ended: it waits for us to notice
            found.append(f"{pid} {state} {command}")
            os.kill(pid, signal.SIGKILL)
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass
    return found


def _ancestors(pid: int) -> Iterator[int]:
    while (parent := _status(pid, "PPid")) not in ("", "0"):
        pid = int(parent)
        yield pid


def _status(pid: int, field: str) -> str:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return ""
    return next((line.split()[1] for line in lines if line.startswith(f"{field}:")), "")


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _snapshot(room: Classroom) -> dict[str, str]:
    """Everything in the room by path: kind, mode and content."""
    found = {}
    for folder, folders, files in os.walk(room.folder):
        for name in [*folders, *files]:
            path = Path(folder, name)
            status = path.lstat()
            if stat.S_ISLNK(status.st_mode):
                content = str(path.readlink())
            elif stat.S_ISREG(status.st_mode):
                content = hashlib.sha256(path.read_bytes()).hexdigest()
            else:
                content = ""
            found[str(path.relative_to(room.folder))] = f"{stat.filemode(status.st_mode)} {content}"
    return found


def marked_files() -> list[str]:
    """Files of attackers in places that they must not reach."""
    places = {"/", "/tmp", "/var/tmp", "/dev", "/dev/shm", "/run", "/etc", "/usr", "/usr/bin", "/root", "/opt", "/home"}
    places |= {str(Path.home()), str(SOURCE), str(SOURCE / "autograder"), sys.prefix, sys.base_prefix}
    places |= {sysconfig.get_path("purelib"), sysconfig.get_path("stdlib"), str(Path(sys.executable).parent)}
    found = []
    for place in places:
        try:
            found += [str(path) for path in Path(place).iterdir() if MARK in path.name or "neighbour" in path.name]
        except OSError:
            continue
    return found


def as_user(uid: int, folder: Path) -> list[str]:
    """A command that runs another as an ordinary user, with the folders that it needs where that user can reach them.

    Python, or the checkout, may lie in a folder that only its owner may enter: an empty folder covers it, in a mount
    namespace of its own, and what is needed is put there again.
    """
    needed = sorted({sys.prefix, sys.base_prefix, str(SOURCE)})
    closed = sorted({parent for path in needed if (parent := _closed_parent(Path(path)))})
    lines = ["set -e", "mount --make-rprivate /"]
    stage = folder / "stage"
    for number, top in enumerate(closed):
        inside = [path for path in needed if Path(path).is_relative_to(top)]
        for index, path in enumerate(inside):
            lines += [f"mkdir -p {stage}/{number}-{index}", f"mount --bind {path} {stage}/{number}-{index}"]
        lines.append(f"mount -t tmpfs -o mode=0755 tmpfs {top}")
        for index, path in enumerate(inside):
            lines += [f"mkdir -p {path}", f"mount --move {stage}/{number}-{index} {path}"]
    lines.append(f'exec setpriv --reuid {uid} --regid {uid} --clear-groups "$@"')
    return ["unshare", "--mount", "sh", "-c", "\n".join(lines), "sh"]


def _closed_parent(path: Path) -> str:
    """The topmost parent that others may not enter; empty where there is none."""
    for parent in reversed([path, *path.parents]):
        if not parent.stat().st_mode & stat.S_IXOTH:
            return str(parent)
    return ""


def give(folder: Path, uid: int) -> None:
    """Make another user the owner of a folder and all below."""
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, uid, uid, follow_symlinks=False)
