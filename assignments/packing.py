"""One zip per student and an index of them, for a learning management system."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

from assignments.course import Course
from assignments.files import write_bytes, write_text
from question_bank.errors import CourseError

EPOCH = (1980, 1, 1, 0, 0, 0)  # a zip's earliest time: the same release is the same bytes


def pack(course: Course, assignment: str, to: Path) -> list[Path]:
    """Write `<student>_<assignment>.zip` for each student, and `index.csv`: student, file, names, e-mail.

    Raises CourseError, before anything is written, where a student of the roster was released nothing.
    """
    students = course.roster()
    folders = {student.id: course.step_folder("release", student.id, assignment) for student in students}
    if without := [id for id, folder in folders.items() if not folder.is_dir()]:
        raise CourseError(
            f"{course.root / 'release'}: nothing of {assignment} for {', '.join(without[:3])}"
            f"{', …' if len(without) > 3 else ''}; run `fieldmark generate {assignment}`"
        )
    table = io.StringIO()
    index = csv.writer(table, lineterminator="\n")
    index.writerow(["student", "file", "first_name", "last_name", "email"])
    files = []
    for student in students:
        file = to / f"{student.id}_{assignment}.zip"
        write_bytes(file, _zipped(folders[student.id], assignment))
        index.writerow([student.id, file.name, student.first_name, student.last_name, student.email])
        files.append(file)
    write_text(to / "index.csv", table.getvalue())
    return files


def _zipped(folder: Path, name: str) -> bytes:
    """All of a folder but hidden files and links, under `name`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for file in sorted(folder.rglob("*")):
            inside = file.relative_to(folder)
            if file.is_symlink() or not file.is_file() or any(piece.startswith(".") for piece in inside.parts):
                continue
            entry = zipfile.ZipInfo(f"{name}/{inside.as_posix()}", EPOCH)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.read_bytes())
    return buffer.getvalue()
