"""Responses × rubric → marks. Pure: the same responses are marked the same, today and after a rubric is corrected."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import takewhile
from typing import Any, TypeVar

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
from autograder.responses import Raised, Responses, Unreadable, call_key, is_blank
from autograder.submission import Cell, Submission
from question_bank.answers import Answer, Equation, Symbolic, Text
from question_bank.code import Code
from question_bank.misconceptions import Misconception
from question_bank.models import Training
from question_bank.template import Part

T = TypeVar("T")


class Verdict(StrEnum):
    """What a mark says of a response."""

    CORRECT = "correct"
    FOLLOWS = "follows"  # right, given the student's own earlier slip
    PARTIAL = "partial"
    MISTAKE = "mistake"  # a known misconception
    INCORRECT = "incorrect"
    BLANK = "blank"
    INVALID = "invalid"  # not of the asked form
    ERROR = "error"  # student code raised, or ran out of time
    ENVIRONMENT = "environment"  # student code asked for what is not here: a human looks at it
    UNMARKED = "unmarked"  # our fault: a human looks at it
    WAITING = "waiting"  # an answer in words: a human marks it
    JUDGED = "judged"  # an answer in words that a human has marked


OURS = (Verdict.UNMARKED, Verdict.ENVIRONMENT)  # a human has to look because we could not mark it
NO_RESPONSE = "No response."  # as nbgrader says it of a cell that is unchanged
LONGEST = 10_000  # characters of an answer in words that feedback shows


@dataclass(frozen=True, slots=True)
class Mark:
    """How one part was marked. `feedback` is a misconception's Markdown, `message` plain text for the student."""

    variable: str
    part: str
    verdict: Verdict
    points: float
    out_of: float
    response: str
    message: str = ""
    misconception: str = ""
    feedback: str = ""
    in_words: bool = False  # it has a cell of its own in the gradebook

    def brief(self) -> Mark:
        """Without its texts."""
        shared: Mark = _one(replace(self, response="", message="", feedback=""))
        return shared


@dataclass(frozen=True, slots=True)
class Hand:
    """What a person gave a cell in the gradebook. beside: our own comment there; settled: nobody has to look again."""

    score: float | None = None
    extra: float = 0.0
    comment: str = ""
    beside: str = ""
    settled: bool = True


@dataclass(frozen=True, slots=True)
class CellMark:
    """A cell that the gradebook has a score of, and the parts that are marked in it."""

    marks: tuple[Mark, ...]
    hand: Hand = Hand()

    @property
    def auto(self) -> float | None:
        """The score without what a person gave; None waits for a person."""
        if self.marks[0].in_words:
            return 0.0 if self.marks[0].message == NO_RESPONSE else None
        if any(mark.verdict in OURS for mark in self.marks):
            return None
        return round(min(self._earned(), sum(mark.out_of for mark in self.marks)), 6)

    @property
    def points(self) -> float:
        """What counts: the person's score where there is one, else what its parts earned; and extra credit."""
        out_of = sum(mark.out_of for mark in self.marks)
        score = min(self._earned(), out_of) if self.hand.score is None else self.hand.score
        return round(score + self.hand.extra, 6)

    def _earned(self) -> float:
        return sum(mark.points for mark in self.marks)

    def has(self, *verdicts: Verdict) -> bool:
        """Whether a part of it has one of these verdicts and no person has settled it."""
        settled = self.hand.settled and self.hand.score is not None
        return not settled and any(mark.verdict in verdicts for mark in self.marks)


@dataclass(frozen=True, slots=True)
class QuestionMark:
    """How one question was marked. `hands`: what people gave its cells."""

    id: str
    template: str
    marks: tuple[Mark, ...]
    hands: tuple[tuple[str, Hand], ...] = ()

    @property
    def cells(self) -> dict[str, CellMark]:
        """By name, the cells that the gradebook has a score of."""
        found: dict[str, tuple[Mark, ...]] = {}
        for mark in self.marks:
            name = mark.variable if mark.in_words else self.id
            found[name] = (*found.get(name, ()), mark)
        hands = dict(self.hands)
        return {name: CellMark(marks, hands.get(name, Hand())) for name, marks in found.items()}

    @property
    def points(self) -> float:
        """What its parts earned, at most what they are worth, unless a person gave more."""
        return round(sum(cell.points for cell in self.cells.values()), 6)

    @property
    def out_of(self) -> float:
        """What its parts are worth."""
        return round(sum(mark.out_of for mark in self.marks), 6)

    @property
    def unmarked(self) -> bool:
        """Whether a human has to look at it because we could not mark it."""
        return any(cell.has(*OURS) for cell in self.cells.values())

    @property
    def waiting(self) -> bool:
        """Whether it has an answer in words that a human has yet to mark."""
        return any(cell.has(Verdict.WAITING) for cell in self.cells.values())

    def brief(self) -> QuestionMark:
        """Without the texts of its marks."""
        shared: QuestionMark = _one(replace(self, marks=tuple(mark.brief() for mark in self.marks)))
        return shared


@dataclass(frozen=True, slots=True)
class Grade:
    """One attempt, marked."""

    student: str
    attempt: int
    questions: tuple[QuestionMark, ...]

    @property
    def points(self) -> float:
        """The sum over the questions."""
        return round(sum(question.points for question in self.questions), 6)

    @property
    def out_of(self) -> float:
        """What a perfect paper earns."""
        return round(sum(question.out_of for question in self.questions), 6)

    def brief(self) -> Grade:
        """Without the texts that only the student's page needs: a class's grades are in memory together."""
        return replace(self, questions=tuple(question.brief() for question in self.questions))

    def to_json(self) -> dict[str, Any]:
        """In JSON's own terms."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Grade:
        """What `to_json` wrote. Raises KeyError, TypeError or ValueError for anything else."""
        questions = tuple(
            QuestionMark(
                q["id"],
                q["template"],
                tuple(Mark(**{**m, "verdict": Verdict(m["verdict"])}) for m in q["marks"]),
                tuple((cell, Hand(**hand)) for cell, hand in q.get("hands", ())),
            )
            for q in data["questions"]
        )
        return cls(data["student"], data["attempt"], questions)


@lru_cache(maxsize=10_000)
def _one(thing: T) -> T:
    """Equal things are one object: without their texts, most marks of a class are equal."""
    return thing


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


def judged(grade: Grade, *given: Mapping[str, Hand]) -> Grade:
    """The grade with what people gave its cells; of several tables of that, by cell, the first that has it counts."""
    return replace(grade, questions=tuple(_judged(question, given) for question in grade.questions))


def _judged(question: QuestionMark, given: Sequence[Mapping[str, Hand]]) -> QuestionMark:
    marks, hands = list(question.marks), {}
    for name, cell in question.cells.items():
        words = cell.marks[0].in_words
        # A score for words is for these words: an answer that has changed since waits for a person again.
        fits = (hand for table in given if (hand := table.get(name)) and (not words or hand.beside == _beside(cell)))
        if not (hand := next(fits, None)):
            continue
        if words and not hand.settled:
            hand = replace(hand, score=None)
        if words and hand.score is not None:
            [mark] = cell.marks
            marks[marks.index(mark)] = replace(mark, verdict=Verdict.JUDGED, points=hand.score)
        hands[name] = hand
    return replace(question, marks=tuple(marks), hands=tuple(hands.items()))


def _beside(cell: CellMark) -> str:
    return cell.marks[0].message


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
