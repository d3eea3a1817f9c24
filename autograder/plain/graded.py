"""What became of a submission of a plain assignment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Graded:
    """One submission's outcome. `problem` is one line, empty where all went well; `remarks` are further lines."""

    student: str
    scores: Mapping[str, tuple[float, float]]  # by notebook: the score, and what could be had
    cells: Mapping[str, float | None] = field(default_factory=dict)  # by notebook/cell; None waits for a person
    penalty: float = 0.0  # points taken off for being late, over all notebooks
    problem: str = ""
    remarks: tuple[str, ...] = ()
    ran: bool = True

    @property
    def waiting(self) -> int:
        """How many cells a person has to look at."""
        return sum(score is None for score in self.cells.values())
