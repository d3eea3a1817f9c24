"""nbgrader's course: its settings, whose submissions are meant, and whether our own steps cover what it asks for."""

from __future__ import annotations

import datetime as dt
import glob
import os
import re
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbconvert.writers.files import FilesWriter
from nbgrader.apps import NbGrader
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.plain.sandbox import SandboxExecute
from autograder.plain.scoring import SaneGrades
from question_bank.errors import CourseError

# What nbgrader_config.py may say of grading and our own steps follow; None: anything. Execute is replaced in any case.
FOLLOWED: dict[str, frozenset[str] | None] = {
    "Autograde": frozenset({"create_student", "exclude_overwriting", "permissions", "force"}),
    "BaseConverter": frozenset({"permissions", "force"}),
    **dict.fromkeys(("ClearOutput", "ClearOutputPreprocessor", "DeduplicateIds", "OverwriteCells"), None),
    **dict.fromkeys(("IgnorePattern", "LimitOutput", "AssignLatePenalties", "SandboxExecute"), None),
    **dict.fromkeys(("Execute", "ExecutePreprocessor", "NotebookClient"), None),
    "SaneGrades": frozenset({"nbgrader_compat"}),
}


def load(folder: Path, assignment: str) -> CourseDirectory:
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


def is_plain(folder: Path, assignment: str) -> bool:
    """Whether nbgrader has a source for the assignment, and Fieldmark no blueprint."""
    if (folder / "blueprints" / f"{assignment}.toml").is_file():
        return False
    return source(load(folder, assignment)).is_dir()


def source(course: CourseDirectory) -> Path:
    """Where the assignment's own notebooks are."""
    return Path(course.format_path(course.source_directory, ".", course.assignment_id))


def handed_in(course: CourseDirectory, student: str) -> Path:
    """Where a submission is."""
    return Path(course.format_path(course.submitted_directory, student, course.assignment_id))


def autograded(course: CourseDirectory, student: str) -> Path:
    """Where what comes of a submission goes."""
    return Path(os.path.normpath(course.format_path(course.autograded_directory, student, course.assignment_id)))


def unfinished(course: CourseDirectory, student: str) -> Path:
    """Where that is while it is being made: a folder that is found here is what a killed run has left."""
    done = autograded(course, student)
    return done.with_name(f".{done.name}.unfinished")


def moment(course: CourseDirectory, folder: Path) -> dt.datetime | None:
    """When it was handed in, UTC and naive, as its timestamp.txt says. Raises CourseError where that is no moment."""
    try:
        found: dt.datetime | None = course.get_existing_timestamp(str(folder))
    except Exception as error:
        raise CourseError(f"{folder / 'timestamp.txt'}: expected a date and a time") from error
    return found


def stands(course: CourseDirectory, student: str) -> bool:
    """Whether a submission has been graded as it stands: by nbgrader's rule, unless a run was cut short."""
    graded = autograded(course, student)
    if not graded.exists() or unfinished(course, student).exists():
        return False
    now, before = moment(course, handed_in(course, student)), moment(course, graded)
    return now is None or before is None or now <= before


def chosen(course: CourseDirectory, only: str = "") -> list[str]:
    """Whose submissions are meant, by nbgrader's own settings. Raises CourseError where there is none."""
    names = {"nbgrader_step": course.submitted_directory, "assignment_id": glob.escape(course.assignment_id)}
    pattern = course.directory_structure.format(student_id=course.student_id, **names)
    path = course.format_path(course.submitted_directory, "(?P<student>.*)", "(?P<assignment>.*)", escape=True)
    excluded = course.student_id_exclude.split(",")
    folders = glob.glob(str(Path(glob.escape(course.root), pattern)))  # noqa: PTH207 - nbgrader's own patterns
    found = [re.match(path, folder) for folder in folders if Path(folder).is_dir()]
    students = sorted(match["student"] for match in found if match)
    students = [student for student in students if student not in excluded and only in ("", student)]
    if not students:
        raise CourseError(f"{handed_in(course, only or '*')}: nothing was handed in")
    return students


def needs_converter(course: CourseDirectory) -> str:
    """What in the settings only nbgrader's own converter can follow; nothing where our steps do."""
    config: Config = course.parent.config
    if course.notebook_id != "*" or course.groupshared:
        return "CourseDirectory"
    converter = Autograde(coursedir=course, parent=course.parent)
    steps: list[Any] = [*converter.sanitize_preprocessors, *converter.autograde_preprocessors]
    classes = [Autograde, NotebookExporter, FilesWriter, SandboxExecute, SaneGrades, *steps]
    names = {each.__name__ for step in classes if isinstance(step, type) for each in step.mro()}
    for name, settings in config.items():
        followed = FOLLOWED.get(name, frozenset())
        nested = any(isinstance(value, Config) for value in settings.values())  # for a class within another
        if nested or (name in names and followed is not None and set(settings) - followed):
            return str(name)
    return ""
