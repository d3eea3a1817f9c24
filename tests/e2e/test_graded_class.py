"""What `fieldmark grade` leaves behind, seen through nbgrader's own tools."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import nbformat
import pytest
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from assignments.course import Course
from tests.e2e.conftest import STUDENTS, copy_of, run

pytestmark = pytest.mark.slow


def exported(course: Course) -> dict[str, dict[str, str]]:
    table = run("fieldmark export hw1", course.root)
    return {row["student_id"]: row for row in csv.DictReader(io.StringIO(table))}


def test_each_behaviour_earns_what_it_should(graded: Course) -> None:
    rows = exported(graded)
    points = {behaviour: float(rows[student]["score"]) for behaviour, student in STUDENTS.items()}
    full = graded.blueprint("hw1").points
    assert points["knows it"] == points["writes formulas"] == full
    assert points["hands in nothing"] == 0
    assert points["guesses"] < 0.2 * full
    assert points["misunderstands"] < points["slips once"] < full
    # One question is lost, whatever else happens in the notebook.
    q1, q2 = (slot.points for slot in graded.blueprint("hw1").slots[:2])
    assert points["code that raises"] == full - q1
    assert points["an infinite loop"] == full - q2


def test_nbgrader_export_gives_the_same_scores(graded: Course, tmp_path: Path) -> None:
    run(f"nbgrader export --to {tmp_path / 'grades.csv'}", graded.root)
    theirs = {row["student_id"]: row for row in csv.DictReader((tmp_path / "grades.csv").open())}
    ours = exported(graded)
    assert set(theirs) == set(ours) == set(STUDENTS.values())
    for student, row in theirs.items():
        assert float(row["score"]) == pytest.approx(float(ours[student]["score"]))
        assert float(row["max_score"]) == graded.blueprint("hw1").points


def test_formgrader_sees_a_graded_class(graded: Course) -> None:
    root = str(graded.root)
    config = Config({"CourseDirectory": {"root": root, "course_id": graded.settings.course_id}})
    api = NbGraderAPI(CourseDirectory(config=config))
    [assignment] = api.get_assignments()
    assert assignment["num_submissions"] == len(STUDENTS)
    submissions = api.get_submissions("hw1")
    rows = exported(graded)
    for submission in submissions:
        assert submission["autograded"], submission["student"]
        assert not submission["needs_manual_grade"]
        assert submission["score"] == pytest.approx(float(rows[submission["student"]]["raw_score"]))


def test_feedback_page_shows_the_score_of_the_gradebook(graded: Course) -> None:
    rows = exported(graded)
    for behaviour in ("knows it", "an infinite loop"):
        student = STUDENTS[behaviour]
        page = (graded.root / "feedback" / student / "hw1" / "hw1.html").read_text(encoding="utf-8")
        assert f"<b>{float(rows[student]['score']):g}</b> of" in page
    assert "ran longer than the 1 s allowed" in page


def test_executed_notebooks_validate_and_hold_the_outputs(graded: Course) -> None:
    for behaviour, trace in (("knows it", "as asked"), ("code that raises", "ZeroDivisionError")):
        file = graded.notebook_file("autograded", STUDENTS[behaviour], "hw1")
        book = nbformat.read(file, as_version=4)
        nbformat.validate(book)
        assert trace in nbformat.writes(book)


def test_nbgrader_validates_a_students_notebook(graded: Course) -> None:
    printed = run(f"nbgrader validate release/{STUDENTS['knows it']}/hw1/hw1.ipynb", graded.root)
    assert "Success! Your notebook passes all the tests." in printed


def test_marking_again_runs_nothing_and_changes_what_the_rubric_says(graded: Course, tmp_path: Path) -> None:
    course = copy_of(graded, tmp_path / "again")
    blueprint = course.blueprint_file("hw1")
    blueprint.write_text(blueprint.read_text().replace("follows = 1.0 ", "follows = 0.0 "))
    assert ", 0 run now" in run("fieldmark mark hw1", course.root)
    before, after = exported(graded), exported(course)
    slipped, right = STUDENTS["slips once"], STUDENTS["knows it"]
    assert float(after[slipped]["score"]) < float(before[slipped]["score"])
    assert after[right]["score"] == before[right]["score"]
