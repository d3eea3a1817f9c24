"""`environment = "requirements.txt"`: an assignment with packages of its own, which no other assignment sees."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from assignments import notebook, paper, release
from assignments.blueprint import Limits
from assignments.course import Course
from assignments.rehearsal import answered, knows_it
from autograder import pipeline
from autograder.execution import Read, Run, environments
from autograder.execution.forkserver import ForkServer
from question_bank.errors import BlueprintError, ExecutionError

BLUEPRINT = """\
title = "An assignment"
{environment}
[[slots]]
template = "shapes/layer_output"
points = 3
"""
USES_IT = """\
import sys, oldnumbers
assert oldnumbers.__file__.startswith(sys.prefix)
try:
    open(oldnumbers.__file__, "a").close()
    raise ValueError("it can be written to")
except OSError:
    pass
try:
    import question_bank.catalog
    raise ValueError("the bank can be read")
except (ImportError, OSError):
    pass
one = oldnumbers.ONE
"""


def wheel(folder: Path, one: int = 1) -> Path:
    """A package of one number."""
    file, about = folder / "oldnumbers-1.0-py3-none-any.whl", "oldnumbers-1.0.dist-info"
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("oldnumbers.py", f"ONE = {one}\n")
        packed.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: oldnumbers\nVersion: 1.0\n")
        packed.writestr(
            f"{about}/WHEEL", "Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        packed.writestr(f"{about}/RECORD", "")
    return file


def hand_in(course: Course, assignment: str) -> None:
    blueprint = course.blueprint(assignment)
    release.generate(course, blueprint)
    dealt = paper.paper_of(course.manifest(assignment, "ann", 1), blueprint, course.catalog)
    book = answered(notebook.student_notebook(dealt, blueprint, course.secret), dealt, knows_it)
    cell = next(cell for cell in book["cells"] if cell["id"] == "q1_answer")
    cell["source"] = USES_IT + cell["source"]
    file = course.notebook_file("submitted", "ann", assignment)
    file.parent.mkdir(parents=True)
    file.write_text(notebook.to_json(book))


@pytest.fixture
def course(tmp_path: Path) -> Course:
    course = release.init(tmp_path / "course")
    course.roster_file.write_text("id\nann\n")
    course.blueprint_file("hw1").write_text(BLUEPRINT.format(environment='environment = "pinned.txt"'))
    (course.root / "pinned.txt").write_text(f"./{wheel(course.root).name}\n")
    return course


def test_an_assignment_has_packages_of_its_own_and_another_has_not(course: Course) -> None:
    course.blueprint_file("hw2").write_text(BLUEPRINT.format(environment=""))
    for assignment in ("hw1", "hw2"):
        hand_in(course, assignment)
    [pinned], [plain] = pipeline.grade(course, "hw1"), pipeline.grade(course, "hw2")
    assert (pinned.points, pinned.problem) == (3, "")
    assert (plain.points, "the package 'oldnumbers' is not installed" in plain.problem) == (0, True)
    [folder] = course.environments.iterdir()
    made = (folder / "made.json").stat().st_mtime_ns
    [again] = pipeline.grade(course, "hw1")
    assert (again.ran, again.points) == (False, 3)
    wheel(course.root, one=2)  # the same name: what it holds decides
    [changed] = pipeline.grade(course, "hw1")
    assert (changed.ran, changed.points) == (True, 3)
    assert (folder / "made.json").stat().st_mtime_ns == made
    assert len([*course.environments.iterdir()]) == 2


def test_it_works_in_tier_b_too(course: Course) -> None:
    python = environments.python(course.root / "pinned.txt", course.environments)
    steps = [Run(0, USES_IT), Read(("one",))]
    try:
        with ForkServer("B", [str(course.root)], str(python)) as server:
            execution = server.run(steps, Limits())
    except ExecutionError as error:
        pytest.skip(f"this machine does not offer tier B: {error}")
    assert (execution.raised, execution.values) == ({}, {"one": 1})


def test_what_pip_says_is_one_line(course: Course) -> None:
    hand_in(course, "hw1")
    (course.root / "pinned.txt").write_text("./nothing-1.0-py3-none-any.whl\n")
    with pytest.raises(ExecutionError, match=r"pinned.txt: the environment could not be made: .*nothing-1.0") as caught:
        pipeline.grade(course, "hw1")
    assert "\n" not in str(caught.value)


def test_a_list_that_is_not_there_is_named(course: Course) -> None:
    (course.root / "pinned.txt").unlink()
    with pytest.raises(
        BlueprintError, match=r"environment: no such file: .*blueprints/pinned.txt or .*course/pinned.txt"
    ):
        course.blueprint("hw1")
