"""Marks → what people read."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from classroom import FORGOT, SECRET, Chain, Doubler, blueprint, handed_in, paper
from markupsafe import escape
from nbconvert.filters import markdown2html

from assignments.blueprint import Rubric
from autograder import cases, feedback, marking, report
from autograder.markdown import literally, to_html
from autograder.responses import Raised, Responses
from question_bank import figures, integers, part, template

DEALT = paper(Chain(n=10, k=3), Doubler(n=1))
BLUEPRINT = blueprint(Chain, Doubler)


def grade(values, raised=None):
    return marking.mark(DEALT, handed_in(), Responses(values, {}, raised or {}), Rubric(), {})


def page(values=None, raised=None, **more):
    return feedback.html(grade(values or {}, raised), DEALT, more.pop("blueprint", BLUEPRINT), **more)


class Tags(HTMLParser):
    """Every tag of a page, and what is left open."""

    VOID = ("meta", "br", "hr", "img")

    def __init__(self, html):
        super().__init__()
        self.seen, self.open = [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.seen.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_every_part_shows_its_answer_and_verdict():
    error = {"q2": Raised("SyntaxError", "invalid syntax")}
    html = page({"q1_side": 8, "q1_area": "8*9", "q1_volume": "many"}, error)
    words = ("<b>Correct</b>", "<b>Not correct</b>", "<b>Could not be read as an answer</b>", "<b>Your code failed</b>")
    assert [html.count(word) for word in words] == [1, 1, 1, 1]
    assert "Your answer: <code>8*9</code>" in html
    assert "Your answer: <code>many</code>" in html
    assert "<b>1</b> of 8 points" in html


def test_a_misconceptions_feedback_is_shown_as_markdown_with_formulas():
    html = page({"q1_side": 7})
    assert "we think we know why" in html
    assert "<strong>one more</strong>" in html
    assert "<mrow><mi>n</mi><mo>+</mo><mn>1</mn></mrow></math>" in html
    assert "$" not in re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)


def test_the_worked_solution_has_this_students_numbers():
    html = page()
    assert "Worked solution" in html
    assert all(f"<mn>{number}</mn>" in html for number in (8, 64, 192))
    assert "def double(x):" in html


def test_solutions_can_be_hidden():
    html = page(blueprint=blueprint(Chain, Doubler, solutions=False))
    assert "Worked solution" not in html
    assert "192" not in html
    assert "def double" not in html


def test_a_right_question_keeps_its_solution_folded():
    assert page({"q1_side": 8, "q1_area": 64, "q1_volume": 192}).count("<details open>") == 1
    assert page().count("<details open>") == 2


def test_points_lost_for_lateness_are_shown():
    html = page({"q1_side": 8, "q1_area": 64}, penalty=0.5)
    assert "−0.5" in html
    assert "<b>2.5</b>" in html
    assert "handed in late" not in page()


ATTACKS = [
    "<script>alert(1)</script>",
    "</pre></article><h1>x",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}",
    "&lt;b&gt;",
    "</code>",
    "<!--",
    "]]>",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_student_text_is_shown_as_text(attack):
    plain, html = (page({"q1_side": f"?{text}"}, {"q1": Raised("E", text)}) for text in ("x", attack))
    assert Tags(html).seen == Tags(plain).seen
    assert not Tags(html).open
    assert str(escape(attack)) in html
    assert len(html) - len(plain) < 5 * len(escape(attack))


@pytest.mark.parametrize("hidden", ["\x1b[31m", "\u202e", "\u2066", "\x00"], ids=ascii)
def test_what_would_reorder_or_colour_the_page_is_replaced(hidden):
    html = page({"q1_side": f"8{hidden}"}, {"q1": Raised("E", hidden)})
    assert hidden[0] not in html
    assert hidden[0] not in feedback.comments(grade({}, {"q1": Raised("E", hidden)}).questions[0])["q1"]


def test_a_page_runs_no_script_and_asks_no_network():
    html = page()
    assert "default-src 'none'" in html
    assert not {"script", "link", "iframe", "object"} & set(Tags(html).seen)
    assert "http" not in html.replace("http://www.w3.org/1998/Math/MathML", "").replace("http-equiv", "")


@template(topics=["test"])
class Drawn:
    __module__ = "bank.tests.drawn"
    stem = "Look."
    n: int = integers(1, 9)
    side = part("The side", lambda q: q.n + 1)
    solution = "${{ side }}$"

    def figure(q):
        return figures.grids(figures.grid([[q.n, "<script>x</script>"]], '"><script>y</script>'))


def test_a_figure_is_an_image_below_the_stem_and_nothing_in_it_can_act():
    dealt = paper(Drawn(n=4))
    submitted = handed_in()
    inputs = cases.inputs(dealt, SECRET, submitted.digest)
    marked = marking.mark(dealt, submitted, Responses({}, {}, {}), Rubric(), inputs)
    html = feedback.html(marked, dealt, blueprint(Drawn))
    figure = Drawn(n=4).figure()
    assert f'<div class="stem"><p>Look.</p>\n{figure.img}</div>' in html
    assert Tags(html).seen.count("img") == 1
    assert not {"script", "svg", "iframe", "object"} & set(Tags(html).seen)
    assert not Tags(html).open
    assert "img-src data:" in html
    assert "<img" not in page()


def test_a_comment_has_a_line_for_each_part():
    [question, _] = grade({"q1_side": 7, "q1_area": 49, "q1_volume": "many"}).questions
    side, area, volume = feedback.comments(question)["q1"].split("\n")
    assert side == f"q1_side: mistake (0/1): {FORGOT.name}"
    assert area == "q1_area: follows (2/2): right, given your own earlier answer"
    assert volume.startswith("q1_volume: invalid (0/1): ")


def test_a_comment_of_several_lines_stays_on_its_line():
    marks = grade({"q1_side": "3 + §"}).questions[0]
    assert "\n" in marks.marks[0].message
    assert feedback.comments(marks)["q1"].count("\n") == 2


@pytest.mark.parametrize(
    "points, text",
    [
        (0, "0"),
        (0.0, "0"),
        (10, "10"),
        (100, "100"),
        (2.5, "2.5"),
        (1 / 3, "0.33"),
        (0.004, "0"),
        (2.999, "3"),
        (0.1, "0.1"),
    ],
)
def test_points_are_written_as_people_write_them(points, text):
    assert feedback.points_text(points) == text


# Markdown


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "a <b>c</b>",
        "<img src=x onerror=y>",
        "<!-- x -->",
        "<details>\n\nx\n\n</details>",
        "[x](javascript:alert(1))",
        "![x](javascript:alert(1))",
        "<javascript:alert(1)>",
        "`<b>`",
        "```\n<b>\n```",
    ],
)  # fmt: skip
def test_raw_html_is_shown_as_text(markdown):
    assert set(Tags(to_html(markdown)).seen) <= {"p", "code", "pre"}


def test_formulas_become_mathml():
    assert Tags(to_html(r"$\lfloor n/2 \rfloor$")).seen[:3] == ["p", "span", "math"]
    assert 'display="block"' in to_html("$$x^2$$")
    assert Tags(to_html("$a < b$")).seen == ["p", "span", "math", "mrow", "mi", "mo", "mi"]


def test_text_in_a_formula_is_no_html():
    assert "script" not in Tags(to_html(r"$\text{<script>}$")).seen


def test_tables_are_tables():
    assert "table" in Tags(to_html("| a |\n|---|\n| 1 |")).seen


def test_latex_that_cannot_be_converted_is_named():
    with pytest.raises(ValueError, match=r"cannot convert LaTeX: .*left"):
        to_html(r"$\left( x$")


# The instructor's report


GRADES = [
    grade({"q1_side": 7, "q1_area": 49}),
    grade({"q1_side": 7}),
    grade({"q1_side": 8, "q1_area": 64, "q1_volume": 192}),
]


def test_the_report_lists_misconceptions_verdicts_and_problems():
    html = report.html(BLUEPRINT, GRADES, ["bob: <i>no</i> notebook"])
    assert f"{FORGOT.name} <b>2</b>" in html
    assert "mistake 2, correct 1" in html
    assert "bob: &lt;i&gt;no&lt;/i&gt; notebook" in html
    assert not Tags(html).open


def test_the_report_counts_what_each_part_earned():
    side, area, volume, double = report.part_statistics(GRADES)
    assert [part.part for part in (side, area, volume, double)] == ["side", "area", "volume", "double"]
    assert (side.earned, side.out_of) == (1, 3)
    assert area.facility == pytest.approx(2 / 3)
    assert (side.misconceptions[FORGOT.name], volume.verdicts["blank"]) == (2, 2)


def test_the_report_of_nobody_can_be_read():
    assert "0 submissions" in report.html(BLUEPRINT, [], [])


MARKUP = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "`</code><script>alert(1)</script>`",
    "`` ``` <b>",
    "[click](javascript:alert(1))",
    "<javascript:alert(1)>",
    "![x](http://example.org/x.png)",
    "http://example.org",
    "*bold* # heading",
    "$x$ \\\\(x\\\\)",
    "a\n\n<script>alert(1)</script>",
    "\u202e<b>\x1b[31m",
    "&lt;script&gt;",
    "\\<b\\>",
]


@pytest.mark.parametrize("text", MARKUP)
def test_what_a_student_typed_is_never_markup(text):
    """Whatever shows it: our page, or nbgrader's feedback, which takes comments as Markdown and lets HTML through."""
    marked = grade({"q1_side": text}, {"q2": Raised("Error", text)})
    html = feedback.html(marked, DEALT, BLUEPRINT)
    theirs = markdown2html("\n\n".join(text for q in marked.questions for text in feedback.comments(q).values()))
    allowed = {"p", "code"}
    assert set(Tags(theirs).seen) <= allowed
    assert "\u202e" not in html + theirs
    assert "\x1b" not in html + theirs
    assert sorted(Tags(html).seen) == sorted(Tags(page({"q1_side": "a"}, {"q2": Raised("Error", "a")})).seen)


@pytest.mark.parametrize("text", MARKUP)
def test_a_text_that_could_be_markup_is_shown_literally(text):
    shown = re.sub("<[^>]*>", "", markdown2html(literally(text))).strip()
    assert unescape(shown) == " ".join(text.split())


@pytest.mark.parametrize("text", ["3640", "expected a number, found 'q'", "5 of 9 entries are right"])
def test_a_plain_text_stays_as_it_is(text):
    assert literally(text) == text
