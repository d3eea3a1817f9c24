"""Damaged files: what can be read of them, and what is said."""

import json

import pytest
from classroom import code_cell, notebook_bytes

from autograder import salvage, submission

WHOLE = notebook_bytes("a = 1", "b = 2", "c = 3", student="ann", assignment="hw1", attempt=2)
INDENTED = json.dumps(json.loads(WHOLE), indent=1).encode()


def sources(data):
    return [cell.source for cell in submission.read(data, "a").cells]


def remarks(data):
    return submission.read(data, "a").remarks


@pytest.mark.parametrize("data", [WHOLE, INDENTED])
def test_what_is_whole_is_taken_as_it_is(data):
    assert sources(data) == ["a = 1", "b = 2", "c = 3"]
    assert not any("damaged" in remark for remark in remarks(data))


def test_wherever_a_file_is_cut_the_whole_cells_before_are_read():
    found = set()
    for length in range(WHOLE.index(b"b = 2"), len(WHOLE)):
        here = sources(WHOLE[:length])
        assert here == ["a = 1", "b = 2", "c = 3"][: len(here)]
        found.add(len(here))
    assert found == {1, 2, 3}


@pytest.mark.parametrize(
    "damage",
    [
        (b'"b = 2"', b'"b = 2'),
        (b'"b = 2"', b'"b = \\q2"'),
        (b'"b = 2"', b"b = 2"),
        (b'"b = 2"', b"<<<<<<< HEAD"),
        (b'"b = 2"', b"[" * 20_000),
    ],
)
def test_a_cell_that_cannot_be_read_costs_no_other(damage):
    assert [source for source in sources(WHOLE.replace(*damage)) if source in ("a = 1", "c = 3")] == ["a = 1", "c = 3"]


def test_commas_and_line_ends_that_json_does_not_know_cost_nothing():
    assert sources(INDENTED.replace(b"},", b"},,")) == ["a = 1", "b = 2", "c = 3"]
    assert sources(INDENTED.replace(b"a = 1", b"a =\n1").replace(b"]", b",]", 1))[0] == "a =\n1"


def test_whose_a_damaged_notebook_is_is_still_known():
    found = submission.read(WHOLE.replace(b'"cells": [', b'"cells": [,'), "a")
    assert (found.student, found.assignment, found.attempt) == ("ann", "hw1", 2)


def test_whose_a_notebook_without_metadata_is_stands_below_its_title():
    title = {"cell_type": "markdown", "source": "# Homework\n\nhw1 · ann · attempt 2 · 20 points\n\nText"}
    data = json.loads(notebook_bytes(title, "x")) | {"metadata": {}}
    found = submission.read(json.dumps(data).encode(), "a")
    assert (found.student, found.assignment, found.attempt) == ("ann", "hw1", 2)


def test_brackets_in_printed_texts_are_no_lists():
    noisy = code_cell("x", outputs=[{"output_type": "stream", "text": "[[]]{}" * 400_000}])
    assert sources(notebook_bytes(noisy)) == ["x"]
    with pytest.raises(salvage.NoNotebook, match="more than 1000000 lists and tables"):
        salvage.notebook(b'{"cells": [' + b"[]," * 1_000_001 + b"[]]}")


# Merge conflicts


def conflict(*sides):
    between = ["<<<<<<< HEAD", "=======", ">>>>>>> theirs"] if len(sides) == 2 else None
    between = between or ["<<<<<<< HEAD", "||||||| base", "=======", ">>>>>>> theirs"]
    lines = [line for marker, side in zip(between, (*sides, ""), strict=True) for line in (marker, *side.splitlines())]
    return "\n".join(["before", *lines, "after"])


@pytest.mark.parametrize(
    "sides, kept",
    [
        (("x = 1", "x = ..."), "x = 1"),
        (("x = ...", "x = 1"), "x = 1"),
        (("x = 1", "x = 2"), "x = 1"),
        (("x = ...", "x = ...", "x = 1"), "x = 1"),
        (("", "x = 1"), "x = 1"),
        (("x = 1", ""), "x = 1"),
        (("x = ...", ""), "x = ..."),
        (("raise NotImplementedError", "return 2"), "return 2"),
    ],
)
def test_of_a_conflict_the_side_with_more_answers_is_kept(sides, kept):
    assert salvage.resolved(conflict(*sides)) == f"before\n{kept}\nafter"
    assert salvage.conflicts(conflict(*sides)) == 1


def test_markers_alone_lose_no_line():
    assert salvage.resolved("a\n=======\nb") == "a\n=======\nb"
    assert salvage.resolved("a\n<<<<<<< x\nb") == "a\nb"
    assert salvage.resolved("a\n<<<<<<< x\nb\n<<<<<<< x\nc\n=======\nd\n>>>>>>> y\ne") == "a\nb\nc\ne"
    assert salvage.resolved("a = '<<<<<<< x'") == "a = '<<<<<<< x'"
