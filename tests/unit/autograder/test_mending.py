"""Which names a cell binds, what is restored, and what stays as it was handed in."""

import pytest
from classroom import SECRET, Chain, Doubler, blueprint, code_cell, handed_in, paper

from assignments.notebook import student_notebook
from assignments.rehearsal import answered, knows_it
from autograder import remarks, submission
from autograder.bindings import Look, bound
from autograder.mending import mended

DEALT = paper(Chain(n=10, k=3), Doubler(n=1))
NAMES = ("q1_side", "q1_area", "q1_volume")


@pytest.mark.parametrize(
    "source, names",
    [
        ("x = 1", {"x": True}),
        ("x = ...", {"x": False}),
        ("x = None; y = ''", {"x": False, "y": False}),
        ("x = ...\nx = 3", {"x": True}),
        ("x, y = 1, ...", {"x": True, "y": False}),
        ("x = y = 2", {"x": True, "y": True}),
        ("x: int = 3", {"x": True}),
        ("x: int", {}),
        ("x += 1", {"x": True}),
        ("for x in range(3):\n    y = x", {"x": True, "y": True}),
        ("if True:\n    x = 1\nelse:\n    y = 1", {"x": True, "y": True}),
        ("with open('a') as x:\n    pass", {"x": True}),
        ("%time x = 1\ny = 2", {"y": True}),
        ("!ls\nx = 1", {"x": True}),
        ("def f(a):\n    b = a", {"f": True}),
        ("def f(a):\n    '''Doc.'''\n    raise NotImplementedError('soon')", {"f": False}),
        ("def f(a):\n    pass", {"f": False}),
        ("def f():\n    global x\n    x = 1", {"f": True, "x": True}),
        ("import numpy as np, os.path", {"np": True, "os": True}),
        ("class A:\n    x = 1", {"A": True}),
        ("x == 1; x.y = 2; x[0] = 3", {}),
        ("x = (", {}),
        ("x = " + "-" * 50_000 + "1", {}),
        ("x = 1 #" + " " * 200_000, {}),
    ],
)
def test_names_that_a_cell_binds(source, names):
    assert bound(source) == names


def test_what_is_looked_at_of_a_notebook_is_bounded():
    look = Look(["x"])
    found = [look.filled(f"x = {number} #" + " " * 90_000) for number in range(60)]
    assert found[0] == ["x"] and found[-1] == []


def put_right(*cells):
    found = mended(handed_in(*cells), DEALT)
    return [(cell.kind, cell.grade_id) for cell in found.cells], found.remarks


def test_a_notebook_as_it_was_dealt_is_left_alone():
    released = student_notebook(DEALT, blueprint(Chain, Doubler), SECRET)
    for book in (released, answered(released, DEALT, knows_it)):
        before = handed_in(*book["cells"])
        after = mended(before, DEALT)
        assert (after.cells, after.remarks) == (before.cells, before.remarks)


def test_a_cell_that_answers_two_questions_answers_for_both():
    both = mended(handed_in("q1_side = 8\ndef double(x):\n    return x"), DEALT)
    cell = next(cell for cell in both.cells if "double" in cell.source)
    assert (cell.grade_id, cell.answers) == ("q1_answer", ("q2",))


def test_a_grade_cell_does_not_move_for_an_answer_that_is_given_again_below():
    names = ", ".join(NAMES)
    found, said = put_right(f"{names} = 8, 64, 192", code_cell("", "q1"), f"{names} = 1, 2, 3")
    assert [grade_id for _, grade_id in found if grade_id == "q1"] == ["q1"]
    assert found.index(("code", "q1")) == 2  # the imports stand above
    assert not any("marked below" in remark for remark in said)


def test_text_that_only_speaks_of_an_answer_stays_text():
    text = {"cell_type": "markdown", "source": "I think that q1_side = 8, because", "metadata": {}}
    found, said = put_right(text)
    assert ("markdown", "") in found
    assert not any("run as code" in remark for remark in said)


def test_remarks_are_lines_and_not_too_many():
    twice = handed_in(*[code_cell(f"<<<<<<< {'x' * 1000}\x1b\n=======\n>>>>>>> y", "q1_answer")] * 60)
    marked = type("Marked", (), {"points": 1, "out_of": 1})
    found = remarks.of(twice, marked)
    assert len(found) == remarks.MOST + 1
    assert found[-1] == "and 41 more"
    odd = submission.read(
        b'{"cells": [{}], "metadata": {"kernelspec": {"name": "a\\nb\\u001b", "language": "R"}}}', "a"
    )
    [line] = remarks.of(odd, marked)
    assert "\n" not in line and "\x1b" not in line
