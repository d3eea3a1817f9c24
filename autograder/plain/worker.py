"""One submission after the other: read, restored, run, scored and written beside where it will be.

What `nbgrader autograde` does in two passes over a notebook, a dozen sessions with its database and as many commits.
Here the database is read before and written after, by others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from nbgrader.api import MissingEntry
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import IgnorePattern, LimitOutput
from nbgrader.utils import is_grade, is_solution, is_task

from autograder.execution import Executor
from autograder.plain import course as places
from autograder.plain import files, restoring
from autograder.plain.notes import Notes
from autograder.plain.records import Entry, Marks
from autograder.plain.restoring import Notebook, Restorer, Sources
from autograder.plain.sandbox import MAX_UNPACKED, TOO_LARGE, File, SandboxExecute, layout, pack
from autograder.plain.scoring import SaneGrades, comment, judged
from question_bank.errors import CourseError, ExecutionError


@dataclass(slots=True)
class Done:
    """What a worker made of a submission; `entry` is for the gradebook, also where there is a problem."""

    student: str
    entry: Entry | None = None
    ran: bool = True
    problem: str = ""
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """What all submissions share."""

    course: CourseDirectory
    notebooks: Mapping[str, Notebook]
    students: frozenset[str]  # those that the gradebook knows
    force: bool

    @cached_property
    def settings(self) -> Any:
        """nbgrader's settings for autograding."""
        return Autograde(coursedir=self.course, parent=self.course.parent)

    @cached_property
    def sources(self) -> Sources:
        """What nbgrader's steps look up."""
        return Sources(dict(self.notebooks))

    @cached_property
    def ignore(self) -> list[str]:
        """The files that are not copied."""
        return [*self.course.ignore, "*.ipynb"]

    @cached_property
    def own_files(self) -> dict[str, File]:
        """The assignment's files, which replace those that students have handed in."""
        source = places.source(self.course)
        exclude = {str(Path(name)) for name in self.settings.exclude_overwriting.get(self.course.assignment_id, [])}
        return {name: pack(source / name) for name in files.below(source, self.ignore) if name not in exclude}


class Worker:
    """Has an executor and nbgrader's steps of its own."""

    def __init__(self, plan: Plan, server: Executor) -> None:
        parent = plan.course.parent
        self.plan, self.course, self.notes = plan, plan.course, Notes()
        self.restore = Restorer(plan.sources, parent, self.notes.log)
        self.execute, self.scoring = SandboxExecute(parent=parent), SaneGrades(parent=parent)
        self.execute.server = server
        self.after = [IgnorePattern(parent=parent), LimitOutput(parent=parent)]

    def grade(self, student: str) -> Done:
        """One submission; whatever goes wrong is in the outcome. Raises ExecutionError where nothing can be run."""
        done = Done(student)
        self.notes.remarks = done.remarks
        try:
            self._grade(done)
        except ExecutionError:
            raise
        except CourseError as error:
            done.problem = str(error)
        except Exception as error:  # noqa: BLE001 - one submission's trouble, whatever it is, must not cost the others
            done.problem = _short(error)
        return done

    def _grade(self, done: Done) -> None:
        folder = places.handed_in(self.course, done.student)
        files.refuse_links(folder)
        names = sorted(path.stem for path in folder.glob("*.ipynb") if not path.name.startswith("."))
        if not names:
            raise CourseError(f"{folder}: no notebooks were handed in")
        done.ran = self.plan.force or not places.stands(self.course, done.student)
        if not done.ran:
            return
        if not self.plan.settings.create_student and done.student not in self.plan.students:
            raise CourseError("the gradebook knows no such student")
        done.entry = Entry(done.student, places.moment(self.course, folder))
        target = places.unfinished(self.course, done.student)
        files.remove(target)
        target.mkdir(parents=True)
        beside = self._copy_files(folder, target)
        known = [name for name in names if name in self.plan.notebooks]
        done.remarks += [f"{name}.ipynb is no notebook of this assignment" for name in names if name not in known]
        if not known:
            raise CourseError(f"{folder}: none of the assignment's notebooks was handed in")
        for name in self.plan.notebooks.keys() - set(names):
            done.entry.notebooks[name] = Marks(missing=True)
            done.remarks.append(f"{name}.ipynb was not handed in")
        first = layout(beside, folder)
        for name in known:
            marks = done.entry.notebooks[name] = Marks()
            try:
                self._notebook(folder / f"{name}.ipynb", target / f"{name}.ipynb", first, marks, done)
            except (CourseError, ExecutionError):
                raise
            except Exception as error:
                raise CourseError(f"{name}.ipynb: {_short(error)}") from error
        files.set_permissions(target, int(str(self.plan.settings.permissions), 8))

    def _copy_files(self, folder: Path, target: Path) -> dict[str, File]:
        """Copy the student's files, then over them the assignment's; all of them, for the sandbox."""
        own, found = self.plan.own_files, {}
        names = [name for name in files.below(folder, self.plan.ignore) if name not in own]
        if sum((folder / name).stat().st_size for name in names) > MAX_UNPACKED:  # before any of them is read
            raise CourseError(f"{folder}: {TOO_LARGE}")
        for name in names:
            files.copy(folder / name, target / name)
            found[name] = pack(folder / name)
        for name in own:
            files.copy(places.source(self.course) / name, target / name)
        return {name: file for name, file in (found | own).items() if not name.endswith(".ipynb")}

    def _notebook(self, source: Path, target: Path, first: str, marks: Marks, done: Done) -> None:
        name = source.stem
        about = {"notebook": name, "assignment": self.course.assignment_id, "student": done.student}
        resources = {"nbgrader": {**about, "db_url": self.course.db_url}}
        nb = self.restore(restoring.read(source), resources)
        self.execute.run(nb, first)
        for step in self.after:
            nb, resources = step(nb, resources)
        for cell in nb.cells:
            self._score(cell, name, marks, done)
        marks.done = True
        restoring.write(nb, target)

    def _score(self, cell: Any, notebook: str, marks: Marks, done: Done) -> None:
        """What nbgrader's SaveAutoGrades writes."""
        source = self.plan.notebooks[notebook]
        graded, commented = is_grade(cell), is_solution(cell) or is_task(cell)
        if not graded and not commented:
            return
        id = cell.metadata["nbgrader"]["grade_id"]
        if (graded and id not in source.graded) or (commented and id not in source.commented):
            raise MissingEntry(f"{notebook}/{id}: the assignment has no such cell")
        if graded:
            try:
                found = judged(cell, self.scoring.nbgrader_compat, self.notes.log)
            except (ValueError, KeyError) as error:  # nbgrader has no points for such a result
                raise CourseError(f"{notebook}/{id}: {error}") from error
            marks.scores[id] = found.points
            if found.look:
                marks.look.add(id)
            if found.remark:
                done.remarks.append(f"{notebook}/{id}: {found.remark}")
        if commented:
            marks.comments[id] = comment(cell)


def _short(error: Exception) -> str:
    """Its kind, and the first line of what it says."""
    return f"{type(error).__name__}: {str(error).strip().partition(chr(10))[0]}"
