"""A class that is graded once for all end-to-end tests: nine students, each with a behaviour of their own."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from assignments.course import Course
from assignments.rehearsal import BEHAVIOURS

BIN = Path(sys.executable).parent
STUDENTS = {behaviour: f"student{number:02d}" for number, behaviour in enumerate(BEHAVIOURS, start=1)}


def run(command: str, folder: Path, *, expect: int = 0) -> str:
    """Run a command of ours or nbgrader's in a folder, as a person would; what it prints."""
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        shlex.split(command), cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert done.returncode == expect, done.stdout
    return done.stdout


def make_course(folder: Path, students: list[str]) -> Course:
    """A course as `fieldmark init` makes it, with these students, impatient with infinite loops."""
    run(f"fieldmark init {folder}", folder.parent)
    (folder / "roster.csv").write_text("id\n" + "".join(f"{student}\n" for student in students))
    blueprint = folder / "blueprints" / "hw1.toml"
    blueprint.write_text(blueprint.read_text().replace("cell_seconds = 10", "cell_seconds = 1"))
    return Course(folder)


@pytest.fixture(scope="session")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The course when everyone has handed in and nobody is graded. Copy it before changing it."""
    course = make_course(tmp_path_factory.mktemp("e2e") / "course", list(STUDENTS.values()))
    run("fieldmark generate hw1", course.root)
    run("fieldmark rehearse hw1", course.root)
    return course


@pytest.fixture(scope="session")
def graded(handed_in: Course, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The course when `fieldmark grade` is done."""
    course = copy_of(handed_in, tmp_path_factory.mktemp("graded") / "course")
    run("fieldmark grade hw1", course.root)
    return course


def copy_of(course: Course, target: Path) -> Course:
    """The course again, in another folder."""
    subprocess.run(["cp", "-a", str(course.root), str(target)], check=True)
    return Course(target)
