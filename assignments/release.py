"""The only writer of assignments: course folders, releases, manifests and instructors' copies."""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from assignments import notebook, paper
from assignments.blueprint import Blueprint
from assignments.course import Course
from assignments.files import write_text
from assignments.paper import Manifest, Paper
from question_bank.errors import BlueprintError, CourseError, ManifestError, did_you_mean

STEPS = ("source", "release", "submitted", "autograded", "feedback")

_COURSE = """\
title = {title}
course_id = "{course_id}"   # nbgrader's name for the course
templates = "templates"     # templates of your own: templates/<topic>/<name>.py
"""

_CONFIG = """\
# nbgrader reads this file: its commands and formgrader work in this folder.
from autograder.exchange import switch_on

c = get_config()
c.CourseDirectory.course_id = "{course_id}"
# c.CourseDirectory.db_url = "postgresql+psycopg2://user:password@host/database"   # instead of gradebook.db
switch_on(c)  # through the exchange, each student gets the notebook that is theirs
"""

_ROSTER = """\
id,first_name,last_name,email
student01,,,
student02,,,
student03,,,
"""


def init(root: Path, blueprint: str = "cnn_basics") -> Course:
    """Make a course folder that nbgrader accepts as its own, with a shipped blueprint that works as it stands.

    Raises CourseError where `root` holds a course already, or anything else; BlueprintError for a name that is unknown.
    """
    text = shipped_blueprint(blueprint)
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise CourseError(f"{root}: expected a new or empty folder; it holds something already")
    course_id = re.sub(r"[^A-Za-z0-9_-]+", "_", root.resolve().name).strip("_") or "course"
    for step in STEPS:
        (root / step).mkdir(parents=True, exist_ok=True)
    (root / "templates").mkdir()
    write_text(root / ".fieldmark" / "secret", secrets.token_hex(32) + "\n", mode=0o600)
    (root / ".fieldmark").chmod(0o700)
    write_text(root / ".gitignore", ".fieldmark/\ngradebook.db\n")
    write_text(root / "nbgrader_config.py", _CONFIG.format(course_id=course_id))
    write_text(root / "roster.csv", _ROSTER)
    write_text(root / "blueprints" / "hw1.toml", text)
    title = json.dumps(root.resolve().name, ensure_ascii=False)  # quotes and escapes as TOML has them
    write_text(root / "course.toml", _COURSE.format(title=title, course_id=course_id))
    return Course(root)


def shipped_blueprint(name: str) -> str:
    """The text of a blueprint that ships with Fieldmark. Raises BlueprintError for a name that is unknown."""
    if name not in (known := shipped_blueprints()):
        raise BlueprintError(f"no blueprint {name!r} ships{did_you_mean(name, known)}; there are {', '.join(known)}")
    return (resources.files("assignments") / "blueprints" / f"{name}.toml").read_text(encoding="utf-8")


def shipped_blueprints() -> list[str]:
    """The names of the blueprints that ship with Fieldmark, sorted."""
    files = (resources.files("assignments") / "blueprints").iterdir()
    return sorted(file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml"))


@dataclass(frozen=True)
class Released:
    """What `generate` did for one student."""

    student: str
    notebook: Path
    new: bool


def generate(
    course: Course, blueprint: Blueprint, attempt: int = 1, only: str = "", redeal: bool = False
) -> list[Released]:
    """Write a notebook, a manifest and an instructor's copy for each student; and the source for nbgrader.

    Papers that were dealt stay as they are (their notebooks are written again, the same bytes); students without one
    are dealt one. `redeal` deals everyone's anew, other variants while there are some. Raises CourseError,
    ManifestError or TemplateError before anything is written.
    """
    if attempt > blueprint.attempts.allowed:
        raise CourseError(
            f"{course.blueprint_file(blueprint.assignment)}: attempts.allowed is {blueprint.attempts.allowed}; "
            f"cannot deal attempt {attempt}"
        )
    secret, students = course.secret, [student.id for student in course.roster()]
    if only and only not in students:
        raise CourseError(f"{course.roster_file}: no student {only!r}")
    chosen = [only] if only else students
    earlier = course.manifests(blueprint.assignment)
    replaced = {m.student: m for m in earlier if redeal and m.attempt == attempt and m.student in chosen}
    earlier = [m for m in earlier if m is not replaced.get(m.student)]
    _refuse_changed_slots(course, blueprint, [m for m in earlier if m.attempt == attempt or not redeal])
    papers = _papers(course, blueprint, attempt, chosen, earlier, replaced)
    rendered = [(_rendered(blueprint, secret, p), p, new) for p, new in papers]  # all of it before any is written
    write_text(course.source_file(blueprint.assignment), notebook.to_json(notebook.source_notebook(blueprint)))
    last = {m.student: m.attempt for m in sorted(earlier, key=lambda m: m.attempt)}
    return [_write(course, blueprint, books, p, new, attempt >= last.get(p.student, 0)) for books, p, new in rendered]


def _refuse_changed_slots(course: Course, blueprint: Blueprint, earlier: list[Manifest]) -> None:
    changed = [m.student for m in earlier if m.deal != blueprint.deal]
    if changed:
        raise ManifestError(
            f"{course.blueprint_file(blueprint.assignment)}: its slots have changed since {len(changed)} papers were "
            f"dealt ({', '.join(changed[:3])}{', …' if len(changed) > 3 else ''}); restore them, or deal anew with "
            "--redeal, which changes those students' questions"
        )


def _papers(
    course: Course,
    blueprint: Blueprint,
    attempt: int,
    chosen: list[str],
    earlier: list[Manifest],
    replaced: dict[str, Manifest],
) -> list[tuple[Paper, bool]]:
    dealt = {m.student: m for m in earlier if m.attempt == attempt}
    taken: paper.Taken = {}
    for manifest in earlier:
        paper.take(taken, manifest)
    papers = []
    for student in chosen:
        if student in dealt:
            papers.append((paper.paper_of(dealt[student], blueprint, course.catalog), False))
        else:
            new = paper.deal(blueprint, student, attempt, course.secret, taken, replaced.get(student))
            paper.take(taken, paper.manifest_of(new, blueprint))
            papers.append((new, True))
    return papers


def _rendered(blueprint: Blueprint, secret: bytes, p: Paper) -> tuple[str, str]:
    """The instructor's copy and the student's notebook."""
    books = notebook.instructor_notebook(p, blueprint, secret), notebook.student_notebook(p, blueprint, secret)
    return notebook.to_json(books[0]), notebook.to_json(books[1])


def _write(course: Course, blueprint: Blueprint, books: tuple[str, str], p: Paper, new: bool, last: bool) -> Released:
    # The manifest comes first: a notebook without one could never be graded.
    if new:
        manifest = paper.manifest_of(p, blueprint)
        write_text(course.manifest_file(p.assignment, p.student, p.attempt), manifest.to_json())
    write_text(course.instructor_file(p.assignment, p.student, p.attempt), books[0], mode=0o600)
    file = course.notebook_file("release", p.student, p.assignment)
    if last:  # a student who was dealt a later attempt keeps that one's notebook
        write_text(file, books[1])
    return Released(p.student, file, new)
