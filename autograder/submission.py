"""A hostile .ipynb → Submission. Pure, and by plain `json`: importing nbformat costs a second in every worker."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from question_bank.errors import SubmissionError

MAX_BYTES = 32 * 2**20
MAX_CONTAINERS = 1_000_000  # lists and tables: a file of nothing but "[]" would take gigabytes to read
MAX_CELLS = 2_000


@dataclass(frozen=True)
class Cell:
    """One cell as handed in. `grade_id` is nbgrader's name for it, or empty."""

    kind: str
    source: str
    grade_id: str = ""

    @property
    def is_code(self) -> bool:
        """Whether there is something to run."""
        return self.kind == "code"


@dataclass(frozen=True)
class Submission:
    """What was handed in. Who it says it belongs to is a claim: the file may have been edited."""

    cells: tuple[Cell, ...]
    digest: str
    student: str
    assignment: str
    attempt: int


def read(data: bytes, where: str) -> Submission:
    """The submission in a file's bytes. Raises SubmissionError, one line that names `where`, for no notebook."""
    if len(data) > MAX_BYTES:
        raise SubmissionError(f"{where}: larger than {MAX_BYTES // 2**20} MiB")
    if data.count(b"[") + data.count(b"{") > MAX_CONTAINERS:
        raise SubmissionError(f"{where}: not a notebook: more than {MAX_CONTAINERS} lists and tables")
    try:
        notebook = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise SubmissionError(f"{where}: not a notebook (no JSON): {error!s:.120}") from error
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list) or not any(isinstance(cell, dict) for cell in cells):
        raise SubmissionError(f"{where}: not a notebook: expected a list of cells, found {_kind(cells)}")
    if len(cells) > MAX_CELLS:
        raise SubmissionError(f"{where}: expected at most {MAX_CELLS} cells, found {len(cells)}")
    ours = _table(_table(notebook, "metadata"), "fieldmark")
    attempt = ours.get("attempt")
    return Submission(
        cells=tuple(_cell(cell) for cell in cells if isinstance(cell, dict)),
        digest=hashlib.sha256(data).hexdigest(),
        student=_text(ours.get("student")),
        assignment=_text(ours.get("assignment")),
        attempt=attempt if type(attempt) is int and 1 <= attempt <= 20 else 1,
    )


def _cell(cell: dict[str, Any]) -> Cell:
    kind = _text(cell.get("cell_type"))
    return Cell(
        kind=kind if kind in ("code", "markdown", "raw") else "raw",
        source=_text(cell.get("source")).replace("\r\n", "\n"),
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


def _kind(cells: Any) -> str:
    return "none" if not cells else f"a {type(cells).__name__}"
