"""Texts that are meant to hang, crash or fool the reading of expressions, and properties that hold for any text."""

import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_hostile import HOSTILE as OF_EVERY_KIND
from verdicts import cpu_seconds, no_hang, verdict

from autograder.checkers import Invalid, compare, parse
from autograder.responses import Unreadable, decode, encode
from question_bank import Equation, Integer, Symbolic

DECLARED = {"n": "natural", "i": "natural", "x": "real"}
ANSWER = Symbolic(assume=DECLARED)
KINDS = [
    (ANSWER, "x + 1"),
    (ANSWER, "1/(1+exp(-x))"),
    (ANSWER, "floor(x/7)"),
    (ANSWER, "sqrt(x) + 2"),
    (ANSWER, "Sum(x[i],(i,1,n))"),
    (ANSWER, "x[0,1]*x[1,1] + x[0,0]*x[1,0]"),
    (Symbolic(form="factored"), "x**2 - 1"),
    (Symbolic(form="fraction", assume=DECLARED), "1/(x+5)"),
    (Equation(assume=DECLARED), "x = n + 1"),
    (Equation(assume=DECLARED), "x = exp(n)"),
]
HOSTILE = [
    # LaTeX, nested and unfinished
    r"\frac{" * 16_000,
    r"\frac{1}{" * 25 + "x" + "}" * 25,
    r"\frac{1}{" * 400 + "x" + "}" * 400,
    r"\frac12" * 400,
    r"\frac1" * 3_000,
    r"\sqrt[" * 3_000,
    r"\left(" * 3_000,
    r"\mathbf{" * 2_000 + "x",
    r"\hat{" * 3_000,
    r"\hat " * 4_000,
    r"\alpha" * 3_000,
    r"\," * 9_999 + "x",
    "\\" * 20_000,
    r"\input{/etc/passwd}",
    r"\def\x{\x}\x",
    "$" * 20_000,
    r"\(" + "x" * 10_000 + r"\)",
    "{" * 100_000,
    # sums
    r"\sum_{i=1}^{10^9} i",
    r"\sum_{i=1}^{10^{300}} i",
    r"\sum_{i=-10^{300}}^{1} i",
    r"\sum_{i=1}^{n}" * 25 + "i",
    r"\sum_{i=1}^{100}" * 10 + "x",
    r"\sum_{i=1}^{141}\sum_{i=1}^{141} x",
    r"\sum_{i=1}^{2000} x^{64}",
    r"\sum_{i=1}^{6000} 1/(x+i)",
    r"\sum_{i=1}^{900} e^{x+i}",
    r"\sum_{i=1}^{n^{64}} i",
    r"\sum_{i=1}^{n^{n^n}} x",
    r"\sum_{i=1}^{x} i",
    r"\sum_{i=1}^{1/2} i",
    "Sum(" * 5_000,
    "Sum(x,(i,1,n)" + ",(i,1,n)" * 5 + ")",
    "Sum(x" + ",(i,1,2)" * 25 + ")",
    "Sum(x,(i,1,5)" + ",(j,1,5)" * 390 + ")",
    "Sum(x,(1,1,5))",
    # functions
    "sin(" * 10_000 + "x" + ")" * 10_000,
    "exp(" * 25 + "x" + ")" * 25,
    "+".join(["sin(x)"] * 2_000),
    "+".join(f"sin(x+{k})" for k in range(199)),
    "+".join(f"exp(x+{k}/7)" for k in range(199)),
    "+".join(f"log(x^2+{k}/7)" for k in range(1, 190)),
    "+".join(f"(x^2+{k})^(1/3)" for k in range(1, 190)),
    "floor(" * 28 + "x" + ")" * 28,
    "⌊" * 20_000,
    "max(" + ",".join(["x"] * 900) + ")",
    "max(" * 28 + "x,1" + ",1)" * 27 + ")",
    "log(" * 28 + "x" + ")" * 28,
    "sqrt(" * 29 + "x" + ")" * 29,
    "|" * 19_000,
    "|x" * 900,
    "exp(exp(exp(exp(exp(9)))))",
    "sin(10^300)",
    "tan(10^300)",
    "sin(x)/sin(x-x)",
    "sin('__import__(\"os\").abort()')",
    "__import__('os').abort()",
    # numbers and powers beyond what floats reach
    "exp(10^300)",
    "exp(-10^300)",
    "10^300*10^300*10^300*x",
    "1e300" + "*1e300" * 300,
    "x*1e-300" + "*1e-300" * 300,
    "x^(1/10^300)",
    "(10^300)^(10^-300)",
    "n^n^n^n",
    "n**" * 900 + "n",
    "(((x+1)^64)^64)^3",
    "((((x+1)^64)^64)^64)^64",
    "(1+1/x)^(1/2)" + "*(1+1/x)^(1/2)" * 190,
    "x^" * 900 + "x",
    "e^" * 900 + "e",
    "²" * 20_000,
    "0^0",
    "0^x",
    "(x-x)^(x-x)",
    "(x-x)^-1",
    "1/(n-n)",
    "(-1)^x",
    # indices
    "x[" * 19_000,
    "x[" * 20 + "0" + "]" * 20,
    "x_{" * 9_000,
    "x[" + "n," * 900 + "n]",
    "x[n]" * 400,
    "x_a" * 5_000,
    "x_" + "a_" * 9_000,
    "x_{" + " " * 19_000,
    "_" * 20_000,
    # characters
    "\x00",
    "x\x00+1",
    "\u202ex+1",
    "x+1\u202e",
    "α" * 19_000,
    "1,2" * 3_000,
    "1.000," * 3_000,
    # equations
    "=" * 20_000,
    "x=" * 9_000,
    "Eq(" * 6_000,
    "Eq(x",
    "Eq",
    "x=x",
    "1/" * 990 + "x=1",
    "x/(x-x)=1",
    "y=exp(exp(exp(exp(9))))",
]


@pytest.mark.parametrize("text", HOSTILE + OF_EVERY_KIND, ids=lambda text: f"{text[:16]!r}…{len(text)}")
def test_there_is_an_answer_in_time(text):
    for answer, key in KINDS:
        assert verdict(answer, key, text) in ("wrong", "invalid")
        assert cpu_seconds(lambda answer=answer, key=key: verdict(answer, key, text)) < 0.1, key


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: f"{text[:16]!r}…{len(text)}")
def test_messages_are_short_and_printable(text):
    for answer, key in KINDS:
        message = said(answer, key, text)
        assert all(len(line) <= 250 for line in message.split("\n"))
        assert message.replace("\n", "").replace("\u3000", "").isprintable()


def said(answer, key, text):
    with no_hang():
        try:
            return compare(answer, key, parse(answer, text)).message
        except Invalid as error:
            return str(error)


def test_the_memory_of_a_check_is_bounded():
    for text in HOSTILE:
        tracemalloc.start()
        for answer, key in KINDS[:4]:
            said(answer, key, text)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 50 * 2**20, text[:40]


def test_numbers_are_as_safe():
    for text in HOSTILE:
        assert verdict(Integer(), 7, text) in ("wrong", "invalid")
        assert cpu_seconds(lambda text=text: verdict(Integer(), 7, text)) < 0.1


def test_a_class_that_pretends_to_be_sympys_is_only_text():
    import sympy

    class Evil(sympy.Basic):
        def __str__(self):
            return "__import__('os').abort()"

    class Raises(sympy.Basic):
        def __str__(self):
            raise KeyboardInterrupt if False else RuntimeError("no")

    class Text(str):
        def __str__(self):
            return "changed"

    class Disguised(sympy.Basic):
        def __str__(self):
            return Text("x + 1")

    assert verdict(ANSWER, "x + 1", decode(encode(Evil()))) == "invalid"
    assert isinstance(decode(encode(Raises())), Unreadable)
    assert type(decode(encode(Disguised()))) is str


pieces = st.sampled_from(
    [
        *"x()+-*/^2², @|_{}[]=",
        "w[0,1]",
        "x_i",
        "exp(",
        "max(",
        r"\frac{",
        "}{",
        r"\sum_{i=1}^{n}",
        r"\sqrt",
        "⌊",
        "⌋",
        "e^",
    ]
)


@given(st.text(max_size=60) | st.lists(pieces, max_size=25).map("".join))
@settings(max_examples=500)
def test_reading_raises_nothing_but_invalid(text):
    for answer, key in KINDS:
        try:
            value = parse(answer, text)
        except Invalid as error:
            assert str(error)
        else:
            assert 0.0 <= compare(answer, key, value).fraction <= 1.0


functions = st.sampled_from(
    ["exp({})", "tanh({})", "sigmoid({})", "sin({})", "({})^2", "sqrt(({})^2+1)", "abs({})", "relu({})"]
)
atoms = st.sampled_from(["x", "y", "2", "0.5", "x*y"])
expressions = st.recursive(
    atoms,
    lambda inner: (
        st.tuples(functions, inner).map(lambda pair: pair[0].format(pair[1]))
        | st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda parts: f"({parts[0]}){parts[1]}({parts[2]})")
    ),
    max_leaves=5,
)


@given(expressions, expressions, expressions)
@settings(max_examples=200)
def test_functions_follow_the_laws(a, b, c):
    answer = Symbolic(symbols=("x", "y"))
    key = f"({a})*(({b})+({c}))"
    assert verdict(answer, key, f"({c})({a}) + ({b})({a})") == "correct"
    assert verdict(answer, key, f"({a})*(({c})-(-({b})))") == "correct"
    assert verdict(answer, key, f"({c})({a}) + ({b})({a}) + 1/1000") == "wrong"
    assert verdict(answer, f"2+({key})^2", f"-(2+({key})^2)") == "wrong"
