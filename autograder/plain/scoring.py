"""The points of a cell by its outputs: nbgrader's rule, and what is said of it, or done instead, where it is odd."""

from __future__ import annotations

import logging
import math
from dataclasses import dataclass
from typing import Any

from nbgrader.preprocessors import SaveAutoGrades
from nbgrader.utils import compute_checksum, determine_grade, is_solution, is_task
from traitlets import Bool

from autograder.plain.sandbox import ERROR


@dataclass(frozen=True, slots=True)
class Judged:
    """What a cell earns; None waits for a person. `look`: a person is to look at it in any case."""

    points: float | None
    look: bool = False
    remark: str = ""


def judged(cell: Any, compat: bool, log: logging.Logger) -> Judged:
    """The points of a grade cell. Raises ValueError for more than there are, where nbgrader's rule is followed."""
    if is_solution(cell) or cell.cell_type != "code":
        return Judged(determine_grade(cell, log)[0])
    if compat:
        odd = _odd(cell)
        return Judged(determine_grade(cell, log)[0], remark=odd and f"{odd}; this is nbgrader's rule")
    outputs, cell.outputs = cell.outputs, [output for output in cell.outputs if not _is_stderr(output)]
    try:
        return _sane(cell, log)
    finally:
        cell.outputs = outputs


def comment(cell: Any) -> str | None:
    """What stands beside an answer by itself."""
    unchanged = cell.metadata.nbgrader.get("checksum", None) == compute_checksum(cell) and not is_task(cell)
    return "No response." if unchanged else None


def _sane(cell: Any, log: logging.Logger) -> Judged:
    points, odd = float(cell.metadata["nbgrader"]["points"]), _odd(cell)
    if not odd:
        return Judged(determine_grade(cell, log)[0])
    if points < _number(cell) < math.inf:
        return Judged(points, remark=f"{odd}; it earns {points:g}")
    return Judged(0.0, look=True, remark=f"{odd}; it earns nothing and waits for a person")


def _odd(cell: Any) -> str:
    """What nbgrader makes of outputs that are no score; empty where they are one, or an error."""
    points = float(cell.metadata["nbgrader"]["points"])
    for output in cell.outputs:
        if output.output_type == ERROR:
            return ""
        if _is_stderr(output):
            return "no points for a text on stderr"
        if output.output_type == "execute_result":
            number = _number(cell)
            if math.isnan(number) or number < 0:
                return f"full points for {number:g}"
            return f"{number:g} points of {points:g}" if number > points else ""
    return ""


def _number(cell: Any) -> float:
    """The first result as a number; 0 for what is none: a test cell may well end in an expression."""
    for output in cell.outputs:
        if output.output_type == "execute_result":
            try:
                return float(str(output.data.get("text/plain", "")))
            except ValueError:
                return 0.0
    return 0.0


def _is_stderr(output: Any) -> bool:
    return bool(output.output_type == "stream" and output.name == "stderr")


class SaneGrades(SaveAutoGrades):  # type: ignore[misc]
    """nbgrader's rule for scores; what it does with odd results is reported, or mended.

    c.SaneGrades.nbgrader_compat = False in nbgrader_config.py: a result that is NaN or below zero earns nothing and
    waits for a person, one above the cell's points earns those, and what a cell writes to stderr costs nothing.
    """

    nbgrader_compat = Bool(True, help="Follow nbgrader's rule where it is a known fault.").tag(config=True)

    remarks: list[str]

    def _add_score(self, cell: Any, resources: Any) -> None:
        name = cell.metadata["nbgrader"]["grade_id"]
        grade = self.gradebook.find_grade(name, self.notebook_id, self.assignment_id, self.student_id)
        found = judged(cell, self.nbgrader_compat, self.log)
        grade.auto_score = found.points
        grade.needs_manual_grade = found.look or grade.manual_score is not None or found.points is None
        self.gradebook.db.commit()
        if found.remark:
            self.remarks.append(f"{self.notebook_id}/{name}: {found.remark}")
