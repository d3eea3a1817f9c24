"""The inputs of a submission's cases: the trusted side draws them, sends them and knows what should come back."""

from __future__ import annotations

from assignments.paper import Paper, Question, seed
from assignments.visible import case_seed
from question_bank.cases import Arguments
from question_bank.code import Code


def arguments(paper: Paper, question: Question, part: Code, secret: bytes, digest: str) -> list[Arguments]:
    """The arguments of each case, in order.

    Visible cases are those of the student's notebook. Hidden ones depend on the submission's digest too: they cannot be
    known before it is handed in, and marking it again asks for the same.
    """
    hidden = seed(secret, "hidden cases", paper.assignment, question.id, paper.student, paper.attempt, digest)
    visible = case_seed(secret, paper, question)
    return [tuple(case.inputs(question.variant, visible if case.visible else hidden).values()) for case in part.cases]
