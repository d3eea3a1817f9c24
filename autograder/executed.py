"""Submission + execution → the notebook that goes to `autograded/`: rebuilt cell by cell, so that it validates."""

from __future__ import annotations

from typing import Any

from assignments.blueprint import Blueprint
from assignments.notebook import Cell, Notebook, code_cell, grade_cell, markdown_cell, solution_metadata, wrap
from assignments.paper import Paper
from autograder.execution import Execution
from autograder.markdown import literally
from autograder.submission import Submission


def executed_notebook(submission: Submission, execution: Execution, paper: Paper) -> Notebook:
    """The student's cells with the outputs of this run; locked cells restored, missing ones put back at the end."""
    locked = {question.id: grade_cell(question.id, question.points) for question in paper.questions}
    answers = {f"{question.id}_answer" for question in paper.questions}
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
        cells.append(rebuilt)
    return _with_missing(cells, locked, answers, paper)


def unreadable_notebook(paper: Paper, blueprint: Blueprint, problem: str) -> Notebook:
    """What formgrader shows in the place of a submission that could not be read."""
    locked = {question.id: grade_cell(question.id, question.points) for question in paper.questions}
    answers = {f"{question.id}_answer" for question in paper.questions}
    text = f"# {blueprint.title}\n\nThis submission was not graded automatically:\n\n{literally(problem)}"
    return _with_missing([markdown_cell("title", text)], locked, answers, paper)


def _with_missing(cells: list[Cell], locked: dict[str, Cell], answers: set[str], paper: Paper) -> Notebook:
    for question in paper.questions:
        if (grade_id := f"{question.id}_answer") in answers:
            cell = code_cell(grade_id, "# This cell was missing from the submission.")
            cells.append({**cell, "metadata": solution_metadata(grade_id)})
        if question.id in locked:
            cells.append(locked[question.id])
    return wrap(cells, assignment=paper.assignment, student=paper.student, attempt=paper.attempt)


def _rebuild(kind: str, id: str, source: str) -> dict[str, Any]:
    if kind == "code":
        return code_cell(id, source)
    return {**markdown_cell(id, source), "cell_type": kind}
