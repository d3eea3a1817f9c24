"""Texts that are meant to hang, crash or run code: every kind answers in 100 ms, and raises nothing but Invalid."""

import subprocess
import sys
import tracemalloc
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
    # numbers and commas
    "1," * 9_999,
    "1,000" + ",000" * 4_900,
    "1.000" + ".000" * 4_900,
    "0," + "1" * 19_000,
    "1,5" * 6_000,
    "," * 20_000,
    "." * 20_000,
    "1e" * 9_999,
    "1_" * 9_999,
    "1e308*1e308",
    "1e-300/1e300",
    "٣٦٤٠",  # digits of other scripts
    "३६४०",
    "³" * 10_000,
    "½",
    "Ⅻ",
    "1" + "\u0338" * 19_000,
    "3640\u202e1",
    "\u2066" * 10_000 + "1" + "\u2069" * 10_000,
    "\ufeff3640" + "\ufeff" * 19_000,
    "nan",
    "-inf",
    "1" + "/1" * 990,
    "2^" * 900 + "2",
    "2**-" * 900 + "2",
    "((2))" * 3_999,
    "(1)" * 6_666,
    "-(" * 999 + "1" + ")" * 999,
    # LaTeX
    "\\frac" * 3_333,
    "\\frac{" * 2_500,
    "\\frac{1}{" * 1_800 + "1" + "}" * 1_800,
    "\\frac " + "1" * 19_000,
    "\\left(" * 3_333,
    "\\text{" * 3_300,
    "\\mathrm{" + " " * 19_900,
    "\\begin{pmatrix}" * 1_300,
    "\\begin{" + "a" * 19_900,
    "1 & 2 \\\\ " * 2_000,
    "$" * 20_000,
    "$$" + " " * 19_000 + "$$",
    "\\" * 10_000,
    "\\,1" * 6_000,
    "\\input{/etc/passwd}",
    "\\write18{id}",
    # lists
    "[1, 2" * 3_999,
    "]" * 20_000,
    "[]" * 9_999,
    "[[]]" * 4_999,
    "[,]",
    "[;]",
    "[" + "," * 19_000 + "]",
    "[[" + ";" * 19_000 + "]]",
    "[1]" + "," * 19_000 + "[1]",
    "[1]" + " " * 19_000 + "[1]",
    "[" * 15 + "1" + "]" * 15,
    "[" * 17 + "1" + "]" * 17,
    "(" * 16 + "1,2" + ")" * 16,
    "(1,)" * 4_000,
    "((1,2)," * 2_500,
    "array(" * 3_300,
    "array(" + "[1]" * 6_000 + ")",
    "tensor([1, 2], dtype=" + "t" * 19_000 + ")",
    "tensor(" + ", dtype=" * 2_400 + ")",
    "array([1, 2]" + ", dtype=float" * 1_400 + ")",
    "np.array([1, 2], dtype=object)",
    "\n" * 19_000 + "1",
    "1" + "\n \n" * 6_000 + "2",
    # shapes
    "x" * 19_000 + "1",
    "1x" * 9_999 + "1",
    "×" * 19_000,
    "1 \\times " * 2_000,
    "Size([1, 2, 3]" + ")" * 19_000,
    "(None, 1, 2, 4)",
    "(N, N, N, N)",
    # intervals
    "<" * 20_000,
    "1 <= n <= " * 1_900,
    "n > 1 and " * 1_900 + "n > 1",
    "n" + " and n" * 3_900,
    "[1, 2] and " * 1_800,
    "1 < n" + "&" * 19_000,
    "(-oo, oo)",
    "oo < n < -oo",
    "oo < oo",
    "∞" * 19_000,
    "[" + "oo" * 9_900 + ", 1]",
    "1" + "-" * 19_000 + "2",
    "1" + "." * 19_000 + "2",
    "1 to " * 3_900 + "2",
    "range(1, 10**9)",
    # units
    "5" + " M" * 9_900,
    "5 " + "MiB" * 6_600,
    "5 " + "M" * 19_900,
    "5 MiB " + " " * 19_000 + "x",
    "5" + "%" * 19_000,
    "5 \\text{" + "MiB" * 6_000 + "}",
    "5 MiB/s",
    "5 Mb",
    "5 __class__",
    # choices
    "a" * 20_000,
    "a" * 9_999,
    "a," * 9_999,
    "a " * 9_999,
    "a and " * 3_000 + "b",
    "option" + " " * 9_900 + "a",
    "option " * 2_800,
    "(" + "a" + ")" * 9_900,
    "a)" * 5_000,
    "ReLU" * 2_000,
    "ReLU, " * 1_600,
    "{" + "a, " * 3_000 + "}",
    "(a), " * 2_000,
    "a->" * 3_300,
    "a-" * 4_900 + "b",
    "1a" * 5_000,
    "1a, " * 2_400,
    "1" + " " * 9_900 + "a",
    "1" * 9_900 + "a",
    "(1) " * 2_400,
    "999999999a",
    "none" * 2_400,
    "all",
    "none",
    # pages, terminals and files
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "![x](http://example.org/x.png)",
    "`" * 10_000,
    "\x1b]0;title\x07\x1b[2J",
    "\x9b31m",
    "\r\n" * 9_000,
    "\u2028" * 9_000,
    "{{ 7*7 }}",
    "{% for x in y %}",
    "%s%n%d" * 3_000,
    "../../../etc/passwd",
    "; rm -rf /",
    "$(id)",
    "`id`",
    "' OR 1=1 --",
    "\\N{BULLET}",
    "\\x41",
    "🦜" * 10_000,
    "👩‍👩‍👧" * 2_000,
]


def short(text):
    return f"{text[:16]!r}…{len(text)}"


@pytest.mark.parametrize("text", HOSTILE, ids=short)
def test_every_kind_answers_in_time(text):
    for answer, key in KINDS:
        assert verdict(answer, key, text) in ("wrong", "partial", "invalid")
        spent = cpu_seconds(lambda answer=answer, key=key: verdict(answer, key, text), enough=0.1)
        assert spent < 0.1, answer


@pytest.mark.parametrize("text", [text for text in HOSTILE if len(text) >= 9_000], ids=short)
def test_every_kind_answers_in_little_memory(text):
    for answer, key in KINDS:
        tracemalloc.start()
        verdict(answer, key, text)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 50 * 2**20, answer


def test_there_are_enough_of_them():
    assert len(set(HOSTILE)) == len(HOSTILE) >= 150


@pytest.mark.parametrize("text", HOSTILE, ids=short)
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
    [np.zeros(1), np.zeros((1, 2_000_000))],
    [[0], np.zeros((1, 2_000_000), dtype=np.float32)],
    np.zeros((1, 2_000_000), dtype=np.float16),
    [np.array(1, dtype=np.float32)] * 20_000,
    ["a"] * 20_000,
    ["a" * 99_000] * 2,
    ["1a" * 5_000, "2b"],
    [{"a": 1}, "a"],
    ["a", 10**5000],
    [None] * 20_000,
    "\ud800",
    Unreadable("x" * 200),
    Unreadable("\x1b[31m"),
    Raised("ValueError", "y" * 2_000),
    Raised("E\x00", "\n\n"),
]


@pytest.mark.parametrize("response", RESPONSES, ids=lambda response: type(response).__name__)
def test_every_kind_answers_to_any_data(response):
    for answer, key in KINDS:
        assert verdict(answer, key, response) in ("wrong", "invalid")
        assert cpu_seconds(lambda answer=answer, key=key: verdict(answer, key, response), enough=0.1) < 0.1, answer
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
