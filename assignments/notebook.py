"""Paper → nbformat 4.5 with nbgrader's metadata. Pure; the notebook needs NumPy and PyTorch, and nothing of ours.

One question is: a Markdown cell (stem and prompts), one answer cell, one plain cell of visible checks, one locked grade
cell. Stock nbgrader replaces a grade cell by the one of its database, so the grade cell is the same for every student.
"""

from __future__ import annotations

import json
import textwrap
from typing import Any

from assignments.blueprint import Blueprint
from assignments.paper import Paper, Question
from assignments.visible import checks
from question_bank.answers import number_text
from question_bank.code import Code
from question_bank.template import Part

Cell = dict[str, Any]
Notebook = dict[str, Any]

CHECK_FORM = '''\
def check_form(names, has_form, expected):
    """Say whether answers have the form that is asked for. It does not say whether they are right."""
    for name in names.split():
        value = globals().get(name, ...)
        try:
            as_asked = has_form(value)
        except Exception:  # rows of different lengths, for one
            as_asked = False
        if value is ...:
            print(f"{name}: still blank")
        elif isinstance(value, str):
            print(f"{name}: a text; it will be read as {expected}")
        elif as_asked:
            print(f"{name}: {expected}, as asked")
        else:
            print(f"{name}: expected {expected}, found {value!r}")'''

# The same for every student, as nbgrader knows by it which cells are unanswered.
BLANK_TEXT = "*Write your answer here, in place of this line.*"

GRADE = """\
# This cell marks question {number} once you have handed in. Leave it as it is.
def fieldmark(question):
    import os

    if os.environ.get("NBGRADER_EXECUTION") == "autograde":
        from autograder.stock import score

        return score(question, globals())


fieldmark("{id}")"""


def student_notebook(paper: Paper, blueprint: Blueprint, secret: bytes) -> Notebook:
    """What the student opens."""
    cells = [_title(paper, blueprint), setup_cell(paper)]
    for question in paper.questions:
        cells += _question(question, paper, secret)
    return wrap(cells, assignment=paper.assignment, student=paper.student, attempt=paper.attempt)


def instructor_notebook(paper: Paper, blueprint: Blueprint, secret: bytes) -> Notebook:
    """The student's notebook with keys, the mistakes that are recognised, and worked solutions."""
    cells = [_title(paper, blueprint), setup_cell(paper)]
    for question in paper.questions:
        cells += _question(question, paper, secret)
        cells.append(markdown_cell(f"{question.id}-key", key_markdown(question)))
    return wrap(cells, assignment=paper.assignment, student=paper.student, attempt=paper.attempt, keys=True)


def source_notebook(blueprint: Blueprint) -> Notebook:
    """What nbgrader is told of the assignment: the cells that all students share, with placeholders for the rest."""
    cells = [
        markdown_cell(
            "title", f"# {blueprint.title}\n\nEach student has a notebook of their own; this one is for nbgrader."
        )
    ]
    for slot in blueprint.slots:
        templates = ", ".join(template.path for template in slot.templates)
        cells.append(markdown_cell(f"{slot.id}-stem", f"## {_heading(slot.id)}\n\nDrawn from {templates}."))
        if slot.code_points:
            cells.append(_answer_cell(slot.id, f"# {_heading(slot.id)}: each student's own."))
            cells.append(grade_cell(slot.id, slot.code_points))
        cells += [text_cell(id, points) for id, points in slot.texts.items()]
    return wrap(cells, assignment=blueprint.assignment)


def to_json(notebook: Notebook) -> str:
    """The notebook's bytes: as Jupyter writes them, keys sorted."""
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def grade_cell(slot: str, points: float) -> Cell:
    """The locked cell that earns a question's points: the same for every student."""
    cell = code_cell(slot, GRADE.format(id=slot, number=slot[1:]))
    cell["metadata"] = {
        "deletable": False,
        "editable": False,
        "nbgrader": _nbgrader(slot, grade=True, locked=True) | {"points": points},
    }
    return cell


def text_cell(id: str, points: float, text: str = BLANK_TEXT) -> Cell:
    """A cell for an answer in words: nbgrader leaves its points to a person, or to nobody where it is unchanged."""
    cell = markdown_cell(id, text)
    cell["metadata"] = {"nbgrader": _nbgrader(id, grade=True, solution=True) | {"points": points}}
    return cell


def key_markdown(question: Question) -> str:
    """Keys, recognised mistakes and the worked solution of one question."""
    lines = ["### Key", ""]
    for variable, part in question.parts.items():
        if isinstance(part, Code):
            continue
        key, answer = question.variant.key(part.name), question.variant.answer_of(part.name)
        lines.append(f"- `{variable} = {answer.display(key)}` ({question.part_points(part):.3g} points)")
        for misconception, wrong in part.mistakes_in(question.variant):
            lines.append(f"    - `{answer.display(wrong)}`: {misconception.name}")
    for cell, part in question.texts.items():
        lines.append(f"- `{cell}` ({question.part_points(part):.3g} points, marked by a person)")
    return "\n".join(lines) + "\n\n### Worked solution\n\n" + solution_markdown(question)


def solution_markdown(question: Question) -> str:
    """The worked solution as Markdown; where every part is code, as a block of Python."""
    solution = question.variant.solution
    if not question.texts and all(isinstance(part, Code) for part in question.parts.values()):
        return f"```python\n{solution}\n```"
    return solution


def _heading(slot: str) -> str:
    return f"Question {slot[1:]}"


def _title(paper: Paper, blueprint: Blueprint) -> Cell:
    attempt = f" · attempt {paper.attempt}" if paper.attempt > 1 else ""
    text = f"""\
        # {blueprint.title}

        {paper.assignment} · {paper.student}{attempt} · {number_text(blueprint.points)} points

        The numbers in this notebook are yours alone. Write each answer in place of its `...`, as a Python value or as a
        text in quotes, and run the cells below it: they check the *form* of an answer, not whether it is right."""
    return markdown_cell("title", textwrap.dedent(text))


def setup_cell(paper: Paper) -> Cell:
    """Imports and the check of form. A paper that does not need torch, which takes a second to import, does without."""
    parts = [part for question in paper.questions for part in question.parts.values()]
    code = any(isinstance(part, Code) and part.answer.takes == "torch" for part in parts)
    imports = ["# Run this cell first.", "import numpy as np", *(["import torch"] if code else [])]
    return code_cell("setup", "\n".join([*imports, "", "", CHECK_FORM]))


def _question(question: Question, paper: Paper, secret: bytes) -> list[Cell]:
    variant, parts = question.variant, question.parts
    asked = parts | question.texts
    points = number_text(question.points)
    prompts = [
        prompt_markdown(question, number, variable, part)
        for number, (variable, part) in enumerate(asked.items(), start=1)
        if not isinstance(part, Code)
    ]
    heading = f"## {_heading(question.id)} ({points} point{'' if points == '1' else 's'})"
    figure = variant.figure()
    groups = [_groups(question, part) for part in parts.values() if isinstance(part, Code) and part.groups]
    texts = [heading, variant.stem, figure.img if figure else "", *groups, "\n".join(prompts)]
    cells = [markdown_cell(f"{question.id}-stem", "\n\n".join(filter(None, texts)))]
    if parts:
        cells += [
            _answer_cell(question.id, _blanks(question)),
            code_cell(f"{question.id}-checks", checks(question, paper, secret)),
            grade_cell(question.id, question.code_points),
        ]
    return cells + [text_cell(id, question.part_points(part)) for id, part in question.texts.items()]


def _groups(question: Question, part: Code) -> str:
    """What each group of a function's cases is worth."""
    each = question.part_points(part) / sum(part.groups.values())
    points = ", ".join(f"{name} {number_text(round(share * each, 2))}" for name, share in part.groups.items())
    return f"Points for `{part.name}`, each for all cases of its kind: {points}."


def prompt_markdown(question: Question, number: int, variable: str, part: Part) -> str:
    """One item of the numbered list of prompts, with the options to choose from below it."""
    answer = question.variant.answer_of(part.name)
    where = f"*({answer.expects}, in the cell below)*" if part.by_hand else f"→ `{variable}`"
    lines = [f"{number}. {question.variant.prompt(part.name)} {where}"]
    lines += [f"    - {option}" if option else "" for option in answer.options()]
    return "\n".join(lines)


def _blanks(question: Question) -> str:
    """The answer cell's text: a blank for each part, a starter for each function."""
    pieces = []
    for variable, part in question.parts.items():
        if isinstance(part, Code):
            pieces.append(part.starter(question.variant))
        else:
            pieces.append(f"{variable} = ...  # {question.variant.answer_of(part.name).expects}")
    separator = "\n\n\n" if any(isinstance(part, Code) for part in question.parts.values()) else "\n"
    return separator.join(pieces)


def wrap(cells: list[Cell], **ours: Any) -> Notebook:
    """A notebook of these cells; `ours` stands under metadata.fieldmark."""
    return {
        "cells": cells,
        "metadata": {
            "fieldmark": ours,
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def markdown_cell(id: str, text: str) -> Cell:
    """A Markdown cell without metadata."""
    return {"cell_type": "markdown", "id": id, "metadata": {}, "source": text}


def code_cell(id: str, text: str) -> Cell:
    """A code cell that has not been run, without metadata."""
    return {"cell_type": "code", "execution_count": None, "id": id, "metadata": {}, "outputs": [], "source": text}


def _answer_cell(slot: str, text: str) -> Cell:
    cell = code_cell(f"{slot}_answer", text)
    cell["metadata"] = solution_metadata(f"{slot}_answer")
    return cell


def solution_metadata(grade_id: str) -> dict[str, Any]:
    """The metadata of an answer cell: nbgrader hangs comments on it."""
    return {"nbgrader": _nbgrader(grade_id, solution=True)}


def _nbgrader(grade_id: str, grade: bool = False, locked: bool = False, solution: bool = False) -> dict[str, Any]:
    return {
        "grade": grade,
        "grade_id": grade_id,
        "locked": locked,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
