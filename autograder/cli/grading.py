"""`fieldmark grade` and `fieldmark mark`: a progress bar, a table, an exit status."""

from __future__ import annotations

import os
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from assignments.course import Course
from assignments.files import alone
from autograder import pipeline
from autograder.feedback import points_text
from autograder.pipeline import Outcome


def grade_and_show(
    folder: Path, assignment: str, *, only: str = "", jobs: int = 1, force: bool = False, run: bool = True
) -> int:
    """Grade, show a table of outcomes and where to look; 1 where a submission could not be graded, else 0."""
    # References are small: one thread each is fastest, and leaves the cores to the students' code.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    course, console = Course.find(folder), Console()
    columns = [TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()]
    with alone(course.lock_file), Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(assignment, total=1 if only else len(pipeline.submitted(course, assignment)))
        outcomes = pipeline.grade(
            course, assignment, only=only, jobs=jobs, force=force, run=run, progress=lambda _: bar.advance(task)
        )
    console.print(_table(course, assignment, outcomes))
    for outcome in outcomes:
        if outcome.problem:
            console.print(Text(f"{outcome.student}: {outcome.problem}", style="red"), soft_wrap=True)
    _summary(console, course, assignment, outcomes)
    return 1 if any(outcome.problem for outcome in outcomes) else 0


def _table(course: Course, assignment: str, outcomes: list[Outcome]) -> Table:
    slots = course.blueprint(assignment).slots
    table = Table(title=assignment, box=None, header_style="bold")
    table.add_column("student")
    for slot in slots:
        table.add_column(slot.id, justify="right")
    for name in ("late", "points"):
        table.add_column(name, justify="right")
    for outcome in outcomes:
        found = (
            {q.id: "?" if q.unmarked else points_text(q.points) for q in outcome.grade.questions}
            if outcome.grade
            else {}
        )
        late = f"−{points_text(outcome.penalty)}" if outcome.penalty else ""
        cells = [found.get(slot.id, "–") for slot in slots]
        table.add_row(Text(outcome.student), *cells, late, points_text(outcome.points))
    return table


def _summary(console: Console, course: Course, assignment: str, outcomes: list[Outcome]) -> None:
    ran = sum(outcome.ran for outcome in outcomes)
    problems = sum(bool(outcome.problem) for outcome in outcomes)
    console.print(f"{len(outcomes)} submissions, {ran} run now, {problems} for a person to look at", highlight=False)
    for what, path in (
        ("report", pipeline.report_file(course, assignment)),
        ("feedback", course.root / "feedback" / "<student>" / assignment / f"{assignment}.html"),
        ("gradebook", course.gradebook_file),
    ):
        console.print(Text(f"  {what:<10} {path}"), soft_wrap=True)
