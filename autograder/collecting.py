"""What was handed in → `submitted/<student>/<assignment>/`. Nothing is ever lost.

It comes from a learning management system's download, or by nbgrader's own collector from its exchange. What is
replaced is kept in `.fieldmark/superseded/`, what could not be placed in `.fieldmark/unplaced/`.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assignments import downloads
from assignments.course import Course
from assignments.downloads import Named
from assignments.files import write_bytes, write_text
from assignments.roster import Student
from autograder import archive, submission
from autograder.submission import Submission
from question_bank.errors import CourseError, SubmissionError

# What nbgrader says where a submission's folder belongs to another account than its name says.
_OWNED = re.compile(r"claims to be submitted by (\S+) but is owned by ([^\s;]+)")
_REFUSED = re.compile(r"(\S+): (not collected: .*)")  # by our own collector: `exchange.Collect`
_FAULT = re.compile(r"\| (?:ERROR|CRITICAL)\]|^\w*Error: ")
RESERVED = ("timestamp.txt", "submission_secret.txt")  # ours to write: a student's own would set the time


@dataclass(frozen=True)
class Collected:
    """What became of a file. `student` is empty where it could not be placed; `flag` is for a person to look at."""

    path: str
    student: str = ""
    what: str = ""
    flag: str = ""


@dataclass(frozen=True)
class _File:
    item: archive.Item
    name: str
    again: int
    claim: Submission | None  # of a notebook that can be read

    @property
    def path(self) -> str:
        return self.item.path

    @property
    def data(self) -> bytes:
        """Read when it is needed: a class's files at a time would fill the memory."""
        return self.item.read()

    @property
    def is_notebook(self) -> bool:
        return self.name.casefold().endswith(".ipynb")


def collect(course: Course, assignment: str, download: Path) -> list[Collected]:
    """Place every file of a download; again and again the same.

    Raises SubmissionError where the download cannot be opened, CourseError where the assignment or roster cannot.
    """
    course.blueprint(assignment)
    placing = _Placing(course, assignment)
    found = archive.items(download)
    for item in sorted(found, key=lambda item: not placing.names_someone(item.path)):  # they go before mere claims
        placing.sort(item)
    placing.remember()
    return placing.outcomes + [outcome for id in sorted(placing.files) for outcome in placing.place(id)]


def from_exchange(course: Course, assignment: str) -> list[Collected]:
    """Have nbgrader collect what is new in its exchange, as nbgrader_config.py says; a line for each submission.

    Raises CourseError with nbgrader's own words where it does not.
    """
    course.blueprint(assignment)
    placing = _Placing(course, assignment)
    before = placing.notebooks()
    command = [sys.executable, "-m", "nbgrader", "collect", assignment, "--update"]
    done = subprocess.run(command, cwd=course.root, capture_output=True, text=True, check=False)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if _FAULT.search(line)] or [f"exit status {done.returncode}"]
        raise CourseError(f"nbgrader collect {assignment}: {said[0].partition('] ')[2] or said[0]}")
    owners = dict(_OWNED.findall(done.stderr))
    refused = [Collected(f"{who}/{assignment}", flag=why) for who, why in _REFUSED.findall(done.stderr)]
    return refused + [placing.collected(student, before, owners) for student in placing.notebooks()]


class _Placing:
    def __init__(self, course: Course, assignment: str) -> None:
        self.course, self.assignment = course, assignment
        self.students = course.roster()
        self.files: dict[str, list[_File]] = defaultdict(list)
        self.outcomes: list[Collected] = []
        # Whose account of the system is whose: a notebook that is all that names its student is believed of one only.
        self.accounts_file = course.private / "accounts.json"
        self.accounts: dict[str, str] = {}
        if self.accounts_file.is_file():
            self.accounts = json.loads(self.accounts_file.read_text(encoding="utf-8"))

    def remember(self) -> None:
        """Keep the accounts for the next download."""
        text = json.dumps(self.accounts, indent=1, sort_keys=True, ensure_ascii=False)
        write_text(self.accounts_file, text, mode=0o600)

    def names_someone(self, path: str) -> bool:
        """Whether a file's name says whose it is."""
        found = downloads.named(path)
        return found is not None and downloads.owner(found, self.students) is not None

    def sort(self, item: archive.Item) -> None:
        """Find whose a file is; what is nobody's is set aside."""
        if not archive.is_safe(item.path):
            self.outcomes.append(Collected(item.path, flag="refused: its path could leave the folder"))
            return
        try:
            data = item.read()
        except SubmissionError as error:
            self.outcomes.append(Collected(item.path, flag=f"refused: {error}"))
            return
        found = downloads.named(item.path)
        claim = _claim(data) if item.path.casefold().endswith(".ipynb") else None
        file = _file(item, found, claim)
        named = downloads.owner(found, self.students) if found else None
        owner = named or self.verified(claim)
        account = (found.lms or found.who) if found else ""
        if owner is None:
            self.aside(file, "nobody on the roster fits this name, and the file names no one who was dealt it")
        elif file.name.casefold() in RESERVED:
            self.aside(file, "a student's own file of this name is not taken for ours")
        elif named and claim and claim.student not in ("", named.id):
            self.conflict(file, named, claim.student)
        elif not named and self.accounts.setdefault(owner.id, account) != account:
            self.aside(file, f"names {owner.id}, whose files come from another account of the system")
        else:
            self.accounts[owner.id] = account
            self.files[owner.id].append(file)

    def verified(self, claim: Submission | None) -> Student | None:
        """Whom a notebook names, if its questions are those that were dealt to them."""
        student = next((s for s in self.students if claim and claim.student == s.id), None)
        if student is None or claim is None or claim.assignment != self.assignment:
            return None
        try:
            text = self.course.notebook_file("release", student.id, self.assignment).read_text(encoding="utf-8")
        except OSError:
            return None
        dealt = {"".join(c["source"]) for c in json.loads(text)["cells"] if c["cell_type"] == "markdown"}
        there = {cell.source for cell in claim.cells if cell.kind == "markdown"}
        return student if len(dealt & there) * 2 > len(dealt) else None

    def conflict(self, file: _File, student: Student, claimed: str) -> None:
        """Another's notebook. Grading shows it to a person, where the student has handed in nothing else."""
        flag = f"handed in by {student.id}, but it is the notebook of {claimed!r:.60}"
        if self.target(student.id).exists() or self.files.get(student.id):
            self.aside(file, flag)
            return
        write_bytes(self.target(student.id), file.data)
        self.outcomes.append(Collected(file.path, student.id, "placed", flag))

    def aside(self, file: _File, flag: str) -> None:
        self.keep("unplaced", "", file.name, file.data)
        self.outcomes.append(Collected(file.path, flag=flag))

    def target(self, student: str) -> Path:
        return self.course.notebook_file("submitted", student, self.assignment)

    def kept(self, where: str, student: str, name: str, data: bytes) -> Path:
        digest = hashlib.sha256(data).hexdigest()[:16]
        return self.course.private / where / self.assignment / student / f"{digest}-{Path(name).name}"

    def keep(self, where: str, student: str, name: str, data: bytes) -> None:
        write_bytes(self.kept(where, student, name, data), data, mode=0o600)

    def place(self, student: str) -> list[Collected]:
        """Write a student's files: the newest notebook under the assignment's name, the others beside it."""
        files = self.files[student]
        notebooks = sorted((file for file in files if file.is_notebook), key=self.preference)
        outcomes = [self.notebook(student, notebooks[-1])] if notebooks else []
        for file in (file for file in files if file not in notebooks[-1:]):
            older = file.is_notebook and file.name in (notebooks[-1].name, self.target(student).name)
            outcomes.append(self.older(student, file) if older else self.beside(student, file))
        if not notebooks and not self.target(student).exists():
            outcomes.append(Collected(files[0].path, student, flag="no notebook was handed in"))
        return outcomes

    def preference(self, file: _File) -> tuple[bool, bool, int]:
        """What makes a notebook the one that counts: its name, that it is of this assignment, the last try."""
        ours = file.claim is not None and file.claim.assignment == self.assignment
        return file.name == f"{self.assignment}.ipynb", ours, file.again

    def notebooks(self) -> dict[str, bytes]:
        """Of each submission that is there, its notebook; of one that has none, nothing."""
        folders = sorted(self.course.root.glob(f"submitted/*/{self.assignment}"))
        targets = {folder.parent.name: self.target(folder.parent.name) for folder in folders if folder.is_dir()}
        return {student: file.read_bytes() if file.is_file() else b"" for student, file in targets.items()}

    def collected(self, student: str, before: Mapping[str, bytes], owners: Mapping[str, str]) -> Collected:
        """What became of a submission of the exchange; an earlier notebook that it replaces is kept."""
        target = self.target(student)
        path, now = f"{student}/{self.assignment}", target.read_bytes() if target.is_file() else b""
        what = "is there already" if before.get(student) == now else "placed"
        if before.get(student, now) != now:
            self.keep("superseded", student, target.name, before[student])
            what = "replaces an earlier one, which is kept"
        flag = "" if any(known.id == student for known in self.students) else "not on the roster"
        if student in owners:
            flag = f"submitted from the account of {owners[student]}"
        return Collected(path, student, what, flag)

    def notebook(self, student: str, file: _File) -> Collected:
        target = self.target(student)
        before = target.read_bytes() if target.is_file() else None
        if before == file.data:
            return Collected(file.path, student, "is there already")
        if self.kept("superseded", student, target.name, file.data).exists():
            return Collected(file.path, student, "older than what is there")
        if before is not None:
            self.keep("superseded", student, target.name, before)
            self.forget_time(student)
        write_bytes(target, file.data)
        return Collected(file.path, student, "placed" if before is None else "replaces an earlier one, which is kept")

    def forget_time(self, student: str) -> None:
        """The time of what is replaced is not that of what replaces it."""
        for name in RESERVED:
            file = self.target(student).with_name(name)
            if file.is_file():
                self.keep("superseded", student, name, file.read_bytes())
                file.unlink()

    def older(self, student: str, file: _File) -> Collected:
        if not (self.target(student).is_file() and self.target(student).read_bytes() == file.data):
            self.keep("superseded", student, self.target(student).name, file.data)
        return Collected(file.path, student, "an earlier try, kept")

    def beside(self, student: str, file: _File) -> Collected:
        target = self.target(student).parent / file.name
        if target.is_file() and target.read_bytes() != file.data:
            self.keep("superseded", student, file.name, target.read_bytes())
        write_bytes(target, file.data)
        return Collected(file.path, student, "kept beside the notebook")


def _claim(data: bytes) -> Submission | None:
    try:
        return submission.read(data, "")
    except SubmissionError:
        return None  # grading says what is wrong with it


def _file(item: archive.Item, found: Named | None, claim: Submission | None) -> _File:
    name = found.file if found else item.path.rsplit("/", 1)[-1]
    return _File(item, name, found.again if found else 0, claim)
