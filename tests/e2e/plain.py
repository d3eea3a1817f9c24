"""A plain nbgrader course for the tests: its notebooks, what students make of them, and what grading leaves."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook

from tests.e2e.conftest import run

CONFIG = """\
from nbgrader.plugins import LateSubmissionPlugin


class Hourly(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return total_seconds_late / 3600


c = get_config()
c.CourseDirectory.course_id = "plain"
c.Execute.timeout = 2
c.AssignLatePenalties.plugin_class = Hourly
"""


def cell(make: Callable[..., Any], grade_id: str, source: str, points: float | None = None, **flags: bool) -> Any:
    metadata = {"grade": False, "solution": False, "locked": False, "task": False, **flags}
    metadata |= {"schema_version": 3, "grade_id": grade_id} | ({"points": points} if points is not None else {})
    return make(source, metadata={"nbgrader": metadata})


def solution(grade_id: str, source: str) -> Any:
    return cell(new_code_cell, grade_id, f"### BEGIN SOLUTION\n{source}\n### END SOLUTION", solution=True)


def checks(grade_id: str, source: str, points: float) -> Any:
    return cell(new_code_cell, grade_id, source, points, grade=True, locked=True)


HIDDEN = "### BEGIN HIDDEN TESTS\nassert square(-3) == 9\n### END HIDDEN TESTS"
FIRST = [
    new_code_cell("import numpy as np\nimport helper"),
    solution("square", "def square(x):\n    return x**2"),
    checks("visible_and_hidden", f"assert square(2) == 4\n{HIDDEN}", 2),
    solution("value", "value = helper.HALF * 3"),
    checks("partial", "value", 3),
    cell(new_markdown_cell, "explain", "YOUR ANSWER HERE", 2, grade=True, solution=True),
    cell(new_code_cell, "by_hand", "# your code", 2, grade=True, solution=True),
    cell(new_markdown_cell, "task", "Draw a network.", 4, task=True, locked=True),
]
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
SECOND = [
    solution("rows", "rows = open('data.csv').read().split()"),
    checks("read", "assert rows == ['1,2', '3,4']\nassert np.sum([1]) == 1", 1),
    checks("printed", "print('fine')", 1),
]


def answered(
    square: str = "def square(x):\n    return x * x", value: str = "value = helper.HALF * 3", **others: str
) -> Any:
    """What a student makes of the notebooks: by cell, its text."""
    rows = "import numpy as np\nrows = open('data.csv').read().split()"
    return {"square": square, "value": value, "rows": rows, **others}


BEHAVIOURS: dict[str, dict[str, str]] = {
    "right": answered(explain="Because.", by_hand="1 + 1"),
    "late": answered(square="def square(x):\n    return 2 * x", value="value = 0"),
    "blank": {},
    "raises": answered(square="1 / 0", value="import does_not_exist"),
    "nan": answered(
        value="value = float('nan')",
        rows="import sys, numpy as np\nprint('oh', file=sys.stderr)\nrows = ['1,2', '3,4']",
    ),
    "negative": answered(
        value="value = -2", square="import sys\ndef square(x):\n    print('oh', file=sys.stderr)\n    return x * x"
    ),
    "edits": answered(visible_and_hidden="pass", partial="3.0"),
    "alone": answered(value="value = float(open('mine/extra.txt').read())"),
    "above": answered(value="value = 7.5"),
    "twice": answered(),
}
FAIL = {"above", "twice"}  # under stock nbgrader, too


def edit(folder: Path) -> None:
    """What a student may do to cells that are locked."""
    book = nbformat.read(folder / "first.ipynb", as_version=4)
    cells = {each.metadata.nbgrader.grade_id: each for each in book.cells if "nbgrader" in each.metadata}
    cells["partial"].metadata.nbgrader |= {"points": 30, "locked": False}
    cells["by_hand"].update(cell_type="markdown", metadata={**cells["by_hand"].metadata, "collapsed": True})
    del cells["by_hand"]["outputs"], cells["by_hand"]["execution_count"]
    cells["task"].source = "Draw nothing."
    nbformat.write(book, folder / "first.ipynb")
    book = nbformat.read(folder / "second.ipynb", as_version=4)
    book.metadata.kernelspec = {"name": "other", "display_name": "Mine", "language": "python"}
    book.cells = [each for each in book.cells if each.metadata.nbgrader.grade_id != "read"]
    nbformat.write(book, folder / "second.ipynb")


def repeat(folder: Path) -> None:
    """A cell copied with all that it says of itself."""
    book = nbformat.read(folder / "second.ipynb", as_version=4)
    book.cells.append(nbformat.from_dict({**book.cells[0], "id": "again"}))
    nbformat.write(book, folder / "second.ipynb")


def leave(folder: Path) -> None:
    """One notebook is missing, another is not asked for; files beside, one of which is the assignment's."""
    (folder / "second.ipynb").rename(folder / "third.ipynb")
    (folder / "mine").mkdir()
    (folder / "mine" / "extra.txt").write_text("1.5")
    (folder / "helper.py").write_text("HALF = 100")
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "helper.pyc").write_bytes(b"nothing")


def come_late(folder: Path) -> None:
    (folder / "timestamp.txt").write_text("2026-01-01 14:00:00 UTC")


FURTHER: dict[str, Callable[[Path], None]] = {"edits": edit, "twice": repeat, "alone": leave, "late": come_late}


def release(root: Path) -> Path:
    """A stock course that is released: nobody has handed in."""
    source = root / "source" / "ps1"
    source.mkdir(parents=True)
    (root / "nbgrader_config.py").write_text(CONFIG)
    for name, cells in {"first": FIRST, "second": SECOND}.items():
        nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": KERNEL}), source / f"{name}.ipynb")
    (source / "data.csv").write_text("1,2\n3,4\n")
    (source / "helper.py").write_text("HALF = 0.5\n")
    run("nbgrader generate_assignment ps1", root)
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "plain") as book:
        book.update_or_create_assignment("ps1", duedate="2026-01-01 12:00:00 UTC")
    return root


def handed_in(released: Path, root: Path, behaviours: dict[str, dict[str, str]]) -> Path:
    """A copy of the course in which these have handed in."""
    shutil.copytree(released, root)
    for student, sources in behaviours.items():
        target = root / "submitted" / student / "ps1"
        shutil.copytree(root / "release" / "ps1", target)
        for file in target.glob("*.ipynb"):
            book = nbformat.read(file, as_version=4)
            for each in book.cells:
                each.source = sources.get(each.metadata.get("nbgrader", {}).get("grade_id"), each.source)
            nbformat.write(book, file)
        FURTHER.get(student, lambda folder: None)(target)
    return root


QUERIES = {
    "submissions": "SELECT student_id, timestamp, extension FROM submitted_assignment",
    "notebooks": "SELECT student_id, name, flagged, late_submission_penalty FROM submitted_notebook b"
    " JOIN submitted_assignment s ON s.id = b.assignment_id JOIN notebook n ON n.id = b.notebook_id",
    "grades": "SELECT student_id, c.name, auto_score, manual_score, extra_credit, needs_manual_grade FROM grade g"
    " JOIN submitted_notebook b ON b.id = g.notebook_id JOIN submitted_assignment s ON s.id = b.assignment_id"
    " JOIN base_cell c ON c.id = g.cell_id",
    "comments": "SELECT student_id, c.name, auto_comment, manual_comment FROM comment g"
    " JOIN submitted_notebook b ON b.id = g.notebook_id JOIN submitted_assignment s ON s.id = b.assignment_id"
    " JOIN base_cell c ON c.id = g.cell_id",
    "students": "SELECT id, first_name, last_name, email FROM student",
}


def rows(root: Path) -> dict[str, list[Any]]:
    """All that the gradebook says of submissions."""
    with closing(sqlite3.connect(root / "gradebook.db")) as database:
        return {name: sorted(database.execute(query), key=repr) for name, query in QUERIES.items()}


def written(root: Path) -> dict[str, Any]:
    """All files in `autograded`, with their permissions; of notebooks, the cells, and how many outputs."""
    found: dict[str, Any] = {}
    for file in sorted((root / "autograded").rglob("*")):
        if not file.is_file():
            continue
        content: Any = file.read_bytes()
        if file.suffix == ".ipynb":
            book = nbformat.read(file, as_version=4)
            content = (book.metadata.kernelspec, book.cells)
            for each in book.cells:
                each.metadata.pop("execution", None)  # when it ran
                each.update(id="", outputs=len(each.get("outputs", [])))
        found[str(file.relative_to(root))] = (oct(file.stat().st_mode), content)
    return found


def grades(root: Path) -> dict[str, dict[str, tuple[float | None, bool, str | None]]]:
    """Of every student and cell: the score that was found, whether a person is to look, the comment."""
    found: dict[str, dict[str, Any]] = {}
    comments = {(student, cell): auto for student, cell, auto, _ in rows(root)["comments"]}
    for student, cell, auto, _, _, look in rows(root)["grades"]:
        found.setdefault(student, {})[cell] = (auto, bool(look), comments.get((student, cell)))
    return found
