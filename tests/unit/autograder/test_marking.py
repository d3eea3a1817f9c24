"""Responses × rubric → marks: every verdict, what it is worth, and slips that are carried forward."""

import json
import time

import numpy as np
import pytest
from classroom import (
    ADDED,
    FLIPPED,
    FORGOT,
    REAL,
    SECRET,
    Chain,
    Doubler,
    Grid,
    blueprint,
    code_cell,
    handed_in,
    paper,
    simple,
)

from assignments.blueprint import Rubric
from autograder import cases, marking
from autograder.marks import Grade, Verdict
from autograder.responses import Raised, Responses, Unreadable
from question_bank import Symbolic, Text, integers, part, template

CHAIN = Chain(n=10, k=3)  # side 8, area 64, volume 192; forgot the + 1: 7


def mark(dealt, submitted, responses, rubric=None):
    inputs = cases.inputs(dealt, SECRET, submitted.digest)
    return marking.mark(dealt, submitted, responses, rubric or Rubric(), inputs)


def grade(dealt, values=None, rubric=None, calls=None, raised=None, stopped="", cells=("",)):
    responses = Responses(values or {}, calls or {}, raised or {}, stopped)
    return mark(dealt, handed_in(*cells), responses, rubric)


def marks(variant, *answers, raised=None, stopped="", **rubric):
    """The marks of one question whose parts were answered so."""
    dealt = paper(variant)
    values = dict(zip(dealt.questions[0].parts, answers, strict=False))
    return grade(dealt, values, Rubric(**rubric), raised=raised, stopped=stopped).questions[0].marks


def verdicts(*args, **kwargs):
    return [mark.verdict.value for mark in marks(*args, **kwargs)]


def points(*args, **kwargs):
    return [mark.points for mark in marks(*args, **kwargs)]


# What each verdict is and what it is worth


def test_right_answers_earn_the_parts_points():
    assert verdicts(CHAIN, 8, 64, 192) == ["correct"] * 3
    assert points(CHAIN, 8, 64, 192) == [1, 2, 1]


def test_a_wrong_answer_earns_nothing():
    assert verdicts(CHAIN, 8, 65, 192) == ["correct", "incorrect", "correct"]
    assert points(CHAIN, 8, 65, 192) == [1, 0, 1]


def test_a_known_mistake_is_named_and_explained():
    [side, *_] = marks(CHAIN, 7)
    assert (side.verdict, side.points) == (Verdict.MISTAKE, 0)
    assert (side.misconception, side.feedback) == (FORGOT.name, FORGOT.feedback)


def test_the_rubric_says_what_a_known_mistake_is_worth():
    assert points(CHAIN, 8, 16, 192, mistake=0.25) == [1, 0.5, 1]


def test_a_matrix_earns_its_right_entries():
    [mark] = marks(Grid(n=5), [[10, 4], [6, 9]])
    assert mark.verdict is Verdict.PARTIAL
    assert 0 < mark.points < mark.out_of
    assert "row 2, column 2" in mark.message


def test_a_known_mistake_earns_no_less_than_its_right_entries():
    [mistaken], [partial] = marks(Grid(n=5), [[7, 4], [6, 8]]), marks(Grid(n=5), [[0, 4], [6, 8]])
    assert (mistaken.verdict, partial.verdict) == (Verdict.MISTAKE, Verdict.PARTIAL)
    assert 0 < mistaken.points == partial.points < 0.75
    [generous] = marks(Grid(n=5), [[7, 4], [6, 8]], mistake=0.75)
    assert generous.points == 0.75


@pytest.mark.parametrize("answer", [..., None, "", "  "])
def test_a_blank_earns_nothing_and_says_so(answer):
    [side, *_] = marks(CHAIN, answer)
    assert (side.verdict, side.points, side.response.strip(), side.message) == (Verdict.BLANK, 0, "", "")


def test_a_variable_that_is_not_there_is_a_blank():
    [side, *_] = marks(CHAIN, Raised("NameError", "name 'q1_side' is not defined"))
    assert (side.verdict, side.message) == (Verdict.BLANK, "q1_side is not assigned anywhere above")


@pytest.mark.parametrize("answer", ["eight", True, [8], 8.5, np.zeros(3), Unreadable("a value of type builtins.dict")])
def test_what_is_not_of_the_asked_form_is_invalid(answer):
    [side, *_] = marks(CHAIN, answer)
    assert (side.verdict, side.points) == (Verdict.INVALID, 0)
    assert side.message


def test_a_cell_that_raised_is_an_error_for_the_parts_that_it_left_open():
    raised = {"q1": Raised("ZeroDivisionError", "division by zero")}
    side, area, volume = marks(CHAIN, 8, ..., Raised("NameError", "no"), raised=raised)
    assert side.verdict is Verdict.CORRECT
    assert (area.verdict, volume.verdict) == (Verdict.ERROR, Verdict.ERROR)
    assert area.message == "your answer cell raised ZeroDivisionError: division by zero"


def test_reading_a_variable_may_raise():
    [side, *_] = marks(CHAIN, Raised("TimeLimit", "too long"))
    assert (side.verdict, side.message) == (Verdict.ERROR, "reading q1_side raised TimeLimit: too long")


def test_what_a_stopped_run_did_not_reach_is_an_error():
    found = marks(CHAIN, 8, stopped="the notebook ran longer than the 60 s allowed")
    assert [mark.verdict for mark in found] == [Verdict.CORRECT, Verdict.ERROR, Verdict.ERROR]
    assert found[1].message == "not reached: the notebook ran longer than the 60 s allowed"


def broken(q):
    raise RuntimeError("a bug of ours")


def test_our_own_fault_is_unmarked_and_goes_to_a_person():
    marked = grade(paper(simple(broken, lambda q: 2)()), {"q1_first": 1, "q1_second": 2}).questions[0]
    assert [mark.verdict for mark in marked.marks] == [Verdict.UNMARKED, Verdict.CORRECT]
    assert marked.unmarked
    assert "a bug of ours" in marked.marks[0].message


def test_a_fault_in_a_later_key_is_unmarked_too():
    assert verdicts(simple(lambda q: 1, broken)(), 1, 2) == ["correct", "unmarked"]
    assert verdicts(simple(broken, lambda q: q.first + 1)(), 1, 2) == ["unmarked", "unmarked"]


def test_marks_that_are_all_ours_are_not_unmarked():
    assert not grade(paper(CHAIN), {"q1_side": 1}).questions[0].unmarked


def test_a_submission_that_cannot_be_read_has_the_same_mark_everywhere():
    found = marking.nothing_handed_in(paper(CHAIN, Doubler(n=1)), Verdict.UNMARKED, "a person will look")
    assert (found.points, found.out_of) == (0, 8)
    assert all(question.unmarked for question in found.questions)
    assert [mark.variable for q in found.questions for mark in q.marks] == ["q1_side", "q1_area", "q1_volume", "double"]


# Follow-through


def test_what_follows_from_a_slip_earns_full_points():
    assert verdicts(CHAIN, 7, 49, 147) == ["mistake", "follows", "follows"]
    assert points(CHAIN, 7, 49, 147) == [0, 2, 1]


def test_any_slip_is_carried_forward_not_only_a_known_one():
    assert verdicts(CHAIN, 100, 10_000, 30_000) == ["incorrect", "follows", "follows"]


def test_two_slips_in_a_row_are_carried_forward():
    assert verdicts(CHAIN, 7, 50, 150) == ["mistake", "incorrect", "follows"]


def test_the_rubric_says_what_follows_is_worth():
    assert points(CHAIN, 7, 49, 147, follows=0.5) == [0, 1, 0.5]


def test_right_after_a_slip_is_right():
    assert verdicts(CHAIN, 7, 64, 192) == ["mistake", "correct", "correct"]


def test_a_known_mistake_on_top_of_a_slip_is_recognised():
    _, area, _ = marks(CHAIN, 7, 14, 42, mistake=0.25)
    assert (area.verdict, area.misconception, area.points) == (Verdict.MISTAKE, ADDED.name, 0.5)


@pytest.mark.parametrize("nothing", [..., "eight", Raised("NameError", "")])
def test_nothing_follows_from_what_is_no_answer(nothing):
    assert verdicts(CHAIN, nothing, 49, 192)[1:] == ["incorrect", "correct"]


def test_slips_stay_in_their_question():
    found = grade(paper(CHAIN, CHAIN), {"q1_side": 7, "q2_side": 8, "q2_area": 49})
    assert [mark.verdict.value for mark in found.questions[1].marks] == ["correct", "incorrect", "blank"]


def strange(q):
    return [1 / q.first, float("inf"), None][min(q.first, 2)] if q.first != 8 else 64


@pytest.mark.parametrize("slip", [0, 1, 2])
def test_a_key_that_a_slip_makes_senseless_is_no_key(slip):
    assert verdicts(simple(lambda q: 8, strange, answer=REAL)(), slip, 5) == ["incorrect", "incorrect"]


@pytest.mark.parametrize(
    "slip", [0, -8, -(10**30), 10**4000, 10**3500, "9**9**9", "-10**300", "1e308"], ids=lambda s: str(s)[:8]
)
def test_absurd_slips_neither_hang_nor_crash(slip):
    start = time.perf_counter()
    found = verdicts(CHAIN, slip, 65, "10**400")
    assert found[0] in ("incorrect", "invalid")
    assert found[1] == "incorrect"
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("slip", [[[1, 2], [3, 4]], [[10**300]], [[0.5, "x"]], [[]], [[1], [2, 3]], "[[1,2],[3,4]]", 7])
def test_an_absurd_matrix_makes_no_later_part_our_fault(slip):
    variant = simple(lambda q: [[1, 1]], lambda q: [[2 * q.first[0][1], 0]], answer=Grid.parts["rows"].answer)()
    assert verdicts(variant, slip, [[9, 9]])[0] in ("incorrect", "invalid", "partial")
    assert verdicts(variant, slip, [[9, 9]])[1] == "incorrect"


# Functions


def calls_of(dealt, submitted, function):
    """What a function returns for the cases of the only question."""
    [(key, inputs)] = cases.inputs(dealt, SECRET, submitted.digest).items()
    return {key: {number: function(*arguments) for number, arguments in enumerate(inputs)}}


def code_mark(function, *cells, rubric=None):
    dealt, submitted = paper(Doubler(n=1)), handed_in(*cells)
    responses = Responses({}, calls_of(dealt, submitted, function), {})
    [found] = mark(dealt, submitted, responses, rubric).questions[0].marks
    return found


def right(x):
    return 2 * x[::-1]


def test_a_right_function_earns_everything():
    mark = code_mark(right)
    assert (mark.verdict, mark.points) == (Verdict.CORRECT, 4)


def test_two_questions_may_ask_for_functions_of_one_name():
    dealt, submitted = paper(Doubler(n=1), Doubler(n=2)), handed_in()
    functions = {"q1.double": right, "q2.double": lambda x: 0 * x}
    inputs = cases.inputs(dealt, SECRET, submitted.digest)
    calls = {key: {n: functions[key](*given) for n, given in enumerate(inputs[key])} for key in functions}
    graded = mark(dealt, submitted, Responses({}, calls, {}))
    assert [question.points for question in graded.questions] == [4, 0]


def test_a_mutant_is_a_known_mistake():
    mark = code_mark(lambda x: 2 * x)
    assert (mark.verdict, mark.points, mark.misconception) == (Verdict.MISTAKE, 0, FLIPPED.name)
    assert code_mark(lambda x: 2 * x, rubric=Rubric(mistake=0.25)).points == 1


def test_hidden_cases_alone_earn_points():
    mark = code_mark(lambda x: right(x) if len(x) < 5 else 0 * x)
    assert (mark.verdict, mark.points) == (Verdict.PARTIAL, 2)
    assert mark.message.splitlines() == ["three: as expected", "four: as expected", "five: 5 of 5 values are wrong"]
    assert code_mark(lambda x: right(x) if len(x) == 3 else 0 * x).points == 0


def test_a_function_that_always_raises_is_an_error():
    assert code_mark(lambda x: Raised("TypeError", "no")).verdict is Verdict.ERROR
    assert code_mark(lambda x: Raised("TypeError", "no") if len(x) > 3 else 0 * x).verdict is Verdict.INCORRECT


def test_the_starter_is_a_blank():
    assert code_mark(lambda x: Raised("NotImplementedError", "")).verdict is Verdict.BLANK


def test_a_cell_that_raised_before_the_function_is_the_reason_given():
    raised, missing = {"q1": Raised("SyntaxError", "invalid syntax")}, Raised("NameError", "no")
    for calls in ({}, {"q1.double": dict.fromkeys(range(3), missing)}):
        [mark] = grade(paper(Doubler(n=1)), calls=calls, raised=raised).questions[0].marks
        assert (mark.verdict, mark.message) == (Verdict.ERROR, "your answer cell raised SyntaxError: invalid syntax")


def test_a_run_that_was_stopped_between_cases_is_an_error():
    [mark] = grade(paper(Doubler(n=1)), calls={"q1.double": {0: [1.0]}}, stopped="too long").questions[0].marks
    assert (mark.verdict, mark.points, mark.message) == (Verdict.ERROR, 0, "not reached: too long")


def test_what_the_task_does_not_allow_earns_nothing():
    mark = code_mark(right, "import torch", "def double(x):\n    return torch.flip(2 * x, (0,))")
    assert (mark.verdict, mark.points) == (Verdict.INCORRECT, 0)
    assert mark.message == "uses torch.flip, which this task does not allow"


def test_what_stands_below_the_grade_cell_breaks_no_ban():
    own = "def double(x):\n    return 2 * x[::-1]"
    below = "import torch\ndef double(x):\n    return torch.flip(2 * x, (0,))"
    assert code_mark(right, own, code_cell("", "q1"), below).verdict is Verdict.CORRECT
    assert code_mark(right, below, code_cell("", "q1")).verdict is Verdict.INCORRECT


# Grades


def test_points_add_up_exactly():
    found = grade(paper(*[CHAIN] * 3, points=0.4), {"q1_side": 8, "q1_area": 64, "q2_side": 8, "q3_area": 64})
    assert [question.points for question in found.questions] == [0.3, 0.1, 0.2]
    assert [question.out_of for question in found.questions] == [0.4, 0.4, 0.4]
    assert (found.points, found.out_of) == (0.6, 1.2)


def test_thirds_add_up_to_a_whole():
    thirds, answers = simple(lambda q: 1, lambda q: 2, lambda q: 3)(), {"first": 1, "second": 2, "third": 3}
    found = grade(paper(*[thirds] * 3, points=2), {f"q{n}_{p}": v for n in (1, 2, 3) for p, v in answers.items()})
    assert (found.points, found.out_of) == (6, 6)
    assert [question.points for question in found.questions] == [2, 2, 2]


def test_a_blueprints_points_are_shared_by_the_parts_weights():
    assert [mark.out_of for mark in grade(paper(CHAIN, points=8)).questions[0].marks] == [2, 4, 2]


def test_a_grade_comes_back_from_json():
    found = grade(paper(CHAIN, Grid(n=5)), {"q1_side": 7, "q1_area": 49, "q2_rows": [[10, 4], [6, 9]]})
    again = Grade.from_json(json.loads(json.dumps(found.to_json())))
    assert again == found
    assert again.questions[0].marks[0].verdict is Verdict.MISTAKE


@pytest.mark.parametrize("data", [{}, {"student": "ann", "attempt": 1, "questions": [{"id": "q1"}]}])
def test_a_damaged_grade_is_refused(data):
    with pytest.raises((KeyError, TypeError, ValueError)):
        Grade.from_json(data)


def test_marking_again_gives_the_same():
    values = {"q1_side": 7, "q1_area": 50}
    assert grade(paper(CHAIN), values) == grade(paper(CHAIN), values)


# What students read again


@pytest.mark.parametrize(
    "answer, shown",
    [
        (7, "7"),
        ("3 + 4", "3 + 4"),
        (np.array([1, 2]), "[1, 2]"),
        ([[1], [2]], "[[1], [2]]"),
        ("x" * 600, "x" * 500 + " …"),
        (np.zeros((30, 30)), "an array of shape (30, 30)"),
        (Unreadable("a value of type builtins.dict"), "a value of type builtins.dict"),
    ],
)
def test_a_response_is_shown_cut_to_a_readable_length(answer, shown):
    assert marks(CHAIN, answer)[0].response == shown


def test_a_large_array_is_not_written_out():
    start = time.perf_counter()
    assert marks(CHAIN, np.zeros(8_000_000))[0].response == "an array of shape (8000000,)"
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("hidden", ["\x1b[2J", "\u202e", "\u200b", "\x00", "\ud800", "\u2066"], ids=ascii)
def test_characters_that_act_unseen_are_replaced(hidden):
    raised = {"q1": Raised("ValueError", f"no{hidden}good")}
    side, area, _ = marks(CHAIN, f"7{hidden}8", ..., raised=raised)
    for text in (side.response, side.message, area.message):
        assert hidden[0] not in text
    assert side.response[0] + side.response[-1] == "78"


def test_letters_of_any_script_stay_as_they_are():
    raised = {"q1": Raised("ValueError", "é ü नमस्ते שלום 你好 🙂")}
    assert marks(CHAIN, ..., raised=raised)[0].message.endswith("é ü नमस्ते שלום 你好 🙂")


def test_the_class_of_a_blueprint_marks_as_the_paper_says():
    assert blueprint(Chain, Grid).points == 5


@template(topics=["test"])
class Named:
    """A word that a later key is made of, as text."""

    __module__ = "bank.tests.named"
    stem = "A word for ${{ n }}."
    n: int = integers(1, 9)
    word = part("The word", lambda q: "x", Text())
    formula = part("The formula", lambda q: f"{q.word} + {q.n}", Symbolic())
    solution = "{{ word }}: {{ formula }}"


def test_no_key_is_made_of_a_students_text_and_given_to_sympy(tmp_path):
    """SymPy evaluates text: a slip that is one must never get there."""
    made = tmp_path / "made"
    slip = f"open('{made}','w')"
    assert verdicts(Named(n=3), slip, "y + 3") == ["incorrect", "incorrect"]
    assert not made.exists()
    assert verdicts(Named(n=3), "y", "x + 3") == ["incorrect", "correct"]
