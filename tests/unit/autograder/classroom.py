"""Small templates, papers and submissions for the tests of the autograder."""

from __future__ import annotations

import json

from assignments.blueprint import Attempts, Blueprint, Feedback, Limits, Rubric, Slot
from assignments.paper import Paper, Question
from autograder import submission
from question_bank import Matrix, Misconception, Real, code, integers, one_of, part, template

SECRET = b"a secret"
FORGOT = Misconception("forgot the + 1", "There is **one more** window: $n + 1$.")
ADDED = Misconception("added instead", "You added.")
FLIPPED = Misconception("flipped", "You turned it round.")


@template(topics=["test"])
class Chain:
    """A side, the area that follows from it, the volume that follows from that, and one part by itself."""

    __module__ = "bank.tests.chain"
    stem = "A side of ${{ n }}$ windows."
    n: int = integers(4, 40)
    k: int = one_of(3, 5)
    side = part("The side", lambda q: q.n - q.k + 1)
    side.mistake(FORGOT, lambda q: q.n - q.k)
    area = part("The area", lambda q: q.side**2, points=2)
    area.mistake(ADDED, lambda q: q.side + q.side)
    volume = part("The volume", lambda q: q.k * q.area)
    solution = "The side is ${{ side }}$, the area ${{ area }}$, the volume ${{ volume }}$."


@template(topics=["test"])
class Grid:
    """A matrix, marked entry by entry."""

    __module__ = "bank.tests.grid"
    stem = "Double it."
    n: int = integers(1, 9)
    rows = part("The doubled matrix", lambda q: [[2 * q.n, 4], [6, 8]], Matrix())
    rows.mistake(ADDED, lambda q: [[q.n + 2, 4], [6, 8]])
    solution = "Double."


@template(topics=["test"])
class Doubler:
    """A function that doubles and reverses; a mutant does not reverse."""

    __module__ = "bank.tests.doubler"
    stem = "Double and reverse."
    n: int = integers(1, 3)

    @code(points=4, banned=["torch.flip", "torch.nn", "*.unfold"])
    def double(q, x):
        """Double x (N,) and turn it round."""
        return (2 * x).flip(0)

    double.visible("three", x=(3,))
    double.hidden("four", x=(4,))
    double.hidden("five", x=(5,))
    double.mistake(FLIPPED, lambda q, x: 2 * x)
    solution = """
    def double(x):
        return 2 * x[list(range(len(x) - 1, -1, -1))]
    """


def simple(key, *more, answer=None, points=1.0):
    """A template of parts named first, second, …, with these keys."""
    names = ("first", "second", "third")
    parts = {name: part(name, function, answer) for name, function in zip(names, (key, *more), strict=False)}
    return template(topics=["test"])(
        type("Simple", (), {"stem": "", "solution": "", **parts, "__module__": "bank.tests.simple"})
    )


REAL = Real()


def paper(*variants, points=None, student="ann"):
    """A paper of these variants: q1, q2, …"""
    questions = tuple(
        Question(f"q{number}", variant, points or variant.template.points)
        for number, variant in enumerate(variants, start=1)
    )
    return Paper("hw1", student, 1, questions)


def blueprint(*templates, rubric=None, solutions=True, limits=None, points=None, late=None, assignment="hw1"):
    """A blueprint with a slot for each template."""
    slots = tuple(Slot(f"q{n}", (t,), points or t.points, {}) for n, t in enumerate(templates, start=1))
    return Blueprint(
        assignment,
        "A test",
        slots,
        late,
        Attempts(),
        rubric or Rubric(),
        limits or Limits(),
        Feedback(solutions=solutions),
    )


def code_cell(source, grade_id="", **more):
    """One code cell as Jupyter stores it."""
    metadata = {"nbgrader": {"grade_id": grade_id}} if grade_id else {}
    return {"cell_type": "code", "source": source, "metadata": metadata, "outputs": [], **more}


def handed_in(*cells, **ours):
    """A submission of these cells; a text stands for a code cell."""
    return submission.read(notebook_bytes(*cells, **ours), "hw1.ipynb")


def notebook_bytes(*cells, **ours):
    """A notebook's bytes."""
    made = [code_cell(cell) if isinstance(cell, str) else cell for cell in cells or ("",)]
    return json.dumps({"cells": made, "metadata": {"fieldmark": ours}, "nbformat": 4, "nbformat_minor": 5}).encode()
