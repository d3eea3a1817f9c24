"""Answers in words: cells that nbgrader leaves to a person, and what that person gives, through nbgrader's own API."""

import csv
import io
import json
import shutil

import nbformat
import pytest
from nbgrader import utils
from nbgrader.api import Gradebook

from assignments import rehearsal
from assignments.files import write_text
from autograder import gradebook, grades
from autograder.marks import Grade, Verdict
from question_bank.errors import BlueprintError
from tests.unit.autograder.conftest import Classroom

BLUEPRINT = """\
title = "In words"

{more}

[[slots]]
template = "explain/stacked_kernels"
points = 8

[[slots]]
template = "explain/padding"
"""
WHY, CHANGE = "q1_why", "q2_change"


class InWords(Classroom):
    """A course with an assignment that asks for explanations: of q1 a half, of q2 all."""

    def plan(self, more="", points=3):
        write_text(self.course.blueprint_file("hw1"), BLUEPRINT.format(more=more))


@pytest.fixture(scope="module")
def dealt_words(tmp_path_factory):
    """It, with papers dealt: a new gradebook takes nbgrader two seconds."""
    return InWords.make(tmp_path_factory.mktemp("words") / "course")


@pytest.fixture
def words(dealt_words, tmp_path):
    """A copy of it."""
    shutil.copytree(dealt_words.course.root, tmp_path / "course")
    return InWords(tmp_path / "course")


@pytest.fixture
def person(words):
    """Mark a cell as formgrader does, by nbgrader's API."""

    def give(student, cell, score=None, comment=None, extra=None):
        with Gradebook(f"sqlite:///{words.course.gradebook_file}", "course") as found:
            grade = found.find_grade(cell, "hw1", "hw1", student)
            grade.manual_score, grade.extra_credit = score, extra
            grade.needs_manual_grade = score is None and grade.auto_score is None
            name = cell if "_" in cell else f"{cell}_answer"
            found.find_comment(name, "hw1", "hw1", student).manual_comment = comment
            found.db.commit()

    return give


def cells(room, student="ann"):
    """By cell: auto_score, manual_score, score, whether it waits, comment."""
    with Gradebook(f"sqlite:///{room.course.gradebook_file}", "course") as found:
        book = found.find_submission_notebook("hw1", "hw1", student)
        comments = {comment.name.removesuffix("_answer"): comment.comment for comment in book.comments}
        return {
            g.name: (g.auto_score, g.manual_score, g.score, g.needs_manual_grade, comments[g.name]) for g in book.grades
        }


def page(room, student="ann"):
    return (room.course.step_folder("feedback", student, "hw1") / "hw1.html").read_text()


def rewritten(room, text, cell=WHY, student="ann"):
    """Ann's notebook with other words."""
    book = room.notebook(student)
    next(c for c in book["cells"] if c["id"] == cell)["source"] = text
    return json.dumps(book)


def test_the_cells_are_nbgraders_manual_ones(words):
    book = nbformat.from_dict(words.notebook("ann", rehearsal.hands_in_nothing))
    manual = {c.metadata.nbgrader.grade_id: c for c in book.cells if "nbgrader" in c.metadata and utils.is_grade(c)}
    assert {name: cell.metadata.nbgrader.points for name, cell in manual.items()} == {"q1": 4, WHY: 4, CHANGE: 3}
    for name in (WHY, CHANGE):
        assert manual[name].cell_type == "markdown"
        assert utils.is_solution(manual[name])
        assert not utils.is_locked(manual[name])
        assert manual[name].metadata.get("editable") is not False
    names = [cell["id"] for cell in book.cells]
    assert "q2_answer" not in names
    assert names.index("q1") + 1 == names.index(WHY)
    with Gradebook(f"sqlite:///{words.course.gradebook_file}", "course") as found:
        declared = found.find_notebook("hw1", "hw1")
        assert {c.name: c.max_score for c in declared.grade_cells} == {"q1": 4, WHY: 4, CHANGE: 3}
        assert {c.name for c in declared.solution_cells} == {"q1_answer", WHY, CHANGE}
        # A student's unanswered cell is what nbgrader knows as such.
        for source in declared.source_cells:
            if source.name in (WHY, CHANGE):
                assert source.source == manual[source.name].source


def test_words_wait_and_blanks_do_not(words, executor):
    words.hand_in("ann")
    words.hand_in("bob", rehearsal.hands_in_nothing)
    found = words.grade()
    assert [outcome.problem for outcome in found.values()] == ["", ""]  # it is as it should be
    assert [cell[:4] for cell in cells(words).values()] == [(4, None, 4, False), *[(None, None, 0, True)] * 2]
    assert [cell[:4] for cell in cells(words, "bob").values()] == [(0, None, 0, False)] * 3
    assert cells(words, "bob")[WHY][4] == "No response."
    assert page(words).count("Waits for a person") == 2
    assert "Waits for a person" not in page(words, "bob")


def test_what_a_person_gave_survives_and_is_shown(words, executor, person):
    words.hand_in("ann")
    words.grade()
    person("ann", WHY, 2.5, "The **field** is missing & so on.")
    person("ann", CHANGE, 3, extra=1)
    before = cells(words)
    for options in ({"force": True}, {"run": False}):
        [outcome] = words.grade(**options).values()
        assert cells(words) == before
        assert outcome.points == 4 + 2.5 + 3 + 1
    html = page(words)
    assert html.count("Marked by a person") == 2
    assert "Waits for a person" not in html
    assert "The **field** is missing &amp; so on." in html
    assert "extra credit 1" in html
    row = next(csv.DictReader(io.StringIO(grades.csv_table(words.course, "hw1"))))
    assert [float(row[c]) for c in ("q1", "q2", "score", "max_score")] == [6.5, 4, 10.5, 11]
    assert row["needs_manual_grade"] in ("0", "False")


def test_other_words_are_looked_at_again(words, executor, person):
    words.hand_in("ann", rewritten(words, "It has fewer weights."))
    words.grade()
    person("ann", WHY, 4, "Good.")
    words.hand_in("ann", rewritten(words, "I do not know."))
    words.grade()
    assert cells(words)[WHY][1:4] == (4, 4, True)  # kept, and for a person to look at
    assert "Good." not in page(words)
    person("ann", WHY, 0, "No.")
    words.grade()
    assert cells(words)[WHY][1:4] == (0, 0, False)
    assert "No." in page(words)


def test_a_persons_score_for_code_counts_too(words, executor, person):
    words.hand_in("ann", rehearsal.misunderstands)
    words.grade()
    person("ann", "q1", 3, "Right idea.")
    [outcome] = words.grade().values()
    assert outcome.grade.questions[0].points == 3
    assert "score 3" in page(words)
    assert "Right idea." in page(words)


def test_a_late_penalty_is_of_all_points(words, executor, person):
    words.plan("[late]\ndue = 2026-03-01 12:00:00\npenalty_per_day = 0.5")
    words.hand_in("ann", when="2026-03-01 13:00:00 UTC")
    assert words.grade()["ann"].penalty == 2
    person("ann", CHANGE, 3)
    assert words.grade(run=False)["ann"].penalty == 3.5
    assert gradebook.scores(words.course, "hw1")["ann"]["late_submission_penalty"] == 3.5


def test_each_attempt_keeps_what_its_words_earned(words, executor, person):
    words.plan("[attempts]\nallowed = 2")
    words.hand_in("ann")
    words.grade()
    person("ann", WHY, 4)
    person("ann", CHANGE, 3)
    words.generate(attempt=2)
    words.hand_in("ann", rehearsal.guesses, attempt=2)
    [outcome] = words.grade().values()
    assert (outcome.grade.attempt, outcome.points) == (1, 11)
    assert cells(words)[WHY][1:4] == (4, 4, False)


def test_a_lost_cell_waits_and_comes_back(words, executor):
    book = words.notebook("ann")
    book["cells"] = [cell for cell in book["cells"] if cell["id"] != WHY]
    words.hand_in("ann", json.dumps(book))
    [outcome] = words.grade().values()
    assert outcome.grade.questions[0].waiting
    there = json.loads(words.course.notebook_file("autograded", "ann", "hw1").read_text())
    [cell] = [c for c in there["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == WHY]
    assert "missing" in cell["source"]


def test_words_are_never_run_nor_taken_for_code(words, executor):
    book = words.notebook("ann", rehearsal.hands_in_nothing)
    cell = next(c for c in book["cells"] if c["id"] == WHY)
    cell.update(cell_type="code", outputs=[], execution_count=None, source="q1_stack = 5\nwhile True: pass")
    words.hand_in("ann", json.dumps(book))
    [outcome] = words.grade().values()
    first = outcome.remarks[0]
    assert "turned into code; not run" in first
    there = json.loads(words.course.notebook_file("autograded", "ann", "hw1").read_text())
    [kept] = [c for c in there["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == WHY]
    assert kept["cell_type"] == "markdown"
    assert "q1_stack = 5" in kept["source"]
    assert cells(words)["q1"][0] == 0


def test_marks_are_read_again_as_they_were_written(words, executor, person):
    words.hand_in("ann")
    words.grade()
    person("ann", WHY, 2, "So so.")
    words.grade()
    record = json.loads(words.course.marks_file("hw1", "ann", 1).read_text())
    again = Grade.from_json(record["grade"])
    assert again.to_json() == Grade.from_json(json.loads(json.dumps(again.to_json()))).to_json()
    assert [mark.verdict for mark in again.questions[0].marks][-1] is Verdict.JUDGED
    assert again.questions[0].points == 6


def test_templates_of_a_slot_ask_for_the_same_words(words):
    text = words.course.blueprint_file("hw1").read_text()
    write_text(
        words.course.blueprint_file("hw1"),
        text.replace('"explain/padding"', '["explain/padding", "shapes/layer_chain"]\npoints = 3'),
    )
    with pytest.raises(BlueprintError, match="slot 2: its templates differ in the parts that a person marks"):
        words.course.blueprint("hw1")
