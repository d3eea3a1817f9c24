"""What the benchmarks share: classes that have handed in, and what a command costs with all of its children."""

from __future__ import annotations

import csv
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assignments import notebook, paper, rehearsal, release
from assignments.course import Course
from assignments.files import write_text
from autograder import gradebook

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
ENVIRONMENT = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "OMP_NUM_THREADS": "1"}
# With an infinite loop both graders wait for a time limit, and the limits would be compared, not the graders.
BEHAVIOURS = [behave for name, behave in rehearsal.BEHAVIOURS.items() if name != "an infinite loop"]


@dataclass(frozen=True)
class Cost:
    """What commands took together, their children included: CPU is user and system time."""

    notebooks: int
    cpu: float
    wall: float


@dataclass(frozen=True)
class Inside:
    """What a command says of itself: its own peak memory, and that of the largest process that it started."""

    own_mb: float
    largest_child_mb: float
    own_cpu: float


def cost(folder: Path, notebooks: int, *commands: list[str]) -> Cost:
    """Run commands in a folder."""
    cpu, start = _children(), time.perf_counter()
    for command in commands:
        done = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{command}: exit status {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return Cost(notebooks, _children() - cpu, time.perf_counter() - start)


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def stock(folder: Path, notebooks: int) -> Cost:
    """What nbgrader itself takes to grade what was handed in and to write feedback."""
    commands = [[str(BIN / "nbgrader"), command, "hw1"] for command in ("autograde", "generate_feedback")]
    return cost(folder, notebooks, *commands)


def ours(folder: Path, notebooks: int, jobs: int) -> tuple[Cost, Inside]:
    """What `fieldmark grade` takes, which writes feedback as it goes."""
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as report:
        command = [sys.executable, str(HERE / "inside.py"), report.name, "grade", "hw1", "--jobs", str(jobs)]
        spent = cost(folder, notebooks, command)
        return spent, Inside(**json.load(report))


def floor(folder: Path) -> float:
    """CPU seconds of one notebook's cells where nothing surrounds them: `exec` in a process that is warm."""
    command = [sys.executable, str(HERE / "floor.py"), str(folder)]
    return float(subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=True).stdout)


def cpu_of_import(module: str, after: str) -> float:
    """CPU seconds of importing a module into a fresh process that has imported others."""
    code = f"import {after}, time; start = time.process_time(); import {module}; print(time.process_time() - start)"
    command = [sys.executable, "-c", code]
    return float(subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=True).stdout)


def class_of(
    folder: Path, students: int, blueprint: str = "", behaviours: Sequence[rehearsal.Behaviour] = BEHAVIOURS
) -> Course:
    """A course whose students have all handed in: the blueprint that ships, or another one."""
    course = release.init(folder)
    write_text(course.roster_file, "id\n" + "".join(f"student{n:04d}\n" for n in range(students)))
    if blueprint:
        write_text(course.blueprint_file("hw1"), blueprint)
    plan = course.blueprint("hw1")
    for number, item in enumerate(release.generate(course, plan)):
        dealt = paper.paper_of(course.manifest("hw1", item.student, 1), plan, course.catalog)
        book = notebook.student_notebook(dealt, plan, course.secret)
        answered = rehearsal.answered(book, dealt, behaviours[number % len(behaviours)])
        write_text(course.notebook_file("submitted", item.student, "hw1"), notebook.to_json(answered))
        write_text(course.step_folder("submitted", item.student, "hw1") / "timestamp.txt", rehearsal.HANDED_IN)
    gradebook.declare(course, plan)
    return course


def some_of(course: Path, folder: Path, students: int) -> Path:
    """A copy of a course in which only the first so many have handed in."""
    shutil.copytree(course, folder)
    for late in sorted((folder / "submitted").iterdir())[students:]:
        shutil.rmtree(late)
    return folder


def grades(folder: Path) -> list[dict[str, str]]:
    """The grade table of a course: those who have handed in."""
    command = [str(BIN / "fieldmark"), "export", "hw1"]
    table = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=True)
    return [row for row in csv.DictReader(table.stdout.splitlines()) if row["timestamp"]]
