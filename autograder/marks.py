"""What marking finds: verdicts, marks, grades, and what people give. Pure, and in JSON's terms where it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

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
