"""The grade table: what the gradebook says of everyone on the roster."""

from __future__ import annotations

import csv
import io

from assignments.course import Course
from autograder import gradebook

COLUMNS = ("timestamp", "raw_score", "late_submission_penalty", "score", "max_score", "needs_manual_grade")


def csv_table(course: Course, assignment: str) -> str:
    """A row for each student, those who handed in nothing included; a column for each question."""
    blueprint = course.blueprint(assignment)
    found = gradebook.scores(course, assignment)
    questions = [slot.id for slot in blueprint.slots]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["student_id", "last_name", "first_name", "email", *COLUMNS, *questions])
    for student in course.roster():
        row = found.get(student.id, {"score": 0.0, "raw_score": 0.0, "max_score": blueprint.points})
        names = [_safe(value) for value in (student.id, student.last_name, student.first_name, student.email)]
        writer.writerow([*names, *(row.get(column, "") for column in (*COLUMNS, *questions))])
    return text.getvalue()


def _safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text
