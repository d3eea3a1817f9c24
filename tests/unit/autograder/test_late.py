"""Late work: by the blueprint, or by what nbgrader's gradebook, formgrader and plugin say."""

import datetime as dt

import pytest
from nbgrader.api import Gradebook

from assignments.files import write_text
from autograder import gradebook

DUE = dt.datetime(2026, 3, 1, 12)

PLUGIN = """
from nbgrader.plugins import BasePlugin

class ByTheHour(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return total_seconds_late / 3600

c.AssignLatePenalties.plugin_class = ByTheHour
"""


@pytest.fixture
def theirs(room):
    """Change nbgrader's gradebook as nbgrader's tools do."""

    def change(do):
        with Gradebook(f"sqlite:///{room.course.gradebook_file}", "course") as found:
            do(found)
            found.db.commit()

    return change


def settings(room, text):
    file = room.course.root / "nbgrader_config.py"
    write_text(file, file.read_text() + text)


def due(theirs):
    theirs(lambda found: found.update_or_create_assignment("hw1", duedate=DUE))


def penalty(room, **options):
    found = room.grade(**options)["ann"].penalty
    assert gradebook.scores(room.course, "hw1")["ann"]["late_submission_penalty"] == found
    return found


def test_a_due_date_of_formgraders_and_a_plugin(room, executor, theirs):
    due(theirs)
    settings(room, PLUGIN)
    room.hand_in("ann", when="2026-03-01 14:00:00 UTC")
    assert penalty(room) == 2
    room.hand_in("ann", when="2026-03-01 23:00:00 UTC")
    assert penalty(room) == 5  # never more than there is
    room.hand_in("ann", when="2026-03-01 11:00:00 UTC")
    assert penalty(room) == 0


def test_without_a_plugin_nothing_is_taken_off(room, executor, theirs):
    due(theirs)
    room.hand_in("ann", when="2026-03-02 14:00:00 UTC")
    assert penalty(room) == 0
    settings(room, "\nc.LateSubmissionPlugin.penalty_method = 'zero'\n")
    assert penalty(room) == 5


@pytest.mark.parametrize("more", ["", "[late]\ndue = 2026-03-01 12:00:00\npenalty_per_day = 0.2"])
def test_extensions_count(room, executor, theirs, more):
    due(theirs)
    settings(room, PLUGIN)
    room.plan(more)
    room.hand_in("ann", when="2026-03-01 13:00:00 UTC")
    assert penalty(room) == 1
    theirs(lambda found: found.grant_extension("hw1", "ann", minutes=60))
    assert penalty(room, run=False) == 0
