"""The files of a submission and of an assignment, as nbgrader chooses and copies them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from fnmatch import fnmatchcase
from glob import has_magic
from pathlib import Path

from assignments.files import odd
from question_bank.errors import CourseError


def ignored(name: str, patterns: Sequence[str]) -> bool:
    """Whether a file or folder is left out, by the rules of nbgrader, which asks `glob`."""
    return any(
        name == pattern
        if not has_magic(pattern)
        else fnmatchcase(name, pattern) and (pattern.startswith(".") or not name.startswith("."))
        for pattern in patterns
    )


def below(folder: Path, patterns: Sequence[str]) -> list[str]:
    """The names of the files in a folder and those below it, but for what is ignored."""
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not ignored(name, patterns)]
        inside = os.path.relpath(place, folder)
        kept = (name for name in names if not ignored(name, patterns))
        found += [name if inside == "." else f"{inside}/{name}" for name in kept]
    return sorted(found)


def refuse_links(folder: Path) -> None:
    """Raise CourseError where something is a link, which whoever grades would follow, or a pipe or a device."""
    if path := odd(folder):
        what = "a link" if path.is_symlink() else "a pipe or a device"
        raise CourseError(f"{folder}: {path.name} is {what}, not a file; hand in files")


def copy(source: Path, target: Path) -> None:
    """Copy a file, into folders that are made as needed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    shutil.copy(source, target)


def remove(folder: Path) -> None:
    """Remove a folder where there is one."""
    if folder.exists():
        shutil.rmtree(folder)


def set_permissions(folder: Path, mode: int) -> None:
    """Give all files below a folder these permissions."""
    for place, _, names in os.walk(folder):
        for name in names:
            Path(place, name).chmod(mode)
