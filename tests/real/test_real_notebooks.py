"""Notebooks as students hand them in: each earns what can be earned, and one line in the log says what was the matter.

The rows are in `rows.py`; they are one class, graded once.
"""

from __future__ import annotations

import copy
import fcntl
import html
import json
import re
from pathlib import Path

import nbformat
import pytest

from assignments import notebook, paper, release
from assignments.course import Course
from assignments.rehearsal import HANDED_IN, answered, knows_it
from autograder.cli.grading import grade_and_show
from tests.real.rows import ROWS, as_bytes

BLUEPRINT = """\
title = "A class of real students"

[limits]
cell_seconds = 4
submission_seconds = 20

[[slots]]
template = "shapes/layer_output"
points = 3

[[slots]]
template = "pooling/by_hand"
points = 3

[[slots]]
template = "coding/implement_conv2d"
points = 6
"""


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> tuple[Course, dict]:
    """The class and its log, by student. Of several workers that run the tests, the first one grades."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared if worker_id == "master" else shared.parent
    root, log = shared / "real", shared / "real.log"
    with (shared / "real.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not log.exists():
            make(root)
            grade_and_show(root, "hw1", jobs=2, log=log)
    lines = map(json.loads, log.read_text(encoding="utf-8").splitlines())
    return Course(root), {line["student"]: line for line in lines}


def make(root: Path) -> None:
    """Deal papers and hand in what each row makes of one that is answered right."""
    course = release.init(root)
    course.roster_file.write_text("\n".join(["id", *ROWS, "zoe", ""]))
    course.blueprint_file("hw1").write_text(BLUEPRINT)
    blueprint = course.blueprint("hw1")
    release.generate(course, blueprint)
    for student, row in ROWS.items():
        dealt = paper.paper_of(course.manifest("hw1", student, 1), blueprint, course.catalog)
        right = answered(notebook.student_notebook(dealt, blueprint, course.secret), dealt, knows_it)
        folder = course.step_folder("submitted", student, "hw1")
        for name, data in as_bytes(row.hand_in(copy.deepcopy(right))).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        (folder / "timestamp.txt").write_text(HANDED_IN)


@pytest.mark.parametrize("student", ROWS)
def test_real_notebook(student: str, graded: tuple[Course, dict]) -> None:
    (course, log), row = graded, ROWS[student]
    line = log[student]
    said = "; ".join([*line["remarks"], line["problem"]])
    full = {slot.id: slot.points for slot in course.blueprint("hw1").slots}
    expected = {q: None if q in row.waits else points if q in row.earns else 0 for q, points in full.items()}
    page = course.step_folder("feedback", student, "hw1") / "hw1.html"
    shown = html.unescape(page.read_text(encoding="utf-8"))
    assert line["questions"] == expected, (said, re.findall(r"<pre>(.*?)</pre>", shown, re.S))
    for pattern in row.says:
        assert re.search(pattern, said), said
    for pattern in row.tells:
        assert re.search(pattern, shown), shown
    if not row.says:
        assert said == ""
    assert all("\n" not in remark for remark in line["remarks"])
    assert bool(line["problem"]) == bool(row.waits)


def test_what_was_mended_stands_in_the_report_and_on_the_students_page(graded: tuple[Course, dict]) -> None:
    course, log = graded
    report = html.unescape((course.root / "reports" / "hw1.html").read_text(encoding="utf-8"))
    for student, line in log.items():
        page = course.step_folder("feedback", student, "hw1") / "hw1.html"
        shown = html.unescape(page.read_text(encoding="utf-8"))
        for remark in line["remarks"]:
            assert remark in report and remark in shown, (student, remark)
        assert line["problem"] in report


def test_what_goes_to_formgrader_is_whole(graded: tuple[Course, dict]) -> None:
    course, log = graded
    for student in log:
        book = nbformat.read(course.notebook_file("autograded", student, "hw1"), as_version=4)
        nbformat.validate(book)
        ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in book.cells]
        named = [id for id in ids if id]
        assert sorted(named) == ["q1", "q1_answer", "q2", "q2_answer", "q3", "q3_answer"], student
