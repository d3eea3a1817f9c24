"""What every template must do, tried on a sample of its variants. Authors write no tests: these do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from assignments.notebook import solution_markdown
from assignments.paper import Question
from autograder import checkers, proofreading
from autograder.checkers.bans import banned_uses
from autograder.checkers.code import judge
from autograder.execution import calls
from autograder.inprocess import respond
from autograder.markdown import to_html
from autograder.responses import decode, encode
from question_bank.answers import Answer
from question_bank.code import Code
from question_bank.errors import FieldmarkError
from question_bank.figures.sound import faults as figure_faults
from question_bank.models import Training
from question_bank.template import Part, Template, Variant

FIGURES = 500  # variants whose figures are drawn
PAGES = 50  # variants of a template whose texts are turned into HTML, and whose figures are drawn twice


def sample(template: Template, count: int) -> list[Variant]:
    """So many variants, drawn; or all that there are, where they are no more and can be listed."""
    some = [template.draw(f"conformance {number}") for number in range(count)]
    if len({variant.note for variant in some}) < count / 2 and (every := template.enumerated()) is not None:
        return every if len(every) <= count else some
    return some


def faults(template: Template, variants: Sequence[Variant]) -> list[str]:
    """What is wrong with a template, a line each; empty where nothing is."""
    found: dict[str, None] = {}
    for fault in _of_template(template):
        found[fault] = None
    for number, variant in enumerate(variants):
        for fault in of_variant(variant, pages=number < PAGES, figure=number < FIGURES):
            found.setdefault(f"{fault} (in {variant!r})" if not found else fault, None)
        if len(found) >= 10:
            break
    return list(found)


def of_variant(variant: Variant, pages: bool = True, figure: bool = True) -> Iterator[str]:
    """What is wrong with one variant. `pages`, `figure`: whether what takes longest is done; see PAGES, FIGURES."""
    question = Question("q1", variant, variant.template.points)
    try:
        yield from _texts(variant, question, pages)
        if figure:
            yield from _figure(variant, again=pages)
        for part in variant.template.parts.values():
            if not part.by_hand:
                yield from _code(question, part) if isinstance(part, Code) else _answer(variant, part)
    except FieldmarkError as error:
        yield str(error)


def _of_template(template: Template) -> Iterator[str]:
    if not template.topics:
        yield "has no topics"
    if template.difficulty not in range(1, 6):
        yield f"expected a difficulty from 1 to 5, found {template.difficulty}"
    if template.minutes < 1:
        yield f"expected at least 1 minute, found {template.minutes}"
    for part in template.parts.values():
        if part.points <= 0:
            yield f"{part.name}: expected points above 0, found {part.points}"
        if isinstance(part, Training):
            continue  # a notebook has a trial run of it instead of visible cases
        if isinstance(part, Code) and not any(case.visible for case in part.cases):
            yield f"{part.name}: expected at least one visible case"
        if isinstance(part, Code) and all(case.visible for case in part.cases):
            yield f"{part.name}: expected at least one hidden case"


def _texts(variant: Variant, question: Question, pages: bool) -> Iterator[str]:
    parts = variant.template.parts.values()
    texts = {"stem": variant.stem, "solution": solution_markdown(question)}
    texts |= {f"prompt of {part.name}": variant.prompt(part.name) for part in parts}
    texts |= {f"model answer of {part.name}": variant.key(part.name) for part in parts if part.by_hand}
    texts |= {f"feedback of {m.name!r}": m.feedback for part in parts for m, _ in part.mistakes_in(variant)}
    for what, text in texts.items():
        if not text.strip():
            yield f"{what}: is empty"
        yield from (f"{what}: {trace}" for trace in proofreading.traces(text))
        try:
            if pages:
                to_html(text)
        except ValueError as error:
            yield f"{what}: {error}"
    yield from _shown(variant, texts["solution"])


def _shown(variant: Variant, solution: str) -> Iterator[str]:
    """Every key stands in the worked solution, that of the last part at its end."""
    for part in variant.template.parts.values():
        if part.by_hand and variant.key(part.name) not in solution:
            yield f"solution: the model answer of {part.name} does not stand in it"
    names = [part.name for part in variant.template.parts.values() if not (isinstance(part, Code) or part.by_hand)]
    for name in names:
        key, answer = variant.key(name), variant.answer_of(name)
        where = proofreading.last_block(solution) if name == names[-1] else solution
        if not proofreading.shows(where, answer, key):
            yield f"solution: the key of {name}, {answer.display(key)}, does not stand in {where[-80:]!r}"


def _figure(variant: Variant, again: bool) -> Iterator[str]:
    """A figure is sound and the same each time."""
    if (figure := variant.figure()) is None:
        return
    if again and figure != variant.figure():
        yield "figure: differs when it is drawn again"
    yield from (f"figure: {fault}" for fault in figure_faults(figure))


def _answer(variant: Variant, part: Part) -> Iterator[str]:
    """The key, as a student would type it, earns full marks; each mistake is recognised and earns none of them."""
    key, answer = variant.key(part.name), variant.answer_of(part.name)
    if _fraction(answer, key, _typed(answer, key)) != 1:
        yield f"{part.name}: its own key, {answer.literal(key)}, does not earn full marks"
    for misconception, wrong in part.mistakes_in(variant):
        typed = _typed(answer, wrong)
        if _fraction(answer, key, typed) == 1:
            yield f"{part.name}: {misconception.name!r} gives {answer.display(wrong)}, which earns full marks"
        if _fraction(answer, wrong, typed) != 1:
            yield f"{part.name}: {misconception.name!r} gives {answer.literal(wrong)}, which is not recognised"


def _typed(answer: Answer, response: Any) -> Any:
    """What is read of a response that is typed as Python; None where it cannot be read."""
    try:
        # The literal is ours; a student's text is never evaluated.
        typed = decode(encode(eval(answer.literal(response), {"__builtins__": {}})))  # noqa: S307
        return checkers.parse(answer, typed)
    except (SyntaxError, NameError, checkers.Invalid):
        return None


def _fraction(answer: Answer, key: Any, value: Any) -> float:
    return -1.0 if value is None else checkers.compare(answer, key, value).fraction


def _code(question: Question, part: Code) -> Iterator[str]:
    """The worked solution passes every case without banned names; each mutant fails one and is recognised."""
    variant = question.variant
    if isinstance(part, Training):
        return  # takes minutes: the tests of coding tasks train
    arguments = [tuple(case.inputs(variant, "conformance").values()) for case in part.cases]
    names = _run(variant.solution)
    unbanned = replace(part, answer=replace(part.answer, banned=()))
    with calls.without(part.answer.banned):  # once for all cases, as it takes longer than most
        results = [respond(unbanned, names, a) for a in arguments]
    judgement = judge(part, variant, arguments, results)
    for case in judgement.cases:
        if not case.passed:
            yield f"{part.name}: its own solution fails {case.label!r}: {case.message}"
    if used := banned_uses(part.name, [variant.solution], part.answer.banned):
        yield f"{part.name}: its own solution uses {', '.join(used)}, which is banned"
    if part.given:
        given = _run(part.starter(variant))
        earned = judge(part, variant, arguments, [respond(unbanned, given, a) for a in arguments]).fraction
        if earned:
            yield f"{part.name}: the code that is to be mended earns {earned:.0%} as it stands"
    plain = replace(unbanned, answer=replace(unbanned.answer, takes="torch", inference=False))
    for misconception, mutant in part.mistakes_in(variant):  # written for torch, and may do what students may not
        judgement = judge(part, variant, arguments, [respond(plain, {part.name: mutant}, a) for a in arguments])
        if all(case.passed for case in judgement.cases):
            yield f"{part.name}: no case kills the mutant {misconception.name!r}"
        elif judgement.misconception != misconception:
            yield f"{part.name}: the mutant {misconception.name!r} is not recognised"


def _run(source: str) -> dict[str, Any]:
    import torch

    names: dict[str, Any] = {"np": np, "torch": torch}
    exec(source, names)  # noqa: S102 - the author's own worked solution
    return names
