"""The path from submissions to grades, readable aloud.

find what was handed in → grade each on one of several workers → gradebook → report
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

from assignments.course import Course
from assignments.files import write_text
from autograder import feedback, gradebook, report
from autograder.execution import environments, tiers
from autograder.execution.forkserver import ForkServer
from autograder.execution.workers import spread
from autograder.grader import Grader, Outcome
from autograder.marks import Grade
from question_bank.errors import CourseError

Progress = Callable[[Outcome], None]


def grade(
    course: Course,
    assignment: str,
    *,
    only: str = "",
    jobs: int = 1,
    force: bool = False,
    run: bool = True,
    tier: str | None = None,
    progress: Progress = lambda outcome: None,
) -> list[Outcome]:
    """Grade what was handed in, write everything that comes of it, and say what became of each submission.

    run=False marks from the responses that are at hand and runs no student code; force=True runs all anew; `tier` is
    the isolation, the best that works here where none is given. `progress` is told of each outcome in full; those that
    are returned lack the texts of their marks, which for a large class are large.

    Raises CourseError for what concerns the whole course, ExecutionError where this machine cannot isolate student
    code; a fault in one submission stands in its Outcome.
    """
    students = chosen(course, assignment, only)
    tier = (tier or tiers.choose()) if run else ""
    grader = _grader(course, assignment, tier, force)
    gradebook.declare(course, grader.blueprint)
    grader = replace(grader, hands=gradebook.by_hand(course, assignment), late=gradebook.late(course, assignment))
    outcomes: list[Outcome] = []
    entries = []
    for outcome in _each(grader, students, jobs if run else 1):
        if not outcomes:
            gc.freeze()  # by now all is imported: a collector that went through it time and again would double the work
            gc.set_threshold(20_000)  # and trees of cells are large
        progress(outcome)
        outcomes.append(outcome.brief())
        if outcome.grade:
            entries.append(_entry(outcome, outcome.grade))
    gradebook.record(course, grader.blueprint, entries)
    if not only:  # the page is about the class
        problems = [outcome.problem for outcome in outcomes if outcome.problem]
        remarks = [(outcome.student, outcome.remarks) for outcome in outcomes if outcome.remarks]
        page = report.html(
            grader.blueprint, [outcome.grade for outcome in outcomes if outcome.grade], problems, remarks
        )
        write_text(report_file(course, assignment), page, mode=0o600)
    return outcomes


def plan(course: Course, assignment: str, *, only: str = "", force: bool = False) -> list[Outcome]:
    """What `grade` would do: whom it would run, whom it would refuse. Nothing is run or written."""
    grader = _grader(course, assignment, "", force)
    return [grader.plan(student) for student in chosen(course, assignment, only)]


def chosen(course: Course, assignment: str, only: str) -> list[str]:
    """Whose submissions are meant. Raises CourseError where there is none."""
    students = submitted(course, assignment)
    if not students:
        raise CourseError(f"{course.root / 'submitted'}: nothing was handed in for {assignment}")
    if only and only not in students:
        raise CourseError(f"{course.root / 'submitted' / only / assignment}: nothing was handed in here")
    return [only] if only else students


def submitted(course: Course, assignment: str) -> list[str]:
    """The ids of those who handed something in, sorted."""
    return sorted(
        folder.parent.name for folder in (course.root / "submitted").glob(f"*/{assignment}") if folder.is_dir()
    )


def report_file(course: Course, assignment: str) -> Path:
    """The instructor's page about a graded assignment."""
    return course.root / "reports" / f"{assignment}.html"


def _grader(course: Course, assignment: str, tier: str, force: bool) -> Grader:
    enrolled = frozenset(student.id for student in course.roster())
    blueprint = course.blueprint(assignment)
    pinned = environments.digest(blueprint.environment) if blueprint.environment else ""
    return Grader(course, blueprint, enrolled, tier, force, pinned)


def _each(grader: Grader, students: list[str], jobs: int) -> Iterator[Outcome]:
    """Grade on `jobs` workers, each with an executor of its own; outcomes come as they are ready."""
    hidden = [str(grader.course.root)]
    python, count = _python(grader), max(1, min(jobs, len(students)))
    with ExitStack() as stack:
        servers = [stack.enter_context(closing(ForkServer(grader.tier, hidden, *python))) for _ in range(count)]
        yield from spread(students, servers, lambda server, student: grader.grade(student, server))


def _python(grader: Grader) -> list[str]:
    """The interpreter of the assignment's own environment, which is made where it is not there yet."""
    requirements = grader.blueprint.environment
    if not requirements or not grader.tier:
        return []
    return [str(environments.python(requirements, grader.course.environments))]


def _entry(outcome: Outcome, marked: Grade) -> gradebook.Entry:
    return gradebook.Entry(
        student=outcome.student,
        submitted=outcome.submitted,
        scores={name: cell.auto for q in marked.questions for name, cell in q.cells.items()},
        comments={  # the same for many
            name: sys.intern(text) for q in marked.questions for name, text in feedback.comments(q).items()
        },
        penalty=outcome.penalty,
    )
