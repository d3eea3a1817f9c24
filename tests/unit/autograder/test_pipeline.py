"""From submissions to grades, on a small course: nobody's trouble costs the others anything."""

import datetime as dt
import json
import os
import re
import sqlite3

import nbformat
import pytest

from assignments import rehearsal
from autograder import executed, feedback, gradebook, grader, grades, pipeline
from autograder.execution import Execution
from autograder.marks import Verdict
from autograder.responses import Raised, Responses
from question_bank.errors import CourseError, ExecutionError

FULL = 5


def scores(room):
    return {student: row["score"] for student, row in gradebook.scores(room.course, "hw1").items()}


def verdicts(outcome):
    return [mark.verdict.value for question in outcome.grade.questions for mark in question.marks]


@pytest.fixture
def everyone(room):
    """Four students hand in: right, a slip, nothing, and code that raises."""
    for student, behaviour in zip(
        ("ann", "bob", "cyd", "dan"),
        (rehearsal.knows_it, rehearsal.slips_once, rehearsal.hands_in_nothing, rehearsal.raises),
        strict=True,
    ):
        room.hand_in(student, behaviour)
    return room


@pytest.fixture
def no_execution(monkeypatch):
    """Running any student code fails the test."""

    def run(self, steps, limits):
        raise AssertionError("student code was run")

    monkeypatch.setattr(pipeline.ForkServer, "run", run)


# All goes well


def test_everyone_is_graded_and_everything_written(everyone, executor):
    found = everyone.grade()
    assert {student: outcome.points for student, outcome in found.items()} == {"ann": 5, "bob": 4, "cyd": 0, "dan": 2}
    assert [outcome.problem for outcome in found.values()] == [""] * 4
    assert verdicts(found["bob"]) == ["mistake", "follows", "correct"]
    assert verdicts(found["cyd"]) == ["blank", "blank", "error"]
    assert verdicts(found["dan"]) == ["error", "error", "correct"]
    assert scores(everyone) == {"ann": 5, "bob": 4, "cyd": 0, "dan": 2}
    for student in found:
        book = everyone.course.notebook_file("autograded", student, "hw1")
        nbformat.validate(nbformat.read(book, as_version=4))
        page = everyone.course.step_folder("feedback", student, "hw1") / "hw1.html"
        assert f"<b>{feedback.points_text(found[student].points)}</b> of 5 points" in page.read_text()


def test_progress_is_told_of_each_and_outcomes_are_sorted(everyone, executor):
    seen = []
    outcomes = pipeline.grade(everyone.course, "hw1", progress=seen.append)
    assert sorted(o.student for o in seen) == [o.student for o in outcomes] == ["ann", "bob", "cyd", "dan"]


def test_what_is_returned_of_a_large_class_is_small(everyone, executor):
    seen = []
    outcomes = pipeline.grade(everyone.course, "hw1", progress=seen.append)
    texts = [
        [mark.response for question in o.grade.questions for mark in question.marks] for o in (seen[0], outcomes[0])
    ]
    assert (any(texts[0]), any(texts[1])) == (True, False)
    assert verdicts(outcomes[0]) == verdicts(seen[0])
    assert [o.points for o in outcomes] == [o.points for o in seen]


def test_the_report_tells_of_misconceptions_and_problems(everyone, executor):
    everyone.hand_in("ann", "not a notebook")
    everyone.grade()
    page = pipeline.report_file(everyone.course, "hw1").read_text()
    assert "forgot the + 1 <b>1</b>" in page
    assert "ann/hw1/hw1.ipynb: not a notebook" in page


def test_the_table_has_everyone(everyone, executor):
    everyone.enrol("ann", "bob", "cyd", "dan", "eve")
    everyone.grade()
    rows = grades.csv_table(everyone.course, "hw1").splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == ["ann", "bob", "cyd", "dan", "eve"]


def test_one_student_can_be_graded_alone(everyone, executor):
    everyone.grade()
    report = pipeline.report_file(everyone.course, "hw1").read_text()
    everyone.hand_in("ann", rehearsal.hands_in_nothing)
    assert everyone.grade(only="ann")["ann"].points == 0
    assert scores(everyone) == {"ann": 0, "bob": 4, "cyd": 0, "dan": 2}
    assert pipeline.report_file(everyone.course, "hw1").read_text() == report


def test_what_was_not_handed_in_cannot_be_graded(room):
    with pytest.raises(CourseError, match="nothing was handed in"):
        room.grade()
    room.hand_in("ann")
    with pytest.raises(CourseError, match="submitted/bob/hw1: nothing was handed in here"):
        room.grade(only="bob")


def test_several_workers_find_the_same_as_one(everyone):
    alone = everyone.grade(jobs=1, force=True)
    together = everyone.grade(jobs=2, force=True)
    assert together == alone
    assert all(outcome.ran for outcome in together.values())


# Submissions that are none


def another_students(room):
    return json.dumps(room.notebook("bob"))


def another_assignments(room):
    book = room.notebook("ann")
    book["metadata"]["fieldmark"]["assignment"] = "hw9"
    return json.dumps(book)


@pytest.mark.parametrize(
    "text, problem",
    [
        ("", "ann/hw1/hw1.ipynb: not a notebook (no JSON)"),
        ("{", "ann/hw1/hw1.ipynb: not a notebook (no JSON)"),
        ('{"cells": []}', "ann/hw1/hw1.ipynb: not a notebook: expected a list of cells, found none"),
        (another_students, "ann/hw1/hw1.ipynb: belongs to 'bob', 'hw1'; expected 'ann', 'hw1'"),
        (another_assignments, "ann/hw1/hw1.ipynb: belongs to 'ann', 'hw9'; expected 'ann', 'hw1'"),
    ],
)
def test_a_submission_that_cannot_be_read_is_one_line_and_the_others_are_graded(room, executor, text, problem):
    room.hand_in("ann", text(room) if callable(text) else text)
    room.hand_in("bob")
    found = room.grade()
    assert problem in found["ann"].problem
    assert "\n" not in found["ann"].problem
    assert (found["ann"].points, found["bob"].points, found["bob"].problem) == (0, FULL, "")
    assert set(verdicts(found["ann"])) == {"unmarked"}
    rows = gradebook.scores(room.course, "hw1")
    assert [rows[student]["needs_manual_grade"] for student in ("ann", "bob")] == [True, False]
    shown = room.course.notebook_file("autograded", "ann", "hw1")
    nbformat.validate(nbformat.read(shown, as_version=4))
    assert problem in shown.read_text().replace("\\n", "\n").replace('\\"', '"')


def test_a_student_who_is_not_on_the_roster_is_one_line(room, executor):
    room.hand_in("bob")
    for name in ("eve", "mallory"):
        file = room.course.root / "submitted" / name / "hw1" / "hw1.ipynb"
        file.parent.mkdir(parents=True)
        file.write_text(room.file("bob").read_text())
    found = room.grade()
    assert re.search(r"submitted/eve/hw1: 'eve' is not on the roster", found["eve"].problem)
    assert (found["eve"].grade, found["bob"].points) == (None, FULL)
    assert scores(room) == {"bob": FULL}


def test_a_student_who_left_the_course_is_one_line(everyone, executor):
    everyone.enrol("bob", "cyd", "dan")
    found = everyone.grade()
    assert "'ann' is not on the roster" in found["ann"].problem
    assert set(scores(everyone)) == {"bob", "cyd", "dan"}


def test_a_student_without_a_paper_is_one_line(room, executor):
    room.hand_in("bob")
    room.enrol("ann", "bob", "eve")
    room.course.notebook_file("submitted", "eve", "hw1").parent.mkdir(parents=True)
    room.course.notebook_file("submitted", "eve", "hw1").write_text('{"cells": [{}]}')
    found = room.grade()
    assert "eve: no paper of hw1 was dealt" in found["eve"].problem
    assert found["bob"].points == FULL


@pytest.mark.parametrize("names, listed", [((), "none"), (("a.ipynb", "b.ipynb"), "a.ipynb, b.ipynb")])
def test_a_folder_with_no_notebook_or_two_is_one_line(room, executor, names, listed):
    room.hand_in("bob")
    folder = room.file("ann").parent
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).write_text("{}")
    found = room.grade()
    assert found["ann"].problem.endswith(f"ann/hw1: expected a notebook hw1.ipynb; found {listed}")
    assert found["bob"].points == FULL


def test_a_notebook_of_another_name_is_taken_where_it_is_the_only_one(room, executor):
    room.hand_in("ann")
    room.file("ann").rename(room.file("ann").with_name("hw1 (1).ipynb"))
    assert room.grade()["ann"].points == FULL


def test_names_of_files_cannot_forge_lines(room, executor):
    room.hand_in("bob")
    folder = room.file("ann").parent
    folder.mkdir(parents=True)
    for name in (b"\x1b[2J.ipynb", b"\xff.ipynb"):
        (folder / name.decode("utf-8", "surrogateescape")).write_text("{}")
    found = room.grade()
    assert "\x1b" not in found["ann"].problem
    found["ann"].problem.encode()
    assert found["bob"].points == FULL


def test_a_file_that_cannot_be_opened_is_one_line(room, executor, monkeypatch):
    room.hand_in("ann")
    room.hand_in("bob")

    def refuse(folder, *more, find=grader.notebook_in):
        if "ann" in folder.parts:
            raise PermissionError(13, "Permission denied")
        return find(folder, *more)

    monkeypatch.setattr(grader, "notebook_in", refuse)
    found = room.grade()
    assert "Permission denied" in found["ann"].problem
    assert (verdicts(found["ann"])[0], found["bob"].points) == ("unmarked", FULL)


def test_a_link_is_not_followed(room, executor):
    """Whoever grades may read what a student may not: the instructor's copy has all the keys."""
    room.hand_in("ann")
    room.hand_in("bob")
    answered = room.file("ann")
    elsewhere = answered.rename(room.course.root / "answered.ipynb")
    answered.symlink_to(elsewhere)
    found = room.grade()
    assert "hw1.ipynb is a link, not a file" in found["ann"].problem
    assert (verdicts(found["ann"])[0], found["bob"].points) == ("unmarked", FULL)


@pytest.mark.parametrize("make", ["link", "pipe", "giant", "folder"])
def test_a_timestamp_that_is_no_such_file_is_not_read(room, executor, make):
    room.hand_in("ann")
    secret, stamp = room.course.root / "secret.txt", room.file("ann").with_name("timestamp.txt")
    secret.write_text("2026-01-01 12:00:00 UTC")
    stamp.unlink(missing_ok=True)
    {
        "link": lambda: stamp.symlink_to(secret),
        "pipe": lambda: os.mkfifo(stamp),
        "giant": lambda: os.truncate(os.open(stamp, os.O_CREAT | os.O_WRONLY), 10 * 2**30),
        "folder": stamp.mkdir,
    }[make]()
    found = room.grade()["ann"]
    assert (found.points, found.submitted, found.problem) == (FULL, None, "")
    assert not any("2026-01-01" in file.read_text() for file in room.course.root.glob("[af]*/ann/hw1/timestamp.txt"))


def test_a_giant_file_is_one_line(room, executor):
    room.hand_in("ann")
    room.hand_in("bob")
    with room.file("ann").open("r+b") as file:
        file.truncate(10 * 2**30)
    found = room.grade()
    assert "larger than 32 MiB" in found["ann"].problem
    assert found["bob"].points == FULL


@pytest.mark.parametrize("damage", ["", "{}", "[1]", "null"])
def test_a_damaged_manifest_is_one_line(everyone, executor, damage):
    everyone.course.manifest_file("hw1", "ann", 1).write_text(damage)
    found = everyone.grade()
    assert "manifests/hw1/ann.json" in found["ann"].problem
    assert found["bob"].points == 4


def test_an_answer_with_characters_that_cannot_be_written_is_marked(room, executor):
    room.hand_in(
        "ann", lambda question, number: "q1_side = '\\ud800\\x1b'\nprint('\\udfff')\nraise ValueError('\\ud801')"
    )
    found = room.grade()["ann"]
    assert (found.problem, verdicts(found)[:2]) == ("", ["invalid", "error"])


# What is kept, and what is run again


def test_unchanged_submissions_are_not_run_again(everyone, executor):
    first = everyone.grade()
    assert executor.ran == 4
    again = everyone.grade()
    assert executor.ran == 4
    assert [outcome.ran for outcome in again.values()] == [False] * 4
    assert [o.grade for o in again.values()] == [o.grade for o in first.values()]


def test_a_changed_submission_is_run_again_alone(everyone, executor):
    everyone.grade()
    everyone.hand_in("cyd", rehearsal.knows_it)
    found = everyone.grade()
    assert [student for student, outcome in found.items() if outcome.ran] == ["cyd"]
    assert scores(everyone)["cyd"] == FULL


def test_force_runs_all_again(everyone, executor):
    everyone.grade()
    assert all(outcome.ran for outcome in everyone.grade(force=True).values())


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"digest": 7}', '{"digest": "x", "values": 7}'])
def test_damaged_responses_are_made_again(everyone, executor, damage):
    everyone.grade()
    everyone.course.responses_file("hw1", "ann", 1).write_text(damage)
    assert [student for student, outcome in everyone.grade().items() if outcome.ran] == ["ann"]


def test_forged_responses_of_the_right_digest_are_made_again(everyone, executor):
    everyone.grade()
    file = everyone.course.responses_file("hw1", "ann", 1)
    file.write_text(json.dumps(json.loads(file.read_text()) | {"values": {"q1_side": {"pickle": ""}}}))
    assert everyone.grade()["ann"].ran


def test_marking_again_after_a_rubric_was_corrected_runs_nothing(everyone, executor, monkeypatch):
    everyone.grade()
    everyone.plan("[rubric]\nfollows = 0.5\nmistake = 0.25")
    monkeypatch.setattr(executor, "run", None)
    found = everyone.grade(run=False)
    assert {student: outcome.points for student, outcome in found.items()} == {
        "ann": 5,
        "bob": 3.25,
        "cyd": 0,
        "dan": 2,
    }
    assert scores(everyone)["bob"] == 3.25
    assert not any(outcome.ran for outcome in found.values())


def test_marking_again_with_other_points_updates_the_gradebook(everyone, executor):
    everyone.grade()
    everyone.plan(points=30)
    everyone.grade(run=False)
    assert gradebook.scores(everyone.course, "hw1")["bob"]["score"] == 22
    assert gradebook.scores(everyone.course, "hw1")["bob"]["max_score"] == 32


def test_marking_does_not_start_the_process_that_runs_code(everyone, no_execution):
    found = everyone.grade(run=False)
    assert "has not been run as it stands; run `fieldmark grade hw1`" in found["ann"].problem


def test_a_submission_that_comes_back_after_a_damaged_one_is_shown_again(room, executor):
    room.hand_in("ann")
    room.grade()
    good = room.file("ann").read_text()
    room.hand_in("ann", "damaged")
    assert room.grade()["ann"].points == 0
    room.hand_in("ann", good)
    assert room.grade()["ann"].points == FULL
    assert "not graded automatically" not in room.course.notebook_file("autograded", "ann", "hw1").read_text()


# Crashes


class Failing:
    """Answers right away, and fails at the third submission."""

    def __init__(self, error):
        self.error, self.ran = error, 0

    def run(self, steps, limits):
        self.ran += 1
        if self.ran == 3:
            raise self.error
        return Execution()

    def close(self):
        """Nothing."""


def test_a_fault_of_the_executor_costs_one_submission_no_points_and_is_made_good(everyone, executor, monkeypatch):
    monkeypatch.setattr(pipeline, "ForkServer", lambda tier, hidden: Failing(ExecutionError("no memory")))
    found = everyone.grade()
    assert [bool(outcome.problem) for outcome in found.values()] == [False, False, True, False]
    assert "no memory" in found["cyd"].problem
    assert set(verdicts(found["cyd"])) == {"unmarked"}
    assert gradebook.scores(everyone.course, "hw1")["cyd"]["needs_manual_grade"]
    monkeypatch.setattr(pipeline, "ForkServer", lambda tier, hidden: executor)
    again = everyone.grade()
    assert [outcome.ran for outcome in again.values()] == [False, False, True, False]
    assert not gradebook.scores(everyone.course, "hw1")["cyd"]["needs_manual_grade"]


def test_a_kill_in_the_middle_leaves_the_gradebook_and_the_next_run_finishes(everyone, executor, monkeypatch):
    everyone.grade()
    before = scores(everyone)
    for student in before:
        everyone.hand_in(student, lambda question, number: "# " + rehearsal.knows_it(question))
    monkeypatch.setattr(pipeline, "ForkServer", lambda tier, hidden: Failing(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        everyone.grade()
    assert scores(everyone) == before
    with sqlite3.connect(everyone.course.gradebook_file) as database:
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
    monkeypatch.setattr(pipeline, "ForkServer", lambda tier, hidden: executor)
    again = everyone.grade()
    assert [again[student].ran for student in ("ann", "bob", "cyd")] == [False, False, True]
    assert not any(outcome.problem for outcome in again.values())
    assert set(scores(everyone)) == set(before)


@pytest.mark.parametrize("place", [(feedback, "html"), (executed, "executed_notebook"), (grader.marking, "mark")])
def test_a_fault_of_ours_costs_one_submission_no_points(everyone, executor, monkeypatch, place):
    module, name = place
    original, calls = getattr(module, name), []

    def fail_twice(*args, **kwargs):
        calls.append(args)
        if len(calls) <= 2:
            raise ZeroDivisionError("a bug")
        return original(*args, **kwargs)

    monkeypatch.setattr(module, name, fail_twice)
    found = everyone.grade()
    assert "a bug" in found["ann"].problem
    assert found["ann"].grade is None or found["ann"].grade.questions[0].unmarked
    assert (found["dan"].points, found["dan"].problem) == (2, "")


def test_a_key_that_fails_goes_to_a_person_and_says_so(everyone, executor, monkeypatch):
    def fail(*_):
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(grader.marking.checkers, "compare", fail)
    found = everyone.grade()["ann"]
    assert found.grade.questions[0].marks[0].verdict is Verdict.UNMARKED
    assert "q1 could not be marked" in found.problem
    assert gradebook.scores(everyone.course, "hw1")["ann"]["needs_manual_grade"]


# Time and attempts


LATE = "[late]\ndue = 2026-03-01T12:00:00\ngrace_minutes = 10\npenalty_per_day = 0.1\ndays = 3"


@pytest.mark.parametrize(
    "when, penalty",
    [
        ("2026-03-01 11:59:00 UTC", 0),
        ("2026-03-01 12:10:00 UTC", 0),
        ("2026-03-01 12:11:00 UTC", 0.5),
        ("2026-03-01 13:05:00+01:00", 0),
        ("2026-03-03 11:00:00 UTC", 1),
        ("2026-03-09 12:00:00 UTC", 5),
        ("no time", 0),
        ("", 0),
    ],
)
def test_points_are_lost_for_lateness(room, executor, when, penalty):
    room.plan(LATE)
    room.hand_in("ann", when=when)
    found = room.grade()["ann"]
    assert (found.penalty, found.points) == (penalty, FULL - penalty)
    assert gradebook.scores(room.course, "hw1")["ann"]["late_submission_penalty"] == penalty


def test_the_time_of_handing_in_stands_where_formgrader_looks(room, executor):
    room.hand_in("ann", when="2026-03-01 12:30:00 UTC")
    room.grade()
    copied = room.course.step_folder("autograded", "ann", "hw1") / "timestamp.txt"
    assert copied.read_text() == "2026-03-01 12:30:00 UTC"
    assert gradebook.scores(room.course, "hw1")["ann"]["timestamp"] == dt.datetime(2026, 3, 1, 12, 30).isoformat()


def two_attempts(room, keep, first, second):
    room.plan(f'[attempts]\nallowed = 2\nkeep = "{keep}"')
    room.generate(attempt=2)
    room.hand_in("ann", first)
    room.grade()
    room.hand_in("ann", second, attempt=2) if callable(second) else room.hand_in("ann", second)
    found = room.grade()["ann"]
    assert scores(room)["ann"] == found.points
    return found


@pytest.mark.parametrize(
    "keep, first, second, points, attempt",
    [
        ("best", rehearsal.knows_it, rehearsal.slips_once, 5, 1),
        ("best", rehearsal.slips_once, rehearsal.knows_it, 5, 2),
        ("last", rehearsal.knows_it, rehearsal.slips_once, 4, 2),
        ("last", rehearsal.slips_once, rehearsal.knows_it, 5, 2),
    ],
)
def test_of_two_attempts_the_best_or_the_last_counts(room, executor, keep, first, second, points, attempt):
    found = two_attempts(room, keep, first, second)
    assert (found.points, found.grade.attempt) == (points, attempt)


def test_a_corrected_rubric_holds_for_earlier_attempts_too(room, executor):
    found = two_attempts(room, "best", rehearsal.slips_once, rehearsal.hands_in_nothing)
    assert (found.points, found.grade.attempt) == (4, 1)
    room.plan("[attempts]\nallowed = 2\n[rubric]\nfollows = 0.5")
    again = room.grade(run=False)["ann"]
    assert again.grade.attempt == 1
    assert again.points < 4


def test_a_second_attempt_that_cannot_be_read_leaves_the_first_its_points(room, executor):
    found = two_attempts(room, "best", rehearsal.slips_once, "damaged")
    assert (found.points, found.grade.attempt) == (4, 1)
    assert "not a notebook" in found.problem


def test_an_attempt_that_was_not_dealt_is_one_line(room, executor):
    room.hand_in("bob")
    room.hand_in("ann")
    book = json.loads(room.file("ann").read_text())
    book["metadata"]["fieldmark"]["attempt"] = 3
    room.hand_in("ann", json.dumps(book))
    found = room.grade()
    assert "ann: no paper of attempt 3 of hw1 was dealt" in found["ann"].problem
    assert found["bob"].points == FULL


def test_damaged_marks_of_another_attempt_are_one_line(room, executor):
    room.plan("[attempts]\nallowed = 2")
    room.generate(attempt=2)
    room.hand_in("ann")
    room.hand_in("bob")
    room.course.marks_file("hw1", "ann", 2).parent.mkdir(parents=True)
    room.course.marks_file("hw1", "ann", 2).write_text("{")
    found = room.grade()
    assert "ann+2.json: damaged; delete it and grade again" in found["ann"].problem
    assert found["bob"].points == FULL


def test_kept_responses_are_the_ones_that_were_marked(everyone, executor):
    everyone.grade()
    kept = Responses.from_json(json.loads(everyone.course.responses_file("hw1", "dan", 1).read_text()))
    assert kept.raised == {"q1": Raised("ZeroDivisionError", "division by zero")}
    assert everyone.course.responses_file("hw1", "dan", 1).stat().st_mode & 0o777 == 0o600
