"""The class that all hostile tests look at, graded once, also where several workers run the tests."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from autograder.execution import tiers
from question_bank.errors import ExecutionError
from tests.hostile import classroom
from tests.hostile.attack import ATTACKS, Attack
from tests.hostile.classroom import Classroom, Graded

ORDINARY = 54321  # a uid that nobody has
FOR_AN_ORDINARY_USER = (
    "daemon_double_forked",
    "fork_bomb",
    "kernel_become_root",
    "kernel_namespaces",
    "kill_everything",
    "memory_in_many_processes",
    "network_tcp",
    "poison_1_leaves",
    "poison_2_looks",
    "read_course",
    "read_grader_package",
    "read_proc_of_others",
    "write_course",
    "write_system",
)


@pytest.fixture(scope="session")
def tier() -> str:
    """The tier of this machine. Attacks are never run without one that isolates."""
    try:
        return tiers.choose()
    except ExecutionError as error:
        pytest.skip(f"this machine cannot isolate student code: {error}")


@pytest.fixture(scope="session")
def graded(tier: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graded]:
    """The whole class, graded as whoever runs the tests."""

    def grade() -> Graded:
        return classroom.grade(classroom.make(_folder(), ATTACKS))

    yield from _once(tmp_path_factory, "everyone", ATTACKS, grade)


@pytest.fixture(scope="session")
def graded_by_a_user(tier: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graded]:
    """A smaller class, graded as an ordinary user where the tests are run as root."""
    if os.getuid():
        pytest.skip("the tests are run as an ordinary user: the whole class was graded as one")
    attacks = [attack for attack in ATTACKS if attack.name in FOR_AN_ORDINARY_USER]

    def grade() -> Graded:
        room = classroom.make(_folder(), attacks)
        classroom.give(room.folder, ORDINARY)
        return classroom.grade(room, classroom.as_user(ORDINARY, room.folder.parent))

    yield from _once(tmp_path_factory, "user", attacks, grade)


def _once(
    factory: pytest.TempPathFactory, name: str, attacks: Sequence[Attack], grade: Callable[[], Graded]
) -> Iterator[Graded]:
    """Grade, unless another worker has done so: then read what it found. The last to leave tidies up."""
    with _alone(factory, name) as kept:
        found = _kept(kept, attacks) or _keep(kept, grade())
        users = kept.with_suffix(".users")
        with users.open("a") as file:
            file.write("+")
    yield found
    with _alone(factory, name) as kept:
        users.write_text(users.read_text()[:-1])
        if not users.read_text():
            kept.unlink()
            shutil.rmtree(found.room.folder.parent, ignore_errors=True)


@contextmanager
def _alone(factory: pytest.TempPathFactory, name: str) -> Iterator[Path]:
    """A file for what one worker finds out and the others read; meanwhile they wait."""
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield shared / f"{name}.json"


def _folder() -> Path:
    """A folder that everybody may enter: it is not its place that protects the course."""
    folder = Path(tempfile.mkdtemp(prefix="fieldmark-class-"))
    folder.chmod(0o755)
    return folder / "room"


def _keep(file: Path, graded: Graded) -> Graded:
    room = graded.room
    data = {"folder": str(room.folder), "canaries": room.canaries}
    data |= {name: getattr(graded, name) for name in ("report", "before", "after", "leftovers")}
    file.write_text(json.dumps(data))
    return graded


def _kept(file: Path, attacks: Sequence[Attack]) -> Graded | None:
    if not file.is_file():
        return None
    data = json.loads(file.read_text())
    room = Classroom(Path(data.pop("folder")), tuple(attacks), data.pop("canaries"))
    return Graded(room, **data)
