"""What Canvas and Moodle call the files of a download → whose they are. Pure.

Canvas: `lovelaceada_LATE_12345_678910_hw1-2.ipynb`. Moodle: `Ada Lovelace_1234567_assignsubmission_file_/hw1.ipynb`,
or with the file's name where the last `/` is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from assignments.roster import Student

_CANVAS = re.compile(r"(?P<who>[^_/]+)_(?:LATE_)?(?P<lms>\d+)_\d+_(?P<file>[^/]+)")
_MOODLE = re.compile(r"(?P<who>[^/]+)_(?P<lms>\d+)_assignsubmission_file_?/?(?P<file>.+)")
_AGAIN = re.compile(r"(?:-(?P<canvas>\d{1,3})| \((?P<browser>\d{1,3})\))(?=\.\w+$)")


@dataclass(frozen=True)
class Named:
    """A file's name, taken apart: who the system says it is of, and which of several it is (0 is the first)."""

    who: str
    lms: str
    file: str
    again: int = 0


def named(path: str) -> Named | None:
    """A path within a download, with `/`; None where it is of neither system, nor in a folder of a student's own."""
    pieces = path.split("/")
    for start in range(len(pieces)):  # a download is often zipped with a folder around it
        rest = "/".join(pieces[start:])
        if found := _MOODLE.fullmatch(rest) or _CANVAS.fullmatch(rest):
            file, again = _first_name(found["file"])
            return Named(found["who"], found["lms"], file, again)
    if len(pieces) > 1:
        file, again = _first_name(pieces[-1])
        return Named(pieces[-2], "", file, again)
    return None


def _first_name(file: str) -> tuple[str, int]:
    found = _AGAIN.search(file)
    if not found:
        return file, 0
    return file[: found.start()] + file[found.end() :], int(found["canvas"] or found["browser"])


def owner(found: Named, students: Sequence[Student]) -> Student | None:
    """Whose file it is, by id, e-mail or name; None where nobody's fits, or that of two."""
    for keys in (_ids, _names):
        who = {_plain(found.who), _plain(found.lms)} if keys is _ids else {_plain(found.who)}
        fitting = [student for student in students if (who - {""}) & keys(student)]
        if fitting:
            return fitting[0] if len(fitting) == 1 else None
    return None


def _ids(student: Student) -> set[str]:
    return {_plain(student.id), _plain(student.email)} - {""}


def _names(student: Student) -> set[str]:
    first, last = _plain(student.first_name), _plain(student.last_name)
    return {last + first, first + last} - {""}


def _plain(text: str) -> str:
    """Letters and digits only, without accents: what Canvas leaves of a name."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return "".join(c for c in bare if c.isalnum())
