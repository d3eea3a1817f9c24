"""Marks → nbgrader's gradebook. Beside `plain` the only one that imports its database; one writer, one transaction."""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import URL, case, func, insert, make_url, select, update
from sqlalchemy import text as sql
from sqlalchemy.exc import ArgumentError, IntegrityError, OperationalError, SQLAlchemyError
from traitlets.config.loader import Config, PyFileConfigLoader

from assignments import notebook
from assignments.blueprint import Blueprint
from assignments.course import Course
from autograder.checkers.text import harmless
from autograder.marks import Hand
from question_bank.errors import CourseError

# nbformat checks notebooks by jsonschema, which wherever it can prepares to check internationalised web addresses, too:
# half of what importing nbgrader costs, and no notebook has one to check.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
try:
    import nbformat
    from nbgrader import api, utils
    from nbgrader.preprocessors import AssignLatePenalties, SaveCells
finally:
    if sys.modules["rfc3987_syntax"] is None:
        del sys.modules["rfc3987_syntax"]

Row = dict[str, Any]
BATCH = 200  # submissions
AT_ONCE = 1000  # submissions of one transaction: about a second
PATIENCE = 30  # seconds that we wait for another program that writes into SQLite
PAUSE = 0.2  # seconds before we try again


@dataclass(frozen=True, slots=True)
class Entry:
    """One student's submission as the gradebook holds it. A score of None waits for a person."""

    student: str
    submitted: dt.datetime | None  # UTC, naive, as nbgrader stores it
    scores: Mapping[str, float | None]  # by cell: `q3`, and `q3_why` for what is answered in words
    comments: Mapping[str, str]  # by cell
    penalty: float = 0.0  # in points


@dataclass(frozen=True, slots=True)
class Late:
    """nbgrader's own terms for late work: the due date (UTC, naive), extensions by student, and its plugin."""

    due: dt.datetime | None = None
    extensions: Mapping[str, dt.timedelta] = field(default_factory=dict)
    plugin: Any = None

    def extension(self, student: str) -> dt.timedelta:
        """How much longer a student has than the others."""
        return self.extensions.get(student) or dt.timedelta()

    def penalty(self, student: str, points: float, submitted: dt.datetime) -> float:
        """The points that nbgrader's plugin takes off, at most those that there are."""
        late = (submitted - self.due - self.extension(student)).total_seconds() if self.due else 0.0
        found = self.plugin.late_submission_penalty(student, points, late) if late > 0 else None
        return min(max(found or 0.0, 0.0), points)


def timestamp(text: str) -> dt.datetime | None:
    """What stands in a submission's timestamp.txt, as nbgrader reads it; None for what it cannot read."""
    try:
        parsed: dt.datetime | None = utils.parse_utc(text.strip())
    except (ValueError, OverflowError):
        return None
    return parsed


def _utc(moment: dt.datetime) -> dt.datetime:
    """As nbgrader stores moments: UTC, naive."""
    return moment.astimezone(dt.UTC).replace(tzinfo=None) if moment.tzinfo else moment


def declare(course: Course, blueprint: Blueprint) -> None:
    """Tell the gradebook of the students, the assignment and its cells, as `nbgrader generate_assignment` would.

    Raises CourseError where cells would be added or removed under existing submissions.
    """
    # Without a due date in the blueprint, one that was set in formgrader stays.
    due = {"duedate": _utc(blueprint.late.due)} if blueprint.late else {}
    with _open(course) as gradebook:
        gradebook.update_or_create_assignment(blueprint.assignment, **due)
        _write_students(gradebook.db, course)
        gradebook.db.commit()
        try:
            _SaveCells().save(gradebook, blueprint.assignment, _source(blueprint))
        except RuntimeError as error:
            raise CourseError(f"{shown(course)}: {error}") from error


def record(course: Course, blueprint: Blueprint, entries: Sequence[Entry]) -> None:
    """Write submissions, scores, comments and penalties in one transaction: all of them or, on any fault, none.

    Very large classes take several, so that nobody who is grading by hand has to wait long. Scores and comments that a
    person has given are kept. Raises CourseError.
    """
    for start in range(0, len(entries), AT_ONCE):
        _record(course, blueprint, entries[start : start + AT_ONCE])


def _record(course: Course, blueprint: Blueprint, entries: Sequence[Entry], tries: int = 3) -> None:
    try:
        with _open(course) as gradebook:  # closing without a commit rolls back
            lock(gradebook.db)
            _Writer(gradebook.db, blueprint.assignment).write(entries)
            gradebook.db.commit()
    except CourseError as error:
        if tries == 1 or not isinstance(error.__cause__, OperationalError | IntegrityError):
            raise
        time.sleep(PAUSE)  # another program held the database, or made the same rows: ours are found anew
        _record(course, blueprint, entries, tries - 1)


def lock(db: Any) -> None:
    """What is read from now on stays as it is until we commit. Other databases than SQLite lock the rows: `_grades`."""
    if db.get_bind().dialect.name == "sqlite":
        db.execute(sql("BEGIN IMMEDIATE"))


def scores(course: Course, assignment: str) -> dict[str, dict[str, Any]]:
    """What the gradebook says of each student: score, max_score, late_submission_penalty, needs_manual_grade.

    The numbers are those of nbgrader's own objects, by a few queries for the whole class.
    """
    with _open(course) as gradebook:
        try:
            declared = gradebook.find_assignment(assignment)
        except api.MissingEntry as error:
            raise CourseError(f"{shown(course)}: no assignment {assignment!r}; run `fieldmark generate`") from error
        return _Reader(gradebook.db, declared).read()


def by_hand(course: Course, assignment: str) -> dict[str, dict[str, Hand]]:
    """What people gave: by student, then by cell (`q3`, `q3_why`), score, extra credit and comment."""
    with _open(course) as gradebook:
        return _Reader(gradebook.db, gradebook.find_assignment(assignment)).by_hand()


def late(course: Course, assignment: str) -> Late:
    """The due date and extensions that the gradebook has, and the plugin that nbgrader_config.py names."""
    assigner = AssignLatePenalties(config=_config(course))
    assigner.init_plugin()
    with _open(course) as gradebook:
        declared, table = gradebook.find_assignment(assignment), api.SubmittedAssignment
        query = select(table.student_id, table.extension).where(table.assignment_id == declared.id)
        extensions = {student: extension for student, extension in gradebook.db.execute(query) if extension}
        return Late(declared.duedate, extensions, assigner.plugin_inst)


def _config(course: Course) -> Config:
    """What nbgrader_config.py says. Raises CourseError where it cannot be read."""
    file = course.root / "nbgrader_config.py"
    try:
        return PyFileConfigLoader(file.name, str(course.root)).load_config() if file.is_file() else Config()
    except Exception as error:  # the file is Python, and may raise anything
        raise CourseError(f"{file}: {type(error).__name__}: {error}") from error


def url(course: Course) -> URL:
    """Where the gradebook is, by `c.CourseDirectory.db_url` in nbgrader_config.py as nbgrader's tools read it.

    Without that it is SQLite in the course's folder. Raises CourseError for what is no URL of a database.
    """
    setting = _config(course).get("CourseDirectory", {}).get("db_url")
    return located(setting or f"sqlite:///{course.gradebook_file}", course.root)


def located(setting: str, root: Path) -> URL:
    """Where a gradebook is by its setting in the course at `root`. Raises CourseError for what is no URL."""
    try:
        found = make_url(setting)
    except ArgumentError as error:
        raise CourseError(f"{root / 'nbgrader_config.py'}: CourseDirectory.db_url: {error}") from error
    if found.get_backend_name() != "sqlite":
        return found
    path = root / (found.database or "")
    return found.set(database=str(path)).update_query_dict({"timeout": str(PATIENCE)})


def shown(course: Course) -> str:
    """Where the gradebook is, as people may read it: without a password."""
    return _shown(url(course))


def _shown(found: URL) -> str:
    is_file = found.get_backend_name() == "sqlite"
    return str(found.database) if is_file else found.render_as_string(hide_password=True)


def _open(course: Course) -> AbstractContextManager[api.Gradebook]:
    return opened(url(course), course.settings.course_id)


@contextmanager
def opened(where: URL, course_id: str) -> Iterator[api.Gradebook]:
    """A gradebook, made where there is none. What goes wrong with it is a CourseError of one line."""
    # Making a new database, nbgrader starts `alembic`, which lies beside our Python and perhaps not on the PATH.
    beside = str(Path(sys.executable).parent)
    if beside not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join(filter(None, [os.environ.get("PATH"), beside]))
    try:
        with api.Gradebook(where, course_id) as gradebook:
            yield gradebook
    except ModuleNotFoundError as error:
        how = "for PostgreSQL: pip install 'fieldmark[postgres]', and a URL that starts with postgresql+psycopg2://"
        raise CourseError(f"{_shown(where)}: the driver {error.name} is not installed; {how}") from error
    except SQLAlchemyError as error:
        why = getattr(error, "orig", None) or error
        raise CourseError(f"{_shown(where)}: {' '.join(str(why).split())}") from error


def _write_students(db: Any, course: Course) -> None:
    known = set(db.scalars(select(api.Student.id)))
    rows = [
        {"id": s.id, "first_name": s.first_name, "last_name": s.last_name, "email": s.email} for s in course.roster()
    ]
    if new := [row for row in rows if row["id"] not in known]:
        db.execute(insert(api.Student), new)
    if old := [row for row in rows if row["id"] in known]:
        db.execute(update(api.Student), old)


class _SaveCells(SaveCells):  # type: ignore[misc]
    """nbgrader's own, on a gradebook that is open already: opening another would add a course named default_course."""

    def save(self, gradebook: api.Gradebook, assignment: str, source: Any) -> None:
        self.gradebook, self.assignment_id, self.notebook_id = gradebook, assignment, assignment
        for kind in ("grade", "solution", "task", "source"):
            setattr(self, f"new_{kind}_cells", {})
        for index, cell in enumerate(source.cells):
            self.preprocess_cell(cell, {}, index)
        self._create_notebook(source)


def _source(blueprint: Blueprint) -> Any:
    source: Any = nbformat.from_dict(notebook.source_notebook(blueprint))  # type: ignore[no-untyped-call]
    for cell in source.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader["checksum"] = utils.compute_checksum(cell)
    return source


class _Reader:
    """Sums over the whole class: through the objects, each of their numbers is a query of its own."""

    def __init__(self, db: Any, assignment: api.Assignment) -> None:
        self.db, self.assignment = db, assignment

    def read(self) -> dict[str, dict[str, Any]]:
        penalties, totals, questions = self._penalties(), self._totals(), self._questions()
        table, max_score = api.SubmittedAssignment, self.assignment.max_score
        found = {}
        for id, student, moment in self._of_class(select(table.id, table.student_id, table.timestamp)):
            (raw, waiting), penalty = totals.get(id, (0.0, False)), penalties.get(id) or 0.0
            found[student] = {
                "timestamp": moment.isoformat() if moment else "",
                "raw_score": raw,
                "late_submission_penalty": penalty,
                "score": max(0.0, raw - penalty),
                "max_score": max_score,
                "needs_manual_grade": bool(waiting),
                **questions.get(id, {}),
            }
        return found

    def _of_class(self, query: Any) -> Any:
        return self.db.execute(query.where(api.SubmittedAssignment.assignment_id == self.assignment.id))

    def _penalties(self) -> dict[str, float]:
        table = api.SubmittedNotebook
        query = select(table.assignment_id, func.sum(table.late_submission_penalty)).join(api.SubmittedAssignment)
        return dict(self._of_class(query.group_by(table.assignment_id)).all())

    def _totals(self) -> dict[str, tuple[float, bool]]:
        """By submission: the points, and whether a person has to look."""
        table = api.SubmittedNotebook
        sums = func.sum(api.Grade.score), func.max(case((api.Grade.needs_manual_grade, 1), else_=0))
        query = select(table.assignment_id, *sums).join(api.SubmittedAssignment).join(api.Grade)
        return {id: (raw, waiting) for id, raw, waiting in self._of_class(query.group_by(table.assignment_id))}

    def by_hand(self) -> dict[str, dict[str, Hand]]:
        """By student, then by cell: what people gave."""
        grade, comment, cell, book = api.Grade, api.Comment, api.BaseCell, api.SubmittedNotebook
        student, found = api.SubmittedAssignment.student_id, dict[str, dict[str, Hand]]()
        query = select(student, cell.name, comment.manual_comment, comment.auto_comment).select_from(book)
        query = query.join(api.SubmittedAssignment).join(comment).join(cell, cell.id == comment.cell_id)
        for id, name, text, beside in self._of_class(query):
            hand = Hand(comment=harmless(text or ""), beside=beside or "")
            found.setdefault(id, {})[name.removesuffix("_answer")] = hand
        query = select(student, cell.name, grade.manual_score, grade.extra_credit, grade.needs_manual_grade)
        query = query.select_from(book).join(api.SubmittedAssignment).join(grade).join(cell, cell.id == grade.cell_id)
        for id, name, score, extra, needs in self._of_class(query):
            hand = found.setdefault(id, {}).get(name, Hand())
            found[id][name] = replace(hand, score=score, extra=extra or 0.0, settled=not needs)
        return {
            id: {name: hand for name, hand in hands.items() if hand.score is not None or hand.extra or hand.comment}
            for id, hands in found.items()
        }

    def _questions(self) -> dict[str, dict[str, float]]:
        """By submission: the points of each question, whatever cells they were earned in."""
        table, cell = api.SubmittedNotebook, api.BaseCell
        query = select(table.assignment_id, cell.name, api.Grade.score).join(api.SubmittedAssignment)
        found: dict[str, dict[str, float]] = {}
        for id, question, score in self._of_class(query.join(api.Grade).join(cell, cell.id == api.Grade.cell_id)):
            points = found.setdefault(id, {})
            slot = question.partition("_")[0]
            points[slot] = points.get(slot, 0.0) + score
        return found


class _Writer:
    """Bulk inserts and updates: the object interface takes 60 ms a submission, this less than one."""

    def __init__(self, db: Any, assignment: str) -> None:
        self.db = db
        self.assignment = db.scalars(select(api.Assignment).where(api.Assignment.name == assignment)).one()
        [book] = self.assignment.notebooks
        self.notebook_id = book.id
        self.grade_cells = {cell.name: cell.id for cell in book.grade_cells}
        self.texts = {cell.name for cell in book.solution_cells} & self.grade_cells.keys()
        self.comment_cells = {cell.name.removesuffix("_answer"): cell.id for cell in book.solution_cells}

    def write(self, entries: Sequence[Entry]) -> None:
        submissions = self._submissions(entries)
        books = self._books(entries, submissions)
        for start in range(0, len(entries), BATCH):  # the rows of a large class need not be in memory all at once
            batch = entries[start : start + BATCH]
            places = {entry.student: books[entry.student] for entry in batch}
            self._grades(batch, places)
            self._comments(batch, places)

    def _submissions(self, entries: Sequence[Entry]) -> dict[str, str]:
        """The submissions' ids by student, made where they are not there."""
        table = api.SubmittedAssignment
        query = select(table.student_id, table.id).where(table.assignment_id == self.assignment.id)
        ids = dict(self.db.execute(query).all())
        old = set(ids)
        ids |= {e.student: api.new_uuid() for e in entries if e.student not in old}
        rows = [{"id": ids[e.student], "timestamp": e.submitted} for e in entries if e.student in old]
        _execute(self.db, update(table), rows)
        more = {"assignment_id": self.assignment.id}
        rows = [
            {"id": ids[e.student], "student_id": e.student, "timestamp": e.submitted, **more}
            for e in entries
            if e.student not in old
        ]
        _execute(self.db, insert(table), rows)
        return ids

    def _books(self, entries: Sequence[Entry], submissions: Mapping[str, str]) -> dict[str, str]:
        """The submitted notebooks' ids by student, made where they are not there; late penalties set."""
        table = api.SubmittedNotebook
        query = select(table.assignment_id, table.id).where(table.notebook_id == self.notebook_id)
        ids = dict(self.db.execute(query).all())
        made, changed = [], []
        for e in entries:
            submission = submissions[e.student]
            if submission in ids:
                changed.append({"id": ids[submission], "late_submission_penalty": e.penalty})
                continue
            ids[submission] = api.new_uuid()
            row = {"id": ids[submission], "notebook_id": self.notebook_id, "assignment_id": submission}
            made.append({**row, "flagged": False, "late_submission_penalty": e.penalty})
        _execute(self.db, insert(table), made)
        _execute(self.db, update(table), changed)
        return {e.student: ids[submissions[e.student]] for e in entries}

    def _grades(self, entries: Sequence[Entry], books: Mapping[str, str]) -> None:
        table = api.Grade
        query = select(
            table.notebook_id, table.cell_id, table.id, table.auto_score, table.manual_score, table.needs_manual_grade
        )
        query = query.where(table.notebook_id.in_(books.values())).with_for_update()
        old = {(book, cell): rest for book, cell, *rest in self.db.execute(query)}
        comments = select(api.Comment.notebook_id, api.Comment.cell_id, api.Comment.auto_comment)
        beside = {
            (book, cell): text
            for book, cell, text in self.db.execute(comments.where(api.Comment.notebook_id.in_(books.values())))
        }
        made, changed = [], []
        for entry in entries:
            for question, score in entry.scores.items():
                place = (books[entry.student], self.grade_cells[question])
                if place not in old:
                    row = {"id": api.new_uuid(), "notebook_id": place[0], "cell_id": place[1], "auto_score": score}
                    made.append({**row, "needs_manual_grade": score is None})
                    continue
                id, before, manual, needs = old[place]
                # A person's score stands; where ours or the words have changed since, the person is to look again.
                other = before != score
                if question in self.texts:
                    other |= beside.get((place[0], self.comment_cells[question])) != entry.comments[question]
                look = score is None if manual is None else needs or other
                changed.append({"id": id, "auto_score": score, "needs_manual_grade": look})
        _execute(self.db, insert(table), made)
        _execute(self.db, update(table), changed)

    def _comments(self, entries: Sequence[Entry], books: Mapping[str, str]) -> None:
        table = api.Comment
        query = select(table.notebook_id, table.cell_id, table.id).where(table.notebook_id.in_(books.values()))
        old = {(book, cell): id for book, cell, id in self.db.execute(query)}
        made, changed = [], []
        for entry in entries:
            for question, text in entry.comments.items():
                place = (books[entry.student], self.comment_cells[question])
                if place in old:
                    changed.append({"id": old[place], "auto_comment": text})
                else:
                    row = {"id": api.new_uuid(), "notebook_id": place[0], "cell_id": place[1]}
                    made.append({**row, "auto_comment": text})
        _execute(self.db, insert(table), made)
        _execute(self.db, update(table), changed)


def _execute(db: Any, statement: Any, rows: list[Row]) -> None:
    if rows:
        db.execute(statement, rows)
