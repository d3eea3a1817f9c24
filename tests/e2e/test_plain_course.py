"""A plain nbgrader course: the same scores under stock nbgrader and in the sandbox."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook

from assignments.files import alone
from autograder import plain
from autograder.cli.plain import grade_and_show
from autograder.execution import Execution
from autograder.plain.course import load
from autograder.plain.records import Entry, opened
from question_bank.errors import CourseError
from tests.e2e.conftest import BIN, run

pytestmark = pytest.mark.slow
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


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stock course that is released: nobody has handed in."""
    root = tmp_path_factory.mktemp("plain") / "course"
    source = root / "source" / "ps1"
    source.mkdir(parents=True)
    (root / "nbgrader_config.py").write_text(CONFIG)
    for name, cells in {"first": FIRST, "second": SECOND}.items():
        nbformat.write(new_notebook(cells=cells), source / f"{name}.ipynb")
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
            content = nbformat.read(file, as_version=4).cells
            for each in content:
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


@pytest.fixture(scope="module")
def stock(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = handed_in(released, tmp_path_factory.mktemp("stock") / "course", BEHAVIOURS)
    run("nbgrader autograde ps1", root, expect=1)
    return root


@pytest.fixture(scope="module")
def ours(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = handed_in(released, tmp_path_factory.mktemp("ours") / "course", BEHAVIOURS)
    (root / "printed.txt").write_text(run("fieldmark grade ps1 --json-log log.jsonl", root, expect=1))
    return root


OWN_STEP = """
from nbgrader.preprocessors import NbGraderPreprocessor


class Stamp(NbGraderPreprocessor):
    def preprocess(self, nb, resources):
        nb.metadata["stamped"] = True
        return nb, resources


c.Autograde.sanitize_preprocessors.append(Stamp)
c.CourseDirectory.directory_structure = "all/{nbgrader_step}/{student_id}/{assignment_id}"
"""


@pytest.fixture(scope="module")
def converted(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with settings that our own steps do not know, and with other names for its folders."""
    root = handed_in(released, tmp_path_factory.mktemp("converted") / "course", BEHAVIOURS)
    folders = {"source": "master", "submitted": "in", "autograded": "out"}
    settings = OWN_STEP
    (root / "all").mkdir()
    for old, new in folders.items():
        settings += f"c.CourseDirectory.{old}_directory = {new!r}\n"
        if (root / old).exists():
            (root / old).rename(root / "all" / new)
    (root / "nbgrader_config.py").write_text(CONFIG + settings)
    run("fieldmark grade ps1", root, expect=1)
    (root / "all" / "out").rename(root / "autograded")
    return root


def test_every_cell_has_the_score_that_stock_nbgrader_gives(stock: Path, ours: Path) -> None:
    mine = grades(ours)
    assert mine == grades(stock)
    assert set(mine) == set(BEHAVIOURS)
    assert mine["right"]["visible_and_hidden"][0] == 2
    assert mine["edits"]["partial"][0] == 1.5  # locked cells are restored
    assert mine["alone"]["partial"][0] == 1.5  # as are files
    assert mine["alone"]["read"] == (0, False, None)


def test_all_that_is_written_is_what_stock_nbgrader_writes(stock: Path, ours: Path) -> None:
    assert rows(ours) == rows(stock)
    assert ["late", "second", 0, 2.0] in map(list, rows(ours)["notebooks"])  # points taken off
    assert written(ours) == written(stock)
    assert not [name for name in written(ours) if name.split("/")[1] in FAIL]


def test_nbgraders_own_converter_is_used_for_settings_that_only_it_knows(converted: Path, ours: Path) -> None:
    assert rows(converted) == rows(ours)
    assert written(converted) == written(ours)
    book = nbformat.read(converted / "autograded" / "right" / "ps1" / "first.ipynb", as_version=4)
    assert book.metadata.stamped


def test_where_the_rule_is_odd_it_is_said(ours: Path) -> None:
    printed = (ours / "printed.txt").read_text()
    assert "first/partial: full points for nan; this is nbgrader's rule" in printed
    assert "first/partial: full points for -2; this is nbgrader's rule" in printed
    assert "first/visible_and_hidden: no points for a text on stderr; this is nbgrader's rule" in printed
    lines = [json.loads(line) for line in (ours / "log.jsonl").read_text().splitlines()]
    assert {line["student"]: bool(line["remarks"]) for line in lines}["right"] is False
    assert {line["student"] for line in lines if line["problem"]} == FAIL
    assert "above: first/partial: partial credit cannot be greater than maximum points" in printed
    [right] = [line for line in lines if line["student"] == "right"]
    assert right["questions"]["first/partial"] == 1.5
    assert right["questions"]["first/explain"] is None  # waits for a person
    assert "second/rows" not in right["questions"]


def test_feedback_and_formgrader_find_what_they_need(ours: Path) -> None:
    run("nbgrader generate_feedback ps1 --student right", ours)
    page = (ours / "feedback" / "right" / "ps1" / "first.html").read_text()
    assert "square" in page
    for student in set(BEHAVIOURS) - FAIL - {"alone"}:
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


def test_a_killed_run_leaves_the_gradebook_sound_and_is_finished_by_the_next(
    released: Path, stock: Path, tmp_path: Path
) -> None:
    root = handed_in(released, tmp_path / "course", BEHAVIOURS)
    before = rows(root)
    grading = subprocess.Popen(
        [BIN / "fieldmark", "grade", "ps1", "--jobs", "1"],
        cwd=root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while len(list(root.glob("autograded/*/.*"))) < 3:
        assert grading.poll() is None and time.monotonic() < deadline, "grading ended before it could be killed"
        time.sleep(0.01)
    os.killpg(grading.pid, signal.SIGKILL)
    grading.wait()

    with closing(sqlite3.connect(root / "gradebook.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    # What counts as graded is in the gradebook.
    names = {folder.parent.name for folder in root.glob("autograded/*/ps1")}
    assert names <= {row[0] for row in rows(root)["submissions"]}
    if not names:
        assert rows(root) == before
    run("fieldmark grade ps1", root, expect=1)
    assert rows(root) == rows(stock)
    assert written(root) == written(stock)


def test_what_a_cut_off_run_has_left_is_graded_again(ours: Path) -> None:
    (ours / "autograded" / "late" / ".ps1.unfinished").mkdir()
    assert {student for student, run in plain.plan(ours, "ps1").items() if run} == {"late", *FAIL}
    ran = {graded.student for graded in plain.grade(ours, "ps1") if graded.ran and not graded.problem}
    assert ran == {"late"}
    assert not (ours / "autograded" / "late" / ".ps1.unfinished").exists()
    (ours / "submitted" / "late" / "ps1" / "timestamp.txt").write_text("2026-01-01 14:00:01 UTC")
    assert plain.plan(ours, "ps1", only="late") == {"late": True}


def test_as_many_are_run_at_a_time_as_was_asked_for(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = threading.Barrier(3, timeout=20)

    class Server:
        def __init__(self, *arguments: Any) -> None: ...

        def run(self, steps: Any, limits: Any) -> Execution:
            together.wait()
            return Execution({step.cell: [] for step in steps})

        def close(self) -> None: ...

    root = handed_in(released, tmp_path / "course", {f"student{n}": answered() for n in range(6)})
    monkeypatch.setattr(plain, "ForkServer", Server)
    found = plain.grade(root, "ps1", jobs=3, tier="C")
    assert [graded.student for graded in found] == [f"student{n}" for n in range(6)]
    assert all(graded.scores["first"] == (5.0, 13.0) for graded in found)


def test_two_cannot_grade_at_the_same_time(ours: Path) -> None:
    with alone(ours / ".fieldmark" / "lock"), pytest.raises(CourseError, match="another fieldmark is at work"):
        grade_and_show(ours, "ps1")


def test_what_cannot_be_put_in_its_place_costs_nobody_else(released: Path, tmp_path: Path) -> None:
    root = handed_in(released, tmp_path / "course", {"first": answered(), "last": answered()})
    (root / "autograded" / "first").mkdir(parents=True)
    (root / "autograded" / "first" / "ps1").write_text("a file")
    first, last = plain.grade(root, "ps1", force=True)
    assert "first: [Errno 20] Not a directory" in first.problem
    assert not last.problem
    (root / "autograded" / "first" / "ps1").unlink()
    assert [graded.ran for graded in plain.grade(root, "ps1")] == [True, False]


def test_what_the_gradebook_refuses_costs_nobody_else(released: Path, tmp_path: Path) -> None:
    root = handed_in(released, tmp_path / "course", {})
    with opened(load(root, "ps1")) as records:
        refused = Entry("nobody", "not a moment")  # type: ignore[arg-type]
        problems = records.record([Entry("first", None), refused, Entry("last", None)])
        assert list(problems) == ["nobody"]
        assert list(records.results(["first", "nobody", "last"])) == ["first", "last"]


HOSTILE = {
    "endless": answered(square="def square(x):\n    return x * x\nwhile True:\n    pass"),
    "ends": answered(value="value = 1.5\nimport os\nos._exit(0)"),
    "looks": answered(square="import glob\nfound = glob.glob('COURSE/*')\nassert not found, found"),
    "links": answered(),
    "large": answered(),
    "above": answered(value="value = 7.5"),
    "nan": answered(value="value = float('nan')"),
    "stderr": answered(square=BEHAVIOURS["negative"]["square"]),
    "wrong": answered(value="value = 0"),
}


@pytest.fixture(scope="module")
def hostile(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course whose config asks for the sane rule; one submission holds a link to the gradebook."""
    root = tmp_path_factory.mktemp("hostile") / "course"
    sources = {who: {k: v.replace("COURSE", str(root)) for k, v in what.items()} for who, what in HOSTILE.items()}
    handed_in(released, root, sources)
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
