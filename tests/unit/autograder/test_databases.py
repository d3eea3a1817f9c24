"""SQLite by default, PostgreSQL by URL: the same grades in both, and no write is lost while a person is marking."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from assignments import rehearsal
from assignments.files import write_text
from autograder import gradebook, grades
from autograder.gradebook import Entry
from question_bank.errors import CourseError
from tests.unit.autograder.databases import new_database, postgres

DATABASES = ("sqlite", "postgresql")
STUDENTS = ("ann", "bob", "cyd", "dan")
ROUNDS = 10

# A person in formgrader, which has the gradebook open all the while: marks, thinks again, marks.
MARKER = """
import sys
import time
from nbgrader.api import Gradebook

url, rounds = sys.argv[1], int(sys.argv[2])
with Gradebook(url, "course") as book:
    for number in range(1, rounds + 1):
        for student in ("ann", "bob", "cyd", "dan"):
            for given in (None, number / 10):
                grade = book.find_grade("q1", "hw1", "hw1", student)
                grade.manual_score, grade.needs_manual_grade = given, given is None
                book.find_comment("q1_answer", "hw1", "hw1", student).manual_comment = f"round {number}"
                book.db.commit()
"""


@pytest.fixture(scope="module")
def cluster():
    with postgres() as folder:
        yield folder


@pytest.fixture(params=DATABASES)
def database(request, room):
    """The course with its gradebook in that database; the URL as nbgrader's own tools have it."""
    if request.param == "sqlite":
        return f"sqlite:///{room.course.gradebook_file}"
    return moved(room, request.getfixturevalue("cluster"), request.node.name)


def moved(room, cluster, name):
    url = new_database(cluster, name)
    config = room.course.root / "nbgrader_config.py"
    write_text(config, f"{config.read_text()}\nc.CourseDirectory.db_url = {url!r}\n")
    room.course.gradebook_file.unlink()
    gradebook.declare(room.course, room.blueprint)
    return url


def graded(room, executor):
    for student, behaviour in zip(
        STUDENTS, (rehearsal.knows_it, rehearsal.slips_once, rehearsal.hands_in_nothing, rehearsal.raises), strict=True
    ):
        room.hand_in(student, behaviour, when="2026-03-01 12:00:00 UTC")
    room.grade()
    return grades.csv_table(room.course, "hw1")


def test_postgresql_holds_what_sqlite_does(room, executor, cluster, tmp_path):
    here = graded(room, executor)
    room.course.responses_file("hw1", "ann", 1).unlink()
    url = moved(room, cluster, "whole")
    assert graded(room, executor) == here
    assert not room.course.gradebook_file.exists()
    with Gradebook(url, "course") as found:
        grade = found.find_grade("q1", "hw1", "hw1", "bob")
        grade.manual_score, grade.needs_manual_grade = 2.5, False
        found.find_comment("q1_answer", "hw1", "hw1", "bob").manual_comment = "Nearly."
        found.db.commit()
    assert room.grade(force=True)["bob"].points == 4.5
    page = room.course.step_folder("feedback", "bob", "hw1") / "hw1.html"
    assert "Nearly." in page.read_text()
    # nbgrader's own tools find it by the same setting.
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run(
        ["nbgrader", "export", f"--to={tmp_path / 'theirs.csv'}"],
        cwd=room.course.root, env=environment, check=True, capture_output=True,
    )  # fmt: skip
    theirs = {row["student_id"]: float(row["score"]) for row in csv.DictReader((tmp_path / "theirs.csv").open())}
    ours = csv.DictReader(grades.csv_table(room.course, "hw1").splitlines())
    assert theirs == {row["student_id"]: float(row["score"]) for row in ours}


def entries(score):
    return [Entry(s, None, {"q1": None, "q2": score}, {"q1": "words", "q2": f"{score}"}) for s in STUDENTS]


def test_no_write_is_lost_while_a_person_marks(room, database):
    gradebook.record(room.course, room.blueprint, entries(0.0))
    command = [sys.executable, "-c", MARKER, database, str(ROUNDS)]
    runs = 0
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as person:
        while person.poll() is None:
            runs += 1
            gradebook.record(room.course, room.blueprint, entries(float(runs % 3)))
        assert person.returncode == 0, person.stderr.read()
    assert runs > 2
    with Gradebook(database, "course") as found:
        for student in STUDENTS:
            words = found.find_grade("q1", "hw1", "hw1", student)
            assert (words.manual_score, words.needs_manual_grade) == (ROUNDS / 10, False), student
            assert found.find_comment("q1_answer", "hw1", "hw1", student).comment == f"round {ROUNDS}"
            assert found.find_grade("q2", "hw1", "hw1", student).auto_score == runs % 3


def test_a_database_that_is_held_is_waited_for(room, database):
    """Another program has written and not yet committed; we wait, and both are kept."""
    gradebook.record(room.course, room.blueprint, entries(0.0))
    script = MARKER.split("    for number")[0] + (
        "    book.find_grade('q1', 'hw1', 'hw1', 'ann').manual_score = 1.0\n"
        "    book.find_grade('q1', 'hw1', 'hw1', 'ann').needs_manual_grade = False\n"
        "    book.db.flush()\n    print('held', flush=True)\n    sys.stdin.readline()\n"
        "    time.sleep(1)\n    book.db.commit()\n"
    )
    command = [sys.executable, "-c", script, database, "0"]
    ours = [sys.executable, "-c", RECORD, str(room.course.root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as person:
        assert person.stdout.readline() == "held\n"
        with subprocess.Popen(ours, stdout=subprocess.PIPE, text=True) as recording:
            assert recording.stdout.readline() == "recording\n"
            person.communicate("now\n")
        assert recording.returncode == 0
    with Gradebook(database, "course") as found:
        grade = found.find_grade("q1", "hw1", "hw1", "ann")
        assert (grade.manual_score, grade.needs_manual_grade) == (1.0, False)
        assert found.find_grade("q2", "hw1", "hw1", "ann").auto_score == 2.0


RECORD = """
import sys
from pathlib import Path
from assignments.course import Course
from autograder import gradebook

course = Course(Path(sys.argv[1]))
print("recording", flush=True)
entry = gradebook.Entry("ann", None, {"q1": None, "q2": 2.0}, {"q1": "words"})
gradebook.record(course, course.blueprint("hw1"), [entry])
"""


def test_a_password_is_never_shown(room):
    config = room.course.root / "nbgrader_config.py"
    write_text(
        config, "c = get_config()\nc.CourseDirectory.db_url = 'postgresql+psycopg2://me:hush@/x?host=/nowhere'\n"
    )
    pytest.importorskip("psycopg2")
    with pytest.raises(CourseError, match=r"^postgresql\+psycopg2://me:\*\*\*@/x") as caught:
        gradebook.scores(room.course, "hw1")
    assert "hush" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("line", ["c.CourseDirectory.db_url = 'no url'", "1 / 0"])
def test_a_faulty_setting_is_named(room, line):
    write_text(room.course.root / "nbgrader_config.py", f"c = get_config()\n{line}\n")
    with pytest.raises(CourseError, match=r"nbgrader_config\.py: "):
        gradebook.scores(room.course, "hw1")


def test_a_file_of_another_name_lies_in_the_course(room):
    write_text(
        room.course.root / "nbgrader_config.py", "c = get_config()\nc.CourseDirectory.db_url = 'sqlite:///my.db'\n"
    )
    gradebook.declare(room.course, room.blueprint)
    assert (room.course.root / "my.db").is_file()
    assert gradebook.shown(room.course) == str(room.course.root / "my.db")
