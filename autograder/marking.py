"""Responses × rubric → marks. Pure: the same responses are marked the same, today and after a rubric is corrected."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

import numpy as np

from assignments.blueprint import Rubric
from assignments.notebook import BLANK_TEXT, grade_cell
from assignments.paper import Paper, Question
from autograder import checkers
from autograder.cases import Inputs
from autograder.checkers import code
from autograder.checkers.bans import banned_uses
from autograder.checkers.function import CaseOutcome, Judgement
from autograder.checkers.text import clipped, describe, harmless
from autograder.failures import environment
from autograder.marks import LONGEST, NO_RESPONSE, Grade, Mark, QuestionMark, Verdict
from autograder.responses import Raised, Responses, Unreadable, call_key, is_blank
from autograder.submission import Cell, Submission
from question_bank.answers import Answer, Equation, Symbolic, Text
from question_bank.code import Code
from question_bank.misconceptions import Misconception
from question_bank.models import Training
from question_bank.template import Part


def mark(
    paper: Paper,
    submission: Submission,
    responses: Responses,
    rubric: Rubric,
    inputs: Inputs,
    reveal: bool = False,
) -> Grade:
    """Mark every part of a paper. `inputs` are what its functions were called with.

    reveal: a hidden case that fails may be shown with what it was called with.
    """
    marker = _Marker(paper, submission, responses, rubric, inputs, reveal)
    return Grade(paper.student, paper.attempt, tuple(marker.question(question) for question in paper.questions))


def nothing_handed_in(paper: Paper, verdict: Verdict, message: str) -> Grade:
    """The grade of a submission that could not be read: no points, and the same message everywhere."""
    return Grade(
        paper.student,
        paper.attempt,
        tuple(
            QuestionMark(
                question.id,
                question.variant.template.path,
                tuple(
                    Mark(
                        variable,
                        part.name,
                        verdict,
                        0.0,
                        question.part_points(part),
                        "",
                        message,
                        in_words=part.by_hand,
                    )
                    for variable, part in (question.parts | question.texts).items()
                ),
            )
            for question in paper.questions
        ),
    )


@dataclass(frozen=True)
class _Finding:
    """A verdict before it is worth points; `fraction` of the part's points, `value` what the response says."""

    verdict: Verdict
    fraction: float = 0.0
    message: str = ""
    misconception: Misconception | None = None
    value: Any = None


@dataclass(frozen=True)
class _Marker:
    paper: Paper
    submission: Submission
    responses: Responses
    rubric: Rubric
    inputs: Inputs
    reveal: bool

    def question(self, question: Question) -> QuestionMark:
        """Mark the parts in order, carrying the student's own slips forward."""
        slips: dict[str, Any] = {}
        marks = []
        for variable, part in question.parts.items():
            try:
                finding = self.find(question, variable, part, slips)
            except Exception as error:  # noqa: BLE001 - whatever goes wrong here is our fault: no points are lost for it
                finding = _Finding(
                    Verdict.UNMARKED, message=f"a person will mark this ({type(error).__name__}: {error})"
                )
            if finding.value is not None and finding.verdict is not Verdict.CORRECT:
                slips[part.name] = finding.value
            marks.append(self.award(question, variable, part, finding))
        marks += [self.words(question, cell, part) for cell, part in question.texts.items()]
        return QuestionMark(question.id, question.variant.template.path, tuple(marks))

    def words(self, question: Question, name: str, part: Part) -> Mark:
        """An answer in words: for a person, unless there is none."""
        cells = [cell.source.strip() for cell in self.submission.cells if cell.grade_id == name]
        text = "\n\n".join(source for source in cells if source not in ("", BLANK_TEXT))
        # The digest tells a person's score for this text from one for another.
        digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
        message = f"{len(text.split())} words (text {digest})" if cells else "the cell is missing from the notebook"
        blank = bool(cells) and not text
        shown = text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
        return Mark(
            variable=name,
            part=part.name,
            verdict=Verdict.BLANK if blank else Verdict.WAITING,
            points=0.0,
            out_of=question.part_points(part),
            response=harmless(shown),
            message=NO_RESPONSE if blank else message,
            in_words=True,
        )

    def award(self, question: Question, variable: str, part: Part, finding: _Finding) -> Mark:
        """A finding, worth points."""
        out_of = question.part_points(part)
        return Mark(
            variable=variable,
            part=part.name,
            verdict=finding.verdict,
            points=finding.fraction * out_of,
            out_of=out_of,
            response=harmless(_shown(self.responses.values.get(variable))),
            message=harmless(finding.message),
            misconception=finding.misconception.name if finding.misconception else "",
            feedback=finding.misconception.feedback if finding.misconception else "",
        )

    def find(self, question: Question, variable: str, part: Part, slips: Mapping[str, Any]) -> _Finding:
        """The verdict for one part."""
        if question.id in self.submission.lost:
            lost = "the file was damaged, and this answer is lost with a part of it; a person will look at it"
            return _Finding(Verdict.UNMARKED, message=lost)
        if isinstance(part, Code):
            return self.find_code(question, part)
        response = self.responses.values.get(variable, ...)
        if isinstance(response, Raised) or is_blank(response):
            return self.find_nothing(question, variable, response)
        try:
            value = checkers.parse(question.variant.answer_of(part.name), response)
        except checkers.Invalid as invalid:
            return _Finding(Verdict.INVALID, message=str(invalid))
        return self.find_value(question, part, value, slips)

    def find_nothing(self, question: Question, variable: str, response: Any) -> _Finding:
        """Why there is no response: the cell raised, the run was stopped, or nothing was answered."""
        if raised := self.responses.raised.get(question.id):
            return _failed(raised)
        if self.responses.stopped and variable not in self.responses.values:
            return _Finding(Verdict.ERROR, message=f"not reached: {self.responses.stopped}")
        if isinstance(response, Raised) and response.kind != "NameError":
            return _Finding(Verdict.ERROR, message=f"reading {variable} raised {response}")
        missing = isinstance(response, Raised)
        return _Finding(Verdict.BLANK, message=f"{variable} is not assigned anywhere above" if missing else "")

    def find_value(self, question: Question, part: Part, value: Any, slips: Mapping[str, Any]) -> _Finding:
        """The verdict for a response of the asked form: right, following from a slip, a known mistake, partly right."""
        variant, answer = question.variant, question.variant.answer_of(part.name)
        comparison = checkers.compare(answer, variant.key(part.name), value)
        if comparison.fraction >= 1:
            return _Finding(Verdict.CORRECT, 1.0, value=value)
        followed = _followed(question, part, slips)
        if followed is not None and _agrees(answer, followed[0], value):
            message = "right, given your own earlier answer"
            return _Finding(Verdict.FOLLOWS, self.rubric.follows, message, value=value)
        mistakes = part.mistakes_in(variant) + (followed[1] if followed else [])
        for misconception, wrong in mistakes:
            if _agrees(answer, wrong, value):
                # Never less than the same entries would earn without a known misconception behind them.
                fraction = max(self.rubric.mistake, comparison.fraction)
                return _Finding(Verdict.MISTAKE, fraction, comparison.message, misconception, value)
        verdict = Verdict.PARTIAL if comparison.fraction > 0 else Verdict.INCORRECT
        return _Finding(verdict, comparison.fraction, comparison.message, value=value)

    def find_code(self, question: Question, part: Code) -> _Finding:
        """The verdict for a function, from what its calls returned."""
        results = self.responses.calls.get(call_key(question.id, part.name), {})
        if not results and (raised := self.responses.raised.get(question.id)):
            return _failed(raised)
        if self.responses.stopped and len(results) < len(part.cases):
            return _Finding(Verdict.ERROR, message=f"not reached: {self.responses.stopped}")
        in_order = [results.get(number) for number in range(len(part.cases))]
        kinds = {result.kind if isinstance(result, Raised) else "" for result in in_order}
        if kinds == {"NotImplementedError"}:
            return _Finding(Verdict.BLANK)
        if kinds == {"NameError"} and (raised := self.responses.raised.get(question.id)):
            return _failed(raised)
        above = takewhile(lambda cell: cell.grade_id != question.id, self.submission.cells)
        sources = [cell.source for cell in above if cell.is_code and not _is_ours(cell)]
        if used := banned_uses(part.name, sources, part.answer.banned):
            names = ", ".join(map(clipped, used))
            return _Finding(Verdict.INCORRECT, message=f"uses {names}, which this task does not allow")
        if missing := next(filter(None, (environment(r) for r in in_order if isinstance(r, Raised))), ""):
            return _Finding(Verdict.ENVIRONMENT, message=f"{missing}; a person will look at it")
        inputs = self.inputs[call_key(question.id, part.name)]
        judgement = code.judge(part, question.variant, inputs, in_order, self.reveal)
        finding = _of_judgement(judgement, in_order, self.rubric)
        lacks_gpu = isinstance(part, Training) and part.device == "cuda" and not self.responses.gpu
        return _on_the_cpu(finding, judgement) if lacks_gpu else finding


def _of_judgement(judgement: Judgement, results: list[Any], rubric: Rubric) -> _Finding:
    message = "\n".join(map(_of_case, judgement.cases))
    if all(case.passed for case in judgement.cases):
        return _Finding(Verdict.CORRECT, 1.0, message)
    if judgement.misconception:
        fraction = max(judgement.fraction, rubric.mistake)
        return _Finding(Verdict.MISTAKE, fraction, message, judgement.misconception)
    if judgement.fraction > 0:
        return _Finding(Verdict.PARTIAL, judgement.fraction, message)
    raised = all(isinstance(result, Raised) for result in results)
    return _Finding(Verdict.ERROR if raised else Verdict.INCORRECT, 0.0, message)


def _on_the_cpu(finding: _Finding, judgement: Judgement) -> _Finding:
    """What came of a training that may use a GPU where there was none: want of time is not the student's fault."""
    message = f"{finding.message}\ntrained on the CPU, as no GPU was there"
    if judgement.cut_short and finding.fraction < 1:
        return _Finding(Verdict.ENVIRONMENT, message=f"{message}; a person will look at it")
    return replace(finding, message=message)


def _of_case(case: CaseOutcome) -> str:
    """A line on one case; where it may be shown, what it was called with and what came back."""
    note = f" ({case.note})" if case.note else ""
    lines = [f"{case.label}: {case.message or 'as expected' + note}", *case.detail.splitlines()]
    return "\n    ".join(lines)


def _followed(
    question: Question, part: Part, slips: Mapping[str, Any]
) -> tuple[Any, list[tuple[Misconception, Any]]] | None:
    """The part's key and mistakes as they follow from the student's slips; None where they do not differ."""
    if not slips or (
        isinstance(question.variant.answer_of(part.name), Symbolic | Equation) and _typed(question, slips)
    ):
        return None
    variant = question.variant.given(**slips)
    try:
        key = variant.key(part.name)
        if question.variant.answer_of(part.name).same(question.variant.key(part.name), key):
            return None
        return key, part.mistakes_in(variant)
    except Exception:  # noqa: BLE001 - a slip may make no sense to the later key: then nothing follows from it
        return None


def _typed(question: Question, slips: Mapping[str, Any]) -> bool:
    """Whether a slip is text of the student's own: a key is not made of that, it could be of any size."""
    return any(isinstance(question.variant.answer_of(name), Text | Symbolic | Equation) for name in slips)


def _agrees(answer: Answer, key: Any, value: Any) -> bool:
    """Whether a value is right by this key; one that follows from an absurd slip may make no sense to the checker."""
    try:
        return checkers.compare(answer, key, value).fraction >= 1
    except Exception:  # noqa: BLE001 - a key that cannot be compared is no key
        return False


def _is_ours(cell: Cell) -> bool:
    """Whether it is a grade cell as we wrote it: those name the grader."""
    return cell.grade_id[:1] == "q" and cell.source == grade_cell(cell.grade_id, 0)["source"]


def _failed(raised: Raised) -> _Finding:
    if missing := environment(raised):
        return _Finding(Verdict.ENVIRONMENT, message=f"{missing}; a person will look at it")
    return _Finding(Verdict.ERROR, message=_failure(raised))


def _failure(raised: Raised) -> str:
    """What became of an answer cell, in words for the student."""
    if raised.kind in ("TimeLimit", "Stopped"):  # ours, not the student's
        return f"your answer cell was stopped: {raised.message}"
    return f"your answer cell raised {raised}"


def _shown(response: Any) -> str:
    """A response as the student reads it again."""
    if response is None or response is ... or isinstance(response, Raised):
        return ""
    if isinstance(response, np.ndarray):
        response = response.tolist() if 0 < response.size <= 500 else describe(response)
    text = response.what if isinstance(response, Unreadable) else str(response)
    return text if len(text) <= 500 else text[:500] + " …"
