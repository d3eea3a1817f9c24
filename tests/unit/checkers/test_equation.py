import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Eq, symbols
from verdicts import complaint, verdict

from autograder.checkers import compare, parse
from autograder.responses import decode, encode
from question_bank import Equation

x, y = symbols("x y")
ANSWER = Equation()

LINE = [
    ("y=2x+1", "correct"),
    ("y = 2*x + 1", "correct"),
    ("$y = 2x + 1$", "correct"),
    ("y == 2*x + 1", "correct", "Python's own sign"),
    ("Eq(y, 2*x + 1)", "correct", "as SymPy prints it"),
    ("2x+1=y", "correct"),
    ("y-1=2x", "correct"),
    ("0=2x+1-y", "correct"),
    ("2y=4x+2", "correct"),
    ("-y=-2x-1", "correct"),
    ("x=(y-1)/2", "correct"),
    (r"x=\frac{y-1}{2}", "correct"),
    ("y/(x-x+1)=2x+1", "correct"),
    ("y=2x", "wrong"),
    ("y=2x-1", "wrong"),
    ("x=2y+1", "wrong"),
    ("y=2x+1.0001", "wrong"),
    ("y²=(2x+1)²", "wrong", "it has further solutions"),
    ("xy=2x²+x", "wrong", "x = 0 is a further solution"),
    ("y/x=2+1/x", "wrong", "it lacks the solution x = 0, y = 1"),
    ("(y-2x-1)^2=0", "wrong", "the same solutions, but no multiple"),
    ("y=2x+1+0z", "wrong", "z is no symbol of the question"),
    ("0=0", "wrong"),
    ("y=y", "wrong"),
    ("1=2", "wrong"),
    ("y/(x-x)=1", "wrong"),
    ("y", "invalid"),
    ("2x+1", "invalid"),
    ("y=", "invalid"),
    ("=2x+1", "invalid"),
    ("y=2x+1=z", "invalid"),
    ("y≤2x+1", "invalid"),
    ("y:=2x+1", "invalid"),
    ("y=2x+1,", "invalid"),
    ("Eq(y)", "invalid"),
    ("Eq(y, 2x+1", "invalid"),
    (2, "invalid"),
    (None, "invalid"),
    (["y=2x+1"], "invalid"),
]
HYPERBOLA = [
    ("y=1/x", "correct"),
    ("xy=1", "correct", "x can't be zero in either"),
    ("x=1/y", "correct"),
    ("1=yx", "correct"),
    ("1/(xy)=1", "correct"),
    ("y^-1=x", "correct"),
    ("x²y=x", "wrong", "x = 0 is a further solution"),
    ("xy=-1", "wrong"),
    ("xy=x", "wrong"),
    ("y=x", "wrong"),
]
LOGISTIC = [
    ("p=1/(1+exp(-z))", "correct"),
    (r"p = \frac{1}{1+e^{-z}}", "correct"),
    ("p=sigmoid(z)", "correct"),
    ("1-p=1/(1+e^z)", "correct"),
    ("2p=1+tanh(z/2)", "correct"),
    ("p=e^z", "wrong"),
    ("p=1/(1+exp(z))", "wrong"),
    ("p=1/(1+2.71828^(-z))", "wrong"),
]
CASES = [
    (ANSWER, "y=2*x+1", LINE),
    (ANSWER, (y, 1 / x), HYPERBOLA),
    (ANSWER, "p = 1/(1+exp(-z))", LOGISTIC),
]
ROWS = [(answer, key, *row[:2]) for answer, key, table in CASES for row in table]


@pytest.mark.parametrize(("answer", "key", "response", "expected"), ROWS, ids=[f"{r[1]}-{r[2]!r}" for r in ROWS])
def test_tables(answer, key, response, expected):
    assert verdict(answer, key, response) == expected


def test_a_symbol_that_is_positive_may_be_multiplied():
    assert verdict(ANSWER, "y=2x+1", "xy=2x²+x") == "wrong"
    assert verdict(Equation(assume={"x": "positive"}), "y=2x+1", "xy=2x²+x") == "correct"


def test_a_sympy_equation_comes_back_as_text():
    sent = decode(encode(Eq(y, 2 * x + 1)))
    assert sent == "Eq(y, 2*x + 1)"
    assert verdict(ANSWER, (y, 2 * x + 1), sent) == "correct"


@pytest.mark.parametrize("key", ["x - y = x - y", "y", "foo(x) = 1", "1/0 = x", "log(-1-x^2) = y"])
def test_a_key_that_cannot_be_compared_is_our_fault(key):
    with pytest.raises(ValueError, match="the key"):
        compare(ANSWER, key, parse(ANSWER, "x = y + 1"))


@pytest.mark.parametrize(
    ("response", "message"),
    [
        ("y", "expected an equation: a left side, = and a right side\ny\n ^"),
        ("y=2x=1", "an equation has one = sign\ny=2x=1\n    ^"),
        ("y=2x+$", "the character '$' is not read here\ny=2x+$\n     ^"),
        (2, 'expected an equation in quotes, such as "y = 2*x + 1", found 2'),
    ],
)
def test_message(response, message):
    assert complaint(ANSWER, response) == message


def test_keys_that_are_the_same():
    assert ANSWER.same("y = 2*x + 1", (2 * y, 4 * x + 2))
    assert ANSWER.same("y = 2*x + 1", "2*x + 1 = y")
    assert not ANSWER.same("y = 2*x + 1", "y = 2*x")
    assert not ANSWER.same(r"y = \frac{x}{2}", "y = x/3")
    assert ANSWER.literal((y, x + 1)) == "'y = x + 1'"


numbers = st.integers(-9, 9).filter(bool)


@given(numbers, numbers, numbers, numbers, st.booleans())
@settings(max_examples=100)
def test_any_multiple_is_right_and_any_change_is_wrong(a, b, c, factor, swapped):
    sides = [f"({factor})*(({a})x + ({b})y)", f"({factor})({c})"]
    response = " = ".join(reversed(sides) if swapped else sides)
    assert verdict(ANSWER, f"({a})*x + ({b})*y = {c}", response) == "correct"
    assert verdict(ANSWER, f"({a})*x + ({b})*y = {c + 1}", response) == "wrong"
    assert verdict(ANSWER, f"({a})*x - ({b})*y = {c}", response) == "wrong"
