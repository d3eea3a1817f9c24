"""A hostile .ipynb → Submission. Pure, and by plain `json`: importing nbformat costs a second in every worker."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from typing import Any

from autograder import salvage
from question_bank.errors import SubmissionError

MAX_BYTES = 32 * 2**20
MAX_CELLS = 2_000
MAX_SHOWN = 60  # characters of what a file says of itself
_TITLE = re.compile(r"^(\S{1,100}) · (\S{1,100})(?: · attempt (\d{1,2}))? · [\d.]+ points?$", re.MULTILINE)
_PYTHON_2_PRINT = re.compile(r"^([ \t]*)print[ \t]++(?![=(,.])([^#\n]+)", re.MULTILINE)


@dataclass(frozen=True)
class Cell:
    """One cell as handed in. `grade_id` is nbgrader's name for it, or empty; `run` is Jupyter's count.

    number: where it stood in the file, from 1; 0 where it is ours. answers: the questions that it answers, beside the
    one that its grade_id names.
    """

    kind: str
    source: str
    grade_id: str = ""
    number: int = field(default=0, compare=False)
    run: int = field(default=0, compare=False)
    answers: tuple[str, ...] = field(default=(), compare=False)

    @property
    def is_code(self) -> bool:
        """Whether there is something to run."""
        return self.kind == "code"


@dataclass(frozen=True)
class Submission:
    """What was handed in. Who it says it belongs to is a claim: the file may have been edited.

    damaged: whether cells may have been lost. lost: the questions whose answers were, then. remarks: what was odd about
    it and what was done about that, a line each.
    """

    cells: tuple[Cell, ...]
    digest: str
    student: str
    assignment: str
    attempt: int
    damaged: bool = False
    lost: frozenset[str] = frozenset()
    remarks: tuple[str, ...] = field(default=(), compare=False)


def read(data: bytes, where: str) -> Submission:
    """The submission in a file's bytes. Raises SubmissionError, one line that names `where`, for no notebook."""
    if len(data) > MAX_BYTES:
        raise SubmissionError(f"{where}: larger than {MAX_BYTES // 2**20} MiB")
    try:
        notebook, remarks, damaged = salvage.notebook(data)
    except salvage.NoNotebook as error:
        separator = " " if str(error).startswith("(") else ": "
        raise SubmissionError(f"{where}: not a notebook{separator}{error}") from error
    cells = notebook.get("cells")
    if not isinstance(cells, list) or not any(isinstance(cell, dict) for cell in cells):
        raise SubmissionError(f"{where}: not a notebook: expected a list of cells, found {_kind(cells)}")
    if len(cells) > MAX_CELLS:
        raise SubmissionError(f"{where}: expected at most {MAX_CELLS} cells, found {len(cells)}")
    found = [_cell(cell, number) for number, cell in enumerate(cells, start=1) if isinstance(cell, dict)]
    student, assignment, attempt = _claim(notebook, found)
    python_2 = _kernel(notebook, remarks)
    return Submission(
        cells=tuple(_mended(cell, python_2, remarks) for cell in found),
        digest=hashlib.sha256(data).hexdigest(),
        student=student,
        assignment=assignment,
        attempt=attempt,
        damaged=damaged,
        remarks=tuple(remarks),
    )


def _claim(notebook: dict[str, Any], cells: list[Cell]) -> tuple[str, str, int]:
    """Student, assignment and attempt, as the notebook's metadata say, or else the line below its title."""
    ours = _table(_table(notebook, "metadata"), "fieldmark")
    attempt = ours.get("attempt")
    if ours:
        sound = attempt if type(attempt) is int and 1 <= attempt <= 20 else 1
        return _text(ours.get("student")), _text(ours.get("assignment")), sound
    for cell in cells[:3]:
        if not cell.is_code and (title := _TITLE.search(cell.source)):
            return title[2], title[1], int(title[3] or 1)
    return "", "", 1


def _kernel(notebook: dict[str, Any], remarks: list[str]) -> bool:
    """Whether the notebook is one of Python 2; a remark where its kernel is not that of Python 3."""
    metadata = _table(notebook, "metadata")
    spec, info = _table(metadata, "kernelspec"), _table(metadata, "language_info")
    name = _text(spec.get("name")) or _text(_table(metadata, "kernel_info").get("name"))
    language = (_text(spec.get("language")) or _text(info.get("name")) or "python").lower()
    python_2 = re.match(r"python ?2", name.lower()) is not None or _text(info.get("version")).startswith("2.")
    if metadata and not spec and not info:
        remarks.append("the notebook names no kernel; run with Python 3")
    elif python_2 or not language.startswith(("python", "ipython")):
        remarks.append(f"the notebook's kernel is {name or language!r:.{MAX_SHOWN}}; run with Python 3")
    return python_2


def _mended(cell: Cell, python_2: bool, remarks: list[str]) -> Cell:
    """The cell without what keeps it from being read: merge-conflict markers, the print statements of Python 2."""
    if not cell.is_code:
        return cell
    if salvage.conflicts(cell.source):
        remarks.append(f"cell {cell.number} held merge-conflict markers; the side with more answers was taken")
        cell = replace(cell, source=salvage.resolved(cell.source))
    if python_2 and (source := _PYTHON_2_PRINT.sub(r"\1print(\2)", cell.source)) != cell.source:
        remarks.append(f"cell {cell.number} held print statements of Python 2; run as print(…)")
        cell = replace(cell, source=source)
    return cell


def _cell(cell: dict[str, Any], number: int) -> Cell:
    kind = _text(cell.get("cell_type"))
    return Cell(
        kind=kind if kind in ("code", "markdown", "raw") else "raw",
        source=_text(cell.get("source")).replace("\r\n", "\n"),
        number=number,
        run=_count(cell.get("execution_count", cell.get("prompt_number"))),
        grade_id=_text(_table(_table(cell, "metadata"), "nbgrader").get("grade_id")),
    )


def _table(table: dict[str, Any], key: str) -> dict[str, Any]:
    value = table.get(key)
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    """A string, or a list of strings as nbformat's "multiline string"; lone surrogates replaced."""
    if isinstance(value, list):
        value = "".join(line for line in value if isinstance(line, str))
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else ""


def _count(value: Any) -> int:
    return value if type(value) is int and 0 < value < 2**31 else 0


def _kind(cells: Any) -> str:
    return "none" if not cells else f"a {type(cells).__name__}"
