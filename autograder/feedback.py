"""Marks → what people read: a comment for the gradebook, an HTML page for the student. Pure.

Student text is escaped by the page's template; only our own Markdown becomes HTML, and raw HTML in it is shown as text.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from assignments.blueprint import Blueprint
from assignments.notebook import solution_markdown
from assignments.paper import Paper, Question
from autograder.markdown import literally, to_html
from autograder.marks import Grade, Mark, QuestionMark, Verdict
from question_bank.code import Code

WORDS = {
    Verdict.CORRECT: "Correct",
    Verdict.FOLLOWS: "Correct, following from your earlier answer",
    Verdict.PARTIAL: "Partly correct",
    Verdict.MISTAKE: "Not correct, and we think we know why",
    Verdict.INCORRECT: "Not correct",
    Verdict.BLANK: "No answer",
    Verdict.INVALID: "Could not be read as an answer",
    Verdict.ERROR: "Your code failed",
    Verdict.ENVIRONMENT: "Your code needs what is not here; a person will look at it",
    Verdict.UNMARKED: "Waiting for a person to mark it",
    Verdict.WAITING: "Waits for a person",
    Verdict.JUDGED: "Marked by a person",
}


def points_text(points: float) -> str:
    """Points as people read them: two decimals at most."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


@cache
def page(name: str) -> Template:
    """One of our page templates, with autoescaping on."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["number"] = points_text
    return environment.from_string(resource(name))


def resource(name: str) -> str:
    """A file of the folder `pages`."""
    return (resources.files("autograder") / "pages" / name).read_text(encoding="utf-8")


def style() -> Markup:
    """The style sheet of our pages."""
    return Markup(resource("style.css"))  # noqa: S704


def html(grade: Grade, paper: Paper, blueprint: Blueprint, penalty: float = 0.0, remarks: Sequence[str] = ()) -> str:
    """The page that a student reads: per part what was answered, the verdict and why; then the worked solution.

    remarks: what was odd about the notebook and what was done about it.
    """
    questions = {question.id: question for question in paper.questions}
    return page("feedback.html").render(
        title=blueprint.title,
        assignment=paper.assignment,
        grade=grade,
        penalty=penalty,
        remarks=remarks,
        words={verdict.value: text for verdict, text in WORDS.items()},
        style=style(),
        questions=[_section(marked, questions[marked.id], blueprint) for marked in grade.questions],
    )


def comments(marked: QuestionMark) -> dict[str, str]:
    """The comments that stand in the gradebook beside a question's scores, by cell: a line or two for each part.

    nbgrader shows them as they stand while grading, and as Markdown, with HTML let through, in feedback of its own.
    """
    return {name: "\n".join(map(_comment, cell.marks)) for name, cell in marked.cells.items()}


def _comment(mark: Mark) -> str:
    if mark.in_words:
        return mark.message
    points = f"{points_text(mark.points)}/{points_text(mark.out_of)}"
    why = "; ".join(filter(None, [mark.misconception, literally(mark.message.replace("\n", "; "))]))
    return f"{mark.variable}: {mark.verdict.value} ({points})" + (f": {why}" if why else "")


def _section(marked: QuestionMark, question: Question, blueprint: Blueprint) -> dict[str, Any]:
    figure = question.variant.figure()
    return {
        "id": marked.id,
        "heading": f"Question {marked.id[1:]}",
        "points": marked.points,
        "out_of": marked.out_of,
        "stem": _markup(question.variant.stem),
        "figure": Markup(figure.img) if figure else "",  # noqa: S704 - ours; as an image, nothing in it can act
        "parts": [_part(mark, question) for mark in marked.marks],
        "hands": [hand for _, hand in marked.hands if hand.score is not None or hand.extra or hand.comment],
        "solution": _markup(solution_markdown(question)) if blueprint.feedback.solutions else "",
    }


def _part(mark: Mark, question: Question) -> dict[str, Any]:
    part = question.variant.template.parts[mark.part]
    prompt = "" if isinstance(part, Code) else _markup(question.variant.prompt(mark.part))
    return {"mark": mark, "prompt": prompt, "feedback": _markup(mark.feedback) if mark.feedback else ""}


def _markup(markdown: str) -> Markup:
    return Markup(to_html(markdown))  # noqa: S704 - our own Markdown; to_html passes no raw HTML on
