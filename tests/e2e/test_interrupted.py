"""`fieldmark grade` is killed in the middle and run again."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from assignments.course import Course
from tests.e2e.conftest import BIN, STUDENTS, copy_of, run
from tests.e2e.test_graded_class import exported

pytestmark = pytest.mark.slow


def test_a_killed_run_leaves_the_gradebook_sound_and_is_finished_by_the_next(
    handed_in: Course, graded: Course, tmp_path: Path
) -> None:
    course = copy_of(handed_in, tmp_path / "killed")
    grading = subprocess.Popen(
        [BIN / "fieldmark", "grade", "hw1", "--jobs", "1"],
        cwd=course.root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    responses = course.private / "responses" / "hw1"
    deadline = time.monotonic() + 60
    while len(list(responses.glob("*.json"))) < 3:
        assert grading.poll() is None and time.monotonic() < deadline, "grading ended before it could be killed"
        time.sleep(0.01)
    os.killpg(grading.pid, signal.SIGKILL)
    grading.wait()

    with sqlite3.connect(course.gradebook_file) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT count(*) FROM grade").fetchone() == (0,)

    printed = run("fieldmark grade hw1", course.root)
    again = int(printed.split(" run now")[0].split()[-1])
    assert 0 < again <= len(STUDENTS) - 3
    assert exported(course) == exported(graded)
