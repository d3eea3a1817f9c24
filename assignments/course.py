"""The course folder: where everything lies, and the secret. Nothing here writes, but for making the secret."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assignments import blueprint, paper, roster
from assignments.blueprint import Blueprint, describe
from assignments.paper import Manifest
from question_bank.catalog import Catalog
from question_bank.errors import CourseError, ManifestError


class Settings(BaseModel):
    """What course.toml holds."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    title: str
    course_id: str
    templates: str = "templates"


class Course:
    """A course folder. Paths are properties; `read` methods raise an error that names the file."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.settings = self._read_settings()
        self.catalog = Catalog(self.root / self.settings.templates)

    @classmethod
    def find(cls, start: Path) -> Course:
        """The course that `start` lies in. Raises CourseError where it lies in none."""
        for folder in (start.resolve(), *start.resolve().parents):
            if (folder / "course.toml").is_file():
                return cls(folder)
        raise CourseError(
            f"{start}: not in a course folder: no course.toml here or above; make one with `fieldmark init`"
        )

    def _read_settings(self) -> Settings:
        file = self.root / "course.toml"
        try:
            return Settings.model_validate(tomllib.loads(file.read_text(encoding="utf-8-sig")))
        except FileNotFoundError as error:
            raise CourseError(f"{file}: no such file; make a course with `fieldmark init`") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise CourseError(f"{file}: not TOML: {error}") from error
        except ValidationError as error:
            raise CourseError("\n".join(f"{file}: {line}" for line in describe(error, Settings))) from error

    @property
    def secret(self) -> bytes:
        """What every draw depends on. Raises CourseError where it is missing: a new one would deal other papers."""
        try:
            text = self.secret_file.read_text(encoding="ascii").strip()
        except (FileNotFoundError, UnicodeDecodeError) as error:
            raise CourseError(
                f"{self.secret_file}: the course's secret is missing; restore it from a backup"
            ) from error
        if not re.fullmatch(r"[0-9a-f]{64}", text):
            raise CourseError(f"{self.secret_file}: expected 64 hexadecimal digits; restore the file from a backup")
        return bytes.fromhex(text)

    @property
    def secret_file(self) -> Path:
        """Where the secret lies, mode 0600."""
        return self.private / "secret"

    @property
    def private(self) -> Path:
        """What only Fieldmark reads: the secret, responses, marks."""
        return self.root / ".fieldmark"

    @property
    def lock_file(self) -> Path:
        """What a command that writes holds while it does."""
        return self.private / "lock"

    @property
    def roster_file(self) -> Path:
        """The students."""
        return self.root / "roster.csv"

    @property
    def environments(self) -> Path:
        """Pinned environments, one for each list of requirements. They can be deleted: they are made again."""
        return self.private / "environments"

    @property
    def gradebook_file(self) -> Path:
        """nbgrader's database."""
        return self.root / "gradebook.db"

    def blueprint_file(self, assignment: str) -> Path:
        """The blueprint of an assignment."""
        return self.root / "blueprints" / f"{assignment}.toml"

    def source_file(self, assignment: str) -> Path:
        """What nbgrader takes for the assignment's source."""
        return self.root / "source" / assignment / f"{assignment}.ipynb"

    def step_folder(self, step: str, student: str, assignment: str) -> Path:
        """nbgrader's folder of a step (release, submitted, autograded, feedback)."""
        return self.root / step / student / assignment

    def notebook_file(self, step: str, student: str, assignment: str) -> Path:
        """A student's notebook in a step."""
        return self.step_folder(step, student, assignment) / f"{assignment}.ipynb"

    def instructor_file(self, assignment: str, student: str, attempt: int) -> Path:
        """The copy with keys and worked solutions."""
        return self.root / "instructor" / assignment / f"{student}{_suffix(attempt)}.ipynb"

    def manifest_file(self, assignment: str, student: str, attempt: int) -> Path:
        """What was dealt to the student."""
        return self.root / "manifests" / assignment / f"{student}{_suffix(attempt)}.json"

    def kept_file(self, assignment: str, student: str, attempt: int) -> Path:
        """What was handed in when it was run: a later attempt takes its place under `submitted`."""
        return self.private / "submissions" / assignment / f"{student}{_suffix(attempt)}.ipynb"

    def responses_file(self, assignment: str, student: str, attempt: int) -> Path:
        """What the student's submission answered when it was run."""
        return self.private / "responses" / assignment / f"{student}{_suffix(attempt)}.json"

    def marks_file(self, assignment: str, student: str, attempt: int) -> Path:
        """How an attempt was marked."""
        return self.private / "marks" / assignment / f"{student}{_suffix(attempt)}.json"

    def roster(self) -> list[roster.Student]:
        """The students, sorted by id."""
        return roster.read(self.roster_file)

    def blueprint(self, assignment: str) -> Blueprint:
        """The blueprint of an assignment."""
        return blueprint.read(self.blueprint_file(assignment), self.catalog)

    def manifest(self, assignment: str, student: str, attempt: int) -> Manifest:
        """What was dealt. Raises ManifestError where nothing was, or the file is damaged."""
        file = self.manifest_file(assignment, student, attempt)
        if not file.is_file():
            which = f"attempt {attempt} of {assignment}" if attempt > 1 else assignment
            raise ManifestError(f"{student}: no paper of {which} was dealt (no {file})")
        return self._read_manifest(file)

    def manifests(self, assignment: str) -> list[Manifest]:
        """All that was dealt of an assignment. Raises ManifestError where a file is damaged."""
        folder = self.root / "manifests" / assignment
        return [self._read_manifest(file) for file in sorted(folder.glob("*.json"))]

    def _read_manifest(self, file: Path) -> Manifest:
        try:
            found = paper.read_manifest(file.read_text(encoding="utf-8"), str(file))
        except UnicodeDecodeError as error:
            raise ManifestError(f"{file}: not UTF-8: {error}") from error
        if file != self.manifest_file(found.assignment, found.student, found.attempt):
            raise ManifestError(
                f"{file}: is the manifest of {found.student}, {found.assignment}, attempt {found.attempt}"
            )
        return found


def _suffix(attempt: int) -> str:
    return f"+{attempt}" if attempt > 1 else ""  # an id never holds a plus sign
