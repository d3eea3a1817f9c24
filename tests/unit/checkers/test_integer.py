import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from verdicts import Table, complaint, each_row, verdict

from autograder.checkers import Invalid, compare, parse
from autograder.responses import Raised, Unreadable
from question_bank import Integer

ANSWER = Integer()

TABLES = [
    Table(
        ANSWER,
        3640,
        [
            # Python's own numbers
            (3640, "correct"),
            (3641, "wrong"),
            (-3640, "wrong"),
            (0, "wrong"),
            (3640.0, "correct"),
            (3639.0, "wrong"),
            (3640.5, "invalid"),
            (3640.0000001, "invalid"),
            (float("nan"), "invalid"),
            (float("inf"), "invalid"),
            (True, "invalid"),
            (3640 + 0j, "invalid"),
            (10**3000, "wrong", "as long as a response may be: compared, never printed"),
            # NumPy and torch scalars arrive as arrays without axes
            (np.array(3640), "correct"),
            (np.array(3640.0, dtype=np.float32), "correct"),
            (np.array(3640, dtype=np.uint16), "correct"),
            (np.array(3640.5), "invalid"),
            (np.array(True), "invalid"),
            (np.array(np.nan), "invalid"),
            (np.array([3640]), "invalid"),
            # other things
            ([3640], "invalid"),
            ([], "invalid"),
            (Unreadable("a value of type builtins.dict"), "invalid"),
            (Raised("NameError", "name 'h' is not defined"), "invalid"),
            # one number
            ("3640", "correct"),
            (" 3640\n", "correct"),
            ("+3640", "correct"),
            ("3641", "wrong"),
            ("3640.", "correct"),
            ("3640.00", "correct"),
            ("3.64e3", "correct"),
            ("3.64E+3", "correct"),
            ("36400e-1", "correct"),
            ("003640", "correct"),
            ("３６４０", "correct", "full-width digits of an East Asian keyboard"),
            ("3640.5", "invalid"),
            ("1/3", "invalid"),
            # groups of digits
            ("3,640", "correct"),
            ("3 640", "correct"),
            ("3\u00a0640", "correct"),
            ("3\u202f640", "correct"),
            ("3_640", "correct"),
            ("3,640.0", "correct"),
            ("3,64", "invalid", "3.64 to some, 364 to others"),
            ("3,6400", "invalid"),
            ("36,40", "invalid"),
            ("0,364", "invalid", "a decimal comma"),
            ("3,640,1", "invalid"),
            ("1,003 640", "invalid"),
            ("36 40", "invalid"),
            ("3640,", "invalid"),
            # arithmetic
            ("3*3*10*40+40", "correct"),
            ("40 + 10*40*3^2", "correct"),
            ("40 + 10*40*3**2", "correct"),
            ("3×3×10×40+40", "correct"),
            ("3·3·10·40+40", "correct"),
            ("60²+40", "correct"),
            ("10⁴ − 6360", "correct"),
            ("(90+1)*40", "correct"),
            ("(90+1)40", "invalid", "a sign was lost"),
            ("40(90+1)", "correct"),
            ("7280/2", "correct"),
            ("7280÷2", "correct"),
            ("(7281)//2", "correct"),
            ("7281/2", "invalid"),
            ("10920/3*1", "correct"),
            ("--3640", "correct"),
            ("−3640", "wrong"),
            ("-(-3640)", "correct"),
            ("2*-1820*-1", "correct"),
            ("2**10", "wrong"),
            ("2 * * 12", "invalid", "no power"),
            ("10920/3(1)", "invalid", "3640 or 3640/1·…: unclear"),
            ("3640/0", "invalid"),
            ("0**-1", "invalid"),
            ("3640*1**10**9", "correct"),
            ("3640*(-1)^10", "correct"),
            ("4**0.5", "invalid"),
            ("2*/3", "invalid"),
            ("2+", "invalid"),
            ("*3", "invalid"),
            ("(*3)", "invalid"),
            ("()", "invalid"),
            ("(3640", "invalid"),
            ("3640)", "invalid"),
            ("3640]", "invalid"),
            ("[3640]", "invalid"),
            # words
            ("3640 or 3641", "invalid"),
            ("True", "invalid"),
            ("3640+q", "invalid"),
            ("3640+q-q", "invalid"),
            ("3640 parameters", "invalid"),
            ("= 3640", "invalid"),
            ("n=3640", "invalid"),
            ("3x3x10", "invalid"),
            ("0xE38", "invalid"),
            ("inf", "invalid"),
            ("abs(-3640)", "invalid"),
            ("lambda: 3640", "invalid"),
            ("'3640'", "invalid"),
            ("3640!", "invalid"),
            ("3640%", "invalid"),
            ("9**9**9", "invalid"),
            ("1e999999999", "invalid"),
            ("36\x0040", "invalid"),
        ],
    ),
]


@each_row(TABLES)
def test_table(answer, key, response, expected):
    assert verdict(answer, key, response) == expected


@pytest.mark.parametrize(
    ("response", "message"),
    [
        (3640.5, "expected an integer, found 3640.5"),
        (True, "expected an integer, found True"),
        (np.array(True), "expected an integer, found True"),
        ([1, 2], "expected an integer, found a list of length 2"),
        (np.zeros((2, 3)), "expected an integer, found an array of shape (2, 3)"),
        ("1/3", "expected an integer, found the text '1/3'"),
        ("3640 or 3641", "expected a number, found 'or'\n3640 or 3641\n     ^"),
        ("36\x0040", "the character '␀' is not read here\n36␀40\n  ^"),
        ("60² + 4²$", "the character '$' is not read here\n60² + 4²$\n        ^"),
        ("2*/3", "expected a number or a bracket here\n2*/3\n  ^"),
        ("(1+2", "this bracket is never closed\n(1+2\n^"),
        ("1+2)", "this bracket was never opened\n1+2)\n   ^"),
        ("3640/(2-2)", "this divides by zero\n3640/(2-2)\n      ^"),
        ("9**9**9", "this makes a number that is too large\n9**9**9\n   ^"),
        ("2**900 * 2**900", "this makes a number that is too large\n2**900 * 2**900\n         ^"),
        (
            "3,640,1",
            "a comma only stands between groups of three digits, as in 3,640, "
            "or in an index, as in x[0,1]; write 3.64\n3,640,1\n     ^",
        ),
        ("2+", "the expression ends too early\n2+\n  ^"),
        ("３+$", "the character '$' is not read here\n３+$\n\u3000 ^"),  # a wide character takes a wide space
        ("1 +\n2 + !", "the character '!' is not read here\n2 + !\n    ^"),
        (Unreadable("a value of type builtins.dict"), "expected an integer, found a value of type builtins.dict"),
        (Raised("NameError", "no h"), "expected an integer; the code stopped with NameError: no h"),
    ],
    ids=repr,
)
def test_message(response, message):
    assert complaint(ANSWER, response) == message


@pytest.mark.parametrize(
    ("response", "message"),
    [
        ("(" * 31 + "1" + ")" * 31, "brackets are nested more than 30 deep"),
        ("(" * 100_000, "expected at most 20000 characters, found 100000"),
        ("1+" * 1_000 + "1", "expected at most 2000 numbers, symbols and signs; found more"),
        ("9" * 301, "numbers of more than 300 digits are not read"),
        ("1e301", "numbers of more than 300 digits are not read"),
        ("-" * 1_999 + "!", "the character '!' is not read here"),
    ],
    ids=lambda text: f"{text[:12]}…{len(text)}",
)
def test_limits(response, message):
    assert complaint(ANSWER, response).startswith(message)


def test_what_is_within_the_limits_is_read():
    assert parse(ANSWER, "2**900") == 2**900
    assert parse(ANSWER, "(" * 30 + "1" + ")" * 30) == 1
    assert parse(ANSWER, "1+" * 999 + "1") == 1000
    assert parse(ANSWER, "9" * 300) == 10**300 - 1
    assert parse(ANSWER, "1e300") == 10**300


def test_a_long_line_is_cut_around_the_caret():
    _, line, caret = complaint(ANSWER, "1+" * 400 + "$" + "+1" * 400).split("\n")
    assert len(line) == 60
    assert line[len(caret) - 1] == "$"
    assert line[0] == line[-1] == "…"


def test_the_value_is_a_python_int():
    assert [type(parse(ANSWER, r)) for r in (5, 5.0, "5", np.array(5.0), "10/2")] == [int] * 5


def test_keys_of_other_types():
    assert compare(ANSWER, np.int64(7), 7).fraction == 1.0
    assert compare(ANSWER, 7.0, 8).fraction == 0.0


@given(st.integers(-(10**12), 10**12), st.sampled_from(["", ",", " ", "_", "\u202f"]))
@settings(max_examples=100)
def test_grouped_digits_are_one_number(number, comma):
    assert parse(ANSWER, f"{number:,}".replace(",", comma)) == number


def sums():
    def combine(inner):
        return st.builds("{}{}{}".format, inner, st.sampled_from([" + ", "-", " * ", "*-"]), inner) | st.builds(
            "({})".format, inner
        )

    return st.recursive(st.integers(0, 99).map(str), combine, max_leaves=12)


@given(sums())
@settings(max_examples=100)
def test_arithmetic_agrees_with_python(text):
    value = eval(text)
    assert parse(ANSWER, text) == value
    assert parse(ANSWER, text.replace("*", "×").replace("-", "−")) == value


@given(st.text(max_size=60) | st.text(alphabet="0123456789+-*/^()., eExX²−×[]{}_", max_size=40))
@settings(max_examples=300)
def test_any_text_is_an_int_or_invalid(text):
    try:
        assert type(parse(ANSWER, text)) is int
    except Invalid as error:
        assert str(error)
