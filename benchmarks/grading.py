"""Grading beside stock nbgrader: the same submissions, on the same machine, in one run.

    python benchmarks/grading.py [--students N] [--stock N] [--jobs J] [--memory] [--gradebook]

Stock: `nbgrader autograde` and `nbgrader generate_feedback`. Ours: `fieldmark grade`, which writes feedback as it goes.
CPU is user and system time of the commands and all their children. Each grader has a small and a large class, which
tells what it takes to start from what a further notebook takes. Quote the ratios, not the seconds.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import common
from common import Cost, Inside

CONV2D = """\
title = "Convolution in code"

[[slots]]
template = "coding/implement_conv2d"
points = 6
"""
WORKLOADS = {"conv2d": ("six cells, one question: conv2d", CONV2D), "shipped": ("the blueprint that ships", "")}


@dataclass(frozen=True)
class Measured:
    """A grader on a small and on a large class."""

    small: Cost
    large: Cost

    @property
    def each(self) -> float:
        """CPU seconds a notebook, starting up included."""
        return self.large.cpu / self.large.notebooks

    @property
    def further(self) -> float:
        """CPU seconds of one more notebook."""
        return (self.large.cpu - self.small.cpu) / (self.large.notebooks - self.small.notebooks)

    @property
    def start(self) -> float:
        """CPU seconds before the first notebook."""
        return self.large.cpu - self.further * self.large.notebooks


def compare(folder: Path, options: argparse.Namespace, title: str, blueprint: str) -> bool:
    """Grade a class both ways and print what that took; whether the scores are the same."""
    course = common.class_of(folder / "course", options.students, blueprint).root
    few, several = max(1, options.students // 10), max(1, options.stock // 6)
    classes = {"few": few, "all": options.students, "stock_few": several, "stock_all": options.stock}
    at = {name: common.some_of(course, folder / name, count) for name, count in classes.items()}
    small, _ = common.ours(at["few"], few, options.jobs)
    large, inside = common.ours(at["all"], options.students, options.jobs)
    ours = Measured(small, large)
    nbgrader = Measured(common.stock(at["stock_few"], several), common.stock(at["stock_all"], options.stock))
    theirs = common.grades(at["stock_all"])
    mine = common.grades(at["all"])[: options.stock]
    same = bool(theirs) and theirs == mine
    show(title, nbgrader, ours, inside, common.floor(course))
    print(f"  the scores of the {options.stock} that both graded {'are the same' if same else 'DIFFER'}")
    for row, other in zip(theirs, mine, strict=False):
        differs = {column: (row[column], other[column]) for column in row if row[column] != other[column]}
        if differs:
            print(f"    {row['student_id']}: {differs} (stock, ours)")
    return same


def show(title: str, nbgrader: Measured, ours: Measured, inside: Inside, floor: float) -> None:
    """One workload's table."""
    ours_in_stock = common.cpu_of_import("autograder.stock", after="numpy, torch")
    print(f"\n{title}: CPU ms a notebook")
    print(f"  {'':<26}{'notebooks':>10}{'in all':>9}{'one more':>10}{'start':>9}{'wall':>9}")
    for name, m in (("stock nbgrader", nbgrader), ("fieldmark grade", ours)):
        wall = 1000 * m.large.wall / m.large.notebooks
        numbers = f"{1000 * m.each:>9.0f}{1000 * m.further:>10.1f}{1000 * m.start:>9.0f}{wall:>9.0f}"
        print(f"  {name:<26}{m.large.notebooks:>10}{numbers}")
    print(f"  {'floor: exec, warm':<26}{ours.large.notebooks:>10}{'':>9}{1000 * floor:>10.1f}")
    print(f"  {'stock : ours':<26}{'':>10}{nbgrader.each / ours.each:>9.1f}{nbgrader.further / ours.further:>10.1f}")
    print(
        f"  stock's kernel imports our grade cell's marking: {1000 * ours_in_stock:.0f} ms of each notebook;", end=" "
    )
    without = (nbgrader.further - ours_in_stock) / ours.further
    print(f"without that, one more is {without:.1f} : 1")
    print(f"  of ours, {100 * inside.own_cpu / ours.large.cpu:.0f} % is the trusted side's, the rest the sandbox's;")
    print(f"  peak memory: trusted side {inside.own_mb:.0f} MB, the largest process of the sandbox", end=" ")
    print(f"{inside.largest_child_mb:.0f} MB")


def memory(folder: Path, jobs: int) -> None:
    """Whether the trusted side grows with the class."""
    course = common.class_of(folder / "course", 1000).root
    peaks = {}
    for count in (24, 1000):
        cost, inside = common.ours(common.some_of(course, folder / str(count), count), count, jobs)
        peaks[count] = inside.own_mb
        wall = f"{cost.wall:.0f} s on the wall, {1000 * cost.cpu / count:.0f} ms CPU each"
        print(f"  {count:>4} submissions: trusted side at most {inside.own_mb:.0f} MB, {wall}")
    print(f"  growth: {peaks[1000] - peaks[24]:.1f} MB")


def scores(folder: Path) -> bool:
    """Write 1000 submissions' scores to the gradebook, and read them back; whether they are what was written."""
    from nbgrader.api import Gradebook

    from assignments import release
    from assignments.files import write_text
    from autograder import gradebook

    course = release.init(folder / "course")
    students = [f"student{n:04d}" for n in range(1000)]
    write_text(course.roster_file, "id\n" + "\n".join(students))
    blueprint = course.blueprint("hw1")
    gradebook.declare(course, blueprint)
    written = {
        student: {slot.id: (3 * n + k) % 8 / 4 for k, slot in enumerate(blueprint.slots)}
        for n, student in enumerate(students)
    }
    when = dt.datetime(2000, 1, 1)
    entries = [gradebook.Entry(who, when, them, dict.fromkeys(them, "fine")) for who, them in written.items()]
    with timed("written the first time"):
        gradebook.record(course, blueprint, entries)
    with timed("written again"):
        gradebook.record(course, blueprint, entries)
    with timed("read for `fieldmark export`"):
        exported = gradebook.scores(course, "hw1")
    with (
        timed("read through nbgrader's own objects"),
        Gradebook(f"sqlite:///{course.gradebook_file}", "course") as book,
    ):
        read = {s.student_id: (s.score, list(s.notebooks[0].grades)) for s in book.assignment_submissions("hw1")}
        theirs = {who: (total, {grade.name: grade.score for grade in given}) for who, (total, given) in read.items()}
    mine = {who: (row["raw_score"], {slot: row[slot] for slot in written[who]}) for who, row in exported.items()}
    same = mine == theirs == {who: (sum(them.values()), them) for who, them in written.items()}
    print(f"  what was read {'is what was written' if same else 'DIFFERS from what was written'}")
    return same


@contextmanager
def timed(what: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    print(f"  {what:<36}{1000 * (time.perf_counter() - start):>6.0f} ms on the wall")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--students", type=int, default=120, help="how many notebooks we grade")
    parser.add_argument("--stock", type=int, default=12, help="how many of them nbgrader grades, too")
    parser.add_argument("--jobs", type=int, default=1, help="of fieldmark grade; nbgrader has no such thing")
    parser.add_argument("--only", choices=WORKLOADS, help="one workload instead of both")
    parser.add_argument("--memory", action="store_true", help="the trusted side with 24 and with 1000 submissions")
    parser.add_argument("--gradebook", action="store_true", help="1000 submissions' scores, written and read")
    options = parser.parse_args()
    if not 2 <= options.stock <= options.students or options.students < 4:
        parser.error("expected 2 ≤ stock ≤ students, and at least 4 students")
    os.environ["OMP_NUM_THREADS"] = "1"
    print(
        f"{dt.date.today()}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()};", end=" "
    )
    print(f"{options.jobs} job(s) of ours")
    same = True
    with tempfile.TemporaryDirectory() as folder:
        for name in [options.only] if options.only else WORKLOADS:
            same &= compare(Path(folder) / name, options, *WORKLOADS[name])
        if options.memory:
            print("\nmemory, the blueprint that ships")
            memory(Path(folder) / "memory", options.jobs)
        if options.gradebook:
            print("\n1000 submissions in the gradebook")
            same &= scores(Path(folder) / "gradebook")
    sys.exit(0 if same else 1)


if __name__ == "__main__":
    main()
