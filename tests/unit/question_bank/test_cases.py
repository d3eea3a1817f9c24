"""What a function is called with: drawn arrays, made values, plain ones; groups of cases, cases that are repeated."""

import numpy as np
import pytest

from question_bank import array, code, integers, made, plain, template
from question_bank.errors import TemplateError


@template(topics=["test"])
class Sample:
    __module__ = "bank.tests.cases"
    stem = "Write `scale`."
    n: int = integers(2, 9)

    @code(points={"basic": 1, "stride": 3}, takes="numpy", gives=("y", "sum"))
    def scale(q, x, by=1, layers=()):
        """Multiply x by `by`."""
        return q.n * x * by, x.sum()

    scale.visible("whole numbers", "basic", x=(3, 2))
    scale.hidden("double", "basic", x=array(4, dtype="float64", low=5, high=6), by=2)
    scale.hidden("by columns", "stride", x=array(3, 4, layout="F"), by=plain((1, 2)))
    scale.hidden("made", "stride", x=lambda q: (q.n,), by=1, layers=made(lambda q, pick: [q.n, pick(3, 4), pick(3, 9)]))
    scale.again("double again", of="double")
    solution = ""


SCALE, VARIANT = Sample.parts["scale"], Sample(n=3)


def inputs(label, seed="seed"):
    [case] = [case for case in SCALE.cases if case.label == label]
    return case.inputs(VARIANT, seed)


def test_visible_cases_hold_small_whole_numbers():
    x = inputs("whole numbers")["x"]
    assert (x.shape, x.dtype) == ((3, 2), np.float32)
    assert set(x.ravel()) <= set(range(-3, 4))


def test_an_array_is_drawn_as_it_says():
    x = inputs("double")["x"]
    assert x.dtype == np.float64
    assert ((x >= 5) & (x < 6)).all()
    assert len(set(x)) == 4
    assert inputs("double")["by"] == 2


def test_a_layout_by_columns_is_kept():
    found = inputs("by columns")
    assert found["x"].flags.f_contiguous
    assert not found["x"].flags.c_contiguous
    assert found["by"] == (1, 2)


def test_values_are_made_from_the_variant_and_hashed_picks():
    found = inputs("made")
    assert found["x"].shape == (3,)
    assert found["layers"][0] == 3
    assert found["layers"][1] in (3, 4)
    assert found["layers"] == inputs("made")["layers"]
    assert len({tuple(inputs("made", str(seed))["layers"]) for seed in range(30)}) > 5


def test_other_seeds_give_other_arrays():
    assert not np.array_equal(inputs("double")["x"], inputs("double", "another")["x"])


def test_a_case_that_repeats_another_has_its_arguments():
    assert np.array_equal(inputs("double again")["x"], inputs("double")["x"])
    assert [case.group for case in SCALE.cases] == ["basic", "basic", "stride", "stride", "basic"]


def test_nan_stands_where_it_is_asked_for():
    x = array(2, 3, nan=2).draw("key", visible=False)
    assert np.isnan(x).ravel().tolist() == [True, True, False, False, False, False]


def test_the_points_are_those_of_the_groups():
    assert (SCALE.points, SCALE.answer.takes, SCALE.answer.gives) == (4, "numpy", ("y", "sum"))


@pytest.mark.parametrize(
    "add, told",
    [
        (lambda part: part.hidden("odd", "basic", y=(3,)), "case 'odd': expected x, by, layers; found y"),
        (lambda part: part.hidden("odd", "extra", x=(3,)), "expected a group among basic, stride; found 'extra'"),
        (lambda part: part.again("odd", of="nowhere"), "case 'odd' repeats 'nowhere', which is not there"),
    ],
)
def test_a_case_that_does_not_fit_is_refused(add, told):
    with pytest.raises(TemplateError, match="scale: ") as caught:
        add(SCALE)
    assert told in str(caught.value)
