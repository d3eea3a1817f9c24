"""Submission + execution → the notebook that goes to `autograded/`: rebuilt cell by cell, so that it validates."""

from __future__ import annotations

from typing import Any

from assignments.blueprint import Blueprint
from assignments.notebook import (
    Cell,
    Notebook,
    code_cell,
    grade_cell,
    markdown_cell,
    solution_metadata,
    text_cell,
    wrap,
)
from assignments.paper import Paper
from autograder.execution import Execution
from autograder.markdown import literally
from autograder.submission import Submission


def executed_notebook(submission: Submission, execution: Execution, paper: Paper) -> Notebook:
    """The student's cells with the outputs of this run; locked cells restored, missing ones put back at the end."""
    locked, answers, texts = _expected(paper)
    cells: list[Cell] = []
    for index, cell in enumerate(submission.cells):
        if cell.grade_id in locked:
            cells.append(locked.pop(cell.grade_id))
            continue
        rebuilt = _rebuild(cell.kind, f"cell-{index}", cell.source)
        if cell.is_code:
            rebuilt["outputs"] = execution.outputs.get(index, [])
        if cell.grade_id in answers and cell.is_code:
            answers.discard(cell.grade_id)
            rebuilt["metadata"] = solution_metadata(cell.grade_id)
        if cell.grade_id in texts:
            rebuilt = text_cell(cell.grade_id, texts.pop(cell.grade_id), cell.source)
        cells.append(rebuilt)
    return _with_missing(cells, locked, answers, texts, paper)


def unreadable_notebook(paper: Paper, blueprint: Blueprint, problem: str) -> Notebook:
    """What formgrader shows in the place of a submission that could not be read."""
    locked, answers, texts = _expected(paper)
    text = f"# {blueprint.title}\n\nThis submission was not graded automatically:\n\n{literally(problem)}"
    return _with_missing([markdown_cell("title", text)], locked, answers, texts, paper)


def _expected(paper: Paper) -> tuple[dict[str, Cell], set[str], dict[str, float]]:
    """The grade cells, the names of the answer cells, and those that a person marks with their points."""
    locked = {question.id: grade_cell(question.id, question.code_points) for question in paper.in_code}
    answers = {f"{question.id}_answer" for question in paper.in_code}
    texts = {id: question.part_points(part) for question in paper.questions for id, part in question.texts.items()}
    return locked, answers, texts


def _with_missing(
    cells: list[Cell], locked: dict[str, Cell], answers: set[str], texts: dict[str, float], paper: Paper
) -> Notebook:
    for question in paper.questions:
        if (grade_id := f"{question.id}_answer") in answers:
            cell = code_cell(grade_id, "# This cell was missing from the submission.")
            cells.append({**cell, "metadata": solution_metadata(grade_id)})
        if question.id in locked:
            cells.append(locked[question.id])
        gone = "*This cell was missing from the submission.*"
        cells += [text_cell(id, texts[id], gone) for id in question.texts if id in texts]
    return wrap(cells, assignment=paper.assignment, student=paper.student, attempt=paper.attempt)


def _rebuild(kind: str, id: str, source: str) -> dict[str, Any]:
    if kind == "code":
        return code_cell(id, source)
    return {**markdown_cell(id, source), "cell_type": kind}
