"""Expressions with functions, sums and indices that vary; each table belongs to the key that CASES names for it.

Rows are (response, verdict), or (response, verdict, why) where the verdict may surprise.
"""

import pytest
from sympy import Abs, IndexedBase, Max, Sum, Symbol, ceiling, exp, floor, log, sqrt, symbols, tanh
from verdicts import complaint, verdict

from autograder.checkers import compare, parse, points
from autograder.responses import decode, encode
from question_bank import Symbolic

x, y = symbols("x y")
i, n = symbols("i n")
NATURAL = Symbolic(assume={"n": "natural", "i": "natural", "j": "natural"})
POSITIVE = Symbolic(assume={"x": "positive", "y": "positive"})
SIZES = Symbolic(assume=dict.fromkeys("nkps", "natural"))
ACTIVATION = Symbolic(functions={"sigma": "sigmoid"})
BATCH_NORM = Symbolic(assume={"sigma": "positive", "epsilon": "positive"}, symbols=("gamma", "beta", "mu"))

SIGMOID = [
    ("1/(1+exp(-x))", "correct"),
    ("1/(1+e^(-x))", "correct"),
    ("1/(1+e^-x)", "correct"),
    ("1/(1+e**-x)", "correct"),
    ("(1+exp(-x))^-1", "correct"),
    ("(1 + e⁻¹^x)^-1", "invalid", "a power of a superscript reads like two powers"),
    (r"\frac{1}{1+e^{-x}}", "correct"),
    (r"$\frac{1}{1+e^{-x}}$", "correct"),
    (r"$$\dfrac{1}{1+\exp(-x)}$$", "correct"),
    (r"\(\frac{1}{1+e^{-x}}\)", "correct"),
    (r"\frac1{1+e^{-x}}", "correct"),
    (r"\left(1 + e^{-x}\right)^{-1}", "correct"),
    ("sigmoid(x)", "correct"),
    ("e^x/(1+e^x)", "correct"),
    ("e^x/(e^x+1)", "correct"),
    ("1-sigmoid(-x)", "correct"),
    ("1 - 1/(1+e^x)", "correct"),
    ("(1+tanh(x/2))/2", "correct"),
    (r"\frac{1}{2}\left(1+\tanh\frac{x}{2}\right)", "invalid", "of what is the function taken?"),
    (r"\frac{1}{2}\left(1+\tanh(\frac{x}{2})\right)", "correct"),
    ("exp(x/2)/(exp(x/2)+exp(-x/2))", "correct"),
    ("exp(-log(1+exp(-x)))", "correct"),
    ("exp(-softplus(-x))", "correct"),
    ("cosh(x/2)*exp(x/2)/(1+cosh(x)+sinh(x))", "wrong", "twice as much is missing"),
    ("1/(1+e^x)", "wrong"),
    ("1/1+e^-x", "wrong", "as everywhere, / binds before +"),
    ("1/(1+e^(-2x))", "wrong"),
    ("1/(1+2.718281828459045^(-x))", "wrong", "close to e is not e"),
    ("1/(1+exp(-x)) + 10^-30", "wrong", "they differ, however little"),
    ("sigma(x)", "invalid", "sigma is no function unless the question says so"),
    ("σ(x)", "invalid"),
    ("exp", "invalid"),
    ("exp x", "wrong"),
    ("exp -x", "invalid"),
    ("exp(x", "invalid"),
    ("exp()", "invalid"),
    ("exp(x, 2)", "invalid"),
    ("1/0e^x", "invalid"),
    ("log(-1-x²)", "wrong", "it has no real value"),
    ("1/(e^x-e^x)", "wrong"),
]
DERIVATIVE = [
    ("sigmoid(x)*(1-sigmoid(x))", "correct"),
    ("sigmoid(x)-sigmoid(x)^2", "correct"),
    (r"\sigma(x)(1-\sigma(x))", "correct"),
    ("σ(x)(1−σ(x))", "correct"),
    (r"\sigma(x)\,\sigma(-x)", "correct"),
    (r"\frac{e^{-x}}{(1+e^{-x})^2}", "correct"),
    ("e^-x/(1+e^-x)²", "correct"),
    ("1/(2+e^x+e^-x)", "correct"),
    ("(1-tanh(x/2)^2)/4", "correct"),
    ("1/(4cosh(x/2)^2)", "correct"),
    ("sigma(x)", "wrong"),
    ("σ(x)(1+σ(x))", "wrong"),
    ("σ'(x)", "invalid"),
]
TANH = [
    ("tanh(x)", "correct"),
    (r"\tanh x", "correct"),
    ("(e^x-e^-x)/(e^x+e^-x)", "correct"),
    ("2sigmoid(2x)-1", "correct"),
    ("sinh(x)/cosh(x)", "correct"),
    ("1 - 2/(e^(2x)+1)", "correct"),
    ("-tanh(-x)", "correct"),
    ("tan(x)", "wrong"),
    ("(e^x+e^-x)/(e^x-e^-x)", "wrong"),
]
RELU = [
    ("max(0,x)", "correct"),
    ("max(x, 0)", "correct"),
    ("Max(0, x)", "correct", "as SymPy prints it"),
    (r"\max(0, x)", "correct"),
    (r"\max\{0,x\}", "correct"),
    (r"\max\left(0, x\right)", "correct"),
    ("relu(x)", "correct"),
    ("ReLU(x)", "correct"),
    (r"\mathrm{ReLU}(x)", "correct"),
    (r"\operatorname{relu}(x)", "correct"),
    ("-min(0,-x)", "correct"),
    ("(x+|x|)/2", "correct"),
    ("(x+abs(x))/2", "correct"),
    ("(x+sqrt(x^2))/2", "correct"),
    ("x(1+sign(x))/2", "correct"),
    ("max(0,x,x/2)", "correct", "x/2 never is the largest"),
    ("max(0, max(x, -1))", "correct"),
    ("x", "wrong"),
    ("0", "wrong"),
    ("|x|", "wrong"),
    ("max(0,5)", "wrong"),
    ("max(0.001,x)", "wrong"),
    ("max(0,x-10^-9)", "wrong"),
    ("log(1+exp(x))", "wrong", "softplus is close to it far away from 0"),
    ("max(x)", "invalid"),
    ("max 0, x", "invalid"),
    ("max(0 x)", "invalid"),
    ("max(0;x)", "invalid"),
    ("|x", "invalid"),
    ("||", "invalid"),
]
SHIFTED = [
    ("max(0,x-100)", "correct"),
    ("relu(x-100)", "correct"),
    ("(x-100+|x-100|)/2", "correct"),
    ("0", "wrong", "most points lie below 100, but not all"),
    ("max(0,x-101)", "wrong"),
    ("max(0,x)-100", "wrong"),
]
CONV_OUT = [
    ("floor((n+2*p-k)/s)+1", "correct"),
    ("(n+2*p-k)//s + 1", "correct", "// rounds down, as in Python"),
    (r"\left\lfloor\frac{n+2p-k}{s}\right\rfloor+1", "correct"),
    (r"\lfloor (n+2p-k)/s \rfloor + 1", "correct"),
    ("⌊(n+2p−k)/s⌋+1", "correct"),
    ("floor((n+2p-k)/s+1)", "correct"),
    ("floor((n+2p-k+s)/s)", "correct"),
    ("1+floor((n-k+2p)/s)", "correct"),
    ("ceil((n+2p-k+1)/s)", "correct", "the same for whole numbers, and they are declared to be"),
    ("⌈(n+2p-k+1)/s⌉", "correct"),
    ("-floor(-(n+2p-k+1)/s)", "correct"),
    ("(n+2p-k)/s+1", "wrong"),
    ("ceil((n+2p-k)/s)+1", "wrong"),
    ("floor((n+2p-k)/s)", "wrong"),
    ("floor((n+p-k)/s)+1", "wrong"),
    ("floor((n+2p-k-1)/s)+1", "wrong"),
    ("floor(n+2p-k)/s+1", "wrong"),
    ("⌊(n+2p−k)/s⌉+1", "invalid"),
    ("⌊(n+2p−k)/s+1", "invalid"),
]
DOT = [
    ("Sum(x[i]*w[i],(i,1,n))", "correct"),
    ("Sum(w[i]*x[i], (i, 1, n))", "correct", "as SymPy prints it"),
    (r"\sum_{i=1}^{n} w_i x_i", "correct"),
    (r"\sum_{i=1}^n w_{i}x_{i}", "correct"),
    (r"$\sum\limits_{i=1}^{n} x_i\cdot w_i$", "correct"),
    (r"\sum_{j=1}^n x_j w_j", "correct", "the variable may have another name"),
    ("∑_{k=1}^{n} w_k x_k", "correct"),
    (r"\sum_{i=0}^{n-1} w_{i+1}x_{i+1}", "correct"),
    (r"\sum_{i=1}^{n} w_{n+1-i}x_{n+1-i}", "correct", "the same terms from the last to the first"),
    (r"w_n x_n + \sum_{i=1}^{n-1} w_i x_i", "correct"),
    (r"\sum_{i=1}^{n-1} w_i x_i + w_n x_n", "correct", "a sum ends where the next + stands"),
    (r"2\sum_{i=1}^{n} \frac{w_i x_i}{2}", "correct"),
    (r"\sum_{i=1}^{n} w_i", "wrong"),
    (r"\sum_{i=0}^{n} w_i x_i", "wrong"),
    (r"\sum_{i=1}^{n-1} w_i x_i", "wrong"),
    (r"\sum_{i=1}^{n} w_i x_{i+1}", "wrong"),
    (r"\sum_{i=1}^{n} w_i \sum_{i=1}^{n} x_i", "wrong"),
    ("w_1x_1+w_2x_2", "wrong"),
    ("n*w_i*x_i", "wrong"),
    (r"\sum_i w_i x_i", "invalid"),
    (r"\sum w_i x_i", "invalid"),
    (r"\sum_{i=1}^{m} w_i x_i", "invalid", "the question has no m"),
    (r"\sum_{i=1}^{n} w_{ik} x_i", "invalid"),
    ("sum(w*x)", "invalid"),
    ("w·x", "wrong"),
    (r"\sum_{i=1}^{10^9} w_i x_i", "invalid"),
    (r"\prod_{i=1}^{n} w_i x_i", "invalid"),
]
UNROLLED = [
    (r"\sum_{a=0}^{1}\sum_{b=0}^{1} x_{1+a,2+b} w_{a,b}", "correct"),
    (r"\sum_{a=0}^{1}\sum_{b=0}^{1} x_{1+a,2+b} w_{ab}", "correct"),
    (r"\sum_{a=0}^{1}\sum_{b=0}^{1} x[a+1,b+2]*w[a,b]", "correct"),
    ("Sum(x[a+1,b+2]*w[a,b], (a,0,1), (b,0,1))", "correct"),
    ("Sum(Sum(x[a+1,b+2]*w[a,b], (a,0,1)), (b,0,1))", "correct"),
    (r"\sum_{a=1}^{2}\sum_{b=1}^{2} x_{a,b+1} w_{a-1,b-1}", "correct"),
    ("x[1,2]w[0,0] + x[1,3]w[0,1] + x[2,2]w[1,0] + x[2,3]w[1,1]", "correct"),
    ("x_{1,2}w_{0,0} + x_{1,3}w_{0,1} + x_{1+1,2}w_{1,0} + x_{1+1,2+1}w_{1,1}", "correct"),
    (r"\sum_{a=0}^{1}\sum_{b=0}^{1} x_{1+b,2+a} w_{a,b}", "partial", "two of four terms are right"),
    (r"\sum_{a=0}^{1}\sum_{b=0}^{2} x_{1+a,2+b} w_{a,b}", "partial", "two superfluous terms"),
    (r"\sum_{a=0}^{1} x_{1+a,2+a} w_{a,a}", "partial"),
    ("0", "wrong"),
    ("4", "wrong"),
    ("x[1,2]", "wrong"),
    ("x w", "wrong"),
    ("w[0,0]", "wrong"),
]
ENTRY = [
    ("x[i+1,j]", "correct"),
    ("x_{i+1,j}", "correct"),
    ("x[1+i][j]", "correct"),
    ("x[2i-i+1, j]", "correct"),
    ("x[i,j]", "wrong"),
    ("x_{ij}", "wrong"),
    ("x[j,i+1]", "wrong"),
    ("x[i+1]", "wrong"),
    ("x_ij", "invalid", "x[i,j], or x[i] times j?"),
    ("x[i+1,k]", "invalid"),
    ("x[i+0.5,j]", "wrong"),
]
POWERS = [
    ("2**n-1", "correct"),
    ("2^n - 1", "correct"),
    (r"2^{n}-1", "correct"),
    (r"\sum_{i=0}^{n-1} 2^i", "correct"),
    ("exp(n*ln(2)) - 1", "correct"),
    ("2*2^(n-1) - 1", "correct"),
    ("2^n", "wrong"),
    ("n^2-1", "wrong"),
    (r"\sum_{i=0}^{n} 2^i", "wrong"),
]
LOGARITHM = [
    ("log(x*y)", "correct"),
    ("log(x)+log(y)", "correct"),
    ("ln x + ln y", "correct"),
    (r"\ln(x) + \ln(y)", "correct"),
    (r"\log(xy)", "correct", "xy can only be x·y here"),
    ("ln(x²y²)/2", "correct"),
    ("2ln(sqrt(x*y))", "correct"),
    ("-log(1/(x y))", "correct"),
    (r"\log_2(xy)\ln(2)", "correct"),
    (r"\frac{\log_{10}(xy)}{\log_{10}(e)}", "correct"),
    ("log2(x*y)*log(2)", "correct"),
    ("log(x, e) + log(y, e)", "correct"),
    ("log(x)*log(y)", "wrong"),
    ("log10(x*y)", "wrong"),
    ("log(x+y)", "wrong"),
    ("log x y", "invalid"),
    ("log 2x", "invalid"),
    (r"\ln x^2", "invalid", "(ln x)², or ln(x²)?"),
]
LOG_OF_SQUARE = [
    ("log(x**2)", "correct"),
    ("2log(|x|)", "correct"),
    ("2log(x)", "wrong", "it has no value where x is negative"),
]
ABSOLUTE = [
    ("sqrt(x^2)", "correct"),
    (r"\sqrt{x^2}", "correct"),
    ("√(x²)", "correct"),
    ("|x|", "correct"),
    (r"\lvert x \rvert", "correct"),
    (r"\left|x\right|", "correct"),
    ("(x^2)^0.5", "correct"),
    ("(x²)^(1/2)", "correct"),
    (r"\sqrt[4]{x^4}", "correct"),
    ("max(x,-x)", "correct"),
    ("x*sign(x)", "correct"),
    ("x", "wrong"),
    ("-x", "wrong"),
    ("sqrt(x)^2", "wrong", "it has no value where x is negative"),
]
SQUARES = [
    ("sin(x)^2", "correct"),
    (r"\sin^2 x", "correct"),
    (r"\sin^{2}(x)", "correct"),
    ("1-cos(x)**2", "correct"),
    ("(1-cos(2x))/2", "correct"),
    ("tan(x)^2/(1+tan(x)^2)", "correct"),
    ("sin(x)cos(x)tan(x)", "correct"),
    ("sin(x+2π)²", "correct"),
    ("sin(x^2)", "wrong"),
    ("sin(2x)", "wrong"),
    ("cos(x)^2", "wrong"),
    ("sin(x+6.28318530718)²", "wrong"),
    ("sin^-1(x)", "invalid", "1/sin(x), or the inverse?"),
    ("sin 2x", "invalid"),
]
CIRCLE = [
    ("pi*r^2", "correct"),
    ("πr²", "correct"),
    (r"\pi r^{2}", "correct"),
    ("pi r r", "correct"),
    ("3.14r²", "wrong"),
    ("3.14159265358979323846r²", "wrong"),
    ("pi*r", "wrong"),
    ("p*r^2", "wrong"),
]
NORMALISED = [
    ("gamma*(x-mu)/sqrt(sigma**2+epsilon)+beta", "correct"),
    (r"\gamma\frac{x-\mu}{\sqrt{\sigma^2+\epsilon}}+\beta", "correct"),
    (r"\frac{\gamma(x-\mu)}{\sqrt{\sigma^{2}+\varepsilon}} + \beta", "correct"),
    ("γ(x−μ)/√(σ²+ε)+β", "correct"),
    ("γ(x−μ)(σ²+ε)^-0.5 + β", "correct"),
    ("gamma*(x-mu)/(sigma^2+epsilon)^(1/2)+beta", "correct"),
    ("γ(x−μ)/√(σ²+ε)−β", "wrong"),
    ("γ(x−μ)/(√(σ²)+ε)+β", "wrong"),
    ("γ(x−μ)/σ+β", "wrong"),
]
EULER = [
    ("e*x", "correct"),
    ("E*x", "correct", "as SymPy prints it"),
    ("exp(1)x", "correct"),
    ("x e", "correct"),
    ("xe", "correct", "the question has no xe, so it is x·e"),
    ("2.718281828x", "wrong"),
]
CASES = {
    "SIGMOID": (Symbolic(), 1 / (1 + exp(-x)), SIGMOID),
    "DERIVATIVE": (ACTIVATION, "sigmoid(x)*(1 - sigmoid(x))", DERIVATIVE),
    "TANH": (Symbolic(), tanh(x), TANH),
    "RELU": (Symbolic(), Max(0, x), RELU),
    "SHIFTED": (Symbolic(), Max(0, x - 100), SHIFTED),
    "CONV_OUT": (SIZES, floor((n + 2 * Symbol("p") - Symbol("k")) / Symbol("s")) + 1, CONV_OUT),
    "DOT": (NATURAL, Sum(IndexedBase("x")[i] * IndexedBase("w")[i], (i, 1, n)), DOT),
    "UNROLLED": (Symbolic(), "x[1,2]*w[0,0] + x[1,3]*w[0,1] + x[2,2]*w[1,0] + x[2,3]*w[1,1]", UNROLLED),
    "ENTRY": (NATURAL, "x[i+1,j]", ENTRY),
    "POWERS": (NATURAL, 2**n - 1, POWERS),
    "LOGARITHM": (POSITIVE, log(x * y), LOGARITHM),
    "LOG_OF_SQUARE": (Symbolic(), log(x**2), LOG_OF_SQUARE),
    "ABSOLUTE": (Symbolic(), sqrt(x**2), ABSOLUTE),
    "SQUARES": (Symbolic(), "sin(x)^2", SQUARES),
    "CIRCLE": (Symbolic(), "pi*r^2", CIRCLE),
    "NORMALISED": (BATCH_NORM, "gamma*(x-mu)/sqrt(sigma^2+epsilon)+beta", NORMALISED),
    "EULER": (Symbolic(), exp(1) * x, EULER),
}
ROWS = [(answer, key, *row[:2]) for answer, key, table in CASES.values() for row in table]


@pytest.mark.parametrize(("answer", "key", "response", "expected"), ROWS, ids=[f"{r[1]}-{r[2]!r}" for r in ROWS])
def test_tables(answer, key, response, expected):
    assert verdict(answer, key, response) == expected


@pytest.mark.parametrize(
    "expression",
    [1 / (1 + exp(-x)), Max(0, x), Abs(x), floor(x / 2) + ceiling(y), sqrt(x) + log(y), tanh(x) ** 2, exp(1) * x],
    ids=str,
)
def test_an_expression_of_sympy_is_read_from_what_it_prints(expression):
    sent = decode(encode(expression))
    assert sent == str(expression)
    assert verdict(Symbolic(), expression, sent) == "correct"


def test_what_holds_for_positive_numbers_alone_needs_the_assumption():
    assert verdict(Symbolic(), "sqrt(x^2)", "x") == "wrong"
    assert verdict(POSITIVE, "sqrt(x^2)", "x") == "correct"
    assert verdict(Symbolic(assume={"x": "nonnegative"}), "|x|", "x") == "correct"
    assert verdict(Symbolic(assume={"x": "integer"}), "floor(x)", "x") == "correct"
    assert verdict(Symbolic(), "floor(x)", "x") == "wrong"


def test_a_logarithm_of_a_negative_number_is_no_reason_to_mark_it_right():
    answer = Symbolic()
    with pytest.raises(ValueError, match="no value at any point"):
        compare(answer, "log(-1-x^2)", parse(answer, "x"))


@pytest.mark.parametrize(
    ("response", "message"),
    [
        ("max(x)", "max takes two values or more, with commas between them\nmax(x)\n^"),
        ("exp(x,2)", "exp takes one value, found 2\nexp(x,2)\n^"),
        (r"\foo{x}", "the command '\\foo' is not read here\n\\foo{x}\n^"),
        (
            r"\frac{x}2+\frac{x}",
            "write braces after this command, as in \\frac{1}{2}\n\\frac{x}2+\\frac{x}\n          ^",
        ),
        ("x_ij", "write x[i,j] or x_{i,j} for indices; 'x_ij' is no name of this question\nx_ij\n^"),
        ("x[i]", "i in an index stands for no whole number of this question\nx[i]\n  ^"),
        ("x[0,-1]", "an index is a whole number from 0 on\nx[0,-1]\n ^"),
        ("2(x", "this bracket is never closed\n2(x\n ^"),
        ("2{x)", "expected } here\n2{x)\n   ^"),
        ("|x+1", "this | has no other one after it\n|x+1\n    ^"),
        ("exp -x", "write brackets around what the function is taken of\nexp -x\n^"),
        (r"\sum_i x", "write the bounds of the sum, as in \\sum_{i=1}^{n}\n\\sum_i x\n     ^"),
    ],
    ids=repr,
)
def test_message_of_an_invalid_response(response, message):
    assert complaint(Symbolic(), response) == message


def test_points_lie_in_their_domains():
    for number in range(60):
        for name in "abcdfghk":
            symbol = parse(Symbolic(), name).tree.symbol
            at = {
                d: points.coordinate(symbol, number, d, ()) for d in ("positive", "nonnegative", "integer", "natural")
            }
            assert at["positive"] > 0
            assert at["nonnegative"] >= 0
            assert at["integer"].denominator == 1
            assert at["natural"] >= 1
            assert at["natural"].denominator == 1
