"""Marks → nbgrader's own database, read back through nbgrader's own interface."""

import datetime as dt
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from sqlalchemy.exc import OperationalError

from autograder import gradebook, grades
from autograder.gradebook import Entry
from question_bank.errors import CourseError

WHEN = dt.datetime(2026, 3, 1, 12, 30)


def entry(student="ann", q1=3.0, q2=2.0, *, comment="fine", penalty=0.0, when=WHEN):
    return Entry(student, when, {"q1": q1, "q2": q2}, {"q1": comment, "q2": comment}, penalty)


@pytest.fixture
def book(room):
    """Record entries."""

    def record(*entries):
        gradebook.record(room.course, room.blueprint, entries)

    return record


@pytest.fixture
def stored(room):
    """What nbgrader finds in the database."""

    def read(look):
        with Gradebook(f"sqlite:///{room.course.gradebook_file}", "course") as found:
            return look(found)

    return read


@pytest.fixture
def rows(room):
    """The number of rows of a table."""

    def count(table):
        with sqlite3.connect(room.course.gradebook_file) as database:
            return database.execute(f"select count(*) from {table}").fetchone()[0]

    return count


def notebook_of(student):
    return lambda found: found.find_submission_notebook("hw1", "hw1", student)


def test_the_assignment_its_cells_and_students_are_declared(book, stored):
    def look(found):
        assignment = found.find_assignment("hw1")
        cells = [(cell.name, cell.max_score) for cell in assignment.notebooks[0].grade_cells]
        return assignment.max_score, cells, [student.id for student in found.students]

    assert stored(look) == (5, [("q1", 3), ("q2", 2)], ["ann", "bob", "cyd", "dan"])


def test_declaring_twice_changes_nothing(book, room, rows):
    before = {
        table: rows(table)
        for table in ("base_cell", "grade_cells", "solution_cells", "source_cell", "student", "notebook")
    }
    gradebook.declare(room.course, room.blueprint)
    assert {table: rows(table) for table in before} == before


def test_scores_comments_and_time_are_recorded(book, stored):
    book(entry(q1=2.25, comment="side: correct"))

    def look(found):
        submission = found.find_submission("hw1", "ann")
        notebook = submission.notebooks[0]
        return (
            submission.score,
            submission.max_score,
            submission.timestamp,
            submission.needs_manual_grade,
            {grade.name: grade.score for grade in notebook.grades},
            {comment.name: comment.comment for comment in notebook.comments},
        )

    expected_comments = {"q1_answer": "side: correct", "q2_answer": "side: correct"}
    assert stored(look) == (4.25, 5, WHEN, False, {"q1": 2.25, "q2": 2}, expected_comments)


def test_a_penalty_is_recorded(book, stored, room):
    book(entry(penalty=1.5))
    assert stored(lambda found: found.find_submission("hw1", "ann").late_submission_penalty) == 1.5
    assert gradebook.scores(room.course, "hw1")["ann"]["score"] == 3.5
    book(entry(penalty=0.0))
    assert stored(lambda found: found.find_submission("hw1", "ann").late_submission_penalty) == 0


def test_a_penalty_takes_no_more_than_there_is(book, room):
    book(entry(penalty=99.0))
    assert gradebook.scores(room.course, "hw1")["ann"]["score"] == 0


def test_what_waits_for_a_person_is_flagged(book, stored):
    book(entry(q1=None))

    def look(found):
        grade = found.find_grade("q1", "hw1", "hw1", "ann")
        return grade.auto_score, grade.needs_manual_grade, found.find_submission("hw1", "ann").needs_manual_grade

    assert stored(look) == (None, True, True)
    book(entry(q1=1.0))
    assert stored(look) == (1, False, False)


def test_recording_again_updates_and_adds_no_rows(book, stored, rows):
    book(entry(), entry("bob"))
    tables = ("submitted_assignment", "submitted_notebook", "grade", "comment")
    before = {table: rows(table) for table in tables}
    later = WHEN + dt.timedelta(days=1)
    book(entry(q1=0.5, comment="again", when=later), entry("bob"))
    assert {table: rows(table) for table in tables} == before == dict(zip(tables, (2, 2, 4, 4), strict=True))
    submission = stored(lambda found: found.find_submission("hw1", "ann").to_dict())
    assert (submission["score"], submission["timestamp"]) == (2.5, later.isoformat())


def test_others_are_left_as_they_are(book, stored):
    book(entry(), entry("bob"))
    book(entry(q1=0.0))
    assert stored(lambda found: found.find_submission("hw1", "bob").score) == 5


def by_hand(score=None, comment=None, flagged=False):
    def write(found):
        grade = found.find_grade("q1", "hw1", "hw1", "ann")
        grade.manual_score, grade.needs_manual_grade = score, flagged
        found.find_comment("q1_answer", "hw1", "hw1", "ann").manual_comment = comment
        found.db.commit()

    return write


def first_grade(found):
    grade = found.find_grade("q1", "hw1", "hw1", "ann")
    comment = found.find_comment("q1_answer", "hw1", "hw1", "ann")
    return grade.score, comment.comment, grade.needs_manual_grade


def test_what_a_person_gave_is_kept_and_not_asked_for_again(book, stored):
    book(entry(q1=1.0))
    stored(by_hand(2.5, "well argued"))
    book(entry(q1=1.0))
    assert stored(first_grade) == (2.5, "well argued", False)


def test_a_person_is_asked_again_where_our_score_has_changed(book, stored):
    book(entry(q1=1.0))
    stored(by_hand(2.5, "well argued"))
    book(entry(q1=3.0))
    assert stored(first_grade) == (2.5, "well argued", True)
    book(entry(q1=3.0))
    assert stored(first_grade)[2] is True


def test_a_person_is_not_asked_again_for_what_we_never_marked(book, stored):
    book(entry(q1=None))
    stored(by_hand(2.5, "well argued"))
    book(entry(q1=None))
    assert stored(first_grade) == (2.5, "well argued", False)


@pytest.mark.parametrize("step", ["_grades", "_comments"])
def test_a_fault_in_the_middle_leaves_everything_as_it_was(book, stored, rows, monkeypatch, step):
    book(entry(), entry("bob"))

    def fail(*_):
        raise RuntimeError("the power went")

    monkeypatch.setattr(gradebook._Writer, step, fail)
    with pytest.raises(RuntimeError, match="the power went"):
        book(entry(q1=0.0, penalty=1.0, when=None), entry("cyd"))
    assert rows("submitted_assignment") == 2
    submission = stored(lambda found: found.find_submission("hw1", "ann").to_dict())
    assert (submission["score"], submission["timestamp"]) == (5, WHEN.isoformat())


def test_a_fault_of_the_database_names_its_file(book, room, monkeypatch):
    def fail(*_):
        raise OperationalError("insert", {}, Exception("database is locked"))

    monkeypatch.setattr(gradebook._Writer, "_grades", fail)
    with pytest.raises(CourseError, match=r"gradebook\.db: .*locked"):
        book(entry())


def test_changed_points_are_declared_anew(book, room, stored):
    book(entry())
    room.plan(points=9)
    gradebook.declare(room.course, room.blueprint)
    assert stored(lambda found: found.find_assignment("hw1").max_score) == 11
    assert stored(lambda found: found.find_submission("hw1", "ann").score) == 5


def test_other_cells_under_submissions_are_refused(book, room):
    book(entry())
    file = room.course.blueprint_file("hw1")
    file.write_text(file.read_text() + '\n[[slots]]\ntemplate = "quick/chain"\n')
    with pytest.raises(CourseError, match="there are submissions associated"):
        gradebook.declare(room.course, room.blueprint)


def test_late_enrolment_and_new_names_reach_the_gradebook(book, room, stored):
    book(entry())
    room.course.roster_file.write_text("id,first_name\nann,Anna\neve,Eve\n")
    gradebook.declare(room.course, room.blueprint)
    assert stored(lambda found: found.find_student("ann").first_name) == "Anna"
    assert stored(lambda found: found.find_student("eve").first_name) == "Eve"
    assert stored(lambda found: found.find_submission("hw1", "ann").score) == 5


def test_there_is_one_course_and_it_is_ours(book, room, stored, rows):
    book(entry())
    assert rows("course") == 1
    assert stored(lambda found: found.find_assignment("hw1").course_id) == "course"


@pytest.mark.parametrize(
    "due, stored_due",
    [
        ("2026-03-01T23:59:00", dt.datetime(2026, 3, 1, 23, 59)),
        ("2026-03-01T23:59:00+01:00", dt.datetime(2026, 3, 1, 22, 59)),
    ],
)
def test_the_due_date_is_stored_in_utc(room, stored, due, stored_due):
    room.plan(f"[late]\ndue = {due}")
    gradebook.declare(room.course, room.blueprint)
    assert stored(lambda found: found.find_assignment("hw1").duedate) == stored_due


def test_a_new_database_is_one_that_nbgrader_can_upgrade(room, monkeypatch, rows):
    plain = [folder for folder in os.environ["PATH"].split(os.pathsep) if not (Path(folder) / "alembic").exists()]
    monkeypatch.setenv("PATH", os.pathsep.join(plain))
    room.course.gradebook_file.unlink()
    gradebook.declare(room.course, room.blueprint)
    assert rows("alembic_version") == 1


@pytest.fixture
def through_objects(stored):
    """The scores as nbgrader's own objects tell them, student by student."""

    def look(found):
        return {
            s.student_id: {
                "timestamp": s.timestamp.isoformat() if s.timestamp else "",
                "raw_score": s.score,
                "late_submission_penalty": s.late_submission_penalty,
                "score": max(0.0, s.score - s.late_submission_penalty),
                "max_score": s.max_score,
                "needs_manual_grade": s.needs_manual_grade,
                **{grade.name: grade.score for grade in s.notebooks[0].grades},
            }
            for s in found.assignment_submissions("hw1")
        }

    return lambda: stored(look)


def test_scores_are_those_that_nbgrader_tells(book, room, stored, through_objects):
    book(entry(q1=0.1, q2=0.2), entry("bob", q1=None, penalty=0.5), entry("cyd", when=None, penalty=9.0))

    def by_a_person(found):
        grade = found.find_grade("q2", "hw1", "hw1", "ann")
        grade.manual_score, grade.extra_credit = 1.25, 0.5
        found.db.commit()

    stored(by_a_person)
    assert gradebook.scores(room.course, "hw1") == through_objects()
    assert gradebook.scores(room.course, "hw1")["ann"]["q2"] == 1.75


def test_a_class_is_written_in_batches(book, monkeypatch, through_objects):
    monkeypatch.setattr(gradebook, "BATCH", 1)
    book(entry(), entry("bob", q1=1.0), entry("cyd"))
    book(entry(), entry("bob", q1=0.5), entry("dan"))
    assert {student: row["raw_score"] for student, row in through_objects().items()} == {
        "ann": 5.0,
        "bob": 2.5,
        "cyd": 5.0,
        "dan": 5.0,
    }


def test_what_notebooks_do_not_need_is_not_imported():
    code = "import sys; from autograder import gradebook; print('lark' in sys.modules, 'rfc3987_syntax' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_scores_of_an_assignment_that_is_not_there_are_refused(book, room):
    with pytest.raises(CourseError, match="no assignment 'hw9'; run `fieldmark generate`"):
        gradebook.scores(room.course, "hw9")


@pytest.mark.parametrize(
    "text, moment",
    [
        ("2026-03-01 12:30:00 UTC", WHEN),
        ("2026-03-01 13:30:00+01:00\n", WHEN),
        ("2026-03-01T12:30:00", WHEN),
        ("", None),
        ("yesterday", None),
        ("0001-01-01T00:00:00+23:59", None),
        ("99999999999999999999", None),
        ("\x00", None),
    ],
)
def test_a_timestamp_is_read_as_nbgrader_reads_it(text, moment):
    assert gradebook.timestamp(text) == moment


# The grade table


def test_the_table_has_a_row_for_everyone(book, room):
    book(entry(q1=2.5, penalty=0.5), entry("bob", q1=None))
    lines = grades.csv_table(room.course, "hw1").splitlines()
    assert lines == [
        "student_id,last_name,first_name,email,timestamp,raw_score,late_submission_penalty,score,max_score,"
        "needs_manual_grade,q1,q2",
        "ann,X,Ann,,2026-03-01T12:30:00,4.5,0.5,4.0,5.0,False,2.5,2.0",
        "bob,X,Bob,,2026-03-01T12:30:00,2.0,0.0,2.0,5.0,True,0.0,2.0",
        "cyd,X,Cyd,,,0.0,,0.0,5.0,,,",
        "dan,X,Dan,,,0.0,,0.0,5.0,,,",
    ]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(1)", '=HYPERLINK("http://x")'])
def test_no_spreadsheet_takes_a_name_for_a_formula(book, room, name):
    quoted = name.replace('"', '""')
    room.course.roster_file.write_text(f'id,first_name,last_name\nann,"{quoted}","{quoted}"\n')
    cells = grades.csv_table(room.course, "hw1").splitlines()[1]
    assert "," + name not in cells
    assert "'" + quoted in cells
