"""nbgrader's database for plain assignments: read once for a class, written for many submissions at a time.

The rows are those that `nbgrader autograde` writes, one object and one transaction after the other.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from nbgrader import api
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from autograder import gradebook
from autograder.plain.restoring import Notebook
from question_bank.errors import CourseError

Row = dict[str, Any]


@dataclass(slots=True)
class Marks:
    """One notebook: what was found of its cells, by name.

    done: all of them, and a late penalty may follow. missing: it was not handed in and is worth nothing.
    """

    scores: dict[str, float | None] = field(default_factory=dict)
    look: set[str] = field(default_factory=set)
    comments: dict[str, str | None] = field(default_factory=dict)
    done: bool = False
    missing: bool = False


@dataclass(slots=True)
class Entry:
    """One submission, as far as it came."""

    student: str
    submitted: dt.datetime | None  # UTC, naive; None leaves what is known
    notebooks: dict[str, Marks] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """What the gradebook says of a submission."""

    scores: dict[str, tuple[float, float]] = field(default_factory=dict)  # by notebook: the score, and the maximum
    cells: dict[str, float | None] = field(default_factory=dict)  # by notebook/cell; None waits for a person
    penalties: dict[str, float] = field(default_factory=dict)  # by notebook


class Records:
    """An assignment in an open gradebook. For one thread."""

    def __init__(self, db: Any, assignment: api.Assignment, late: AssignLatePenalties) -> None:
        """Raises CourseError where a notebook is not for Python."""
        self.db, self.id, self.due, self.late = db, assignment.id, assignment.duedate, late
        self.notebooks = {book.name: _notebook(book) for book in assignment.notebooks}
        for book in self.notebooks.values():
            _expect_python(book)
        self.students = set(db.scalars(select(api.Student.id)))
        db.rollback()

    def record(self, entries: Sequence[Entry]) -> dict[str, str]:
        """Write submissions in one transaction, or where that fails one by one; what went wrong, by student."""
        if not entries:
            return {}
        try:
            gradebook.lock(self.db)
            problems = self._write(entries)
            self.db.commit()
            self.students |= {entry.student for entry in entries}
            return problems
        except SQLAlchemyError as error:
            self.db.rollback()
            if len(entries) > 1:
                return {who: why for entry in entries for who, why in self.record([entry]).items()}
            why = getattr(error, "orig", None) or error
            return {entry.student: f"the gradebook: {' '.join(str(why).split())}" for entry in entries}

    def results(self, students: Sequence[str]) -> dict[str, Result]:
        """What the gradebook says of those who are in it."""
        handed_in, book, grade, cell = api.SubmittedAssignment, api.SubmittedNotebook, api.Grade, api.BaseCell
        query = select(handed_in.student_id, api.Notebook.name, book.late_submission_penalty)
        query = query.add_columns(cell.name, grade.score, grade.needs_manual_grade)
        query = query.select_from(handed_in).join(book, book.assignment_id == handed_in.id)
        query = query.join(api.Notebook, api.Notebook.id == book.notebook_id)
        query = query.outerjoin(grade, grade.notebook_id == book.id).outerjoin(cell, cell.id == grade.cell_id)
        query = query.where(handed_in.assignment_id == self.id, handed_in.student_id.in_(students))
        found: dict[str, Result] = {}
        for student, name, penalty, each, score, look in self.db.execute(query.order_by(api.Notebook.name, cell.name)):
            result = found.setdefault(student, Result())
            so_far, most = result.scores.get(name, (0.0, self.notebooks[name].max_score))
            result.scores[name] = so_far + (score or 0.0), most
            result.penalties[name] = penalty or 0.0
            if each is not None:
                result.cells[f"{name}/{each}"] = None if look else score
        self.db.rollback()
        return found

    def _write(self, entries: Sequence[Entry]) -> dict[str, str]:
        _insert(self.db, api.Student, [{"id": e.student} for e in entries if e.student not in self.students])
        submissions = self._submissions(entries)
        books, penalties = self._books([row["id"] for row in submissions.values()])
        scores = self._grades(entries, submissions, books)
        self._comments(entries, submissions, books)
        problems, rows = {}, []
        for entry in entries:
            submission = submissions[entry.student]
            for name, marks in entry.notebooks.items():
                book = books[submission["id"], self.notebooks[name].id]
                if not marks.done or not self.late.enabled or entry.student in problems:
                    continue
                try:
                    penalty = self._penalty(entry.student, scores[book], submission)
                except Exception as error:  # noqa: BLE001 - the course's plugin may raise anything
                    problems[entry.student] = f"the late penalty: {type(error).__name__}: {error}"
                    continue
                if penalty != penalties.get(book):
                    rows.append({"id": book, "late_submission_penalty": penalty})
        _update(self.db, api.SubmittedNotebook, rows)
        return problems

    def _penalty(self, student: str, score: float, submission: Row) -> float | None:
        """By nbgrader's rule and the course's plugin."""
        due = self.due + submission["extension"] if self.due and submission["extension"] else self.due
        late = (submission["timestamp"] - due).total_seconds() if due and submission["timestamp"] else 0.0
        found = self.late.plugin_inst.late_submission_penalty(student, score, late) if late > 0 else None
        checked = self.late._check_late_penalty
        return None if found is None else float(checked(SimpleNamespace(score=score), found))

    def _submissions(self, entries: Sequence[Entry]) -> dict[str, Row]:
        """By student: id, timestamp and extension; made where they are not there, with all that belongs to them."""
        table = api.SubmittedAssignment
        query = select(table.student_id, table.id, table.timestamp, table.extension)
        query = query.where(table.assignment_id == self.id, table.student_id.in_([e.student for e in entries]))
        found = {who: {"id": id, "timestamp": at, "extension": more} for who, id, at, more in self.db.execute(query)}
        changed, made = [], []
        for entry in entries:
            row = found.get(entry.student)
            if row is None:
                found[entry.student] = row = {"id": api.new_uuid(), "timestamp": entry.submitted, "extension": None}
                made.append({**row, "assignment_id": self.id, "student_id": entry.student})
            elif entry.submitted and entry.submitted != row["timestamp"]:
                row["timestamp"] = entry.submitted
                changed.append({"id": row["id"], "timestamp": entry.submitted})
        _insert(self.db, table, made)
        _update(self.db, table, changed)
        return found

    def _books(self, submissions: Sequence[str]) -> tuple[dict[tuple[str, str], str], dict[str, float | None]]:
        """The submitted notebooks' ids by submission and notebook, made where they are not there; their penalties."""
        table = api.SubmittedNotebook
        query = select(table.assignment_id, table.notebook_id, table.id, table.late_submission_penalty)
        rows = self.db.execute(query.where(table.assignment_id.in_(submissions))).all()
        ids = {(submission, book): id for submission, book, id, _ in rows}
        made = []
        for submission in submissions:
            for book in self.notebooks.values():
                if (submission, book.id) not in ids:
                    ids[submission, book.id] = id = api.new_uuid()
                    made.append({"id": id, "notebook_id": book.id, "assignment_id": submission, "flagged": False})
        _insert(self.db, table, made)
        return ids, {id: penalty for _, _, id, penalty in rows}

    def _grades(self, entries: Sequence[Entry], submissions: Mapping[str, Row], books: Any) -> dict[str, float]:
        """Write grades; what each submitted notebook has then, as nbgrader adds it up."""
        table, sums = api.Grade, dict.fromkeys(books.values(), 0.0)
        query = select(
            table.notebook_id, table.cell_id, table.id, table.manual_score, table.extra_credit, table.auto_score
        )
        rows = self.db.execute(query.where(table.notebook_id.in_(books.values())).with_for_update())
        old = {(book, cell): rest for book, cell, *rest in rows}
        made, changed = [], []
        for entry in entries:
            for name, source in self.notebooks.items():
                book, marks = books[submissions[entry.student]["id"], source.id], entry.notebooks.get(name, Marks())
                for cell, cell_id in source.graded.items():
                    id, manual, extra, auto = old.get((book, cell_id), (None, None, None, None))
                    row: Row = {}
                    if marks.missing:
                        auto = 0.0
                        row = {"auto_score": auto, "needs_manual_grade": False}
                    elif cell in marks.scores:
                        auto = marks.scores[cell]
                        look = cell in marks.look or manual is not None or auto is None
                        row = {"auto_score": auto, "needs_manual_grade": look}
                    elif id is None:
                        row = {"auto_score": None, "needs_manual_grade": True}
                    if id is None:
                        made.append({"id": api.new_uuid(), "notebook_id": book, "cell_id": cell_id, **row})
                    elif row:
                        changed.append({"id": id, **row})
                    given = auto if manual is None else manual
                    sums[book] += 0.0 if given is None else given + (extra or 0.0)
        _insert(self.db, table, made)
        _update(self.db, table, changed)
        return sums

    def _comments(self, entries: Sequence[Entry], submissions: Mapping[str, Row], books: Any) -> None:
        table = api.Comment
        query = select(table.notebook_id, table.cell_id, table.id).where(table.notebook_id.in_(books.values()))
        old = {(book, cell): id for book, cell, id in self.db.execute(query)}
        made, changed = [], []
        for entry in entries:
            for name, source in self.notebooks.items():
                book, marks = books[submissions[entry.student]["id"], source.id], entry.notebooks.get(name, Marks())
                for cell, cell_id in source.commented.items():
                    text = {"auto_comment": marks.comments.get(cell)}
                    if (id := old.get((book, cell_id))) is None:
                        made.append({"id": api.new_uuid(), "notebook_id": book, "cell_id": cell_id, **text})
                    elif cell in marks.comments:
                        changed.append({"id": id, **text})
        _insert(self.db, table, made)
        _update(self.db, table, changed)


@contextmanager
def opened(course: CourseDirectory) -> Iterator[Records]:
    """The assignment in the course's gradebook. Raises CourseError where it is not there."""
    where = gradebook.located(course.db_url, Path(course.root))
    late = AssignLatePenalties(parent=course.parent)
    late.init_plugin()
    late.log = logging.Logger("fieldmark.plain", logging.CRITICAL)  # what it warns of is told with the scores
    with gradebook.opened(where, course.course_id) as book:
        try:
            assignment = book.find_assignment(course.assignment_id)
        except api.MissingEntry as error:
            how = f"run `nbgrader generate_assignment {course.assignment_id}`"
            raise CourseError(f"the gradebook knows no assignment {course.assignment_id!r}; {how}") from error
        yield Records(book.db, assignment, late)


def _notebook(book: api.Notebook) -> Notebook:
    source = ("id", "name", "cell_type", "locked", "source", "checksum")
    return Notebook(
        id=book.id,
        name=book.name,
        kernelspec=json.loads(book.kernelspec) if book.kernelspec is not None else None,
        max_score=book.max_score,
        source_cells=[_copy(cell, source) for cell in book.source_cells],
        grade_cells=[_copy(cell, ("id", "name", "max_score")) for cell in book.grade_cells],
        solution_cells=[_copy(cell, ("id", "name")) for cell in book.solution_cells],
        task_cells=[_copy(cell, ("id", "name", "max_score")) for cell in book.task_cells],
    )


def _expect_python(book: Notebook) -> None:
    """Raise CourseError where a notebook is for another language: run as Python, it would cost everybody all points."""
    spec = book.kernelspec or {}
    language = str(spec.get("language") or "python")
    if language.lower() != "python":
        raise CourseError(
            f"{book.name}.ipynb: its kernel {spec.get('name')!r} is for {language}; only Python can be run"
        )


def _copy(cell: Any, names: Sequence[str]) -> SimpleNamespace:
    return SimpleNamespace(**{name: getattr(cell, name) for name in names})


def _insert(db: Any, table: Any, rows: list[Row]) -> None:
    if rows:
        db.execute(insert(table), rows)


def _update(db: Any, table: Any, rows: list[Row]) -> None:
    if rows:
        db.execute(update(table), rows)
