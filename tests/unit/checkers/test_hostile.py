"""Texts that are meant to hang, crash or run code: every kind answers in 100 ms, and raises nothing but Invalid."""

import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest
from sympy import IndexedBase
from verdicts import complaint, cpu_seconds, verdict

from autograder.checkers import Invalid, compare, parse
from autograder.responses import Raised, Unreadable
from question_bank import (
    Choice,
    Choices,
    Integer,
    Interval,
    Matching,
    Matrix,
    Ordering,
    Quantity,
    Rational,
    Real,
    Shape,
    Symbolic,
    Tensor,
    Text,
    Vector,
)
from question_bank.answers import Function

x = IndexedBase("x")
OPTIONS = ("ReLU", "LRN", "batch norm")
KINDS = [
    (Integer(), 3),
    (Real(), 0.5),
    (Real(figures=3), 0.5),
    (Rational(), Fraction(3, 7)),
    (Rational(lowest=True), Fraction(3, 7)),
    (Quantity("MiB"), 2.5),
    (Interval(), (0, 1)),
    (Interval(whole=True), (3, 77)),
    (Shape(), (1, 2, 3)),
    (Shape(batch=True), (1, 2, 3)),
    (Vector(), (1, 2, 3)),
    (Matrix(), ((1, 2), (3, 4))),
    (Tensor(), (((1, 2), (3, 4)),)),
    (Symbolic(), x[0, 1] + 2 * x[1, 1]),
    (Choice(OPTIONS), "LRN"),
    (Choices(OPTIONS), ("LRN", "batch norm")),
    (Ordering(OPTIONS), ("LRN", "ReLU", "batch norm")),
    (Matching(OPTIONS, items=("one", "two")), {"one": "ReLU", "two": "LRN"}),
    (Text(), "padding"),
]
HOSTILE = [
    "(" * 100_000,
    "(" * 20_000,
    "(" * 900,
    "(" * 100 + "1" + ")" * 100,
    "[" * 20_000,
    "{" * 20_000,
    ")" * 20_000,
    "-" * 19_999 + "1",
    "-" * 1_990 + "1",
    "~" * 20_000,
    "1+" * 9_999 + "1",
    "1+" * 990 + "1",
    "+".join(["x01"] * 999),
    "/".join(["x01"] * 999),
    "/".join(["0.37"] * 990),
    "x01" + "/x01^64" * 490,
    "x01" + "/x01" * 980 + "/(x01-x01)",
    "(1/3**600)" + "+1/7-1/7" * 240,
    "2**" * 900 + "2",
    "9**9**9",
    "9**9**9**9",
    "(9**9)**9**9",
    "10**400",
    "0**-400",
    "1e999999999",
    "1e-999999999",
    "1e" + "9" * 19_000,
    "9" * 20_000,
    "0." + "1" * 19_990,
    "1/0",
    "((((x01^64)^64)^64)^64)^64",
    "x" * 20_000,
    "x " * 9_999,
    "x" + "²" * 19_999,
    "x" + " " * 19_999,
    "x[0" + " " * 19_900,
    "x[0][0" + " ,0" * 6_600,
    "x" + "[0]" * 6_600 + "[",
    "x[" + "0" * 19_000 + "]",
    "x_{" + "0," * 9_000 + "}",
    "1 000" * 4_000,
    "1,000," * 3_333,
    "10x" * 33_333,
    "(" + "10," * 33_000 + ")",
    "Size([" + "] " * 49_000,
    "10" + " " * 99_000 + "x",
    "1;" * 9_999,
    "[[1" + "], [1" * 3_000 + "]]",
    "[[1]" + " " * 19_000 + "x]]",
    "1\n" * 9_999,
    ";".join([",".join(["1/7+3/9"] * 32)] * 32),
    "\x00" * 20_000,
    "3\x00640",
    "\ud800",
    "\u202e3640",
    "é" * 20_000,
    "\ufdfa" * 20_000,  # eighteen letters each, once decomposed
    "１" * 20_000,
    "\u200b" * 20_000,
    "Z" + "\u0300" * 19_999,
    "__import__('os').system('true')",
    "sin('__import__(\"os\").abort()')",
    "().__class__.__bases__[0].__subclasses__()",
    "[y for y in (1).__class__.__mro__]",
    "lambda: 1",
    "x01 if x01 else 1",
    "(x := 1)",
    "f'{1}'",
    "b'1'",
    "'''",
    "#",
    "1 #",
    "\\\n1",
    "1_000_",
    "0o17",
    "1j",
    "...",
    "None",
    "a0",
    "x0 x1 a0 a1",
    "*x01, 1",
    "(*x01)",
    "yield 1",
    "await x01",
    "print(1)",
    "exit()",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: f"{text[:16]!r}…{len(text)}")
def test_every_kind_answers_in_time(text):
    for answer, key in KINDS:
        assert verdict(answer, key, text) in ("wrong", "partial", "invalid")
        assert cpu_seconds(lambda answer=answer, key=key: verdict(answer, key, text)) < 0.1, answer


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: f"{text[:16]!r}…{len(text)}")
def test_messages_are_short_and_printable(text):
    for answer, _ in KINDS:
        message = complaint(answer, text) or ""
        assert all(len(line) <= 250 for line in message.split("\n"))
        assert message.replace("\n", "").replace("\u3000", "").isprintable()


RESPONSES = [
    None,
    ...,
    object(),
    {"a": 1},
    b"1",
    -(10**4000),
    10**5000,  # Python refuses to print it
    float("-inf"),
    complex("nan"),
    [[[[[]]]]],
    [None] * 3,
    [[None]],
    list(range(100_000)),
    [[1]] * 50_000,
    ["1+" * 900 + "1"] * 3,
    [["1+" * 900 + "1"] * 50] * 2,
    [["9**9**9"]],
    np.zeros(0),
    np.zeros((0, 0)),
    np.zeros((0, 3)),
    np.zeros((3000, 3000)),
    np.zeros(5_000_000, dtype=np.float32),
    np.zeros((5_000_000, 1), dtype=np.int8),
    np.zeros((2,) * 20, dtype=np.int8),
    np.full((32, 32), 0.1, dtype=np.float32),
    np.array(np.inf),
    np.array([np.nan, 1, 2]),
    np.array(1 + 1j),
    [np.zeros(400_000), np.zeros(400_000)],
    Unreadable("x" * 200),
    Unreadable("\x1b[31m"),
    Raised("ValueError", "y" * 2_000),
    Raised("E\x00", "\n\n"),
]


@pytest.mark.parametrize("response", RESPONSES, ids=lambda response: type(response).__name__)
def test_every_kind_answers_to_any_data(response):
    for answer, key in KINDS:
        assert verdict(answer, key, response) in ("wrong", "invalid")
        assert cpu_seconds(lambda answer=answer, key=key: verdict(answer, key, response)) < 0.1, answer
        assert len(complaint(answer, response) or "") <= 250


def test_deep_in_the_stack_it_is_still_only_invalid():
    def nested(depth):
        return nested(depth - 1) if depth else verdict(Symbolic(), x[0], "-" * 1_990 + "x0")

    assert nested(0) == "correct"
    assert nested(700) in ("correct", "invalid")


def test_functions_are_judged_elsewhere():
    with pytest.raises(TypeError, match="Function"):
        parse(Function(), 1)
    with pytest.raises(TypeError, match="Function"):
        compare(Function(), 1, 1)


def test_torch_and_sympy_are_not_imported():
    script = (
        "import sys; from autograder.checkers import parse, compare; from question_bank import Symbolic\n"
        "assert compare(Symbolic(), 'x[0] + 1', parse(Symbolic(), '1 + x0')).fraction == 1\n"
        "print({'torch', 'sympy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_invalid_is_an_exception_of_its_own():
    assert Invalid.__mro__[1] is Exception  # catching ValueError by accident must not swallow it
