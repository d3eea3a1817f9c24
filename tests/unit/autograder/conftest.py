"""One warm fork server for all tests of the autograder, and a small course of two quick questions."""

from __future__ import annotations

import json
import shutil

import pytest

from assignments import notebook, paper, rehearsal, release
from assignments.blueprint import Limits
from assignments.course import Course
from assignments.files import write_text
from autograder import gradebook, pipeline
from autograder.execution import Read, Run
from autograder.execution.forkserver import ForkServer

CHAIN = """\
from question_bank import Misconception, integers, part, template

FORGOT = Misconception("forgot the + 1", "There is **one more**.")


@template(topics=["quick"])
class Chain:
    stem = "A side of {{ n }} pixels."
    n: int = integers(10, 400)
    side = part("The side", lambda q: q.n - 2)
    side.mistake(FORGOT, lambda q: q.n - 3)
    area = part("The area", lambda q: q.side**2, points=2)
    solution = "The side is ${{ side }}$, the area ${{ area }}$."
"""

REVERSE = """\
from question_bank import code, integers, template


@template(topics=["quick"])
class Reverse:
    stem = "Turn it round and multiply it by {{ n }}."
    n: int = integers(1, 90)

    @code(points=2)
    def turned(q, x):
        '''x (N,) from back to front, times {{ n }}.'''
        return q.n * x.flip(0)

    turned.visible("three", x=(3,))
    turned.hidden("five", x=(5,))
    solution = '''
    def turned(x):
        return {{ n }} * x.flip(0)
    '''
"""

BLUEPRINT = """\
title = "Quick"

[limits]
cell_seconds = 1
submission_seconds = 10

{more}

[[slots]]
template = "quick/chain"
points = {points}

[[slots]]
template = "quick/reverse"
"""

STUDENTS = ("ann", "bob", "cyd", "dan")


@pytest.fixture(scope="session")
def server():
    with ForkServer() as warm:
        yield warm


@pytest.fixture
def run(server):
    """Run cells and calls in a fresh child, then read variables."""

    def run_cells(*steps, read=(), limits=Limits(cell_seconds=0.5, submission_seconds=20)):  # noqa: B008
        asked = [Run(n, step) if isinstance(step, str) else step for n, step in enumerate(steps)]
        return server.run([*asked, *([Read(tuple(read))] if read else [])], limits)

    return run_cells


class Classroom:
    """A course, what students hand in, and the grading of it."""

    def __init__(self, root):
        self.course = Course(root)

    @classmethod
    def make(cls, root):
        release.init(root)
        for name, text in (("chain", CHAIN), ("reverse", REVERSE)):
            write_text(root / "templates" / "quick" / f"{name}.py", text)
        made = cls(root)
        made.enrol(*STUDENTS)
        made.plan()
        made.generate()
        gradebook.declare(made.course, made.blueprint)
        return made

    def enrol(self, *ids):
        write_text(
            self.course.roster_file, "\n".join(["id,first_name,last_name", *(f"{i},{i.title()},X" for i in ids)])
        )

    def plan(self, more="", points=3):
        write_text(self.course.blueprint_file("hw1"), BLUEPRINT.format(more=more, points=points))

    @property
    def blueprint(self):
        return self.course.blueprint("hw1")

    def generate(self, attempt=1):
        release.generate(self.course, self.blueprint, attempt=attempt)

    def dealt(self, student, attempt=1):
        return paper.paper_of(self.course.manifest("hw1", student, attempt), self.blueprint, self.course.catalog)

    def file(self, student):
        return self.course.notebook_file("submitted", student, "hw1")

    def notebook(self, student, behaviour=rehearsal.knows_it, attempt=1):
        """A student's notebook, answered."""
        dealt = self.dealt(student, attempt)
        released = notebook.student_notebook(dealt, self.blueprint, self.course.secret)
        return rehearsal.answered(released, dealt, behaviour)

    def hand_in(self, student, behaviour=rehearsal.knows_it, attempt=1, when=""):
        """Hand in a notebook that was answered in some way, or any text."""
        text = behaviour if isinstance(behaviour, str) else json.dumps(self.notebook(student, behaviour, attempt))
        write_text(self.file(student), text)
        if when:
            write_text(self.file(student).parent / "timestamp.txt", when)

    def grade(self, **options):
        """The outcomes by student; in tier A, without trying first whether there is one."""
        options.setdefault("tier", "A")
        return {outcome.student: outcome for outcome in pipeline.grade(self.course, "hw1", **options)}


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A course with papers dealt to four students: a new gradebook takes nbgrader two seconds."""
    return Classroom.make(tmp_path_factory.mktemp("made") / "course")


@pytest.fixture
def room(made, tmp_path):
    """A copy of it."""
    shutil.copytree(made.course.root, tmp_path / "course")
    return Classroom(tmp_path / "course")


class Borrowed:
    """The warm server, counting what it runs."""

    def __init__(self, server):
        self.server, self.ran = server, 0

    def run(self, steps, limits):
        self.ran += 1
        return self.server.run(steps, limits)

    def close(self):
        """Nothing: others borrow it too."""


@pytest.fixture
def executor(server, monkeypatch):
    """What grading runs student code with: the warm server instead of one of its own."""
    borrowed = Borrowed(server)
    monkeypatch.setattr(pipeline, "ForkServer", lambda tier, hidden: borrowed)
    return borrowed
