"""The inputs of a submission's cases: the trusted side draws them, sends them and knows what should come back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assignments.paper import Paper, seed
from assignments.visible import case_seed
from autograder.responses import call_key
from question_bank.cases import Arguments
from question_bank.code import Code

Inputs = Mapping[str, Sequence[Arguments]]  # by `call_key`, the arguments of each case in order


def inputs(paper: Paper, secret: bytes, digest: str) -> Inputs:
    """What every function of a paper is called with.

    Visible cases are those of the student's notebook. Hidden ones depend on the submission's digest too: they cannot be
    known before it is handed in, and marking it again asks for the same.
    """
    found: dict[str, Sequence[Arguments]] = {}
    for question in paper.questions:
        parts = [part for part in question.parts.values() if isinstance(part, Code)]
        if not parts:
            continue
        hidden = seed(secret, "hidden cases", paper.assignment, question.id, paper.student, paper.attempt, digest)
        visible = case_seed(secret, paper, question)
        for part in parts:
            found[call_key(question.id, part.name)] = [
                tuple(case.inputs(question.variant, visible if case.visible else hidden).values())
                for case in part.cases
            ]
    return found
