"""Submission × paper → steps: where responses are read, and what decides them."""

import pytest
from classroom import SECRET, Chain, Doubler, code_cell, handed_in, paper

from assignments.blueprint import Limits
from autograder import cases, steps
from autograder.execution import Call, Execution, Read, Run
from autograder.responses import Raised

DEALT = paper(Chain(n=10, k=3), Chain(n=12, k=3))
NAMES = {q: tuple(f"{q}_{part}" for part in ("side", "area", "volume")) for q in ("q1", "q2")}
MARKDOWN = {"cell_type": "markdown", "source": "text", "metadata": {}}


def asked(*cells, dealt=DEALT):
    return steps.of(submitted := handed_in(*cells), dealt, cases.inputs(dealt, SECRET, submitted.digest))


def test_a_question_is_read_where_its_grade_cell_stands():
    found = asked("x = 1", code_cell("", "q1"), "x = 2", code_cell("", "q2"), "x = 3")
    assert found == [Run(0, "x = 1"), Read(NAMES["q1"]), Run(2, "x = 2"), Read(NAMES["q2"]), Run(4, "x = 3")]


def test_a_later_cell_cannot_change_an_earlier_answer(server):
    names = ", ".join(NAMES["q1"])
    found = asked(f"{names} = 8, 64, 192", code_cell("", "q1"), f"{names} = 1, 2, 3", code_cell("", "q2"))
    assert server.run(found, Limits()).values["q1_side"] == 8


def test_a_grade_cells_own_code_is_not_run():
    assert asked(code_cell("q1_side = 8", "q1"))[0] == Read(NAMES["q1"])


def test_a_question_without_a_grade_cell_is_read_at_the_end():
    assert asked("x = 1", code_cell("", "q2"), "x = 2") == [
        Run(0, "x = 1"),
        Read(NAMES["q2"]),
        Run(2, "x = 2"),
        Read(NAMES["q1"]),
    ]


def test_of_two_grade_cells_the_first_counts():
    found = asked(code_cell("", "q1"), "x = 1", code_cell("y = 2", "q1"), code_cell("", "q2"))
    assert found == [Read(NAMES["q1"]), Run(1, "x = 1"), Run(2, "y = 2"), Read(NAMES["q2"])]


def test_a_grade_cell_that_was_turned_into_text_still_stands_where_it_stands():
    text = MARKDOWN | {"metadata": {"nbgrader": {"grade_id": "q1"}}}
    assert asked(text, "x = 1")[:2] == [Read(NAMES["q1"]), Run(1, "x = 1")]


def test_text_and_empty_cells_are_not_run():
    assert asked(MARKDOWN, " \n", "x = 1")[0] == Run(2, "x = 1")


def test_a_question_of_another_paper_is_not_asked():
    assert asked(code_cell("x = 1", "q9"))[0] == Run(0, "x = 1")


def test_a_function_is_called_once_for_each_case():
    found = asked("x = 1", code_cell("", "q1"), dealt=paper(Doubler(n=1)))
    assert [(step.function, step.case, step.arguments[0].shape) for step in found[1:]] == [
        ("double", 0, (3,)),
        ("double", 1, (4,)),
        ("double", 2, (5,)),
    ]


def case(number, *cells, secret=SECRET):
    dealt, submitted = paper(Doubler(n=1)), handed_in(*cells)
    found = steps.of(submitted, dealt, cases.inputs(dealt, secret, submitted.digest))
    return next(step for step in found if isinstance(step, Call) and step.case == number).arguments[0].tolist()


def test_hidden_cases_cannot_be_known_before_handing_in():
    assert case(1, "x = 1") == case(1, "x = 1")
    assert case(1, "x = 1") != case(1, "x = 2")
    assert case(1, "x = 1") != case(1, "x = 1", secret=b"another")


def test_visible_cases_are_those_of_the_notebook():
    assert case(0, "x = 1") == case(0, "x = 2")
    assert all(value == int(value) for value in case(0, "x = 1"))


# What decides the responses


def digest(*cells, limits=None, dealt=DEALT):
    return steps.digest(asked(*cells, dealt=dealt), limits or Limits())


BEFORE = digest("x = 1", code_cell("", "q1"))


@pytest.mark.parametrize(
    "cells",
    [
        ("x = 2", code_cell("", "q1")),
        (code_cell("", "q1"), "x = 1"),
        ("x = 1", code_cell("", "q2")),
        ("x = 1", "y = 1", code_cell("", "q1")),
    ],
    ids=["source", "order", "grade cell", "another cell"],
)
def test_other_code_or_another_order_is_run_again(cells):
    assert digest(*cells) != BEFORE


def test_other_limits_parts_or_cases_are_run_again():
    assert digest("x = 1", code_cell("", "q1"), limits=Limits(cell_seconds=3)) != BEFORE
    assert digest("x = 1", code_cell("", "q1"), dealt=paper(DEALT.questions[0].variant)) != BEFORE
    assert digest("x = 1", dealt=paper(Doubler(n=1), student="bob")) != digest("x = 1", dealt=paper(Doubler(n=1)))


def test_cell_metadata_outputs_and_text_are_not_run_again():
    noisy = code_cell("x = 1", outputs=[{"output_type": "stream"}], execution_count=7)
    noisy["metadata"] = {"collapsed": True}
    assert digest(noisy, code_cell("", "q1")) == BEFORE
    assert digest(MARKDOWN, "x = 1") == digest(MARKDOWN | {"source": "other"}, "x = 1")


# What an execution says


def test_what_an_answer_cell_raised_is_kept_by_question():
    submitted = handed_in("1/0", code_cell("1/0", "q1_answer"), code_cell("x", "q2_answer"))
    error = Raised("ZeroDivisionError", "division by zero")
    execution = Execution(values={"q1_side": 8}, calls={"f": {0: 1}}, raised={0: error, 1: error}, stopped="so")
    found = steps.responses(execution, submitted, DEALT)
    assert found.raised == {"q1": error}
    assert (found.values, found.calls, found.stopped) == ({"q1_side": 8}, {"f": {0: 1}}, "so")
