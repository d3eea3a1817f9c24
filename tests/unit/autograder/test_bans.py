"""Names that a task does not allow, found in a function's text and in what it calls."""

import pytest

from autograder.checkers.bans import banned_uses

BANNED = ["torch.nn", "torch.conv*", "torch.einsum", "*.unfold", "scipy"]


def uses(*cells):
    return banned_uses("conv", cells, BANNED)


def body(line, head="import torch"):
    return f"{head}\ndef conv(x, w, b):\n    {line}"


@pytest.mark.parametrize(
    "source, name",
    [
        (body("return torch.nn.functional.conv2d(x, w)"), "torch.nn.functional.conv2d"),
        (body("return torch.conv2d(x, w)"), "torch.conv2d"),
        (body("return torch.conv_transpose2d(x, w)"), "torch.conv_transpose2d"),
        (body("return F.conv2d(x, w)", "import torch.nn.functional as F"), "torch.nn.functional.conv2d"),
        (body("return F.conv2d(x, w)", "from torch.nn import functional as F"), "torch.nn.functional.conv2d"),
        (body("return nn.Conv2d(1, 1, 3)(x)", "from torch import nn"), "torch.nn.Conv2d"),
        (body("return conv2d(x, w)", "from torch.nn.functional import conv2d"), "torch.nn.functional.conv2d"),
        (body("return c(x, w)", "from torch import conv2d as c"), "torch.conv2d"),
        (body("return t.einsum('ij', x)", "import torch as t"), "torch.einsum"),
        (body("return scipy.signal.convolve(x, w)", "import scipy.signal"), "scipy.signal.convolve"),
        (body("import torch.nn.functional as F; return F.conv2d(x, w)"), "torch.nn.functional.conv2d"),
        (body("from scipy.signal import convolve; return convolve(x, w)"), "scipy.signal.convolve"),
        (body("return x.unfold(2, 3, 1)"), "x.unfold"),
        (body("return x[None].unfold(2, 3, 1)"), "?.unfold"),
        (body("return (x + 1).mul(2).unfold(2, 3, 1)"), "?.unfold"),
        (body("return list(map(torch.conv2d, x, w))"), "torch.conv2d"),
        ("import torch\nconv = torch.conv2d", "torch.conv2d"),
        ("import torch\nconv = lambda x, w, b: torch.conv2d(x, w, b)", "torch.conv2d"),
        ("import torch\ndef conv(x, w, b, f=torch.conv2d):\n    return f(x, w)", "torch.conv2d"),
        ("from torch.nn.functional import conv2d as conv", "torch.nn.functional.conv2d"),
        ("from torch import conv2d as conv", "torch.conv2d"),
        (
            "import torch\nclass conv:\n    def __new__(cls, x, w, b):\n        return torch.conv2d(x, w)",
            "torch.conv2d",
        ),
    ],
    ids=lambda value: value.splitlines()[-1].strip(),
)
def test_a_banned_name_is_found(source, name):
    assert uses(source) == [name]


def test_a_banned_name_is_found_through_helpers_in_other_cells():
    helpers = [
        "import torch",
        "def apply(x, w):\n    return work(x, w)",
        "def work(x, w):\n    return torch.conv2d(x, w)",
    ]
    assert uses(*helpers, "def conv(x, w, b):\n    return apply(x, w) + b") == ["torch.conv2d"]
    assert uses("def conv(x, w, b):\n    return apply(x, w) + b", *helpers) == ["torch.conv2d"]


def test_a_banned_name_is_found_behind_another_name():
    assert uses("import torch", "work = torch.conv2d", "def conv(x, w, b):\n    return work(x, w)") == ["torch.conv2d"]


def test_helpers_that_call_each_other_end():
    assert uses("def conv(x):\n    return other(x)", "def other(x):\n    return conv(x)") == []


def test_each_name_is_told_once_and_at_its_longest():
    source = body("return torch.nn.functional.conv2d(x, w) + torch.nn.functional.conv2d(x, b) + torch.einsum('i', x)")
    assert sorted(uses(source)) == ["torch.einsum", "torch.nn.functional.conv2d"]


@pytest.mark.parametrize(
    "broken",
    [
        "%matplotlib inline",
        "%%time\nx = 1",
        "!pip install torch",
        "this is no Python",
        "x = (",
        "\x00",
        "(" * 5000,
        "  %timeit conv(1)",
        "await something()",
        "?conv",
        "1" * 5000,
    ],
    ids=lambda value: repr(value[:20]),
)
def test_cells_that_cannot_be_read_hide_nothing(broken):
    assert uses(broken, body("return torch.conv2d(x, w)"), broken) == ["torch.conv2d"]
    assert uses(broken) == []


def test_a_magic_beside_the_function_hides_nothing():
    assert uses("%load_ext autoreload\n" + body("return torch.conv2d(x, w)")) == ["torch.conv2d"]


@pytest.mark.parametrize(
    "cells",
    [
        ["import torch.nn.functional as F", body("return x * w + b")],
        ["import torch\ny = torch.conv2d(1, 2)", body("return x * w + b")],
        ["import torch\ndef check(x):\n    return torch.conv2d(x, x)", body("return x * w + b")],
        ["import torch.nn.functional as F", body("F, C, k, k = w.shape; return x.new_zeros(F, C)")],
        ["import torch.nn.functional as F", body("return [F for F in range(3)]")],
        ["from torch import nn as w", body("return x * w + b")],
        [body("return x * w + b"), "def check():\n    from torch import conv2d as conv\n    return conv"],
        ["from torch import conv2d as conv", body("return x * w + b")],
        [body("return x.unfolded + x.fold(1) + torch.nnn + torch.con(1)")],
        [body('return "torch.conv2d"')],
        ["def other(x):\n    return torch.conv2d(x)"],
        [],
    ],
    ids=[
        "imported",
        "used elsewhere",
        "used by a check",
        "unpacked",
        "loop",
        "argument",
        "local import",
        "redefined",
        "similar",
        "text",
        "other function",
        "no cells",
    ],
)
def test_what_the_function_does_not_use_is_no_breach(cells):
    assert uses(*cells) == []


def test_an_import_after_the_function_takes_its_place():
    assert uses(body("return x * w + b"), "from torch import conv2d as conv") == ["torch.conv2d"]


@pytest.mark.parametrize(
    "text",
    [
        "x = [y, # , [1\n2]; torch.conv2d(x)",
        "x = torch.conv2d([[1, 2], [3, 4]], [0])",
        "x = [[1, 2], torch.conv2d][0]",
        "x = (torch.conv2d, [1])[0](y[0], z[[0, 1]])",
    ],
)
def test_lists_of_numbers_hide_nothing(text):
    source = f"import torch\ndef f(x, y, z):\n    {text}\n    return x".replace("\n2]", "\n        2]")
    assert banned_uses("f", [source], ["torch.conv2d"]) == ["torch.conv2d"]
