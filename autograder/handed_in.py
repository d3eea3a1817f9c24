"""What lies in a submission's folder → the notebook that is graded, whatever it is called and whatever is beside it."""

from __future__ import annotations

import stat
import unicodedata
from collections.abc import Collection, Sequence
from pathlib import Path

from autograder import submission
from autograder.bindings import Look
from question_bank.errors import SubmissionError

ENDINGS = (".ipynb", ".ipynb.txt", ".ipynb.json")  # the longer ones are given by browsers
CHECKPOINTS = ".ipynb_checkpoints"
MOST_BESIDE = 1000  # characters of a text beside a notebook
MOST = 6  # notebooks of one submission that are looked at


def notebook_in(
    folder: Path, assignment: str, student: str = "", names: Collection[str] = ()
) -> tuple[Path, list[str]]:
    """The notebook of a submission and a remark where it was not plain which one it is. Raises SubmissionError.

    It is the assignment's or the only one there. Of several, it is the one that says it is `student`'s and gives most
    of the paper's variables, `names`, a value.
    """
    expected = f"{assignment}.ipynb"
    found = _notebooks(folder, expected)
    if links := [file for file in found if file.is_symlink()]:  # followed as whoever grades, to what only they may read
        raise SubmissionError(f"{folder}: {_shown(links[0])} is a link, not a file; hand in the notebook")
    if not found:
        raise SubmissionError(f"{folder}: expected a notebook {expected}; found none")
    if len(found) == 1:
        [only] = found
        return only, [] if only.name == expected else [f"the notebook is called {_shown(only)}, not {expected}"]
    ranked = sorted(found, key=lambda file: _rank(file, assignment, student, names), reverse=True)
    first = next((file for file in found if file.name == expected), None)
    if _rank(ranked[0], assignment, student, names) <= (0, 0):
        if first is None:
            raise SubmissionError(f"{folder}: expected a notebook {expected}; found {_listed(found)}")
        ranked = [first]
    others = [file for file in found if file != ranked[0]]
    why = f"{_shown(ranked[0])} was graded: of those that are {student}'s, it has most answers"
    return ranked[0], [
        f"{len(found)} notebooks were handed in where one is expected; {why}; not graded: {_listed(others)}"
    ]


def beside(file: Path) -> str | None:
    """The beginning of a text that nbgrader keeps beside a notebook; None where there is no such file.

    A link is none, which could lead to a secret that is then handed back, nor a pipe, which could keep us waiting.
    """
    try:
        if not stat.S_ISREG(file.lstat().st_mode):
            return None
        with file.open(encoding="utf-8", errors="replace") as opened:
            return opened.read(MOST_BESIDE)
    except OSError:
        return None


def _notebooks(folder: Path, expected: str) -> list[Path]:
    """The notebooks in a folder, the expected one first; Jupyter's own copies only where there is no other."""
    try:
        files = sorted(file for file in folder.iterdir() if file.name.lower().endswith(ENDINGS) and _is_file(file))
    except FileNotFoundError:
        return []
    own = [file for file in files if not file.stem.endswith("-checkpoint")]
    if not own and folder.name != CHECKPOINTS:
        own = [file for file in files if file.stem.endswith("-checkpoint")] or [
            file for file in (folder / CHECKPOINTS).glob("*.ipynb") if _is_file(file)
        ]
    return sorted(own, key=lambda file: _plain(file.name) != _plain(expected))[:MOST]


def _is_file(file: Path) -> bool:
    """Whether there is something to read or, for a link, to refuse."""
    return file.is_symlink() or file.is_file()


def _rank(file: Path, assignment: str, student: str, names: Collection[str]) -> tuple[int, int]:
    """Whether a notebook may be the one (below zero: it is not, or cannot be read), and how many answers it has."""
    try:
        with file.open("rb") as opened:
            found = submission.read(opened.read(submission.MAX_BYTES + 1), file.name)
    except (SubmissionError, OSError):
        return -1, 0
    if found.student not in ("", student) or found.assignment not in ("", assignment):
        return -1, 1
    look = Look(names)
    answers = {name for cell in found.cells if cell.is_code for name in look.filled(cell.source)}
    return bool(found.student), len(answers)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).lower()


def _listed(files: Sequence[Path]) -> str:
    return ", ".join(map(_shown, files))


def _shown(file: Path) -> str:
    return f"{file.name:.80}"
