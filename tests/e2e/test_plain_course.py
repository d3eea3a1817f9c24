"""A plain nbgrader course: the same scores under stock nbgrader and in the sandbox."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.api import Gradebook

from assignments.files import alone
from autograder import plain
from autograder.cli.plain import grade_and_show
from autograder.execution import Execution
from autograder.plain.course import load
from autograder.plain.records import Entry, opened
from question_bank.errors import CourseError, ExecutionError
from tests.e2e.conftest import BIN, run
from tests.e2e.plain import BEHAVIOURS, CONFIG, FAIL, answered, grades, handed_in, release, rows, written

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return release(tmp_path_factory.mktemp("plain") / "course")


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
    (root / "printed.txt").write_text(run("fieldmark grade ps1", root, expect=1))
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
    assert "nbgrader's own, for what nbgrader_config.py says of Autograde" in (converted / "printed.txt").read_text()


SETTINGS = """
c.OverwriteCells.add_missing_cells = True
c.Autograde.exclude_overwriting = {"ps1": ["helper.py"]}
c.Autograde.permissions = 640
c.LimitOutput.max_lines = 1
c.IgnorePattern.enabled = True
c.IgnorePattern.pattern = "oh"
c.CourseDirectory.ignore = ["*.txt"]
c.CourseDirectory.student_id_exclude = "blank"
"""


def test_settings_that_our_own_steps_follow_do_what_they_do_in_nbgraders_converter(
    released: Path, tmp_path: Path
) -> None:
    for name, more in {"steps": "", "converter": "c.Exporter.optimistic_validation = True\n"}.items():
        root = handed_in(released, tmp_path / name, BEHAVIOURS)
        (root / "nbgrader_config.py").write_text(CONFIG + SETTINGS + more)
        plain.grade(root, "ps1")
    assert rows(tmp_path / "steps") == rows(tmp_path / "converter")
    assert written(tmp_path / "steps") == written(tmp_path / "converter")
    assert "blank" not in grades(tmp_path / "steps")
    assert grades(tmp_path / "steps")["negative"]["visible_and_hidden"][0] == 2
    assert grades(tmp_path / "steps")["edits"]["read"][0] == 1  # a cell that was missing


def test_where_the_rule_is_odd_it_is_said(ours: Path) -> None:
    printed = (ours / "printed.txt").read_text()
    assert "first/partial: full points for nan; this is nbgrader's rule" in printed
    assert "first/partial: full points for -2; this is nbgrader's rule" in printed
    assert "first/visible_and_hidden: no points for a text on stderr; this is nbgrader's rule" in printed
    lines = [json.loads(line) for line in (ours / "log.jsonl").read_text().splitlines()]
    assert {line["student"]: bool(line["remarks"]) for line in lines}["right"] is False
    assert {line["student"] for line in lines if line["problem"]} == FAIL
    assert "twice: second.ipynb: SchemaTooOldError" in printed
    assert "late: first 0 of 13, second 2 of 2; 2 off for being late; " in printed
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
    slow = answered(square="import time\ntime.sleep(1)")
    root = handed_in(released, tmp_path / "course", BEHAVIOURS | {"zoe": slow})
    before = rows(root)
    grading = subprocess.Popen(
        [BIN / "fieldmark", "grade", "ps1", "--jobs", "1"],
        cwd=root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not (root / "autograded" / "zoe" / ".ps1.unfinished").exists():  # the last, who takes her time
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
    found, files = rows(root), written(root)
    assert {table: [row for row in each if row[0] != "zoe"] for table, each in found.items()} == rows(stock)
    assert {name: file for name, file in files.items() if "/zoe/" not in name} == written(stock)
    assert not list(root.glob("autograded/*/.*"))


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


def test_what_was_run_before_nothing_could_be_run_any_more_is_kept(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Server:
        runs = 0

        def __init__(self, *arguments: Any) -> None: ...

        def run(self, steps: Any, limits: Any) -> Execution:
            self.runs += 1
            if self.runs > 3:  # two notebooks each
                raise ExecutionError("nothing can be run")
            return Execution({step.cell: [] for step in steps})

        def close(self) -> None: ...

    root = handed_in(released, tmp_path / "course", {who: answered() for who in ("ann", "bob", "cyd")})
    monkeypatch.setattr(plain, "ForkServer", Server)
    with pytest.raises(ExecutionError, match="nothing can be run"):
        plain.grade(root, "ps1", tier="C")
    assert set(grades(root)) == {"ann"}
    assert plain.plan(root, "ps1") == {"ann": False, "bob": True, "cyd": True}


def test_notebooks_for_another_language_are_refused(released: Path, tmp_path: Path) -> None:
    root = handed_in(released, tmp_path / "course", {"somebody": answered()})
    with closing(sqlite3.connect(root / "gradebook.db")) as database:
        other = json.dumps({"name": "ir", "display_name": "R", "language": "R"})
        database.execute("UPDATE notebook SET kernelspec = ? WHERE name = 'second'", [other])
        database.commit()
    with pytest.raises(CourseError, match=r"second.ipynb: its kernel 'ir' is for R; only Python can be run"):
        plain.grade(root, "ps1")
    assert not (root / "autograded").exists()


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
