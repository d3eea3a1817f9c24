"""Parts that ask for a function: starter, cases and mutants."""

import numpy as np
import pytest
import torch

from question_bank import code, one_of, template
from question_bank.answers import Function
from question_bank.errors import TemplateError
from question_bank.misconceptions.coding import IGNORED_BIAS
from question_bank.misconceptions.shapes import IGNORED_STRIDE


@template(topics=["test"])
class Sample:
    __module__ = "bank.tests.sample"
    stem = "Write `scale`."
    s: int = one_of(1, 2)

    @code(points=6, banned=["torch.nn", "*.unfold"], rtol=1e-3)
    def scale(q, x, b, negate=False):
        """Multiply x (N,) by {{ s }} and add b (N,).

        Change no argument.
        """
        return q.s * x + b

    scale.visible("three numbers", x=(3,), b=(3,))
    scale.hidden("as long as the stride says", x=lambda q: (10 * q.s, 4), b=(4,))
    scale.mistake(IGNORED_BIAS, lambda q, x, b: q.s * x)
    scale.mistake(IGNORED_STRIDE, lambda q, x, b: x + b, when=lambda q: q.s > 1)
    solution = """
    def scale(x, b, negate=False):
        return {{ s }} * x + b
    """


SCALE = Sample.parts["scale"]
VISIBLE, HIDDEN = SCALE.cases


def test_the_key_is_the_reference_with_the_variant_filled_in():
    assert Sample(s=2).scale(10, 3) == 23
    assert Sample(s=1).scale(10, 3) == 13


def test_a_part_carries_its_options():
    assert (SCALE.name, SCALE.points, SCALE.prompt) == ("scale", 6, "Write `scale`.")
    assert SCALE.answer == Function(rtol=1e-3, banned=("torch.nn", "*.unfold"))


def test_starter():
    assert SCALE.starter(Sample(s=2)) == (
        "def scale(x, b, negate=False):\n"
        '    """Multiply x (N,) by 2 and add b (N,).\n'
        "\n"
        "    Change no argument.\n"
        '    """\n'
        "    raise NotImplementedError"
    )


def test_annotations_stand_in_the_starter_as_notebooks_import_them():
    @template(topics=["test"])
    class Annotated:
        __module__ = "bank.tests.annotated"
        stem = solution = ""

        @code(takes="numpy")
        def f(q, x: np.ndarray, y: torch.Tensor, names: list[str]) -> tuple[np.ndarray, int]:
            """Nothing."""

    signature = "def f(x: np.ndarray, y: torch.Tensor, names: list[str]) -> tuple[np.ndarray, int]:"
    assert Annotated.parts["f"].starter(Annotated()).startswith(signature)


def test_the_starter_is_python_that_says_it_is_not_written_yet():
    namespace = {}
    exec(SCALE.starter(Sample(s=1)), namespace)
    with pytest.raises(NotImplementedError):
        namespace["scale"](1, 2)


def test_a_docstring_that_names_something_unknown_is_refused():
    @template(topics=["test"])
    class Broken:
        __module__ = "bank.tests.broken"
        stem = solution = ""

        @code()
        def f(q, x):
            """Stride {{ stride }}."""

    with pytest.raises(TemplateError, match="tests/broken: docstring of f: 'stride' is undefined"):
        Broken.parts["f"].starter(Broken())


def test_inputs_depend_on_seed_case_and_argument():
    variant = Sample(s=1)
    first = VISIBLE.inputs(variant, "a")
    assert all((first[name] == VISIBLE.inputs(variant, "a")[name]).all() for name in first)
    assert (first["x"] != first["b"]).any()
    assert (first["x"] != VISIBLE.inputs(variant, "b")["x"]).any()
    assert (HIDDEN.inputs(variant, "a")["b"] != HIDDEN.inputs(variant, "b")["b"]).any()


def test_inputs_are_pinned():
    """A change here changes the numbers in notebooks that students already have."""
    assert VISIBLE.inputs(Sample(s=1), "pinned")["x"].tolist() == [0, 3, 0]


@pytest.mark.parametrize("s", [1, 2])
def test_a_shape_may_depend_on_the_variant(s):
    assert HIDDEN.inputs(Sample(s=s), "a")["x"].shape == (10 * s, 4)


def test_visible_cases_hold_small_whole_numbers_and_hidden_ones_do_not():
    shown = np.concatenate([VISIBLE.inputs(Sample(s=1), str(seed))["x"] for seed in range(50)])
    assert set(shown) == {-3, -2, -1, 0, 1, 2, 3}
    hidden = np.concatenate([HIDDEN.inputs(Sample(s=1), str(seed))["x"] for seed in range(50)])
    assert hidden.dtype == np.float32
    assert -2 <= hidden.min() < -1.9 and 1.9 < hidden.max() <= 2
    assert (hidden != hidden.round()).mean() > 0.99


def test_mutants_are_functions_of_the_arguments_and_arise_where_they_can():
    assert [(m, mutant(10, 3)) for m, mutant in SCALE.mistakes_in(Sample(s=2))] == [
        (IGNORED_BIAS, 20),
        (IGNORED_STRIDE, 13),
    ]
    assert [m for m, _ in SCALE.mistakes_in(Sample(s=1))] == [IGNORED_BIAS]


def test_the_solution_of_a_template_of_code_is_python():
    namespace = {}
    exec(Sample(s=2).solution, namespace)
    assert namespace["scale"](10, 3) == 23
