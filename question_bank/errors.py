"""What can go wrong, as a tree.

FieldmarkError
├── TemplateError            a template is written wrongly
│   ├── UnknownTemplate      no template has that path
│   └── DrawError            no draw satisfies the template
├── CourseError              the course folder is missing something or holds something damaged
│   ├── BlueprintError       a blueprint says what cannot be
│   ├── RosterError          a roster cannot be read
│   └── ManifestError        a manifest is missing, damaged or from another blueprint
├── SubmissionError          a submission cannot be read or is not this student's
└── ExecutionError           student code could not be run; the fault is ours

Every message names the thing, what was expected and what was found, in one line.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class FieldmarkError(Exception):
    """The root: catch it to catch all that Fieldmark raises on purpose."""


class TemplateError(FieldmarkError):
    """A template is written wrongly."""


class UnknownTemplate(TemplateError):
    """No template has that path."""


class DrawError(TemplateError):
    """No draw satisfies the template, its fixed parameters and its mistakes."""


class CourseError(FieldmarkError):
    """The course folder is missing something or holds something damaged."""


class BlueprintError(CourseError):
    """A blueprint says what cannot be."""


class RosterError(CourseError):
    """A roster cannot be read."""


class ManifestError(CourseError):
    """A manifest is missing, damaged or from another blueprint."""


class SubmissionError(FieldmarkError):
    """A submission cannot be read or is not this student's."""


class ExecutionError(FieldmarkError):
    """Student code could not be run; the fault is ours."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A closing clause for a message: `; did you mean 'conv_chain'?`, or nothing."""
    matches = get_close_matches(word, list(known), n=1)
    return f"; did you mean {matches[0]!r}?" if matches else ""
