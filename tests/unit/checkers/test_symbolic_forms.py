"""The form of an expression, sums that are partly right, and further names."""

import pytest
from sympy import IndexedBase, symbols
from verdicts import complaint, verdict

from autograder.checkers import compare, parse
from autograder.checkers.terms import expand
from question_bank import Symbolic

x, y = symbols("x y")
X, W = IndexedBase("x"), IndexedBase("w")

EXPANDED = [  # the key is x**2 + 2*x + 1
    ("x^2+2x+1", "correct"),
    ("1+2x+x²", "correct"),
    ("x*x+2*x+1", "correct"),
    ("x²+x+x+1", "correct"),
    ("(x^2+2x)+1", "correct", "a bracket that nothing is multiplied with"),
    ("x^2-(-2x-1)", "correct"),
    ("(x)(x)+2(x)+1", "correct"),
    ("(2x^2+4x+2)/2", "partial", "the right function, but a sum is divided"),
    ("(x+1)^2", "partial"),
    ("(x+1)(x+1)", "partial"),
    ("x(x+2)+1", "partial"),
    ("x^2+2(x+1)-1", "partial"),
    ("x^2+2x", "wrong"),
    ("(x+2)^2", "wrong"),
]
FACTORED = [  # the key is 2*x**2 - 2
    ("2(x-1)(x+1)", "correct"),
    ("2*(x+1)*(x-1)", "correct"),
    ("-2(1-x)(x+1)", "correct"),
    ("(x-1)2(1+x)", "invalid", "a number after a bracket may have lost its sign"),
    ("-(1-x)(1+x)*2", "correct"),
    ("(2x-2)(x+1)", "partial", "2 can be taken out of the first bracket"),
    ("2(x^2-1)", "partial"),
    ("2x^2-2", "partial"),
    ("2(x-1)(x+1)(x+2)/(x+2)", "partial"),
    ("2((x-1)(x+1)+0)", "partial"),
    ("(x-1)(x+1)", "wrong"),
    ("2(x-1)^2", "wrong"),
]
REPEATED = [  # the key is x**3 + 2*x**2 + x
    ("x(x+1)^2", "correct"),
    ("x(x+1)(x+1)", "correct"),
    ("(x+1)²x", "correct"),
    ("x(x^2+2x+1)", "partial"),
    ("(x^2+x)(x+1)", "partial"),
    ("x^2(x+2)+x", "partial"),
]
FRACTION = [  # the key is 1/x + 1/y
    ("(x+y)/(x*y)", "correct"),
    (r"\frac{x+y}{xy}", "correct"),
    ("(y+x)/(yx)", "correct"),
    ("(x+y)/x/y", "correct"),
    ("-(x+y)/(-x*y)", "correct"),
    ("1/x+1/y", "partial"),
    ("(1+x/y)/x", "partial"),
    ("1/(x*y/(x+y))", "partial"),
    ("(2x+2y)/(2xy)", "partial"),
    ("(x^2+xy)/(x^2 y)", "partial"),
    ("(x+y)(x-y)/(x*y*(x-y))", "partial"),
    ("(x-y)/(xy)", "wrong"),
    ("(x+y)/2xy", "invalid"),
]
TERMS = [  # the key is x**2 + 2*x + 1, and three terms are asked for
    ("x^2+2x+1", "correct"),
    ("x²+(2x+1)", "correct"),
    ("x^2+x+x+1", "partial"),
    ("(x+1)^2", "partial"),
    ("x^2+2x+2", "wrong"),
]
EXPANSION = [  # the key is x[1,2]*w[0,0] + x[1,3]*w[0,1] + x[2,2]*w[1,0]
    ("x[1,2]w[0,0] + x[1,3]w[0,1] + x[2,2]w[1,0]", "correct"),
    ("w[1,0]x[2,2] + w[0,0]x[1,2] + w[0,1]x[1,3]", "correct"),
    (r"$x_{12}\cdot w_{00} + x_{13}\,w_{01} + x_{22}\times w_{10}$", "correct"),
    ("x₁₂w₀₀ + x₁₃w₀₁ + x₂₂w₁₀", "correct"),
    ("x12 w00 + x13 w01 + x22 w10 + x22 w11 - w11 x22", "wrong", "w[1,1] is not in it, even if it cancels"),
    ("x[1,2]w[0,0] + x[1,3]w[0,1] + x[2,2]w[1,1]", "partial"),
    ("x[1,2]w[0,0] + x[1,3]w[0,1]", "partial"),
    ("x[1,2]w[0,0]", "partial"),
    ("x[1,2]w[0,0] - x[1,3]w[0,1] + x[2,2]w[1,0]", "partial"),
    ("2x[1,2]w[0,0] + x[1,3]w[0,1] + x[2,2]w[1,0]", "partial"),
    ("x[1,2]w[0,0] + x[1,3]w[0,1] + x[2,2]w[1,0] + 1", "partial"),
    ("x[1,2]w[0,0] + x[1,3]w[0,1] + x[2,2]w[1,0] + b", "wrong", "b is no symbol of the question"),
    ("x[0,0]w[0,0] + x[0,1]w[0,1]", "wrong", "no term is right"),
    ("0", "wrong"),
    ("3", "wrong"),
    ("x[1,2]", "wrong"),
    ("x[1,2] + w[0,0]", "wrong"),
    ("", "invalid"),
]
NAMES = [  # the key is y_hat - y, both declared
    ("y_hat - y", "correct"),
    (r"\hat{y} - y", "correct"),
    (r"\hat y - y", "correct"),
    (r"-(y-\hat{y})", "correct"),
    ("y - y_hat", "wrong"),
    ("y_hut - y", "invalid"),
    ("yhat - y", "wrong"),
]
CASES = [
    (Symbolic(form="expanded"), x**2 + 2 * x + 1, EXPANDED),
    (Symbolic(form="factored"), 2 * x**2 - 2, FACTORED),
    (Symbolic(form="factored"), "x**3 + 2*x**2 + x", REPEATED),
    (Symbolic(form="fraction"), 1 / x + 1 / y, FRACTION),
    (Symbolic(terms=3), (x + 1) ** 2, TERMS),
    (Symbolic(), X[1, 2] * W[0, 0] + X[1, 3] * W[0, 1] + X[2, 2] * W[1, 0], EXPANSION),
    (Symbolic(symbols=("y_hat",)), "y_hat - y", NAMES),
]
ROWS = [(answer, key, *row[:2]) for answer, key, table in CASES for row in table]


@pytest.mark.parametrize(("answer", "key", "response", "expected"), ROWS, ids=[f"{r[1]}-{r[2]!r}" for r in ROWS])
def test_tables(answer, key, response, expected):
    assert verdict(answer, key, response) == expected


def told(answer, key, response):
    comparison = compare(answer, key, parse(answer, response))
    return comparison.fraction, comparison.message


def test_another_form_earns_what_the_answer_says():
    answer = Symbolic(form="expanded", other_form=0.25)
    message = "the right function, but it is not expanded: multiply out every bracket that holds a sum"
    assert told(answer, x**2 + x, "x(x+1)") == (0.25, message)
    assert told(Symbolic(terms=2), x**2 + x, "x(x+1)") == (
        0.5,
        "the right function, but it has 1 term; 2 are asked for",
    )


KEY = "x[0,0]*w[0,0] + x[0,1]*w[0,1] + 2*x[1,0]*w[1,0] + x[1,1]*w[1,1]"


@pytest.mark.parametrize(
    ("response", "fraction", "message"),
    [
        ("x00w00 + x01w01 + 2x10w10", 3 / 4, "3 of 4 terms are right; 1 term is missing"),
        ("x00w00", 1 / 4, "1 of 4 terms are right; 3 terms are missing"),
        (
            "x00w00 + x01w01 + 2x10w10 + x11w10",
            3 / 4,
            "3 of 4 terms are right; your term w[1,0]*x[1,1] has another index than it should, or is one too many",
        ),
        (
            "x00w00 + x01w01 + x10w10 + x11w11",
            3 / 4,
            "3 of 4 terms are right; your term w[1,0]*x[1,0] has another coefficient",
        ),
        (
            "x00w00 - x01w01 + 2x10w10 + x11w11",
            3 / 4,
            "3 of 4 terms are right; your term -w[0,1]*x[0,1] has the wrong sign",
        ),
        (
            "x00w00 + x01w01 + 2x10w10 + x11w11 + x00x11",
            4 / 5,
            "4 of 4 terms are right; your term x[0,0]*x[1,1] is no part of this sum",
        ),
        ("7", 0, "0 of 4 terms are right; your term 7 is no part of this sum; 3 terms are missing"),
    ],
)
def test_what_is_said_of_a_sum_that_is_partly_right(response, fraction, message):
    assert told(Symbolic(), KEY, response) == (fraction, message)


def test_naming_every_product_there_is_earns_little():
    everything = " + ".join(f"x{a}{b} w{c}{d}" for a in (0, 1) for b in (0, 1) for c in (0, 1) for d in (0, 1))
    assert told(Symbolic(), KEY, everything)[0] == 3 / 16


def test_expanding_stops_where_it_takes_too_long():
    assert expand(parse(Symbolic(), "(a+b)(a-b)")) == expand(parse(Symbolic(), "a^2-b^2"))
    assert expand(parse(Symbolic(), "(a+b+c+d+f)^60")) is None
    assert expand(parse(Symbolic(), "1/a")) is None


def test_a_declared_name_is_a_factor_before_a_bracket():
    assert "is no function" in complaint(Symbolic(), "gamma(x+1)")
    assert verdict(Symbolic(symbols=("gamma",)), "gamma*(x+1)", "gamma(x+1)") == "correct"
    assert verdict(Symbolic(symbols=("e",)), "e*x", "x*e") == "correct"
    assert verdict(Symbolic(symbols=("e",)), "e*x", "x*exp(1)") == "wrong"


@pytest.mark.parametrize(
    ("key", "other", "same"),
    [
        ("x[0,1]*w[0,0] + 2*b", "2*b + w[0,0]*x[0, 1]", True),
        ("x[0,1]*w[0,0] + b", "x[1,0]*w[0,0] + b", False),
        ("x[0,1] - b", "x[0,1] + b", False),
        ("3*x*2", "6*x", True),
        ("x + x", "2*x", True),
        ("x - x", "y - y", True),
        ("(a+b)^2", "a**2 + 2*a*b + b**2", True),
        ("a*x**2", "a*x*x", True),
        ("x[0]*(x[1] + 1)", "x[0]*x[1] + x[0]", True),
        ("sigmoid(x)", "sigmoid(y)", False),
        (r"\frac{x}{2}", "x/2", False),  # in LaTeX a text is only the same as itself
        (r"\frac{x}{2}", r"\frac{x}{2}", True),
    ],
)
def test_text_keys_that_are_the_same(key, other, same):
    assert Symbolic().same(key, other) is same
    assert Symbolic().same(other, key) is same
