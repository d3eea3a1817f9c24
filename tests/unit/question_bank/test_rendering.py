"""Texts: what they may name, how values look in them, and what happens to a text that is wrong."""

from fractions import Fraction

import pytest
from sympy import Symbol

from question_bank import integers, part, template
from question_bank.errors import TemplateError
from question_bank.rendering import render


def question(stem="", prompt="", solution=""):
    """A variant with these texts, n = 3, the key `double` = 6 and the author's own helper `half`."""
    texts = {"stem": stem, "solution": solution}

    class Sample:
        __module__ = "bank.tests.sample"
        n: int = integers(3, 3)
        double = part(prompt, lambda q: 2 * q.n)

        def half(q):
            return q.n / 2

    for name, text in texts.items():
        setattr(Sample, name, text)
    return template(topics=["test"])(Sample)(n=3)


def test_every_text_sees_the_parameters():
    variant = question("{{ n }} px", "side of {{ n }}", "from {{ n }}")
    assert (variant.stem, variant.prompt("double"), variant.solution) == ("3 px", "side of 3", "from 3")


def test_only_the_solution_sees_the_keys():
    assert question(solution="{{ double }}").solution == "6"
    with pytest.raises(TemplateError, match=r"tests/sample: stem: 'double' is undefined"):
        _ = question(stem="{{ double }}").stem
    with pytest.raises(TemplateError, match=r"tests/sample: prompt of double: 'double' is undefined"):
        question(prompt="{{ double }}").prompt("double")


def test_an_unknown_name_is_an_error_and_never_an_empty_string():
    with pytest.raises(TemplateError, match="'filters' is undefined"):
        _ = question(stem="{{ filters }} filters").stem
    with pytest.raises(TemplateError, match="'filters' is undefined"):
        _ = question(solution="{% if filters %}a{% endif %}").solution


@pytest.mark.parametrize("name", ["key", "given", "parameters", "note", "_keys"])
def test_the_machinery_of_a_variant_is_out_of_reach(name):
    with pytest.raises(TemplateError, match="is undefined"):
        _ = question(solution=f"{{{{ {name} }}}}").solution


def test_an_authors_own_helper_can_be_called():
    assert question(stem="{{ half() }}").stem == "1.5"


def test_text_that_is_not_jinja_names_the_place():
    with pytest.raises(TemplateError, match="tests/sample: stem: "):
        _ = question(stem="{{ n").stem


def test_indentation_of_the_source_is_taken_away():
    assert render("One\n        two\n\n            code\n        three", {}, "here") == "One\ntwo\n\n    code\nthree"


@pytest.mark.parametrize(
    "value, latex",
    [
        (3, "3"),
        (0.5, "0.5"),
        (Fraction(11, 4), "2.75"),
        (((1, 2), (3, 4)), r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}"),
        (Symbol("x") ** 2, "x^{2}"),
    ],
)
def test_latex_filter(value, latex):
    assert render("{{ value | latex }}", {"value": value}, "here") == latex


def test_nothing_is_escaped():
    assert render("{{ a }} < & >", {"a": "<b>"}, "here") == "<b> < & >"


def test_only_names_that_the_text_uses_are_looked_up():
    class Names(dict):
        def __getitem__(self, name):
            assert name == "n"
            return 3

    assert render("{{ n }}", Names(n=1, expensive=2), "here") == "3"
