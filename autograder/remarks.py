"""What is said of a submission beside its marks: what was odd about it, and what was done about that. Pure."""

from __future__ import annotations

from autograder.checkers.text import harmless
from autograder.marks import Grade
from autograder.submission import Cell, Submission

MOST = 20  # remarks on one submission
LONGEST = 400  # characters of one


def of(handed_in: Submission, marked: Grade) -> tuple[str, ...]:
    """The remarks on a submission, a line each."""
    found = list(handed_in.remarks)
    if marked.points < marked.out_of and (cells := out_of_order(handed_in.cells)):
        first, second = cells
        found.append(
            f"cell {second.number} was last run before cell {first.number} above it; grading goes from top to bottom, "
            "so that values may differ from those that were seen"
        )
    lines = [harmless(" ".join(line.split()))[:LONGEST] for line in found[:MOST]]
    return (*lines, f"and {len(found) - MOST} more") if len(found) > MOST else tuple(lines)


def out_of_order(cells: tuple[Cell, ...]) -> tuple[Cell, Cell] | None:
    """Two cells that were last run in another order than they stand, the first ones that show it."""
    highest: Cell | None = None
    for cell in cells:
        if cell.is_code and cell.run:
            if highest and cell.run < highest.run:
                return highest, cell
            highest = cell
    return None
