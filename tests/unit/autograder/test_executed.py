"""The notebook that goes to `autograded/`."""

import json

import nbformat
import pytest
from classroom import Chain, Doubler, blueprint, code_cell, handed_in, paper

from assignments import notebook
from autograder.executed import executed_notebook, unreadable_notebook
from autograder.execution import Execution

DEALT = paper(Chain(n=10, k=3), Doubler(n=1))
PRINTED = [{"output_type": "stream", "name": "stdout", "text": "hi\n"}]
GRADE_CELLS = {question.id: notebook.grade_cell(question.id, question.points) for question in DEALT.questions}


def executed(*cells, outputs=None):
    return checked(executed_notebook(handed_in(*cells), Execution(outputs=outputs or {}), DEALT))


def checked(book):
    """A notebook that went through its file and validates."""
    nbformat.validate(nbformat.reads(notebook.to_json(book), as_version=4))
    assert len({cell["id"] for cell in book["cells"]}) == len(book["cells"])
    return book


def grade_ids(book):
    return [cell["metadata"].get("nbgrader", {}).get("grade_id", "") for cell in book["cells"]]


WHOLE = (
    {"cell_type": "markdown", "source": "# Title", "metadata": {}, "id": "t"},
    code_cell("q1_side = 8", "q1_answer"),
    code_cell("", "q1"),
    code_cell("def double(x): ...", "q2_answer"),
    code_cell("", "q2"),
)


def test_the_students_cells_stand_in_order_with_their_outputs():
    book = executed(*WHOLE, outputs={1: PRINTED})
    assert grade_ids(book) == ["", "q1_answer", "q1", "q2_answer", "q2"]
    assert [cell["source"] for cell in book["cells"][:2]] == ["# Title", "q1_side = 8"]
    assert [cell.get("outputs") for cell in book["cells"][:3]] == [None, PRINTED, []]


def test_locked_cells_are_restored():
    forged = code_cell("print('full marks')", "q1")
    forged["metadata"]["nbgrader"] |= {"points": 1000, "locked": False}
    book = executed(forged, *WHOLE[1:2], *WHOLE[3:])
    assert book["cells"][0] == GRADE_CELLS["q1"]


def test_missing_cells_are_put_back_at_the_end():
    book = executed("x = 1")
    assert grade_ids(book) == ["", "q1_answer", "q1", "q2_answer", "q2"]
    assert book["cells"][2] == GRADE_CELLS["q1"]
    assert "missing from the submission" in book["cells"][1]["source"]


def test_each_grade_id_stands_once_however_often_it_was_handed_in():
    book = executed(*WHOLE, *WHOLE)
    assert sorted(filter(None, grade_ids(book))) == ["q1", "q1_answer", "q2", "q2_answer"]
    assert [cell["source"] for cell in book["cells"]].count("q1_side = 8") == 2


def test_cells_with_the_same_id_get_their_own():
    executed(code_cell("x", id="same"), code_cell("y", id="same"), code_cell("z", id="q1"), code_cell("z", id="cell-0"))


def test_an_answer_cell_that_was_turned_into_text_is_put_back_as_code():
    text = {"cell_type": "markdown", "source": "8", "metadata": {"nbgrader": {"grade_id": "q1_answer"}}}
    book = executed(text, *WHOLE[2:])
    assert grade_ids(book).count("q1_answer") == 1
    assert book["cells"][grade_ids(book).index("q1_answer")]["cell_type"] == "code"


@pytest.mark.parametrize(
    "cell",
    [
        {"cell_type": "raw", "source": "x"},
        {"cell_type": "heading", "source": "x"},
        {},
        {"cell_type": "code", "source": ["a", 7], "metadata": [], "outputs": "x"},
        code_cell("x = '\ud800'", "\ud800"),
    ],
    ids=["raw", "unknown kind", "empty", "odd", "surrogates"],
)
def test_odd_cells_become_valid_ones(cell):
    executed(cell)


def test_outputs_of_every_kind_validate():
    kinds = [
        *PRINTED,
        {"output_type": "error", "ename": "E", "evalue": "x", "traceback": ["a", "b"]},
        {"output_type": "display_data", "data": {"text/html": "<b>", "image/png": "AAAA"}, "metadata": {}},
        {"output_type": "execute_result", "data": {"text/plain": "1"}, "metadata": {}, "execution_count": None},
    ]
    assert executed("x", outputs={0: kinds})["cells"][0]["outputs"] == kinds


def test_outputs_stand_with_their_cells_though_others_are_left_out():
    data = json.dumps({"cells": [None, code_cell("x"), 7, code_cell("y")], "metadata": {}}).encode()
    from autograder import submission

    read = submission.read(data, "a")
    book = checked(executed_notebook(read, Execution(outputs={1: PRINTED}), DEALT))
    assert [cell.get("outputs") for cell in book["cells"][:2]] == [[], PRINTED]


def test_a_notebook_that_could_not_be_read_is_shown_by_its_problem():
    book = checked(unreadable_notebook(DEALT, blueprint(Chain, Doubler), "hw1.ipynb: not a notebook (no JSON)"))
    assert "hw1.ipynb: not a notebook (no JSON)" in book["cells"][0]["source"]
    assert grade_ids(book) == ["", "q1_answer", "q1", "q2_answer", "q2"]


def test_whose_notebook_it_is_comes_from_the_paper_not_from_the_file():
    book = executed_notebook(handed_in("x", student="eve", assignment="hw9"), Execution(), DEALT)
    assert book["metadata"]["fieldmark"] == {"assignment": "hw1", "student": "ann", "attempt": 1}
