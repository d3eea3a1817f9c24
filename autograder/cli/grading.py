"""`fieldmark grade` and `fieldmark mark`: a progress bar, a table, an exit status."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from assignments.blueprint import Slot
from assignments.course import Course
from assignments.files import alone
from autograder import gradebook, pipeline
from autograder.execution import gpus, tiers
from autograder.feedback import points_text
from autograder.grader import Outcome

UNSAFE = Text("Student code runs UNPROTECTED, with your rights (--unsafe-no-sandbox).", style="bold red")
SLICE = 100  # rows of the table of outcomes that are laid out together


def grade_and_show(
    folder: Path,
    assignment: str,
    *,
    only: str = "",
    jobs: int = 1,
    force: bool = False,
    run: bool = True,
    unsafe: bool = False,
    log: Path | None = None,
) -> int:
    """Grade, show a table of outcomes and where to look; 1 where a submission could not be graded, else 0."""
    # References are small: one thread each is fastest, and leaves the cores to the students' code.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    course, console = Course.find(folder), Console()
    slots = course.blueprint(assignment).slots
    tier = tiers.choose(unsafe) if run else ""
    if unsafe:
        console.print(UNSAFE)
    with alone(course.lock_file), _log(log) as note, progress_bar() as bar:
        task = bar.add_task(assignment, total=len(pipeline.chosen(course, assignment, only)))

        def advance(outcome: Outcome) -> None:
            bar.advance(task)
            note(outcome, tier)

        outcomes = pipeline.grade(
            course, assignment, only=only, jobs=jobs, force=force, run=run, tier=tier, progress=advance
        )
    for table in _tables(assignment, slots, outcomes):
        console.print(table)
    _print_problems(console, outcomes)
    _summary(console, course, slots, assignment, outcomes, tier)
    return 1 if any(outcome.problem for outcome in outcomes) else 0


def show_plan(folder: Path, assignment: str, *, only: str = "", force: bool = False) -> int:
    """Say what `grade` would do; 1 where a submission would be refused, else 0."""
    course, console = Course.find(folder), Console()
    outcomes = pipeline.plan(course, assignment, only=only, force=force)
    for outcome in outcomes:
        if not outcome.problem:
            console.print(Text(f"{outcome.student}: {'would be run' if outcome.ran else 'has been run as it stands'}"))
    _print_problems(console, outcomes)
    return 1 if any(outcome.problem for outcome in outcomes) else 0


def _print_problems(console: Console, outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        if outcome.problem:
            console.print(Text(f"{outcome.student}: {outcome.problem}", style="red"), soft_wrap=True)
        if outcome.remarks:
            console.print(Text(f"{outcome.student}: {'; '.join(outcome.remarks)}", style="yellow"), soft_wrap=True)


def progress_bar() -> Progress:
    """What is shown while a class is graded."""
    columns = [TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()]
    return Progress(*columns, console=Console(stderr=True), transient=True)


@contextmanager
def _log(file: Path | None) -> Iterator[Callable[[Outcome, str], None]]:
    """A function that adds an outcome to the log, a JSON line each; where there is no log, one that does nothing."""
    if file is None:
        yield lambda outcome, tier: None
        return
    with file.open("a", encoding="utf-8") as lines:

        def note(outcome: Outcome, tier: str) -> None:
            marked = outcome.grade
            line = {
                "student": outcome.student,
                "ran": outcome.ran,
                "tier": tier,
                "problem": outcome.problem,
                "remarks": outcome.remarks,
                "points": outcome.points if marked else None,
                "out_of": marked.out_of if marked else None,
                "questions": {q.id: None if q.unmarked or q.waiting else q.points for q in marked.questions}
                if marked
                else {},
            }
            lines.write(json.dumps(line, ensure_ascii=False) + "\n")
            lines.flush()

        yield note


def _tables(assignment: str, slots: Sequence[Slot], outcomes: list[Outcome]) -> Iterator[Table]:
    """One table in slices: rich lays out all of a table before it prints any, which for a large class takes room."""
    names = ["student", *(slot.id for slot in slots), "late", "points"]
    rows = [_row(slots, outcome) for outcome in outcomes]
    widths = [max(map(cell_len, column)) for column in zip(names, *rows, strict=True)]
    for start in range(0, len(rows), SLICE):
        table = Table(title=None if start else assignment, show_header=not start, box=None, header_style="bold")
        for name, width in zip(names, widths, strict=True):
            table.add_column(name, justify="left" if name == "student" else "right", min_width=width)
        for student, *cells in rows[start : start + SLICE]:
            table.add_row(Text(student), *cells)
        yield table


def _row(slots: Sequence[Slot], outcome: Outcome) -> list[str]:
    questions = outcome.grade.questions if outcome.grade else ()
    found = {q.id: "?" if q.unmarked or q.waiting else points_text(q.points) for q in questions}
    late = f"−{points_text(outcome.penalty)}" if outcome.penalty else ""
    return [outcome.student, *(found.get(slot.id, "–") for slot in slots), late, points_text(outcome.points)]


def _summary(
    console: Console, course: Course, slots: Sequence[Slot], assignment: str, outcomes: list[Outcome], tier: str
) -> None:
    ran = sum(outcome.ran for outcome in outcomes)
    problems = sum(bool(outcome.problem) for outcome in outcomes)
    console.print(f"{len(outcomes)} submissions, {ran} run now, {problems} for a person to look at", highlight=False)
    words = [q.waiting for outcome in outcomes if outcome.grade for q in outcome.grade.questions]
    if any(words):
        console.print(f"  {sum(words)} answers in words wait for a person: mark them in formgrader", highlight=False)
    if tier:
        console.print(Text(f"  {'isolation':<10} tier {tier}, {tiers.MEANING[tier]}"), soft_wrap=True)
    parts = (part for slot in slots for template in slot.templates for part in template.parts.values())
    if tier and not gpus.nodes() and any(getattr(part, "device", "cpu") == "cuda" for part in parts):
        console.print(f"  {'gpu':<10} none here: trainings that may use one ran on the CPU", highlight=False)
    for what, path in (
        ("report", pipeline.report_file(course, assignment)),
        ("feedback", course.root / "feedback" / "<student>" / assignment / f"{assignment}.html"),
        ("gradebook", gradebook.shown(course)),
    ):
        console.print(Text(f"  {what:<10} {path}"), soft_wrap=True)
