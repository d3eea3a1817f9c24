"""Grading beside stock nbgrader: the same six-question submissions, on the same machine, in one run.

    python benchmarks/grading.py [--students 24] [--jobs 1]

Stock: `nbgrader autograde` and `nbgrader generate_feedback`. Ours: `fieldmark grade`, which writes feedback as it goes.
CPU seconds are user and system time of the command and all its children; quote the ratio, not the seconds. The
behaviours of `fieldmark rehearse` are used but for the infinite loop: there both wait for a time limit, and the limits,
not the graders, would be compared.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from assignments import notebook, paper, rehearsal, release
from assignments.course import Course
from assignments.files import write_text
from autograder import gradebook

BIN = Path(sys.executable).parent
HONEST = [name for name in rehearsal.BEHAVIOURS if name != "an infinite loop"]


@dataclass
class Cost:
    """What commands took together."""

    cpu: float = 0.0
    wall: float = 0.0


def timed(folder: Path, *commands: str) -> Cost:
    """Run commands in a folder; their CPU seconds, children included, and wall seconds."""
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "OMP_NUM_THREADS": "1"}
    cost = Cost()
    for command in commands:
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        done = subprocess.run(command.split(), cwd=folder, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{command}: exit status {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cost.cpu += after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        cost.wall += time.perf_counter() - start
    return cost


def class_of(folder: Path, students: int) -> Course:
    """A course whose students have all handed in the shipped blueprint's six questions."""
    course = release.init(folder)
    write_text(course.roster_file, "id\n" + "".join(f"student{n:03d}\n" for n in range(students)))
    blueprint = course.blueprint("hw1")
    for number, item in enumerate(release.generate(course, blueprint)):
        dealt = paper.paper_of(course.manifest("hw1", item.student, 1), blueprint, course.catalog)
        book = notebook.student_notebook(dealt, blueprint, course.secret)
        behaviour = rehearsal.BEHAVIOURS[HONEST[number % len(HONEST)]]
        filled = notebook.to_json(rehearsal.answered(book, dealt, behaviour))
        write_text(course.notebook_file("submitted", item.student, "hw1"), filled)
        write_text(course.step_folder("submitted", item.student, "hw1") / "timestamp.txt", rehearsal.HANDED_IN)
    gradebook.declare(course, blueprint)
    return course


def grades(folder: Path) -> list[list[str]]:
    """The grade table of a course."""
    table = subprocess.run([BIN / "fieldmark", "export", "hw1"], cwd=folder, capture_output=True, text=True, check=True)
    return list(csv.reader(io.StringIO(table.stdout)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--students", type=int, default=24)
    parser.add_argument("--jobs", type=int, default=1, help="of fieldmark grade; nbgrader has no such thing")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ours = class_of(Path(folder) / "ours", options.students).root
        stock = Path(folder) / "stock"
        shutil.copytree(ours, stock)
        a = timed(ours, f"fieldmark grade hw1 --jobs {options.jobs}")
        b = timed(stock, "nbgrader autograde hw1", "nbgrader generate_feedback hw1")
        same = grades(ours) == grades(stock)
    count = options.students
    print(f"{count} submissions of six questions, one of them code; {options.jobs} job(s) of ours")
    print(f"{'':>22}  {'CPU s':>8}  {'wall s':>8}  {'ms CPU a notebook':>18}")
    for name, cost in (("stock nbgrader", b), ("fieldmark grade", a)):
        print(f"{name:>22}  {cost.cpu:8.1f}  {cost.wall:8.1f}  {1000 * cost.cpu / count:18.0f}")
    print(f"{'ratio':>22}  {b.cpu / a.cpu:8.1f}  {b.wall / a.wall:8.1f}")
    print("every score of every student is the same" if same else "THE SCORES DIFFER")
    sys.exit(0 if same else 1)


if __name__ == "__main__":
    main()
