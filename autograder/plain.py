"""Plain nbgrader assignments, which know nothing of Fieldmark: nbgrader's own converter, with a sandbox for a kernel.

All but the running of cells is nbgrader's: locked cells are restored from its database, scores follow its rules, and
what it writes is what it always writes. Hidden tests stand in the notebook that is run, beside the student's code: the
sandbox keeps the machine, the course and the other students safe, and those tests from nobody.
"""

from __future__ import annotations

import base64
import gc
import io
import logging
import math
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from nbformat import from_dict
from nbgrader import api
from nbgrader.apps import NbGrader
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import Execute, NbGraderPreprocessor, SaveAutoGrades
from nbgrader.utils import is_solution
from traitlets import Bool, Float, Integer

from assignments.blueprint import Limits
from autograder.checkers.text import harmless
from autograder.execution import Execution, Executor, Run, tiers
from autograder.execution.forkserver import ForkServer
from question_bank.errors import CourseError

MAX_FILES = 16 * 2**20  # bytes of the files beside a notebook, packed
MAX_UNPACKED = 128 * 2**20
ERROR = "error"


@dataclass(frozen=True, slots=True)
class Graded:
    """What became of one submission. `problem` is one line, empty where all went well; `remarks` are further lines."""

    student: str
    scores: dict[str, tuple[float, float]]  # by notebook: the score, and what could be had
    waiting: int = 0  # cells that a person has to look at
    problem: str = ""
    remarks: tuple[str, ...] = ()
    ran: bool = True


def is_plain(folder: Path, assignment: str) -> bool:
    """Whether nbgrader has a source for the assignment, and Fieldmark no blueprint."""
    blueprint = folder / "blueprints" / f"{assignment}.toml"
    return (folder / "source" / assignment).is_dir() and not blueprint.is_file()


def grade(
    folder: Path,
    assignment: str,
    *,
    only: str = "",
    force: bool = False,
    tier: str | None = None,
    progress: Callable[[Graded], None] = lambda graded: None,
) -> list[Graded]:
    """Grade what was handed in, as `nbgrader autograde` does, but for where the code is run.

    A submission that nbgrader has graded as it stands is left alone, unless `force` says otherwise. Raises CourseError
    for what concerns the whole course, ExecutionError where this machine cannot isolate student code.
    """
    course = _course(folder, assignment)
    students = chosen(folder, assignment, only)
    found = []
    with ForkServer(tier or tiers.choose(), [str(folder.resolve())]) as server, _one_engine():
        for student in students:
            found.append(_grade_one(course, assignment, student, server, force))
            if len(found) == 1:
                gc.freeze()  # by now all is imported: the collector need not go through it time and again
            progress(found[-1])
    return found


def chosen(folder: Path, assignment: str, only: str) -> list[str]:
    """Whose submissions are meant. Raises CourseError where there is none."""
    students = sorted(path.parent.name for path in (folder / "submitted").glob(f"*/{assignment}") if path.is_dir())
    if only:
        students = [student for student in students if student == only]
    if not students:
        whose = f"{only}/" if only else ""
        raise CourseError(f"{folder / 'submitted'}/{whose}{assignment}: nothing was handed in")
    return students


@contextmanager
def _one_engine() -> Iterator[None]:
    """One SQLAlchemy engine for all of nbgrader's gradebooks: otherwise each compiles every query anew."""
    create = api.create_engine
    api.create_engine = lru_cache(create)
    try:
        yield
    finally:
        api.create_engine = create


def _course(folder: Path, assignment: str) -> CourseDirectory:
    """nbgrader's course, with the settings of its nbgrader_config.py. Raises CourseError."""
    app, file = NbGrader(), folder.resolve() / "nbgrader_config.py"
    if file.is_file():
        app.load_cwd_config, app.config_file = False, str(file.with_suffix(""))
        try:
            app.load_config_file(suppress_errors=False)
        except Exception as error:
            raise CourseError(f"{file}: {type(error).__name__}: {error}") from error
    app.config.CourseDirectory.root = str(folder.resolve())
    course = CourseDirectory(parent=app)
    course.assignment_id = assignment
    return course


def _grade_one(course: CourseDirectory, assignment: str, student: str, server: Executor, force: bool) -> Graded:
    """One submission, all the way; whatever goes wrong is in the outcome."""
    handed_in = Path(course.format_path(course.submitted_directory, student, assignment))
    notes = _Notes()
    try:
        if links := [path.name for path in handed_in.rglob("*") if path.is_symlink()]:
            # nbgrader would follow it, as whoever grades.
            raise CourseError(f"{handed_in}: {links[0]} is a link, not a file; hand in files")
        course.student_id = student
        converter = _Autograde(coursedir=course, parent=course.parent, server=server, notes=notes)
        converter.force = force
        converter.start()
    except (NbGraderException, SystemExit, CourseError) as error:
        problem = notes.last or str(error)
        return Graded(student, {}, problem=harmless(f"{student}: {problem}"), remarks=tuple(notes.remarks))
    except Exception as error:  # noqa: BLE001 - one submission's trouble, whatever it is, must not cost the others
        return Graded(student, {}, problem=harmless(f"{student}: {type(error).__name__}: {error}"))
    scores, waiting = _scores(course, assignment, student)
    return Graded(student, scores, waiting, "", tuple(map(harmless, notes.remarks)), converter.ran)


def _scores(course: CourseDirectory, assignment: str, student: str) -> tuple[dict[str, tuple[float, float]], int]:
    with api.Gradebook(course.db_url, course.course_id) as book:
        submission = book.find_submission(assignment, student)
        scores = {notebook.name: (notebook.score, notebook.max_score) for notebook in submission.notebooks}
        grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
        return scores, sum(grade.needs_manual_grade for grade in grades)


class _Notes(logging.Handler):
    """What nbgrader complains of while it converts a submission, and what is to be said of its rules."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.remarks: list[str] = []
        self.last = ""

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage().strip().splitlines()
        if text and (not self.last or text[0].startswith("Traceback")):
            self.last = text[-1]


class SandboxExecute(NbGraderPreprocessor):  # type: ignore[misc]
    """Runs a notebook's cells in a sandbox instead of a kernel. Set in nbgrader_config.py: c.SandboxExecute.…"""

    cell_seconds = Float(30.0, help="Seconds that a cell may take.").tag(config=True)
    submission_seconds = Float(300.0, help="Seconds that a notebook may take.").tag(config=True)
    memory_mb = Integer(2048, help="Memory of all of a notebook's processes together.").tag(config=True)

    server: Executor

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Fill in the outputs of every code cell; what was not reached gets an error, which earns nothing."""
        code = {index: cell for index, cell in enumerate(nb.cells) if cell.cell_type == "code"}
        folder = Path(resources["metadata"]["path"])
        steps = [Run(-1, _prelude(folder)), *(Run(index, cell.source) for index, cell in code.items())]
        limits = Limits(
            cell_seconds=self.cell_seconds,
            submission_seconds=self.submission_seconds,
            memory_mb=self.memory_mb,
            cpu_seconds=math.ceil(self.submission_seconds),
            disk_mb=256,
            file_mb=256,
        )
        execution = self.server.run(steps, limits)
        if failed := execution.raised.get(-1):  # no code of the student's has run by then
            raise CourseError(f"the files beside the notebook could not be laid out: {failed.kind}: {failed.message}")
        for count, (index, cell) in enumerate(code.items(), start=1):
            cell.execution_count = count
            cell.outputs = [_node(output) for output in _outputs(execution, index, cell.source)]
        return nb, resources


def _outputs(execution: Execution, index: int, source: str) -> Iterator[dict[str, Any]]:
    """A cell's outputs; an error where it raised, was stopped or never reached, whatever else it has said."""
    found = execution.outputs.get(index, [])
    yield from found
    if any(output["output_type"] == ERROR for output in found):
        return
    if raised := execution.raised.get(index):
        yield _error(raised.kind, raised.message)
    elif index not in execution.outputs and source.strip():
        yield _error("NotReached", execution.stopped or "this cell was not run")


def _node(output: dict[str, Any]) -> Any:
    return from_dict(output)  # type: ignore[no-untyped-call]


def _error(kind: str, text: str) -> dict[str, Any]:
    return {"output_type": ERROR, "ename": kind, "evalue": text, "traceback": [f"{kind}: {text}"]}


def _prelude(folder: Path) -> str:
    """Python that lays the files beside the notebook into the sandbox's folder. Raises CourseError for too many."""
    packed = io.BytesIO()
    files = [f for f in sorted(folder.rglob("*")) if f.is_file() and not f.is_symlink() and f.suffix != ".ipynb"]
    if sum(file.stat().st_size for file in files) <= MAX_UNPACKED:
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in files:
                archive.write(file, file.relative_to(folder))
    if not 0 < packed.tell() <= MAX_FILES:
        most = f"{MAX_UNPACKED >> 20} MB, or {MAX_FILES >> 20} MB packed"
        raise CourseError(f"{folder}: the files beside the notebook are larger than {most}")
    data = base64.b64encode(packed.getvalue()).decode()
    return f"""\
def _lay_files():
    import base64, io, os, zipfile
    os.environ["NBGRADER_EXECUTION"] = "autograde"
    zipfile.ZipFile(io.BytesIO(base64.b64decode("{data}"))).extractall(".")
_lay_files()
del _lay_files
"""


class SaneGrades(SaveAutoGrades):  # type: ignore[misc]
    """nbgrader's rule for scores; what it does with odd results is reported, or mended.

    c.SaneGrades.nbgrader_compat = False in nbgrader_config.py: a result that is no number from 0 to the cell's points
    earns nothing and waits for a person, and what a cell writes to stderr costs nothing.
    """

    nbgrader_compat = Bool(True, help="Follow nbgrader's rule where it is a known fault.").tag(config=True)

    notes: _Notes

    def _add_score(self, cell: Any, resources: Any) -> None:
        oddity = "" if is_solution(cell) or cell.cell_type != "code" else self._oddity(cell)
        name = f"{self.notebook_id}/{cell.metadata['nbgrader']['grade_id']}"
        if not oddity or self.nbgrader_compat:
            super()._add_score(cell, resources)
            if oddity:
                self.notes.remarks.append(f"{name}: {oddity}; this is nbgrader's rule")
            return
        outputs, cell.outputs = cell.outputs, [o for o in cell.outputs if not _is_stderr(o)]
        odd_number = self._oddity(cell)
        if odd_number:
            cell.outputs = [_node(_error("OddScore", odd_number))]
        super()._add_score(cell, resources)
        cell.outputs = outputs
        if odd_number:
            grade = self.gradebook.find_grade(
                cell.metadata["nbgrader"]["grade_id"], self.notebook_id, self.assignment_id, self.student_id
            )
            grade.needs_manual_grade = True
            self.gradebook.db.commit()
            self.notes.remarks.append(f"{name}: {odd_number}; it earns nothing and waits for a person")

    def _oddity(self, cell: Any) -> str:
        """What nbgrader makes of outputs that are no score; empty where they are one, or an error."""
        points = float(cell.metadata["nbgrader"]["points"])
        for output in cell.outputs:
            if output.output_type == ERROR:
                return ""
            if _is_stderr(output):
                return "no points for a text on stderr"
            if output.output_type == "execute_result":
                return _odd_number(str(output.data.get("text/plain", "")), points)
        return ""


def _is_stderr(output: Any) -> bool:
    return bool(output.output_type == "stream" and output.name == "stderr")


def _odd_number(text: str, points: float) -> str:
    try:
        number = float(text)
    except ValueError:
        return ""  # a test cell may well end in an expression: that is no score
    if math.isnan(number) or number < 0:
        return f"full points for {number:g}"
    return f"{number:g} points of {points:g}" if number > points else ""


class _Autograde(Autograde):  # type: ignore[misc]
    """nbgrader's converter with the sandbox in the kernel's place."""

    def __init__(self, *, server: Executor, notes: _Notes, **options: Any) -> None:
        super().__init__(**options)
        self.server, self.notes, self.ran = server, notes, False
        self.log = logging.getLogger("fieldmark.plain")
        self.log.propagate = False
        self.log.handlers = [notes]

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
        found.notes = self.notes
        return found
