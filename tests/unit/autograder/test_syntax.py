"""Cells that look like plain Python are not shown to IPython's transformer: it would not change them."""

import random

import pytest
from IPython.core.inputtransformer2 import TransformerManager

from autograder.syntax import perhaps_ipython

PIECES = [
    "x",
    "x = 1",
    "=",
    "!=",
    "a % b",
    "!ls",
    "%time f()",
    "x = !ls",
    "a?",
    "?",
    "%%bash",
    "/f x",
    ";f a",
    "In [1]: ",
]
PIECES += [
    ">>> ",
    "... ",
    "   ...: ",
    "def f():",
    "    return 1",
    "(",
    ")",
    "'''",
    "#",
    "\n",
    "\n",
    " ",
    "\t",
    "\n  \n",
    "\\\n",
]
PIECES += ["\f", "\v", "\r", "\x1c", "\u2028"]


@pytest.mark.filterwarnings("ignore:`make_tokens_by_line`", "ignore::SyntaxWarning")
def test_ipython_changes_nothing_of_what_looks_like_python():
    pick, plain = random.Random(0), 0
    for _ in range(6000):
        cell = "".join(pick.choice(PIECES) for _ in range(pick.randint(1, 7))) + "\n"
        if not perhaps_ipython(cell):
            plain += 1
            assert TransformerManager().transform_cell(cell) == cell, repr(cell)
    assert plain > 500


@pytest.mark.parametrize(
    "cell", ["%time f()", "x = !ls", "f?", "  x = 1", ">>> x", "s = '''\n  \n'''", "x\r", "%%bash\nls"]
)
def test_what_ipython_may_change_is_told(cell):
    assert perhaps_ipython(cell)
