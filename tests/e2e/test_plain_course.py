"""A plain nbgrader course: the same scores under stock nbgrader and in the sandbox."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook

from tests.e2e.conftest import run

pytestmark = pytest.mark.slow
CONFIG = "c = get_config()\nc.CourseDirectory.course_id = 'plain'\nc.SandboxExecute.cell_seconds = 2\n"


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
SECOND = [
    solution("rows", "rows = open('data.csv').read().split()"),
    checks("read", "assert rows == ['1,2', '3,4']\nassert np.sum([1]) == 1", 1),
    checks("printed", "print('fine')", 1),
]


def answered(square: str = "def square(x):\n    return x * x", value: str = "value = 1.5", **others: str) -> Any:
    """What a student makes of the notebooks: by cell, its text."""
    rows = "import numpy as np\nrows = open('data.csv').read().split()"
    return {"square": square, "value": value, "rows": rows, **others}


BEHAVIOURS: dict[str, dict[str, str]] = {
    "right": answered(explain="Because.", by_hand="1 + 1"),
    "wrong": answered(square="def square(x):\n    return 2 * x", value="value = 0"),
    "blank": {},
    "raises": answered(square="1 / 0", value="import does_not_exist"),
    "nan": answered(value="value = float('nan')"),
    "negative": answered(value="value = -2"),
    "noisy": answered(rows="import sys, numpy as np\nprint('oh', file=sys.stderr)\nrows = ['1,2', '3,4']"),
    "stderr": answered(square="import sys\ndef square(x):\n    print('oh', file=sys.stderr)\n    return x * x"),
    "edits": answered(visible_and_hidden="pass", partial="3.0"),
}


def make(root: Path, behaviours: dict[str, dict[str, str]]) -> Path:
    """A stock course that is released and handed in."""
    root.mkdir()
    (root / "nbgrader_config.py").write_text(CONFIG)
    source = root / "source" / "ps1"
    source.mkdir(parents=True)
    for name, cells in {"first": FIRST, "second": SECOND}.items():
        nbformat.write(new_notebook(cells=cells), source / f"{name}.ipynb")
    (source / "data.csv").write_text("1,2\n3,4\n")
    (source / "helper.py").write_text("HALF = 0.5\n")
    run("nbgrader generate_assignment ps1", root)
    for student, sources in behaviours.items():
        target = root / "submitted" / student / "ps1"
        target.mkdir(parents=True)
        for file in (root / "release" / "ps1").iterdir():
            target.joinpath(file.name).write_bytes(file.read_bytes())
        for file in target.glob("*.ipynb"):
            book = nbformat.read(file, as_version=4)
            for each in book.cells:
                each.source = sources.get(each.metadata.get("nbgrader", {}).get("grade_id"), each.source)
            nbformat.write(book, file)
    return root


def grades(root: Path) -> dict[str, dict[str, tuple[float | None, bool, str | None]]]:
    """Of every student and cell: the score that was found, whether a person is to look, the comment."""
    found: dict[str, dict[str, Any]] = {}
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "plain") as book:
        for submission in book.assignment_submissions("ps1"):
            for notebook in submission.notebooks:
                comments = {comment.name: comment.auto_comment for comment in notebook.comments}
                for grade in notebook.grades:
                    row = (grade.auto_score, grade.needs_manual_grade, comments.get(grade.name))
                    found.setdefault(submission.student_id, {})[grade.name] = row
    return found


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make(tmp_path_factory.mktemp("stock") / "course", BEHAVIOURS)
    run("nbgrader autograde ps1", root)
    return root


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make(tmp_path_factory.mktemp("ours") / "course", BEHAVIOURS)
    (root / "printed.txt").write_text(run("fieldmark grade ps1 --json-log log.jsonl", root))
    return root


def test_every_cell_has_the_score_that_stock_nbgrader_gives(stock: Path, ours: Path) -> None:
    theirs, mine = grades(stock), grades(ours)
    assert set(mine) == set(theirs) == set(BEHAVIOURS)
    assert mine == theirs
    assert mine["right"]["visible_and_hidden"][0] == 2
    assert mine["edits"]["partial"][0] == 1.5  # locked cells are restored


def test_where_the_rule_is_odd_it_is_said(ours: Path) -> None:
    printed = (ours / "printed.txt").read_text()
    assert "first/partial: full points for nan; this is nbgrader's rule" in printed
    assert "first/partial: full points for -2; this is nbgrader's rule" in printed
    assert "first/visible_and_hidden: no points for a text on stderr; this is nbgrader's rule" in printed
    lines = [json.loads(line) for line in (ours / "log.jsonl").read_text().splitlines()]
    assert {line["student"]: bool(line["remarks"]) for line in lines}["right"] is False
    assert all(not line["problem"] and line["ran"] for line in lines)


def test_feedback_and_formgrader_find_what_they_need(ours: Path) -> None:
    run("nbgrader generate_feedback ps1 --student right", ours)
    page = (ours / "feedback" / "right" / "ps1" / "first.html").read_text()
    assert "square" in page
    for student in BEHAVIOURS:
        for name in ("first", "second"):
            nbformat.validate(nbformat.read(ours / "autograded" / student / "ps1" / f"{name}.ipynb", as_version=4))


def test_what_is_graded_is_left_alone_until_it_changes(ours: Path) -> None:
    assert ", 0 run now" in run("fieldmark grade ps1 --student right", ours)
    with Gradebook(f"sqlite:///{ours / 'gradebook.db'}", "plain") as book:
        grade = book.find_grade("explain", "first", "ps1", "right")
        grade.manual_score, grade.needs_manual_grade = 1.5, False
        book.find_comment("explain", "first", "ps1", "right").manual_comment = "Say more."
        book.db.commit()
    assert ", 1 run now" in run("fieldmark grade ps1 --student right --force", ours)
    with Gradebook(f"sqlite:///{ours / 'gradebook.db'}", "plain") as book:
        assert book.find_grade("explain", "first", "ps1", "right").manual_score == 1.5
        assert book.find_comment("explain", "first", "ps1", "right").comment == "Say more."


HOSTILE = {
    "endless": answered(square="def square(x):\n    return x * x\nwhile True:\n    pass"),
    "ends": answered(value="value = 1.5\nimport os\nos._exit(0)"),
    "looks": answered(square="import glob\nfound = glob.glob('COURSE/*')\nassert not found, found"),
    "links": answered(),
    "large": answered(),
    "above": answered(value="value = 7.5"),
    "nan": answered(value="value = float('nan')"),
    "stderr": BEHAVIOURS["stderr"],
    "wrong": BEHAVIOURS["wrong"],
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course whose config asks for the sane rule; one submission holds a link to the gradebook."""
    root = tmp_path_factory.mktemp("hostile") / "course"
    sources = {who: {k: v.replace("COURSE", str(root)) for k, v in what.items()} for who, what in HOSTILE.items()}
    make(root, sources)
    (root / "nbgrader_config.py").write_text(f"{CONFIG}c.SaneGrades.nbgrader_compat = False\n")
    (root / "submitted" / "links" / "ps1" / "mine.txt").symlink_to(root / "gradebook.db")
    with (root / "submitted" / "large" / "ps1" / "mine.bin").open("wb") as file:
        file.truncate(300 * 2**20)
    (root / "printed.txt").write_text(run("fieldmark grade ps1", root, expect=1))
    return root


def test_the_sane_rule_gives_nothing_for_odd_numbers_and_takes_nothing_for_noise(hostile: Path) -> None:
    found = grades(hostile)
    assert found["nan"]["partial"][:2] == (0, True)
    assert found["stderr"]["visible_and_hidden"][:2] == (2, False)
    assert found["above"]["partial"][:2] == (3, False)
    assert "first/partial: 7.5 points of 3; it earns 3" in (hostile / "printed.txt").read_text()
    assert found["wrong"]["partial"][:2] == (0, False)


def test_code_that_never_ends_or_ends_itself_costs_its_own_cells(hostile: Path) -> None:
    found = grades(hostile)
    assert found["endless"]["partial"][0] == 1.5
    assert found["ends"]["visible_and_hidden"][0] == 2
    assert found["ends"]["partial"][0] == 0  # never reached: silence earns nothing
    assert found["ends"]["read"][0] == 1  # another notebook


def test_student_code_sees_nothing_of_the_course(hostile: Path) -> None:
    book = nbformat.read(hostile / "autograded" / "looks" / "ps1" / "first.ipynb", as_version=4)
    [looked] = [each for each in book.cells if "glob.glob" in each.source]
    assert looked.outputs == []  # no assertion failed: nothing was found
    assert grades(hostile)["looks"]["partial"][0] == 1.5
    assert "links: " in (hostile / "printed.txt").read_text()
    assert not (hostile / "autograded" / "links").exists()


def test_files_that_are_too_large_leave_a_submission_to_a_person(hostile: Path) -> None:
    assert "large: " in (hostile / "printed.txt").read_text()
    assert "the files beside the notebook are larger than 128 MB" in (hostile / "printed.txt").read_text()
