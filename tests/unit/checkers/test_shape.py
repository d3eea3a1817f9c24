import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from verdicts import Table, complaint, each_row, verdict

from autograder.checkers import Invalid, compare, parse
from question_bank import Shape

ANSWER = Shape()
BATCHED = Shape(("channels", "height", "width"), batch=True)
EXPECTS = "expected a shape of 3 numbers: (height, width, channels)"

TABLES = [
    Table(
        ANSWER,
        (10, 12, 40),
        [
            ([10, 12, 40], "correct"),
            ([10.0, 12, 40], "correct"),
            (["10", "12", "4*10"], "correct"),
            (np.array([10, 12, 40]), "correct"),
            (np.array([10.0, 12.0, 40.0], dtype=np.float32), "correct"),
            ([np.array(10), np.array(12), np.array(40)], "correct"),
            ([12, 10, 40], "wrong"),
            ([40, 10, 12], "wrong"),
            ([-10, 12, 40], "wrong"),
            ("10x12x40", "correct"),
            ("10X12X40", "correct"),
            ("10 x 12 x 40", "correct"),
            ("10 × 12 × 40", "correct"),
            ("10×12×41", "wrong"),
            ("(10, 12, 40)", "correct"),
            ("[10,12,40]", "correct"),
            ("10, 12, 40", "correct"),
            (" (10,12,40) ", "correct"),
            ("torch.Size([10, 12, 40])", "correct"),
            ("Size([10, 12, 40])", "correct"),
            ("(10 × 12 × 40)", "correct"),
            ("10,12,2*20", "correct"),
            ("１０×12×40", "correct"),
            ("10x12x1,040", "wrong", "1040 channels"),
            ("10*12*40", "invalid", "a product"),
            ("10·12·40", "invalid"),
            ("4800", "invalid"),
            (4800, "invalid"),
            (np.array(4800), "invalid"),
            ("10x12", "invalid"),
            ("10 12 40", "invalid"),
            ("10x12,40", "invalid"),
            ([10, 12], "invalid"),
            ([], "invalid"),
            ([1, 10, 12, 40], "invalid", "a batch dimension"),
            ("(1, 10, 12, 40)", "invalid"),
            ([[10, 12, 40]], "invalid"),
            (np.array([[10, 12, 40]]), "invalid"),
            (np.zeros(10**6), "invalid"),
            ([10, 12, 40.5], "invalid"),
            ([10, 12, True], "invalid"),
            (np.array([True, True, True]), "invalid"),
            ([10, 12, None], "invalid"),
            ([10, 12, ...], "invalid"),
            ([10, 12, float("nan")], "invalid"),
            (["10x12x40"], "invalid"),
            ("10x12xc", "invalid"),
            ("10xx40", "invalid"),
            ("(10, 12, 40", "invalid"),
            ("((10, 12, 40))", "invalid"),
            ("shape(10, 12, 40)", "invalid"),
        ],
    ),
    Table(
        BATCHED,
        (3, 10, 12),
        [
            ((3, 10, 12), "correct"),
            ((1, 3, 10, 12), "correct"),
            ((64, 3, 10, 12), "correct", "the size of the batch does not count"),
            ((-1, 3, 10, 12), "correct"),
            ([None, 3, 10, 12], "correct"),
            ("(N, 3, 10, 12)", "correct"),
            ("B x 3 x 10 x 12", "correct"),
            ("batch_size, 3, 10, 12", "correct"),
            (r"$3 \times 10 \times 12$", "correct"),
            ("torch.Size([1, 3, 10, 12])", "correct"),
            (np.array([1, 3, 10, 12]), "correct"),
            ((1, 10, 12, 3), "wrong"),
            ((10, 12, 3), "wrong", "channels last"),
            ((0, 3, 10, 12), "invalid"),
            ((1, 1, 3, 10, 12), "invalid"),
            ("(C, 10, 12)", "invalid"),
            ((1.5, 3, 10, 12), "invalid"),
        ],
    ),
]


@each_row(TABLES)
def test_table(answer, key, response, expected):
    assert verdict(answer, key, response) == expected


@pytest.mark.parametrize(
    ("response", "message"),
    [
        ([10, 12], f"{EXPECTS}, found 2 numbers"),
        ([10], f"{EXPECTS}, found 1 number"),
        (7, f"{EXPECTS}, found 7"),
        ("10*12*40", f"{EXPECTS}, found a product; write commas between the sizes\n10*12*40\n  ^"),
        ([10, 12, 1.5], "channels: expected a whole number, found 1.5"),
        ([10, ..., 40], "width: expected a whole number, found nothing"),
        ("10xx40", "width: expected a whole number, found nothing"),
        ("10x12xc", "channels: expected a number, found 'c'\n10x12xc\n      ^"),
    ],
    ids=repr,
)
def test_message(response, message):
    assert complaint(ANSWER, response) == message


@pytest.mark.parametrize(
    ("response", "expected"),
    [([9], "correct"), ("9", "correct"), ("(9,)", "correct"), ("3*3", "correct"), (9, "invalid")],
)
def test_one_axis(response, expected):
    assert verdict(Shape(("length",)), (9,), response) == expected


def test_no_partial_marks_and_no_hint_which_size_is_wrong():
    comparison = compare(ANSWER, (10, 12, 40), parse(ANSWER, [10, 12, 41]))
    assert (comparison.fraction, comparison.message) == (0.0, "")


def test_the_value_is_a_tuple_of_ints():
    values = [parse(ANSWER, r) for r in ("3x4x5", [3.0, 4, "5"], np.array([3, 4, 5], dtype=np.uint8))]
    assert values == [(3, 4, 5)] * 3
    assert {type(size) for value in values for size in value} == {int}


@given(st.lists(st.integers(1, 2000), min_size=1, max_size=5), st.sampled_from(["x", " × ", ",", ", "]))
@settings(max_examples=100)
def test_any_separator_gives_the_same_shape(sizes, separator):
    answer = Shape(tuple("abcde"[: len(sizes)]))
    assert parse(answer, separator.join(map(str, sizes))) == tuple(sizes)
    assert parse(answer, str(tuple(sizes))) == tuple(sizes)


@given(st.lists(st.integers(1, 50), min_size=3, max_size=3), st.integers(0, 2), st.sampled_from([-1, 1, 10]))
@settings(max_examples=50)
def test_one_changed_size_is_wrong(sizes, axis, change):
    other = [size + change * (number == axis) for number, size in enumerate(sizes)]
    assert verdict(ANSWER, tuple(sizes), other) == "wrong"


@given(st.text(max_size=60) | st.text(alphabet="0123456789x×,()[] *Size", max_size=40))
@settings(max_examples=200)
def test_any_text_is_a_shape_or_invalid(text):
    try:
        assert len(parse(ANSWER, text)) == 3
    except Invalid as error:
        assert str(error)


def test_the_order_of_the_axes_is_told():
    comparison = compare(BATCHED, (3, 10, 12), parse(BATCHED, (10, 12, 3)))
    assert comparison.fraction == 0.0
    assert comparison.message == "the sizes are right, their order is not: expected (channels, height, width)"
