"""Writing files so that a kill in the middle leaves the old one or the new one, never half; and what is no file."""

from __future__ import annotations

import fcntl
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from question_bank.errors import CourseError


def write_text(path: Path, text: str, mode: int = 0o644) -> bool:
    """As `write_bytes`, for text, in UTF-8."""
    return write_bytes(path, text.encode("utf-8"), mode)


def write_bytes(path: Path, data: bytes, mode: int = 0o644) -> bool:
    """Write `data` to `path` atomically, making folders as needed; whether anything changed.

    A file that holds this already is left alone, its time stamp too.
    """
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:50]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Hold a lock on `file` for as long as the block runs; a process that dies lets go of it.

    Raises CourseError where another process holds it.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CourseError(f"{file}: another fieldmark is at work in this course; wait until it is done") from error
        yield


def odd(folder: Path) -> Path | None:
    """Something below a folder that is neither a file nor a folder: a link, a pipe, a device. Follows none."""
    below = (Path(place, name) for place, folders, names in os.walk(folder) for name in (*folders, *names))
    kinds = ((path, path.lstat().st_mode) for path in below)
    return next((path for path, mode in kinds if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)), None)
