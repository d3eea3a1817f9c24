"""Rehearsals: made-up submissions that a class could have handed in, and never over real ones."""

import ast
import json

import nbformat
import pytest

from assignments import notebook, paper, rehearsal, release
from assignments.rehearsal import BEHAVIOURS
from question_bank.errors import CourseError

SECRET = b"a secret"


@pytest.fixture
def dealt(tmp_path):
    """A paper of the blueprint that ships, and a student's notebook of it."""
    course = release.init(tmp_path / "shipped")
    blueprint = course.blueprint("hw1")
    dealt = paper.deal(blueprint, "ada", 1, SECRET, {})
    return dealt, notebook.student_notebook(dealt, blueprint, SECRET)


def answers(book):
    return {cell["id"]: cell["source"] for cell in book["cells"] if cell["id"].endswith("_answer")}


def submitted(course):
    return {
        file.parent.parent.name: json.loads(file.read_text()) for file in course.root.glob("submitted/*/hw/*.ipynb")
    }


def test_every_behaviour_gives_a_valid_notebook_that_is_still_the_students(dealt):
    paper, blank = dealt
    for name, behaviour in BEHAVIOURS.items():
        book = rehearsal.answered(blank, paper, behaviour)
        nbformat.validate(book)
        assert book["metadata"] == blank["metadata"], name
        for cell, before in zip(book["cells"], blank["cells"], strict=True):
            if cell["cell_type"] == "code":
                ast.parse(cell["source"])
            assert cell["id"].endswith("_answer") or cell == before, name


def test_every_behaviour_answers_in_its_own_way(dealt):
    paper, blank = dealt
    books = {json.dumps(answers(rehearsal.answered(blank, paper, behaviour))) for behaviour in BEHAVIOURS.values()}
    assert len(books | {json.dumps(answers(blank))}) == len(BEHAVIOURS) + 1


def test_the_blank_notebook_is_left_as_it_was(dealt):
    paper, blank = dealt
    before = json.dumps(blank)
    rehearsal.answered(blank, paper, rehearsal.guesses)
    assert json.dumps(blank) == before


def test_a_student_who_knows_it_gives_the_keys(plan):
    blueprint = plan('title = "T"\n[[slots]]\ntemplate = "tiny/side"')
    [question] = paper.deal(blueprint, "ada", 1, SECRET, {}).questions
    names = {}
    exec(rehearsal.knows_it(question), names)
    assert (names["q1_side"], names["q1_area"]) == (question.variant.side, question.variant.area)


def test_a_student_who_slips_once_goes_on_from_there(plan):
    blueprint = plan('title = "T"\n[[slots]]\ntemplate = "tiny/side"')
    [question] = paper.deal(blueprint, "ada", 1, SECRET, {}).questions
    names, q = {}, question.variant
    exec(rehearsal.slips_once(question), names)
    assert (names["q1_side"], names["q1_area"]) == (q.n + q.k, (q.n + q.k) ** 2)


def test_every_student_hands_in_and_behaves_in_turn(make_course):
    course = make_course(students=len(BEHAVIOURS) + 1)
    blueprint = course.blueprint("hw")
    release.generate(course, blueprint)
    done = rehearsal.rehearse(course, blueprint)
    assert [item.behaviour for item in done] == [*BEHAVIOURS, next(iter(BEHAVIOURS))]
    assert set(submitted(course)) == {student.id for student in course.roster()}
    assert all(book["metadata"]["fieldmark"]["student"] == student for student, book in submitted(course).items())
    assert len(list(course.root.glob("submitted/*/hw/timestamp.txt"))) == len(done)


def test_what_was_handed_in_is_never_overwritten(course):
    blueprint = course.blueprint("hw")
    release.generate(course, blueprint)
    mine = course.notebook_file("submitted", "student02", "hw")
    mine.parent.mkdir(parents=True)
    mine.write_text("{}")
    with pytest.raises(CourseError, match="submitted/student02/hw: something was handed in already"):
        rehearsal.rehearse(course, blueprint)
    assert submitted(course) == {"student02": {}}


def test_another_assignment_that_was_handed_in_is_no_hindrance(course):
    blueprint = course.blueprint("hw")
    release.generate(course, blueprint)
    course.step_folder("submitted", "student01", "quiz").mkdir(parents=True)
    assert len(rehearsal.rehearse(course, blueprint)) == 3


def test_a_rehearsal_needs_papers(course):
    with pytest.raises(CourseError, match="hw: no papers were dealt; run `fieldmark generate hw`"):
        rehearsal.rehearse(course, course.blueprint("hw"))
