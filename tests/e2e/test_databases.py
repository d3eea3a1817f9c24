"""The gradebook in PostgreSQL, and in SQLite while formgrader writes to it, too."""

from __future__ import annotations

import csv
import io
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from assignments.course import Course
from autograder import gradebook, pipeline
from tests.e2e.conftest import STUDENTS, copy_of, run

pytestmark = pytest.mark.slow


def programs() -> tuple[str, str]:
    """initdb and postgres, wherever the distribution keeps them."""
    folders = [*map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), os.environ["PATH"]]
    found = [shutil.which(name, path=os.pathsep.join(folders)) for name in ("initdb", "postgres")]
    if not all(found):
        pytest.skip("PostgreSQL's programs (initdb, postgres) are not installed here")
    return str(found[0]), str(found[1])


def ordinary() -> tuple[int, int]:
    """An ordinary user that the system knows."""
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            found = pwd.getpwnam(name)
            return found.pw_uid, found.pw_gid
    pytest.skip("there is no ordinary user to run PostgreSQL as")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A PostgreSQL server of its own, by socket alone; its URL."""
    pytest.importorskip("psycopg", reason="the driver psycopg is not installed: pip install fieldmark[postgres]")
    initdb, postgres = programs()
    folder = Path(tempfile.mkdtemp(prefix="fieldmark-pg-"))
    other: list[str] = []
    if os.getuid() == 0:  # it refuses to run as root
        uid, gid = ordinary()
        os.chown(folder, uid, gid)
        other = ["setpriv", "--reuid", str(uid), "--regid", str(gid), "--clear-groups"]
    made = [*other, initdb, "-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale", "C"]
    subprocess.run(made, check=True, capture_output=True, cwd=folder)
    options = ["-D", str(folder / "data"), "-k", str(folder), "-c", "listen_addresses=", "-c", "fsync=off"]
    process = subprocess.Popen([*other, postgres, *options], cwd=folder, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 30
    while not (folder / ".s.PGSQL.5432").exists():
        assert process.poll() is None, "the server has ended"
        assert time.monotonic() < end, "the server does not answer"
        time.sleep(0.1)
    yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
    process.terminate()
    process.wait()
    shutil.rmtree(folder)


def exported(course: Course) -> dict[str, dict[str, str]]:
    return {row["student_id"]: row for row in csv.DictReader(io.StringIO(run("fieldmark export hw1", course.root)))}


def test_a_class_is_graded_into_postgresql(handed_in: Course, graded: Course, server: str, tmp_path: Path) -> None:
    course = copy_of(handed_in, tmp_path / "course")
    course.gradebook_file.unlink()
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write(f'\nc.CourseDirectory.db_url = "{server}"\n')
    run("fieldmark generate hw1", course.root)
    printed = run("fieldmark grade hw1", course.root)
    assert "postgresql+psycopg://postgres@/postgres" in printed
    assert not course.gradebook_file.exists()
    assert exported(course) == exported(graded)
    run("nbgrader export --to theirs.csv", course.root)
    theirs = {row["student_id"]: row for row in csv.DictReader((course.root / "theirs.csv").open())}
    assert {s: float(row["score"]) for s, row in theirs.items()} == {
        s: float(row["score"]) for s, row in exported(graded).items()
    }
    student = STUDENTS["knows it"]
    with Gradebook(server, course.settings.course_id) as book:
        book.find_grade("q1", "hw1", "hw1", student).manual_score = 0.5
        book.db.commit()
    run("fieldmark mark hw1", course.root)  # written again, over what is there
    assert float(exported(course)[student]["q1"]) == 0.5


def test_a_database_that_does_not_answer_is_named_without_its_password(handed_in: Course, tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    course = copy_of(handed_in, tmp_path / "course")
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write('\nc.CourseDirectory.db_url = "postgresql+psycopg://me:secret@localhost:1/grades"\n')
    printed = run("fieldmark grade hw1", course.root, expect=2)
    assert re.search(r"postgresql\+psycopg://me:\*\*\*@localhost:1/grades", printed)
    assert "secret" not in printed


MARKING = """\
import sys
from nbgrader.api import Gradebook

for turn in range(3):
    for student in sys.argv[3:]:
        with Gradebook(sys.argv[1], sys.argv[2]) as book:
            book.find_grade("q1", "hw1", "hw1", student).manual_score = turn + 1
            book.find_comment("q1_answer", "hw1", "hw1", student).manual_comment = f"turn {turn}"
            book.db.commit()
"""


def test_formgrader_may_write_while_we_do(graded: Course, tmp_path: Path) -> None:
    course = copy_of(graded, tmp_path / "course")
    url, students = f"sqlite:///{course.gradebook_file}", sorted(STUDENTS.values())
    command = [sys.executable, "-c", MARKING, url, course.settings.course_id, *students]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as person:
        turns = 0
        while person.poll() is None:
            pipeline.grade(course, "hw1", run=False)
            turns += 1
        assert person.returncode == 0, person.stderr.read() if person.stderr else ""
    assert turns > 1
    with gradebook._open(course) as book:
        for student in students:
            assert book.find_grade("q1", "hw1", "hw1", student).score == 3
            assert book.find_comment("q1_answer", "hw1", "hw1", student).comment == "turn 2"
