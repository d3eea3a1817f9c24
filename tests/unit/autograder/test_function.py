"""Judging a function by what it returned."""

import numpy as np
import pytest
import torch
from classroom import ADDED, FLIPPED, Doubler

from autograder.checkers.function import Expected, evaluate, judge
from autograder.checkers.function import difference as _difference
from autograder.responses import Raised, Unreadable
from question_bank import array, code, integers, template
from question_bank.answers import Function

PART, VARIANT = Doubler.parts["double"], Doubler(n=1)
ARGUMENTS = [tuple(case.inputs(VARIANT, "seed").values()) for case in PART.cases]
EXPECTED = np.array([[1.0, -2.0], [0.0, 4.0]])
PLAIN = Function(rtol=1e-4)


def difference(result, expected, rtol):
    """Against one array, each entry of which may be off by `rtol` times the largest."""
    scale = np.abs(expected).max(initial=0.0) or 1.0
    return _difference(result, Expected((expected,), (rtol * scale,)))


def value(function, arguments):
    """What a reference gives, where it gives one array."""
    [found] = evaluate(PLAIN, function, arguments).values
    return found


def judged(function, part=PART, variant=VARIANT, arguments=ARGUMENTS):
    return judge(part, variant, arguments, [function(*inputs) for inputs in arguments])


def right(x):
    return 2 * x[::-1]


def passed(judgement):
    return [case.passed for case in judgement.cases]


def test_a_right_function_passes_every_case():
    found = judged(right)
    assert (passed(found), found.fraction, found.misconception) == ([True] * 3, 1, None)


def test_a_wrong_function_is_told_where():
    found = judged(lambda x: right(x) + (np.arange(len(x)) == 1))
    assert [case.message for case in found.cases] == [f"1 of {n} values are wrong" for n in (3, 4, 5)]
    assert (found.fraction, found.misconception) == (0, None)


def test_a_mutant_is_recognised():
    found = judged(lambda x: 2 * x)
    assert (found.misconception, found.fraction) == (FLIPPED, 0)


def test_a_mutant_explains_every_case_that_failed_or_none():
    assert judged(lambda x: 2 * x if len(x) == 4 else right(x)).misconception is FLIPPED
    assert judged(lambda x: 2 * x if len(x) == 4 else 0 * x).misconception is None


def test_only_hidden_cases_count():
    assert judged(lambda x: right(x) if len(x) == 3 else 0 * x).fraction == 0
    assert judged(lambda x: right(x) if len(x) != 3 else 0 * x).fraction == 1
    assert judged(lambda x: right(x) if len(x) != 5 else 0 * x).fraction == 0.5


@pytest.mark.parametrize(
    "result",
    [
        EXPECTED,
        EXPECTED.tolist(),
        EXPECTED.astype("float32"),
        EXPECTED.astype("float16"),
        EXPECTED.astype("int64"),
        [EXPECTED[0], EXPECTED[1].tolist()],
        EXPECTED.astype(complex),
        EXPECTED * (1 + 1e-05),
    ],
    ids=["float64", "lists", "float32", "float16", "integers", "a list of arrays", "complex", "nearly"],
)
def test_right_values_of_any_kind_are_right(result):
    assert difference(result, EXPECTED, 1e-4) == ""


@pytest.mark.parametrize(
    "result, message",
    [
        (None, "returned nothing"),
        (..., "returned nothing"),
        (Raised("TypeError", "no"), "raised TypeError: no"),
        (Unreadable("a value of type builtins.dict"), "returned a value of type builtins.dict; expected a tensor"),
        ("abc", "returned str; expected a tensor"),
        ([[1, 2], [3]], "returned list; expected a tensor"),
        ([[1, 2], [3, Raised("TypeError", "")]], "returned list; expected a tensor"),
        ([[10**3000, 2], [3, 4]], "returned list; expected a tensor"),
        (10**3000, "returned int; expected a tensor"),
        (EXPECTED[None], "expected shape (2, 2), found (1, 2, 2)"),
        (EXPECTED.ravel(), "expected shape (2, 2), found (4,)"),
        (np.zeros((0, 2)), "expected shape (2, 2), found (0, 2)"),
        (1.0, "expected shape (2, 2), found ()"),
        (EXPECTED * np.nan, "the result holds NaN or infinity"),
        ([[1, -2], [0, float("inf")]], "the result holds NaN or infinity"),
        ([[None, -2], [0, 4]], "the result holds NaN or infinity"),
        (EXPECTED + 1j, "4 of 4 values are wrong"),
        (EXPECTED * 1.001, "3 of 4 values are wrong"),
        (-EXPECTED, "3 of 4 values are wrong"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong_is_said(result, message):
    assert difference(result, EXPECTED, 1e-4) == message


def test_half_precision_arithmetic_is_not_exact_enough():
    values = np.random.default_rng(0).normal(size=100)
    assert difference(values.astype("float16"), values, 1e-4).endswith("values are wrong")
    assert difference(values.astype("float32"), values, 1e-4) == ""


def test_where_nothing_is_expected_nothing_is_right():
    assert difference(np.zeros((0, 3)), np.zeros((0, 3)), 1e-4) == ""
    assert difference(np.zeros(2), np.zeros(2), 1e-4) == ""
    assert difference(np.full(2, 1e-3), np.zeros(2), 1e-4) != ""


def test_the_reference_is_computed_in_double_precision_and_leaves_its_arguments():
    inputs = (np.array([1, 2], dtype="float32"), np.array([1, 2]))
    found = value(lambda x, index: x.mul_(2) + index.mul_(1), inputs)
    assert (found.dtype, found.tolist()) == (np.float64, [3, 6])
    assert [argument.tolist() for argument in inputs] == [[1, 2], [1, 2]]


@template(topics=["test"])
class Windows:
    """The mutants are not defined for a row of one."""

    __module__ = "bank.tests.windows"
    stem = ""
    n: int = integers(1, 3)

    @code()
    def first_two(q, x):
        """The sum of the first two, or the only one."""
        return x[:2].sum()

    first_two.visible("three", x=(3,))
    first_two.hidden("one", x=(1,))
    first_two.mistake(ADDED, lambda q, x: x[0] + x[2])
    first_two.mistake(FLIPPED, lambda q, x: x[-1] + x[-2])
    solution = ""


WINDOWS = {
    "part": Windows.parts["first_two"],
    "variant": Windows(n=1),
    "arguments": [(np.array([1.0, 2, 4], dtype="float32"),), (np.array([1.0], dtype="float32"),)],
}


def test_a_mutant_that_is_not_defined_for_a_case_explains_only_a_function_that_raises_there():
    assert judged(lambda x: x[-1] + (x[-2] if len(x) > 1 else 7), **WINDOWS).misconception is None
    assert (
        judged(lambda x: x[-1] + x[-2] if len(x) > 1 else Raised("IndexError", ""), **WINDOWS).misconception is FLIPPED
    )
    assert judged(lambda x: Raised("IndexError", ""), **WINDOWS).misconception is None


def test_a_fault_of_the_reference_is_not_the_students():
    def fails(x):
        raise RuntimeError("ours")

    with pytest.raises(RuntimeError, match="ours"):
        value(fails, (np.zeros(1),))


def test_torch_results_of_references_need_no_gradient():
    assert value(lambda x: x * torch.ones(1, requires_grad=True), (np.ones(1),)).tolist() == [1]


def double_of(**options):
    """A part that doubles (and sums, where it gives two results), with a hidden case of each group."""

    @template(topics=["test"])
    class Made:
        __module__ = "bank.tests.made"
        stem = ""
        n: int = integers(1, 3)

        @code(**options)
        def double(q, x):
            """Double x."""
            return (2 * x, x.sum()) if options.get("gives") else 2 * x

        first, second = options.get("points", ("", ""))
        double.visible("shown", first, x=(2,))
        double.hidden("first", first, x=(3, 4))
        double.hidden("second", second, x=array(2, 3, dtype="float64"))
        solution = ""

    return Made.parts["double"], Made(n=1)


def outcome(function, seed="s", **options):
    part, variant = double_of(**options)
    arguments = [tuple(case.inputs(variant, seed).values()) for case in part.cases]
    return judge(part, variant, arguments, [function(*inputs) for inputs in arguments])


def test_without_a_tolerance_only_rounding_is_forgiven():
    assert outcome(lambda x: 2 * x).fraction == 1
    assert outcome(lambda x: (2 * x).astype("float32")).fraction == 0.5  # too coarse for double precision
    assert outcome(lambda x: 2 * x * (1 + 1e-5)).fraction == 0
    assert outcome(lambda x: (2 * x).astype("float16")).fraction == 0


def test_rounding_is_measured_by_what_cancels():
    part, _ = double_of()
    x = np.array([1e4, -1e4, 1e-3], dtype="float32")
    found = evaluate(part.answer, lambda x: x.sum(), (x,))
    assert found.tolerances[0] == pytest.approx(16 * np.finfo("float32").eps * 2e4, rel=1e-3)


def test_rounding_is_measured_by_the_largest_entry():
    """A Fourier transform errs alike everywhere, where a sum of products over zeros gives exact zeros."""
    part, _ = double_of()
    found = evaluate(part.answer, lambda x: 2 * x, (np.array([100, 0], dtype="float32"),))
    assert _difference(np.array([200, 1e-5]), found) == ""
    assert _difference(np.array([200, 1e-3]), found) == "1 of 2 values are wrong"


def test_a_coarser_dtype_is_named():
    message = outcome(lambda x: (2 * x).astype("float32")).cases[2].message
    assert message.endswith("; they are of dtype float32, those it was given of float64")


def test_lists_and_arrays_are_called_what_they_are():
    listed = evaluate(Function(), lambda n: [n, 7], (2,))
    assert _difference("no", listed) == "returned str; expected a list"
    assert outcome(lambda x: [[0]], takes="numpy").cases[1].message == "expected shape (3, 4), found (1, 1)"
    assert outcome(lambda x: (2 * x).tolist(), takes="numpy").cases[1].note == "a list, where an array was asked for"


def test_several_results_are_told_apart():
    part, variant = double_of(gives=("y", "total"))
    arguments = [tuple(case.inputs(variant, "s").values()) for case in part.cases]

    def message(function):
        return judge(part, variant, arguments, [function(*inputs) for inputs in arguments]).cases[1].message

    assert message(lambda x: [2 * x, x.sum()]) == ""
    assert message(lambda x: [2 * x, 0 * x.sum() + 9]) == "total: the value is wrong"
    assert message(lambda x: [x[0], x.sum()]) == "y: expected shape (3, 4), found (4,)"
    assert message(lambda x: 2 * x) == "expected 2 values: y, total, found one value"
    assert message(lambda x: [2 * x]) == "expected 2 values: y, total, found 1 values"


def test_a_group_is_earned_whole():
    groups = {"basic": 1, "double": 3}
    assert outcome(lambda x: 2 * x, points=groups).fraction == 1
    assert outcome(lambda x: (2 * x).astype("float32"), points=groups).fraction == 0.25
    assert outcome(lambda x: 2 * x if x.dtype == np.float64 else x, points=groups).fraction == 0.75


def test_nan_is_expected_where_the_reference_has_it():
    expected = Expected((np.array([np.nan, 1.0]),), (0.0,))
    assert _difference(np.array([np.nan, 1.0]), expected) == ""
    assert _difference(np.array([0.0, 1.0]), expected) == "the result holds numbers where NaN or infinity is expected"
    assert _difference(np.array([np.inf, 1.0]), expected).startswith("the result takes NaN for infinity")


def test_whole_numbers_are_compared_exactly():
    found = evaluate(Function(), lambda n: (n + 1, 7), (2,))
    assert _difference([3, 7], found) == ""
    assert _difference([3, 7.1], found) == "1 of 2 values are wrong"


def test_a_list_is_accepted_and_noted():
    assert outcome(lambda x: (2 * x).tolist()).cases[1].note == "a list, where a tensor was asked for"


def test_the_first_case_that_fails_is_shown_if_it_is_visible():
    found = outcome(lambda x: 3 * x).cases
    x = found[0].detail.splitlines()
    assert [line.split()[0] for line in x] == ["x", "expected", "found", "difference"]
    assert [case.detail for case in found[1:]] == ["", ""]
    assert outcome(lambda x: 2 * x if len(x) == 2 and x.ndim == 1 else x).cases[1].detail == ""
    part, variant = double_of()
    arguments = [tuple(case.inputs(variant, "s").values()) for case in part.cases]
    shown = judge(part, variant, arguments, [2 * arguments[0][0], arguments[1][0], arguments[2][0]], reveal=True)
    assert "expected" in shown.cases[1].detail


@pytest.mark.parametrize("result", [[[1], [2, 3]], "x" * 5000, 10**3000, [None], Raised("E", "m"), 1 + 2j, np.zeros(0)])
def test_whatever_comes_back_can_be_shown(result):
    found = outcome(lambda x: result)
    assert not any(case.passed for case in found.cases)
    assert len(found.cases[0].detail) < 2000
