"""`fieldmark grade` for a plain nbgrader assignment: a progress bar, a line for each submission, an exit status."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from assignments.files import alone
from autograder import plain
from autograder.cli.grading import UNSAFE, progress_bar
from autograder.execution import tiers
from autograder.feedback import points_text
from autograder.plain import Graded


def root_of(folder: Path, assignment: str) -> Path | None:
    """The course around a folder, if the assignment is one that nbgrader alone knows."""
    for each in (folder.resolve(), *folder.resolve().parents):
        if any((each / name).is_file() for name in ("course.toml", "nbgrader_config.py")):
            return each if plain.is_plain(each, assignment) else None
    return None


def grade_and_show(
    root: Path,
    assignment: str,
    *,
    only: str = "",
    jobs: int = 1,
    force: bool = False,
    unsafe: bool = False,
    log: Path | None = None,
) -> int:
    """Grade, and say what became of each; 1 where a submission could not be graded, else 0."""
    console, tier = Console(), tiers.choose(unsafe)
    warnings.filterwarnings("ignore", module="nbformat|nbgrader")  # they are about themselves
    if unsafe:
        console.print(UNSAFE)
    with alone(root / ".fieldmark" / "lock"), progress_bar() as bar:
        task = bar.add_task(assignment, total=len(plain.chosen(root, assignment, only)))

        def advance(graded: Graded) -> None:
            bar.advance(task)
            if log:
                with log.open("a", encoding="utf-8") as lines:
                    lines.write(json.dumps(_as_json(graded, tier), ensure_ascii=False) + "\n")

        found = plain.grade(root, assignment, only=only, jobs=jobs, force=force, tier=tier, progress=advance)
    for graded in found:
        console.print(Text(_line(graded), style="red" if graded.problem else ""), soft_wrap=True)
        for remark in graded.remarks:
            console.print(Text(f"  {remark}", style="yellow"), soft_wrap=True)
    ran, problems = sum(g.ran for g in found), sum(bool(g.problem) for g in found)
    console.print(f"{len(found)} submissions, {ran} run now, {problems} for a person to look at", highlight=False)
    console.print(Text(f"  {'isolation':<10} tier {tier}, {tiers.MEANING[tier]}"), soft_wrap=True)
    if setting := plain.converts(root, assignment):
        console.print(Text(f"  {'converter':<10} nbgrader's own, for what nbgrader_config.py says of {setting}"))
    console.print(Text(f"  {'feedback':<10} nbgrader generate_feedback {assignment}"), soft_wrap=True)
    return 1 if problems else 0


def show_plan(root: Path, assignment: str, *, only: str = "", force: bool = False) -> int:
    """Say whose submissions `grade` would run; nothing is run or written."""
    for student, run in plain.plan(root, assignment, only=only, force=force).items():
        Console().print(Text(f"{student}: {'would be run' if run else 'has been graded as it stands'}"))
    return 0


def _line(graded: Graded) -> str:
    if graded.problem:
        return graded.problem
    parts = [f"{name} {points_text(score)} of {points_text(most)}" for name, (score, most) in graded.scores.items()]
    late = f"; {points_text(graded.penalty)} off for being late" if graded.penalty else ""
    waits = f"; {graded.waiting} for a person to mark" if graded.waiting else ""
    return f"{graded.student}: {', '.join(parts)}{late}{waits}"


def _as_json(graded: Graded, tier: str) -> dict[str, Any]:
    earned = sum(score for score, _ in graded.scores.values())
    return {
        "student": graded.student,
        "ran": graded.ran,
        "tier": tier,
        "problem": graded.problem,
        "remarks": graded.remarks,
        "points": max(0.0, earned - graded.penalty) if graded.scores else None,
        "out_of": sum(most for _, most in graded.scores.values()) if graded.scores else None,
        "waiting": graded.waiting,
        "questions": graded.cells,
    }
