"""Reading what was handed in: any bytes at all."""

import json

import pytest
from classroom import code_cell, handed_in, notebook_bytes

from autograder import submission
from question_bank.errors import SubmissionError

CONFLICT = b'<<<<<<< HEAD\n{"cells": []}\n=======\n{"cells": []}\n>>>>>>> mine\n'


@pytest.mark.parametrize(
    "data, message",
    [
        (b"", "not a notebook"),
        (b"# my homework", "no JSON"),
        (CONFLICT, "expected a list of cells, found none"),
        (notebook_bytes("x")[:40], "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b'{"cells": ' + b'{"a":' * 50_000, "no JSON"),
        (b"1" * 100_000, "no JSON"),
        (b"null", "expected a list of cells, found none"),
        (b"[]", "expected a list of cells"),
        (b"{}", "expected a list of cells, found none"),
        (b'{"cells": []}', "expected a list of cells, found none"),
        (b'{"cells": {"0": {}}}', "expected a list of cells, found a dict"),
        (b'{"cells": "abc"}', "expected a list of cells, found a str"),
        (b'{"cells": [1, null, "x"]}', "expected a list of cells"),
        (b'{"worksheets": [{"cells": []}]}', "expected a list of cells, found none"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_what_is_no_notebook_is_refused_in_one_line_that_names_it(data, message):
    with pytest.raises(SubmissionError, match=message) as caught:
        submission.read(data, "submitted/ann/hw1/hw1.ipynb")
    assert str(caught.value).startswith("submitted/ann/hw1/hw1.ipynb: ")
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 250


def test_a_file_that_is_too_large_is_refused_unread():
    with pytest.raises(SubmissionError, match="larger than 32 MiB"):
        submission.read(bytes(65 * 2**20), "hw1.ipynb")


def test_too_many_cells_are_refused():
    assert len(handed_in(*["1"] * submission.MAX_CELLS).cells) == submission.MAX_CELLS
    with pytest.raises(SubmissionError, match="at most 2000 cells, found 2001"):
        handed_in(*["1"] * (submission.MAX_CELLS + 1))


def test_a_cell_is_read():
    [answer, text] = handed_in(code_cell("x = 1", "q1_answer"), {"cell_type": "markdown", "source": "hi"}).cells
    assert answer == submission.Cell("code", "x = 1", "q1_answer")
    assert (text.kind, text.source, text.grade_id, text.is_code) == ("markdown", "hi", "", False)


def test_a_byte_order_mark_is_taken_in_stride():
    assert submission.read(b"\xef\xbb\xbf" + notebook_bytes("x = 1"), "a").cells[0].source == "x = 1"


def test_windows_line_ends_become_plain_ones():
    assert handed_in("if 1:\r\n    x = 1\r\n").cells[0].source == "if 1:\n    x = 1\n"


@pytest.mark.parametrize(
    "source, expected",
    [(["a = 1\n", "b = 2"], "a = 1\nb = 2"), (["a", 7, None, "b"], "ab"), ([], ""), (None, ""), (7, ""), ({}, "")],
)
def test_a_source_may_be_lines_and_is_empty_where_it_is_neither(source, expected):
    assert handed_in(code_cell(source)).cells[0].source == expected


def test_lone_surrogates_are_replaced():
    [cell] = handed_in("x = '\ud800'").cells
    assert cell.source == "x = '?'"
    cell.source.encode()


@pytest.mark.parametrize(
    "metadata", [None, [], "x", {"nbgrader": None}, {"nbgrader": []}, {"nbgrader": {"grade_id": 7}}]
)
def test_a_cell_without_sensible_metadata_has_no_grade_id(metadata):
    assert handed_in({"cell_type": "code", "source": "1", "metadata": metadata}).cells[0].grade_id == ""


@pytest.mark.parametrize("kind", [None, "heading", "Code", 7, {}])
def test_a_cell_of_unknown_kind_is_not_run(kind):
    assert not handed_in({"cell_type": kind, "source": "1"}).cells[0].is_code


def test_entries_that_are_no_cells_are_left_out():
    data = json.loads(notebook_bytes("x = 1"))
    data["cells"] = [None, *data["cells"], 7]
    assert [cell.source for cell in submission.read(json.dumps(data).encode(), "a").cells] == ["x = 1"]


def test_whose_it_claims_to_be_is_read():
    found = handed_in("x", student="ann", assignment="hw1", attempt=2)
    assert (found.student, found.assignment, found.attempt) == ("ann", "hw1", 2)


@pytest.mark.parametrize("attempt", [0, -1, 21, 10**30, True, 1.5, "2", None, [2]])
def test_a_silly_attempt_is_the_first(attempt):
    assert handed_in("x", attempt=attempt).attempt == 1


@pytest.mark.parametrize(
    "metadata", [None, [], 7, {"fieldmark": None}, {"fieldmark": [1]}, {"fieldmark": {"student": 7}}]
)
def test_a_notebook_without_sensible_metadata_claims_nothing(metadata):
    data = json.loads(notebook_bytes("x")) | {"metadata": metadata}
    found = submission.read(json.dumps(data).encode(), "a")
    assert (found.student, found.assignment, found.attempt) == ("", "", 1)


def test_the_digest_is_of_every_byte():
    assert handed_in("x").digest == handed_in("x").digest
    assert handed_in("x").digest != handed_in("y").digest
