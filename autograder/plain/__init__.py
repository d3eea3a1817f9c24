"""Plain nbgrader assignments, which know nothing of Fieldmark: nbgrader's steps and rules, with a sandbox for a kernel.

Locked cells are restored from nbgrader's database, scores follow its rules, and what is written is what it always
writes. Hidden tests stand in the notebook that is run, beside the student's code: the sandbox keeps the machine, the
course and the other students safe, and those tests from nobody.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

from autograder import gradebook  # noqa: F401 - before any other of nbgrader: it makes importing that half as dear
from autograder.checkers.text import harmless
from autograder.execution import tiers
from autograder.execution.forkserver import ForkServer
from autograder.execution.workers import spread
from autograder.plain import converter, course, files
from autograder.plain.graded import Graded
from autograder.plain.records import Records, Result, opened
from autograder.plain.worker import Done, Plan, Worker
from question_bank.errors import ExecutionError

if TYPE_CHECKING:
    from nbgrader.coursedir import CourseDirectory

__all__ = ["Graded", "chosen", "converts", "grade", "is_plain", "plan"]

TOGETHER = 25  # submissions that are written into the gradebook at a time
SECONDS = 2.0  # or those of so long
is_plain = course.is_plain


def grade(
    folder: Path,
    assignment: str,
    *,
    only: str = "",
    jobs: int = 1,
    force: bool = False,
    tier: str | None = None,
    progress: Callable[[Graded], None] = lambda graded: None,
) -> list[Graded]:
    """Grade what was handed in, as `nbgrader autograde` does, but for where the code is run.

    A submission that has been graded as it stands is left alone, unless `force` says otherwise. Raises CourseError
    for what concerns the whole course, ExecutionError where this machine cannot isolate student code.
    """
    here = course.load(folder, assignment)
    students, found = course.chosen(here, only), list[Graded]()
    tier = tier or tiers.choose()
    with opened(here) as records:
        if course.needs_converter(here):
            batches = _converted(here, students, tier, force)
        else:
            shared = Plan(here, records.notebooks, frozenset(records.students), force)
            batches = _batches(_each(shared, students, tier, jobs))
        for batch in batches:
            for graded in _recorded(here, records, batch):
                if not found:
                    gc.freeze()  # by now all is imported: the collector need not go through it time and again
                found.append(graded)
                progress(graded)
    return found


def converts(folder: Path, assignment: str) -> str:
    """What in nbgrader_config.py only nbgrader's own converter can follow, which then grades; empty for none."""
    return course.needs_converter(course.load(folder, assignment))


def plan(folder: Path, assignment: str, *, only: str = "", force: bool = False) -> dict[str, bool]:
    """Whom `grade` would run. Nothing is run or written. Raises CourseError."""
    here = course.load(folder, assignment)
    return {student: force or not course.stands(here, student) for student in course.chosen(here, only)}


def chosen(folder: Path, assignment: str, only: str = "") -> list[str]:
    """Whose submissions are meant. Raises CourseError where there is none."""
    return course.chosen(course.load(folder, assignment), only)


def _each(shared: Plan, students: list[str], tier: str, jobs: int) -> Iterator[Done]:
    """Grade on `jobs` workers, each with an executor of its own."""
    hidden = [shared.course.root]
    with ExitStack() as stack:
        servers = [
            stack.enter_context(closing(ForkServer(tier, hidden))) for _ in range(max(1, min(jobs, len(students))))
        ]
        yield from spread(students, [Worker(shared, server) for server in servers], Worker.grade)


def _batches(each: Iterator[Done]) -> Iterator[list[Done]]:
    batch, since = list[Done](), time.monotonic()
    try:
        for done in each:
            batch.append(done)
            if len(batch) == TOGETHER or time.monotonic() - since > SECONDS:
                yield batch
                batch, since = [], time.monotonic()
    except ExecutionError:
        yield batch  # nothing can be run any more, and what has been is not lost
        raise
    yield batch


def _converted(here: CourseDirectory, students: list[str], tier: str, force: bool) -> Iterator[list[Done]]:
    with ForkServer(tier, [here.root]) as server, converter.one_engine():
        for student in students:
            yield [converter.grade(here, student, server, force)]


def _recorded(here: CourseDirectory, records: Records, batch: list[Done]) -> Iterator[Graded]:
    """Write a batch into the gradebook; then each is done for good: its folder gets its name only now."""
    problems = records.record([done.entry for done in batch if done.entry])
    for done in batch:
        done.problem = done.problem or problems.get(done.student, "")
        try:
            if done.entry:
                _publish(here, done)
        except OSError as error:  # it will be graded again: what marks it as unfinished is still there
            done.problem = done.problem or str(error)
    results = records.results([done.student for done in batch if not done.problem])
    for done in batch:
        yield _graded(done, results.get(done.student))


def _publish(here: CourseDirectory, done: Done) -> None:
    """Put what was made in its place; where there was a problem, nothing is there, as nbgrader leaves it."""
    unfinished, place = course.unfinished(here, done.student), course.autograded(here, done.student)
    files.remove(place)
    if done.problem:
        files.remove(unfinished)
    else:
        unfinished.rename(place)


def _graded(done: Done, result: Result | None) -> Graded:
    if not done.problem and result is None:
        done.problem = "the gradebook knows nothing of this submission; grade it again with --force"
    remarks = tuple(map(harmless, done.remarks))
    if done.problem or result is None:
        return Graded(done.student, {}, problem=harmless(f"{done.student}: {done.problem}"), remarks=remarks)
    penalty = sum(result.penalties.values())
    return Graded(done.student, result.scores, result.cells, penalty, remarks=remarks, ran=done.ran)
