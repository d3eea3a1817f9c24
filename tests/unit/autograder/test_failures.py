"""Why code raised: what is not here, what is defined elsewhere, and what is the student's own affair."""

import numpy as np
import pytest
import torch
from classroom import handed_in

from autograder.failures import ENVIRONMENT, GONE, environment, explained
from autograder.responses import Raised


def reason(source):
    """What is said of what a line raises here."""
    try:
        exec(source, {"np": np, "torch": torch})
    except Exception as error:  # noqa: BLE001
        return environment(Raised(type(error).__name__, str(error)))
    raise AssertionError(f"{source} does not raise")


@pytest.mark.parametrize(
    "source, says",
    [
        ("np.float(1)", "np.float was removed from NumPy; its name is now float"),
        ("np.Inf", "np.Inf was removed in NumPy 2.0; its name is now np.inf"),
        ("np.trapz([1])", "numpy.trapz was removed; its name is now np.trapezoid"),
        ("np.asscalar(np.ones(1))", "numpy.asscalar was removed; its name is now array.item()"),
        ("torch.symeig(torch.eye(2))", "this function was removed from torch; its name is now torch.linalg.eigvalsh"),
        ("torch.rfft(torch.ones(2), 1)", "torch.rfft was removed; its name is now torch.fft.rfft"),
        ("import tensorflow.keras", "the package 'tensorflow' is not installed where notebooks are marked"),
        (
            "open('/content/drive/MyDrive/a.csv')",
            "the file /content/drive/MyDrive/a.csv of another machine is not here",
        ),
        ("open('C:\\\\Users\\\\a.csv')", "of another machine is not here"),
    ],
)
def test_what_is_not_here_is_named_with_what_it_is_now(source, says):
    assert says in reason(source)


@pytest.mark.parametrize(
    "raised",
    [
        Raised("AssertionError", "Torch not compiled with CUDA enabled"),
        Raised("RuntimeError", "Found no NVIDIA driver on your system."),
        Raised("RuntimeError", "No CUDA GPUs are available"),
        Raised("TypeError", "type torch.cuda.FloatTensor not available. Torch not compiled with CUDA enabled."),
        Raised("RuntimeError", "PyTorch is not linked with support for mps devices"),
    ],
)
def test_a_gpu_is_not_here(raised):
    assert environment(raised).startswith("there is no GPU where notebooks are marked")


@pytest.mark.parametrize(
    "source",
    [
        "np.flaot(1)",
        "np.zeros(2).foo",
        "torch.conv2",
        "open('data.csv')",
        "open('/tmp/data.csv')",
        "1 / 0",
        "assert False",
        "raise RuntimeError('deprecated')",
        "from numpy import nothing",
    ],
)
def test_what_is_the_students_own_affair_is_no_environment(source):
    assert reason(source) == ""


def test_names_that_are_gone_are_gone():
    for name in GONE:
        module, _, attribute = name.rpartition(".")
        if name != "torch.fft":  # a function once, a module now
            here = hasattr({"numpy": np, "torch": torch}[module], attribute)
            assert not here or name in ("numpy.row_stack", "numpy.float128"), name


def why(*sources, at, **raised):
    cells = handed_in(*sources).cells
    errors = {int(index[1:]): error for index, error in raised.items()}
    return explained(at, cells, errors)


MISSING = Raised("NameError", "name 'k' is not defined")


def test_a_name_that_is_not_defined_is_explained():
    assert "it is defined in cell 2, below cell 1" in why("k", "k = 1", at=0, _0=MISSING).message
    assert "no cell defines it; was one deleted?" in why("k", "x = 1", at=0, _0=MISSING).message
    assert "a cell above defines it, but not in every case" in why("if 0: k = 1", "k", at=1, _1=MISSING).message
    broken = Raised("SyntaxError", "invalid syntax")
    assert "cell 1, which defines it, raised SyntaxError" in why("k = (", "k", at=1, _0=broken, _1=MISSING).message


def test_a_name_that_is_missing_for_want_of_something_else_is_the_environments():
    gone = Raised("ModuleNotFoundError", "No module named 'keras'")
    found = why("import keras\nk = 1", "k", at=1, _0=gone, _1=MISSING)
    assert found.kind == ENVIRONMENT
    assert "k is not defined, because of cell 1: the package 'keras' is not installed" in found.message


def test_other_errors_are_left_as_they_are():
    error = Raised("ValueError", "x")
    assert why("x", at=0, _0=error) == error
