"""A download, as a zip or a folder → its files. Whatever could leave the folder or fill the disk is refused."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from question_bank.errors import SubmissionError

MAX_FILE = 64 * 2**20  # bytes
MAX_FILES = 100_000
MAX_TOTAL = 16 * 2**30  # bytes, unpacked


@dataclass(frozen=True)
class Item:
    """A file of a download. `path` has `/`; `read` raises SubmissionError for a file that is refused."""

    path: str
    read: Callable[[], bytes]


def items(download: Path) -> list[Item]:
    """The files of a download, sorted by path. Raises SubmissionError where it is no zip and no folder."""
    found = _in_folder(download) if download.is_dir() else _in_zip(download)
    if len(found) > MAX_FILES:
        raise SubmissionError(f"{download}: expected at most {MAX_FILES} files, found {len(found)}")
    return sorted((item for item in found if not _is_litter(item.path)), key=lambda item: item.path)


def _in_folder(folder: Path) -> list[Item]:
    files = [file for file in folder.rglob("*") if file.is_symlink() or file.is_file()]

    def reader(file: Path) -> Callable[[], bytes]:
        def read() -> bytes:
            if file.is_symlink():
                raise SubmissionError("is a link")
            with file.open("rb") as opened:
                return _bounded(opened.read(MAX_FILE + 1))

        return read

    return [Item(file.relative_to(folder).as_posix(), reader(file)) for file in files]


def _in_zip(file: Path) -> list[Item]:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except FileNotFoundError as error:
        raise SubmissionError(f"{file}: no such download") from error
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise SubmissionError(f"{file}: expected a zip or a folder: {error}") from error

    if (size := sum(entry.file_size for entry in entries)) > MAX_TOTAL:  # no more is unpacked than an entry says
        raise SubmissionError(f"{file}: expected at most {MAX_TOTAL // 2**30} GiB unpacked, found {size / 2**30:.0f}")

    def reader(entry: zipfile.ZipInfo) -> Callable[[], bytes]:
        def read() -> bytes:
            if stat.S_ISLNK(entry.external_attr >> 16):
                raise SubmissionError("is a link")
            try:
                with zipfile.ZipFile(file) as archive, archive.open(entry) as opened:
                    return _bounded(opened.read(MAX_FILE + 1))
            except (zipfile.BadZipFile, EOFError, RuntimeError, ValueError, NotImplementedError) as error:
                raise SubmissionError(f"is damaged or encrypted: {error!s:.100}") from error
            except Exception as error:
                raise SubmissionError(f"is damaged: {error!s:.100}") from error

        return read

    return [Item(entry.filename, reader(entry)) for entry in entries]


def _bounded(data: bytes) -> bytes:
    if len(data) > MAX_FILE:
        raise SubmissionError(f"is larger than {MAX_FILE // 2**20} MiB")
    return data


def _is_litter(path: str) -> bool:
    """What operating systems and Jupyter leave in folders."""
    return any(piece in ("__MACOSX", ".ipynb_checkpoints", ".DS_Store", "Thumbs.db") for piece in path.split("/"))


def is_safe(path: str) -> bool:
    """Whether a path stays in the folder that it is put into, on every system."""
    pieces = path.split("/")
    clean = path.isprintable() and not any(c in path for c in '\\:*?"<>|')
    return clean and all(piece and not piece.startswith(".") and len(piece.encode()) <= 200 for piece in pieces)
