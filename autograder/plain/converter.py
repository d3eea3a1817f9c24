"""nbgrader's own converter, with the sandbox for a kernel: for courses whose settings ask for more than our steps.

It changes the process's folder and environment: one submission after the other, in one thread.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from nbgrader import api
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import Execute, SaveAutoGrades

from autograder.execution import Executor
from autograder.plain import course as places
from autograder.plain import files
from autograder.plain.notes import Notes
from autograder.plain.sandbox import SandboxExecute
from autograder.plain.scoring import SaneGrades
from autograder.plain.worker import Done
from question_bank.errors import CourseError


@contextmanager
def one_engine() -> Iterator[None]:
    """One SQLAlchemy engine for all of nbgrader's gradebooks: otherwise each compiles every query anew."""
    create = api.create_engine
    api.create_engine = lru_cache(create)
    try:
        yield
    finally:
        api.create_engine = create


def grade(course: CourseDirectory, student: str, server: Executor, force: bool) -> Done:
    """One submission, all the way into the gradebook; whatever goes wrong is in the outcome."""
    notes, done = Notes(), Done(student)
    notes.remarks = done.remarks
    begun = places.unfinished(course, student)
    try:
        files.refuse_links(places.handed_in(course, student))
        course.student_id = student
        converter = _Autograde(coursedir=course, parent=course.parent, server=server, notes=notes)
        converter.force = force or begun.exists()  # where a run was cut short, what it has left is not whole
        begun.mkdir(parents=True, exist_ok=True)
        converter.start()
        done.ran = converter.ran
    except (NbGraderException, SystemExit, CourseError) as error:
        done.problem = notes.last or str(error)
    except Exception as error:  # noqa: BLE001 - one submission's trouble, whatever it is, must not cost the others
        done.problem = f"{type(error).__name__}: {error}"
    finally:
        course.student_id = "*"
    files.remove(begun)
    return done


class _Autograde(Autograde):  # type: ignore[misc]
    """nbgrader's converter with the sandbox in the kernel's place."""

    def __init__(self, *, server: Executor, notes: Notes, **options: Any) -> None:
        super().__init__(**options)
        self.server, self.notes, self.ran = server, notes, False
        self.log = notes.log

    def _init_preprocessors(self) -> None:
        """Instances of ours, classes of nbgrader's."""
        super()._init_preprocessors()
        if self._sanitizing:
            return
        self.ran = True
        ours = {Execute: self._execute, SaveAutoGrades: self._save}
        self.exporter._preprocessors = []
        for each in self.autograde_preprocessors:
            self.exporter.register_preprocessor(ours[each]() if each in ours else each)

    def _execute(self) -> SandboxExecute:
        found = SandboxExecute(parent=self, enabled=True)
        found.server = self.server
        return found

    def _save(self) -> SaneGrades:
        found = SaneGrades(parent=self, enabled=True)
        found.remarks = self.notes.remarks
        return found
