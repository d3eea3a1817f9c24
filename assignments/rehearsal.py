"""Submissions as a class would hand them in, to try a course out before students do.

Students of a roster behave in turn as BEHAVIOURS says: they know it, slip, misunderstand, guess, leave blanks, and
write code that raises or never ends.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assignments import notebook, paper
from assignments.blueprint import Blueprint
from assignments.course import Course
from assignments.files import write_text
from assignments.paper import Paper, Question
from question_bank.answers import Integer, Shape
from question_bank.code import Code
from question_bank.errors import CourseError
from question_bank.template import Part

HANDED_IN = "2000-01-01 12:00:00 UTC"


@dataclass(frozen=True)
class Rehearsed:
    """One submission that was made up."""

    student: str
    behaviour: str


def rehearse(course: Course, blueprint: Blueprint) -> list[Rehearsed]:
    """Hand in a made-up submission for every student who was dealt a paper.

    Raises CourseError, and writes nothing, where anything was handed in already.
    """
    taken = sorted((course.root / "submitted").glob(f"*/{blueprint.assignment}"))
    if taken:
        raise CourseError(f"{taken[0]}: something was handed in already; rehearse in a copy of the course")
    manifests = [m for m in course.manifests(blueprint.assignment) if m.attempt == 1]
    if not manifests:
        raise CourseError(
            f"{blueprint.assignment}: no papers were dealt; run `fieldmark generate {blueprint.assignment}`"
        )
    names, done = list(BEHAVIOURS), []
    for number, manifest in enumerate(manifests):
        behaviour = names[number % len(names)]
        dealt = paper.paper_of(manifest, blueprint, course.catalog)
        book = answered(notebook.student_notebook(dealt, blueprint, course.secret), dealt, BEHAVIOURS[behaviour])
        write_text(course.notebook_file("submitted", dealt.student, dealt.assignment), notebook.to_json(book))
        stamp = course.step_folder("submitted", dealt.student, dealt.assignment) / "timestamp.txt"
        write_text(stamp, HANDED_IN)
        done.append(Rehearsed(dealt.student, behaviour))
    return done


Behaviour = Callable[[Question, int], str]  # a question and its number, from 0 → the answer cell's text


def answered(book: dict[str, Any], dealt: Paper, behaviour: Behaviour) -> dict[str, Any]:
    """The notebook with its answer cells filled in."""
    book = copy.deepcopy(book)
    cells = {cell["id"]: cell for cell in book["cells"]}
    for number, question in enumerate(dealt.questions):
        if question.parts:
            cells[f"{question.id}_answer"]["source"] = behaviour(question, number)
        for cell, part in question.texts.items():
            cells[cell]["source"] = _words(behaviour, question, number, part) or cells[cell]["source"]
    return book


def _words(behaviour: Behaviour, question: Question, number: int, part: Part) -> str:
    """What someone who behaves so writes where an explanation is asked for; empty: nothing."""
    if behaviour is hands_in_nothing or (behaviour is leaves_blanks and number % 2):
        return ""
    return "Because of the pixels." if behaviour is guesses else str(question.variant.key(part.name))


def knows_it(question: Question, number: int = 0) -> str:
    """Every part right."""
    return _cell(question, lambda part: question.variant.key(part.name))


def writes_formulas(question: Question, number: int = 0) -> str:
    """Every part right, written as a text: `"1 * 3640"`, `"10 x 10 x 40"`."""
    if any(isinstance(part, Code) for part in question.parts.values()):
        return knows_it(question)
    return "\n".join(f"{variable} = {_as_text(question, part)}" for variable, part in question.parts.items())


def _as_text(question: Question, part: Part) -> str:
    answer, key = question.variant.answer_of(part.name), question.variant.key(part.name)
    literal = answer.literal(key)
    if literal[:1] in "'\"":
        return literal
    if isinstance(answer, Shape):
        return json.dumps(" x ".join(map(str, key)))
    if isinstance(answer, Integer) and key >= 0:
        return json.dumps(f"1 * {key}")
    return json.dumps(literal)


def slips_once(question: Question, number: int = 0) -> str:
    """The first part that has a known mistake shows it; all later ones follow from it."""
    variant, slipped = question.variant, False
    values: dict[str, Any] = {}
    for part in question.parts.values():
        mistakes = part.mistakes_in(question.variant)
        if mistakes and not slipped and not isinstance(part, Code):
            values[part.name] = mistakes[0][1]
            variant, slipped = question.variant.given(**values), True
        else:
            values[part.name] = variant.key(part.name)
    return _cell(question, lambda part: values[part.name])


def misunderstands(question: Question, number: int = 0) -> str:
    """Every part shows its last known mistake, where it has one."""

    def wrong(part: Part) -> Any:
        mistakes = [] if isinstance(part, Code) else part.mistakes_in(question.variant)
        return mistakes[-1][1] if mistakes else question.variant.key(part.name)

    return _cell(question, wrong)


def guesses(question: Question, number: int = 0) -> str:
    """The same number everywhere, whatever is asked."""
    return "\n".join(
        f"def {variable}(*arguments):\n    return 7" if isinstance(part, Code) else f"{variable} = 7"
        for variable, part in question.parts.items()
    )


def leaves_blanks(question: Question, number: int = 0) -> str:
    """Every second question is left as it was."""
    return knows_it(question) if number % 2 == 0 else "# no idea"


def hands_in_nothing(question: Question, number: int = 0) -> str:
    """No question is answered."""
    return ""


def raises(question: Question, number: int = 0) -> str:
    """The first answer cell raises before it gives an answer; the others are right."""
    return f"1 / 0\n{knows_it(question)}" if number == 0 else knows_it(question)


def never_ends(question: Question, number: int = 0) -> str:
    """The second answer cell holds an infinite loop; the others are right."""
    return "while True:\n    pass" if number == 1 else knows_it(question)


BEHAVIOURS: dict[str, Behaviour] = {
    "knows it": knows_it,
    "writes formulas": writes_formulas,
    "slips once": slips_once,
    "misunderstands": misunderstands,
    "guesses": guesses,
    "leaves blanks": leaves_blanks,
    "hands in nothing": hands_in_nothing,
    "code that raises": raises,
    "an infinite loop": never_ends,
}


def _cell(question: Question, value: Callable[[Part], Any]) -> str:
    """The answer cell with a value for each part; functions as the worked solution has them."""
    lines = []
    for variable, part in question.parts.items():
        if isinstance(part, Code):
            lines.append(question.variant.solution)
        else:
            lines.append(f"{variable} = {question.variant.answer_of(part.name).literal(value(part))}")
    return "\n".join(dict.fromkeys(lines))
