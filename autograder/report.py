"""Grades → the page that an instructor wants to look at: how the class did, and which misconceptions show. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median

from assignments.blueprint import Blueprint
from autograder.feedback import page, style
from autograder.marks import Grade, Mark


@dataclass(frozen=True)
class PartStatistics:
    """How a class answered one part of one template."""

    question: str
    template: str
    part: str
    verdicts: Counter[str]
    misconceptions: Counter[str]
    earned: float
    out_of: float

    @property
    def facility(self) -> float:
        """The share of its points that the class earned."""
        return self.earned / self.out_of if self.out_of else 0.0


def part_statistics(grades: Sequence[Grade]) -> list[PartStatistics]:
    """A row for each part that was answered, in the order of the paper."""
    marks: dict[tuple[str, str, str], list[Mark]] = {}
    for grade in grades:
        for question in grade.questions:
            for mark in question.marks:
                marks.setdefault((question.id, question.template, mark.part), []).append(mark)
    ordered = sorted(marks.items(), key=lambda item: (int(item[0][0][1:]), item[0][1]))
    return [_part(*key, found) for key, found in ordered]


def _part(question: str, template: str, part: str, marks: Sequence[Mark]) -> PartStatistics:
    return PartStatistics(
        question=question,
        template=template,
        part=part,
        verdicts=Counter(mark.verdict.value for mark in marks),
        misconceptions=Counter(mark.misconception for mark in marks if mark.misconception),
        earned=sum(mark.points for mark in marks),
        out_of=sum(mark.out_of for mark in marks),
    )


def html(
    blueprint: Blueprint,
    grades: Sequence[Grade],
    problems: Sequence[str],
    remarks: Sequence[tuple[str, Sequence[str]]] = (),
) -> str:
    """The report as a page of its own. remarks: by student, what was odd about their notebooks."""
    points = sorted(grade.points for grade in grades)
    return page("report.html").render(
        title=blueprint.title,
        assignment=blueprint.assignment,
        out_of=blueprint.points,
        points=points,
        mean=fmean(points) if points else 0.0,
        median=median(points) if points else 0.0,
        histogram=_histogram(points, blueprint.points),
        parts=part_statistics(grades),
        problems=problems,
        remarks=remarks,
        grades=grades,
        style=style(),
    )


def _histogram(points: Sequence[float], out_of: float) -> list[tuple[str, int]]:
    """How many students earned each tenth of the points."""
    counts = Counter(min(9, int(10 * p / out_of)) for p in points)
    return [(f"{10 * tenth}–{10 * tenth + 10} %", counts[tenth]) for tenth in range(10)]
