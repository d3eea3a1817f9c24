"""Named errors that students make, with the feedback that they read when an answer shows one.

Feedback says what was done, why it is wrong and how to see it. It is Markdown with LaTeX and speaks to the student.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Misconception:
    """A named error. `name` stands in reports, `feedback` (Markdown) is what the student reads."""

    name: str
    feedback: str
