"""A class of 24 for each blueprint that asks for code: generated, handed in, graded behind walls, read by nbgrader."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from assignments.course import Course
from assignments.rehearsal import BEHAVIOURS
from tests.e2e.conftest import run

pytestmark = pytest.mark.slow
STUDENTS = [f"student{number:02d}" for number in range(24)]
EPOCHS = 15  # of those whose training is not to be waited for
CLASSES = {"coding_convolution": 3, "build_and_train": 6}  # a cell's seconds: enough for all but an infinite loop


@pytest.fixture(scope="module", params=CLASSES)
def graded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course whose first homework is made by the blueprint, and graded."""
    name = request.param
    folder = tmp_path_factory.mktemp(name) / "course"
    run(f"fieldmark init {folder} --blueprint {name}", folder.parent)
    course = Course(folder)
    course.roster_file.write_text("\n".join(["id", *STUDENTS, ""]))
    blueprint = course.blueprint_file("hw1")
    blueprint.write_text(re.sub(r"cell_seconds = \d+", f"cell_seconds = {CLASSES[name]}", blueprint.read_text()))
    run("fieldmark generate hw1", course.root)
    run("fieldmark rehearse hw1", course.root)
    for file in (course.root / "submitted").glob("*/*/*.ipynb"):
        file.write_text(re.sub(r"for (\w+) in range\(\d\d+\):", rf"for \1 in range({EPOCHS}):", file.read_text()))
    run("fieldmark grade hw1 --jobs 2", course.root)
    return course


def scores(course: Course, target: Path) -> dict[str, dict[str, float]]:
    """By behaviour, the lowest points of each question among those who behave so."""
    run(f"nbgrader export --to {target}", course.root)
    totals = {row["student_id"]: float(row["score"]) for row in csv.DictReader(target.open())}
    found: dict[str, dict[str, float]] = {}
    for number, student in enumerate(STUDENTS):
        marks = json.loads(course.marks_file("hw1", student, 1).read_text())["grade"]["questions"]
        points = {question["id"]: sum(mark["points"] for mark in question["marks"]) for question in marks}
        assert totals[student] == pytest.approx(sum(points.values())), student
        of_others = found.setdefault([*BEHAVIOURS][number % len(BEHAVIOURS)], points)
        found[[*BEHAVIOURS][number % len(BEHAVIOURS)]] = {q: min(points[q], of_others[q]) for q in points}
    return found


def test_each_behaviour_earns_what_it_should(graded: Course, tmp_path: Path) -> None:
    found, slots = scores(graded, tmp_path / "grades.csv"), graded.blueprint("hw1").slots
    questions = graded.manifest("hw1", STUDENTS[0], 1).questions
    trained = {question for question, of in questions.items() if "/train_" in of.template}
    for slot in slots:
        least = 0.5 * slot.points if slot.id in trained else slot.points  # a shortened training reaches half of it
        first, second = slots[0].id, slots[1].id
        assert found["knows it"][slot.id] >= least, slot
        assert found["leaves blanks"][slot.id] == 0 or found["leaves blanks"][slot.id] >= least
        assert found["code that raises"][slot.id] >= (0 if slot.id == first else least)
        assert found["an infinite loop"][slot.id] >= (0 if slot.id == second else least)
        assert found["hands in nothing"][slot.id] == found["guesses"][slot.id] == 0
    assert found["code that raises"][slots[0].id] == found["an infinite loop"][slots[1].id] == 0


def test_every_student_has_a_page_that_says_how_the_cases_went(graded: Course) -> None:
    pages = {student: graded.root / "feedback" / student / "hw1" / "hw1.html" for student in STUDENTS}
    assert all("as expected" in pages[student].read_text() for student in (STUDENTS[0], STUDENTS[1]))
    assert "ran longer than" in pages[STUDENTS[[*BEHAVIOURS].index("an infinite loop")]].read_text()
    assert all(page.is_file() for page in pages.values())
    assert (graded.root / "reports" / "hw1.html").is_file()
