import dataclasses

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sympy import Float, IndexedBase, Rational, Symbol, gamma, log, symbols
from verdicts import complaint, verdict

from autograder.checkers import Invalid, compare, modular, parse
from question_bank import Symbolic

ANSWER = Symbolic()
x, w, b = IndexedBase("x"), IndexedBase("w"), IndexedBase("b")
KEY = w[0, 0] * x[0, 1] + 2 * x[1, 1]

TABLE = [
    # spellings of the key
    ("w[0,0]*x[0,1] + 2*x[1,1]", "correct"),
    ("w[0, 0]*x[0, 1] + 2*x[1, 1]", "correct"),  # as SymPy prints it
    ("2x[1,1] + x[0,1]w[0,0]", "correct"),
    ("w[0][0]*x[0][1] + 2x[1][1]", "correct"),
    ("w_{00}x_{01} + 2x_{11}", "correct"),
    ("w_{0,0} x_{0,1} + 2 x_{1,1}", "correct"),
    ("w{00}x{01} + 2x{11}", "correct"),
    ("w_00 x_01 + 2 x_11", "correct"),
    ("w_00x_01+2x_11", "correct"),
    ("w00*x01 + 2*x11", "correct"),
    ("w00x01+2x11", "correct"),
    ("w₀₀x₀₁ + 2x₁₁", "correct"),
    ("w00·x01 + 2×x11", "correct"),
    ("w00 ∗ x01 − (−2)x11", "correct"),
    ("ｗ００＊ｘ０１＋２ｘ１１", "correct"),
    ("𝑤00𝑥01 + 2𝑥11", "correct"),  # copied from typeset mathematics
    ("w [0, 0] x [0, 1] + 2 x [1, 1]", "correct"),
    ("w00\u2062x01 + 2\u2062x11", "correct"),  # MathML's invisible times
    ("w00\u200bx01 +\ufeff 2x11", "correct"),
    ("w00*x01 +\n2*x11\n", "correct"),
    # other forms of the same function
    ("x11 + w00*x01 + x11", "correct"),
    ("(w00)(x01) + 2(x11)", "correct"),
    ("2(w00*x01/2 + x11)", "correct"),
    ("x01(w00 + 2x11/x01)", "correct"),
    ("w00x01 + 2x11 + x01 - x01", "correct"),
    ("w00x01 + 4/2 x11", "invalid"),  # 4/(2x11)?
    ("w00x01 + (4/2)x11", "correct"),
    ("w00x01 + 4/2*x11", "correct"),
    ("w00x01 + x11/0.5", "correct"),
    ("w00x01 + 1.9x11 + 0.1x11", "correct"),  # decimals are exact
    ("w00²x01/w00 + 2x11", "correct"),
    ("w00^2*x01*w00^-1 + 2x11", "correct"),
    ("w00**2*x01*w00**(-1) + 2x11", "correct"),
    ("w00^(1+1)x01w00⁻¹ + 2x11", "correct"),
    ("-(-w00x01 - 2x11)", "correct"),
    ("w00x01 + 2x11 + 0q00", "wrong"),
    # wrong
    ("w00*x01 + 2*x10", "wrong"),
    ("w00*x01 - 2*x11", "wrong"),
    ("w00*x01 + 3*x11", "wrong"),
    ("w00*x01 + x11", "wrong"),
    ("w00*x01", "wrong"),
    ("w00 + x01 + 2x11", "wrong"),
    ("w00x01 + 2x11 + 1", "wrong"),
    ("w00x01 + x11²", "wrong"),
    ("w00x01 + 2.0000001x11", "wrong"),
    ("w[0,0]*x[1,0] + 2*x[1,1]", "wrong"),
    ("w[00]*x[01] + 2*x[11]", "wrong"),  # in square brackets a number is one index
    ("W00*x01 + 2*x11", "wrong"),
    ("w*x + 2*x", "wrong"),
    ("0", "wrong"),
    ("3640", "wrong"),
    ("w00x01 + 2x11 + q - q", "wrong"),  # a foreign symbol, though it cancels
    ("w00x01 + 2x11 + (2**61-1)x11", "wrong"),  # a multiple of the first prime
    ("w00x01 + 2x11 + 1/(x11-x11)", "wrong"),
    ("x11/(w00-w00)", "wrong"),
    ("True", "wrong"),
    # not of the form
    ("w00x01 + 2 x[1,1", "invalid"),
    ("w00x01 + 2x[1,-1]", "invalid"),
    ("w00x01 + 2x[1,i]", "invalid"),
    ("w00x01 + 2x[1.0,1]", "invalid"),
    ("w00x01 + 2x(1,1)", "invalid"),
    ("w00x01 + 2*[x11]", "invalid"),
    ("w00x01 + x11 2", "invalid"),
    ("w00x01 + 2x_ij", "invalid"),
    ("w00x01 + sqrt(4)x11", "correct"),
    ("w00x01 + 2x11/0", "invalid"),
    ("w00x01 + 2x11/(1-1)", "invalid"),
    ("w00x01 // 1 + 2x11", "wrong"),  # // rounds down
    ("w00^x01", "wrong"),
    ("w00^0.5", "wrong"),
    ("w00^65", "invalid"),
    ("w00^-65", "invalid"),
    ("9**9**9", "invalid"),
    ("y = w00x01 + 2x11", "invalid"),
    ("w00x01 + ", "invalid"),
    ("w00x01 + * x11", "invalid"),
    ("(w00x01 + 2x11", "invalid"),
    ("$w_{00}$", "wrong"),
    ("$w_{00}", "invalid"),
    ("'w00'", "invalid"),
    ("w00 if x01 else x11", "wrong"),
    ("w00.x01", "invalid"),
    ("w00 @ x01", "invalid"),
    (2, "invalid"),
    (True, "invalid"),
    (["w00x01 + 2x11"], "invalid"),
]


@pytest.mark.parametrize(("response", "expected"), TABLE, ids=repr)
def test_table(response, expected):
    assert verdict(ANSWER, KEY, response) == expected


OTHER_KEYS = [
    ("w[0,0]*x[0,1] + 2*x[1,1]", "2x11 + w00x01", "correct"),  # a key may be a text
    ("w[0,0]*x[0,1] + 2*x[1,1]", "2x11 - w00x01", "wrong"),
    (x[10, 3] + b[2], "x[10,3] + b2", "correct"),
    (x[10, 3] + b[2], "x_{10,3} + b_2", "correct"),
    (x[10, 3] + b[2], "x103 + b2", "wrong"),  # x[1,0,3]
    (Symbol("w_00") * Symbol("x01"), "x[0,1]w[0,0]", "correct"),
    (Symbol("alpha") ** 2 - 1, "(alpha - 1)*(alpha + 1)", "correct"),
    (Symbol("t") ** 2 + Symbol("t"), "t(t + 1)", "correct"),
    (Symbol("alpha") ** 2, "alpha(alpha)", "invalid"),  # longer names before a bracket are functions
    (Symbol("alpha") ** 2, "alpha*(alpha)", "correct"),
    (Symbol("alpha") * Symbol("alpha_1"), "alpha_1(alpha)", "invalid"),  # log2(x) is a function as well
    (Symbol("alpha") * Symbol("alpha_1"), "alpha_1 alpha", "correct"),
    (Symbol("α") ** 2 - 1, "α² − 1", "correct"),
    (Rational(11, 4) * x[0], "2.75x0", "correct"),
    (Rational(1, 3) * x[0], "x0/3", "correct"),
    (Rational(1, 3) * x[0], "0.3333333333x0", "wrong"),
    (Float("0.1") * x[0], "x0/10", "correct"),
    (1 / (1 + x[0]), "(1 + x0)^-1", "correct"),
    (1 / (1 + x[0]), "1 - x0/(x0 + 1)", "correct"),
    ((x[0] ** 2 - 1) / (x[0] - 1), "x0 + 1", "correct"),
    (x[0] - x[0], "0", "correct"),
    (x[0] - x[0], "1 - 1", "correct"),
    (x[0] ** 8, "x0⁸", "correct"),
]


@pytest.mark.parametrize(("key", "response", "expected"), OTHER_KEYS, ids=str)
def test_other_keys(key, response, expected):
    assert verdict(ANSWER, key, response) == expected


UNREADABLE = [gamma(x[0]), x[symbols("i")], log(-1 - x[0] ** 2), x[0] ** 65, Symbol("y_hat")]


@pytest.mark.parametrize("key", UNREADABLE, ids=str)
def test_a_key_that_cannot_be_compared_is_our_fault(key):
    with pytest.raises(ValueError, match="the key"):
        compare(ANSWER, key, parse(ANSWER, "x0"))


@pytest.mark.parametrize(
    ("response", "message"),
    [
        ("w00 + q + 2x11", "q is not a symbol of this question"),
        ("w00 + q - q + r12", "q, r[1,2] are not symbols of this question"),
        ("1/(x11 - x11)", "the expression divides by zero"),
        ("w00", ""),
    ],
)
def test_message_of_a_wrong_response(response, message):
    assert compare(ANSWER, KEY, parse(ANSWER, response)).message == message


@pytest.mark.parametrize(
    ("response", "message"),
    [
        (2, 'expected an expression in quotes, such as "2*x[0,1] + w[1,0]", found 2'),
        ("w₀₀² + $", "the character '$' is not read here\nw₀₀² + $\n       ^"),
        ("w_{00} + * x", "expected a number or a bracket here\nw_{00} + * x\n         ^"),
        ("2x11x01 3", "expected a sign such as * or + before this number\n2x11x01 3\n        ^"),
        (
            "si(x01)",
            "si is no function that is read here; for a product, write * before the bracket\nsi(x01)\n^",
        ),
        (
            "w00 + 1/2x11",
            "it is unclear whether this is divided or divides: write (1/2)*x or 1/(2*x) for 1/2x\n"
            "w00 + 1/2x11\n         ^",
        ),
        ("2²x^99", "an exponent must be a number from -64 to 64\n2²x^99\n    ^"),
    ],
    ids=repr,
)
def test_message_of_an_invalid_response(response, message):
    assert complaint(ANSWER, response) == message


def test_the_value_keeps_the_text_and_cannot_be_changed():
    value = parse(ANSWER, " 2 x₁₁ ")
    assert value.text == " 2 x₁₁ "
    with pytest.raises(dataclasses.FrozenInstanceError):
        value.text = "w00"


def test_high_powers_by_nesting_are_refused():
    """x^(p - 1) is 1 at every point modulo p, and could be spelled in a few hundred characters."""
    assert "power that is too high" in complaint(ANSWER, "(((x11^64)^64)^64)^64")
    assert verdict(ANSWER, x[1, 1] ** 64, "(x11^8)^8") == "correct"


def test_a_point_where_the_key_divides_by_zero_is_left_for_another(monkeypatch):
    monkeypatch.setattr(modular, "MODULUS", 5)  # every fifth point of 1/x is such a point
    assert {verdict(ANSWER, f"1/x[{i}]", f"1/x{i}") for i in range(10)} == {"correct"}


# A polynomial is a dict from monomials, tuples of (name, row, column), to whole coefficients.
factors = st.tuples(st.sampled_from("wx"), st.integers(0, 3), st.integers(0, 3))
monomials = st.lists(factors, min_size=1, max_size=3).map(lambda found: tuple(sorted(found)))
polynomials = st.dictionaries(monomials, st.integers(-5, 5).filter(bool), min_size=1, max_size=6)
STYLES = ["{}[{},{}]", "{}[{}][{}]", "{}_{{{}{}}}", "{}_{{{}, {}}}", "{}_{}{}", "{}{}{}"]


def as_key(polynomial):
    return " + ".join(
        "*".join([f"({coefficient})", *("{}[{},{}]".format(*factor) for factor in monomial)])
        for monomial, coefficient in polynomial.items()
    )


def spelled(polynomial, data):
    """The polynomial as some student could type it."""
    terms = []
    for monomial, coefficient in data.draw(st.permutations(list(polynomial.items()))):
        pieces = [data.draw(st.sampled_from(STYLES)).format(*factor) for factor in data.draw(st.permutations(monomial))]
        product = pieces[0] + "".join(data.draw(st.sampled_from(["*", "", " ", "·", " × "])) + p for p in pieces[1:])
        size = "" if abs(coefficient) == 1 else f"{abs(coefficient)}{data.draw(st.sampled_from(['', '*', ' ']))}"
        terms.append(f"{'-' if coefficient < 0 else '+'} {size}{product}")
    return " ".join(terms)


@given(polynomials, st.data())
@settings(max_examples=150)
def test_any_rearrangement_is_right(polynomial, data):
    text = spelled(polynomial, data)
    assert verdict(ANSWER, as_key(polynomial), text) == "correct", text


def changed(polynomial, monomial, change):
    """The polynomial with one sign, coefficient or index changed."""
    rest = {m: c for m, c in polynomial.items() if m != monomial}
    coefficient, (name, row, column) = polynomial[monomial], monomial[0]
    if change == "sign":
        coefficient = -coefficient
    elif change == "coefficient":
        coefficient += 1
    elif change == "index":
        monomial = tuple(sorted([(name, row, (column + 1) % 4), *monomial[1:]]))
    else:
        monomial = tuple(sorted([(name, column, row), *monomial[1:]]))
    total = {**rest, monomial: rest.get(monomial, 0) + coefficient}
    return {m: c for m, c in total.items() if c}


@given(polynomials, st.sampled_from(["sign", "coefficient", "index", "swap"]), st.data())
@settings(max_examples=150)
def test_one_change_is_wrong(polynomial, change, data):
    other = changed(polynomial, data.draw(st.sampled_from(sorted(polynomial))), change)
    assume(other != polynomial and other)
    key = as_key(polynomial)
    assert verdict(ANSWER, key, spelled(other, data)) in ("wrong", "partial")  # a sum of products is marked by terms


@given(polynomials, polynomials, st.data())
@settings(max_examples=75)
def test_products_and_quotients_follow_the_laws(first, second, data):
    a, c = spelled(first, data), spelled(second, data)
    key = f"({as_key(first)})*({as_key(second)})"
    assert verdict(ANSWER, key, f"({c})({a})") == "correct"
    assert verdict(ANSWER, key, f"(({a})²({c})²)/(({c})({a}))") == "correct"
    assert verdict(ANSWER, key, f"({c})({a}) + 1") != "correct"


pieces = st.sampled_from([*"x()+-*/^2², @", "w[0,1]", "lambda"])


@given(
    st.text(max_size=60)
    | st.text(alphabet="xw01²₀_[]{}(),+-*/^ .eE−·", max_size=40)
    | st.lists(pieces, max_size=20).map("".join)
)
@settings(max_examples=400)
def test_any_text_is_compared_or_invalid(text):
    try:
        value = parse(ANSWER, text)
    except Invalid as error:
        assert str(error)
    else:
        assert 0.0 <= compare(ANSWER, KEY, value).fraction <= 1.0
