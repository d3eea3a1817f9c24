"""A class of 30, graded by stock `nbgrader autograde` and by `fieldmark grade`: the same score in every cell.

Notebooks that attack the grader are excepted: under stock nbgrader marking runs in the student's own process.
"""

from __future__ import annotations

import math
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from assignments import notebook, paper, rehearsal
from assignments.course import Course
from assignments.paper import Question
from question_bank.code import Code
from tests.e2e.conftest import copy_of, run

pytestmark = pytest.mark.slow
BLUEPRINT = """\
title = "A bit of everything"

[[slots]]
template = "shapes/layer_chain"
points = 4

[[slots]]
template = "pooling/by_hand"
points = 3

[[slots]]
template = "coding/implement_conv2d"
points = 6

[[slots]]
template = "convolution/yij_expansion"
points = 2
"""


def instead(value: str) -> rehearsal.Behaviour:
    """The same in every answer's place; functions as they should be."""

    def behave(question: Question, number: int) -> str:
        if any(isinstance(part, Code) for part in question.parts.values()):
            return rehearsal.knows_it(question)
        return "\n".join(f"{variable} = {value}" for variable in question.parts)

    return behave


def after(line: str) -> rehearsal.Behaviour:
    """Right answers, below a line of code."""
    return lambda question, number: f"{line}\n{rehearsal.knows_it(question)}"


BEHAVIOURS = {name: behave for name, behave in rehearsal.BEHAVIOURS.items() if name != "an infinite loop"}
BEHAVIOURS |= {
    "no number": instead("float('nan')"),
    "below zero": instead("-1"),
    "a dictionary": instead("{'a': 1}"),
    "a long text": instead("'x' * 10_000"),
    "warns": after("import warnings; warnings.warn('deprecated')"),
    "writes to stderr": after("import sys; print('noise', file=sys.stderr)"),
    "prints and displays": after("print('hello'); display([1, 2, 3])"),
}
PATCHED = "import autograder.stock\nautograder.stock.score = lambda *given: 1.9"
ATTACKS = {"patches the grader": lambda question, number: PATCHED}  # and answers nothing
CLASS = {f"student{number:02d}": [*BEHAVIOURS][number % len(BEHAVIOURS)] for number in range(29)} | {
    "student29": "patches the grader"
}


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The class of 30 when everyone has handed in."""
    folder = tmp_path_factory.mktemp("parity") / "course"
    run(f"fieldmark init {folder}", folder.parent)
    course = Course(folder)
    course.roster_file.write_text("\n".join(["id", *CLASS, ""]))
    course.blueprint_file("hw1").write_text(BLUEPRINT)
    run("fieldmark generate hw1", folder)
    plan = course.blueprint("hw1")
    for manifest in course.manifests("hw1"):
        dealt = paper.paper_of(manifest, plan, course.catalog)
        behave = (BEHAVIOURS | ATTACKS)[CLASS[dealt.student]]
        book = rehearsal.answered(notebook.student_notebook(dealt, plan, course.secret), dealt, behave)
        file = course.notebook_file("submitted", dealt.student, "hw1")
        file.parent.mkdir(parents=True)
        file.write_text(notebook.to_json(book))
        (file.parent / "timestamp.txt").write_text(rehearsal.HANDED_IN)
    return course


@pytest.fixture(scope="module")
def halves(handed_in: Course, tmp_path_factory: pytest.TempPathFactory) -> list[Course]:
    """The class as stock nbgrader grades it: in two halves, side by side, as it is slow."""

    def grade(half: int) -> Course:
        course = copy_of(handed_in, tmp_path_factory.mktemp("stock") / "course")
        for student in [*CLASS][1 - half :: 2]:
            subprocess.run(["rm", "-r", str(course.root / "submitted" / student)], check=True)
        run("nbgrader autograde hw1", course.root)
        return course

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(grade, (0, 1)))


@pytest.fixture(scope="module")
def ours(handed_in: Course, tmp_path_factory: pytest.TempPathFactory) -> Course:
    course = copy_of(handed_in, tmp_path_factory.mktemp("ours") / "course")
    run("fieldmark grade hw1", course.root, expect=1)  # somebody has to look at the attack
    return course


def cells(course: Course) -> dict[str, dict[str, float]]:
    """The score of every grade cell of every student who is graded."""
    with Gradebook(f"sqlite:///{course.gradebook_file}", course.settings.course_id) as book:
        graded = [s for s in book.assignment_submissions("hw1") if s.notebooks[0].grades and s.timestamp]
        return {s.student_id: {grade.name: grade.score for grade in s.notebooks[0].grades} for s in graded}


@pytest.fixture(scope="module")
def theirs(halves: list[Course]) -> dict[str, dict[str, float]]:
    return cells(halves[0]) | cells(halves[1])


def test_every_cell_of_every_student_has_the_same_score(theirs: dict[str, dict[str, float]], ours: Course) -> None:
    mine = cells(ours)
    assert set(mine) == set(theirs) == set(CLASS)
    for student, behaviour in CLASS.items():
        if behaviour not in ATTACKS:
            assert mine[student] == pytest.approx(theirs[student]), behaviour


def test_what_attacks_the_grader_gains_under_stock_alone(theirs: dict[str, dict[str, float]], ours: Course) -> None:
    [student] = [student for student, behaviour in CLASS.items() if behaviour in ATTACKS]
    assert set(theirs[student].values()) == {1.9}  # what it says of itself, for every question
    assert set(cells(ours)[student].values()) == {0}


def test_locked_cells_end_in_one_finite_number_and_complain_of_nothing(halves: list[Course]) -> None:
    for course in halves:
        for file in (course.root / "autograded").glob("*/hw1/hw1.ipynb"):
            for cell in nbformat.read(file, as_version=4).cells:
                if cell.metadata.get("nbgrader", {}).get("grade"):
                    [output] = cell.outputs
                    assert output.output_type == "execute_result", (file, output)
                    assert math.isfinite(float(output.data["text/plain"])), file


def test_stock_tools_work_on_what_we_have_graded(ours: Course, tmp_path: Path) -> None:
    student = "student00"
    run(f"nbgrader validate release/{student}/hw1/hw1.ipynb", ours.root)
    (ours.root / "feedback" / student / "hw1" / "hw1.html").unlink()
    run(f"nbgrader generate_feedback hw1 --student {student} --force", ours.root)
    assert (ours.root / "feedback" / student / "hw1" / "hw1.html").is_file()
    run(f"nbgrader export --to {tmp_path / 'grades.csv'}", ours.root)
    assert len((tmp_path / "grades.csv").read_text().splitlines()) == len(CLASS) + 1
    assert student in run("nbgrader db student list", ours.root)
    assert "hw1" in run("nbgrader db assignment list", ours.root)
