"""CSV (Canvas, Moodle, nbgrader or plain) → students.

Columns are found by their usual names, whatever their order; a byte-order mark, semicolons or tabs between columns and
Canvas's "Points Possible" and test-student rows are taken in stride.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from question_bank.errors import RosterError

# What each column is called by Fieldmark and nbgrader, Canvas and Moodle; the first that is filled in counts.
COLUMNS = {
    "id": ("student_id", "sis login id", "sis user id", "username", "id number", "student id", "id"),
    "first_name": ("first_name", "first name", "given name"),
    "last_name": ("last_name", "last name", "surname", "family name"),
    "full_name": ("student", "full name", "name"),
    "email": ("email", "email address", "e-mail"),
}


@dataclass(frozen=True, order=True)
class Student:
    """Someone on the roster. `id` names their folders."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""


def read(file: Path) -> list[Student]:
    """The students of a roster, sorted by id. Raises RosterError with a line for each thing that is wrong."""
    try:
        raw = file.read_bytes()
        text = raw.decode("utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except FileNotFoundError as error:
        raise RosterError(f"{file}: no such roster") from error
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")  # what Excel writes where it does not write UTF-8
    rows = _rows(file, text)
    students: dict[str, Student] = {}
    lines: dict[str, int] = {}
    faults = []
    for line, row in rows:
        if _is_canvas_extra(row):
            continue
        student = _student(row)
        if fault := _fault(student, lines):
            faults.append(f"{file}: line {line}: {fault}")
            continue
        lines[student.id.casefold()] = line
        students[student.id] = student
    if faults:
        raise RosterError("\n".join(faults))
    if not students:
        raise RosterError(f"{file}: expected a row for each student; found none")
    return sorted(students.values())


def _rows(file: Path, text: str) -> list[tuple[int, dict[str, str]]]:
    text = re.sub(r"\A\s*sep=.\r?\n", "", text)  # a line for Excel
    header = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=header.count)
    # Strict: a quote that is opened and never closed would otherwise swallow the rest of the class.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        filled = [(reader.line_num, values) for values in reader if any(value.strip() for value in values)]
    except csv.Error as error:
        raise RosterError(f"{file}: line {reader.line_num}: not CSV: {error}") from error
    names = [name.strip().casefold() for name in filled[0][1]] if filled else []
    if not set(names) & set(COLUMNS["id"]):
        found = ", ".join(filter(None, names)) or "an empty file"
        raise RosterError(f"{file}: expected a column with students' ids, such as 'id' or 'username'; found {found}")
    return [(line, dict(zip(names, (value.strip() for value in values), strict=False))) for line, values in filled[1:]]


def _is_canvas_extra(row: Mapping[str, str]) -> bool:
    name = row.get("student", "")
    return name.casefold() == "points possible" or name.replace(" ", "").casefold() in ("student,test", "teststudent")


def _pick(row: Mapping[str, str], column: str) -> str:
    return next((row[name] for name in COLUMNS[column] if row.get(name)), "")


def _student(row: Mapping[str, str]) -> Student:
    first, last, full = _pick(row, "first_name"), _pick(row, "last_name"), _pick(row, "full_name")
    if full and not (first or last):
        if "," in full:
            last, first = (piece.strip() for piece in full.split(",", 1))
        else:
            first, _, last = full.rpartition(" ")
    return Student(unicodedata.normalize("NFC", _pick(row, "id")), first, last, _pick(row, "email"))


def _fault(student: Student, lines: Mapping[str, int]) -> str:
    """What is wrong with a row, or nothing. An id becomes a folder's name, also on disks that ignore case."""
    if not student.id:
        return "has no id"
    if any(c in '/\\:*?"<>|+' or not c.isprintable() for c in student.id) or student.id.startswith((".", "-")):
        return f'id {student.id!r} cannot name a folder: it may not hold / \\ : * ? " < > | + or start with . or -'
    if len(student.id.encode()) > 100:
        return f"id {student.id[:20]!r}… is longer than 100 bytes"
    if earlier := lines.get(student.id.casefold()):
        return f"id {student.id!r} stands on line {earlier} already"
    return ""
