"""Blueprint × student → Paper, and a paper's manifest. Pure: the same secret deals the same paper on any machine."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assignments.blueprint import Blueprint, Slot, describe, frozen
from question_bank.catalog import Catalog
from question_bank.code import Code
from question_bank.domains import hashed_int
from question_bank.errors import ManifestError, TemplateError
from question_bank.template import Part, Variant


@dataclass(frozen=True)
class Question:
    """One slot of one paper: its id ("q1"), the variant, and what it is worth."""

    id: str
    variant: Variant
    points: float

    @property
    def parts(self) -> dict[str, Part]:
        """What is answered in code, by the name that the student assigns to: `q1_side`; a function keeps its own."""
        return {self.variable(part): part for part in self.variant.template.parts.values() if not part.by_hand}

    @property
    def texts(self) -> dict[str, Part]:
        """What is answered in words and marked by a person, by the name of its cell: `q1_why`."""
        return {self.variable(part): part for part in self.variant.template.parts.values() if part.by_hand}

    @property
    def code_points(self) -> float:
        """What the parts that are answered in code are worth together."""
        return self.points - sum(map(self.part_points, self.texts.values()))

    def variable(self, part: Part) -> str:
        """What the student's answer to `part` is called in the notebook: a variable, a function or a cell."""
        return part.name if isinstance(part, Code) else f"{self.id}_{part.name}"

    def part_points(self, part: Part) -> float:
        """What one part is worth: its share of the question's points."""
        return self.points * part.points / self.variant.template.points


@dataclass(frozen=True)
class Paper:
    """One student's variants, in order."""

    assignment: str
    student: str
    attempt: int
    questions: tuple[Question, ...]

    @property
    def in_code(self) -> tuple[Question, ...]:
        """The questions that have an answer cell and a grade cell: all but those that ask for words alone."""
        return tuple(question for question in self.questions if question.parts)


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Dealt(_Frozen):
    """One question of a manifest."""

    template: str
    version: int
    parameters: dict[str, Any]
    note: str
    cells: dict[str, str]  # what the student assigns to → part


class Manifest(_Frozen):
    """What was dealt to one student. Never keys."""

    assignment: str
    student: str
    attempt: int
    deal: str  # the digest of the blueprint's slots
    questions: dict[str, Dealt]

    def to_json(self) -> str:
        """The manifest as it stands on disk."""
        return json.dumps(self.model_dump(), indent=1, ensure_ascii=False) + "\n"


def seed(secret: bytes, *purpose: object) -> str:
    """A seed that nobody can guess without the course's secret, different for each purpose."""
    return hmac.new(secret, json.dumps(purpose).encode(), hashlib.sha256).hexdigest()


Taken = dict[tuple[str, str], set[str]]  # (slot, template) → notes


def take(taken: Taken, manifest: Manifest) -> None:
    """Add a manifest's variants to those that are taken."""
    for slot, dealt in manifest.questions.items():
        taken.setdefault((slot, dealt.template), set()).add(dealt.note)


def deal(
    blueprint: Blueprint, student: str, attempt: int, secret: bytes, taken: Taken, replaced: Manifest | None = None
) -> Paper:
    """A paper for the student, with no variant that is taken, or in the paper that it replaces, while the spaces last.

    Raises DrawError where a slot cannot be drawn.
    """
    questions: list[Question] = []
    for slot in blueprint.slots:
        key = seed(secret, "paper", blueprint.assignment, slot.id, student, attempt)
        old = replaced.questions.get(slot.id) if replaced else None
        asked = {question.variant.template.path for question in questions}
        questions.append(Question(slot.id, _draw(slot, key, taken, {old.note} if old else set(), asked), slot.points))
    return Paper(blueprint.assignment, student, attempt, tuple(questions))


def _draw(slot: Slot, key: str, taken: Taken, replaced: set[str], asked: Container[str]) -> Variant:
    """A variant of one of the slot's templates; of the next one where all of that one's are taken.

    Templates that this paper has asked already come last: two slots on one topic are two different questions.
    """
    fresh = [template for template in slot.templates if template.path not in asked] or [*slot.templates]
    first = hashed_int(key, "template") % len(fresh)
    drawn = []
    for template in fresh[first:] + fresh[:first]:
        notes = taken.get((slot.id, template.path), set()) | replaced
        drawn.append(template.draw(key, slot.fixed, avoid=notes))
        if drawn[-1].note not in notes:
            return drawn[-1]
    return drawn[0]


def manifest_of(paper: Paper, blueprint: Blueprint) -> Manifest:
    """The record of a paper."""
    questions = {
        question.id: Dealt(
            template=question.variant.template.path,
            version=question.variant.template.version,
            parameters=question.variant.parameters,
            note=question.variant.note,
            cells={variable: part.name for variable, part in (question.parts | question.texts).items()},
        )
        for question in paper.questions
    }
    return Manifest(
        assignment=paper.assignment,
        student=paper.student,
        attempt=paper.attempt,
        deal=blueprint.deal,
        questions=questions,
    )


def read_manifest(text: str, where: str) -> Manifest:
    """A manifest from its JSON. Raises ManifestError naming `where`."""
    try:
        return Manifest.model_validate_json(text)
    except ValidationError as error:
        raise ManifestError("; ".join(f"{where}: {line}" for line in describe(error, Manifest))) from error


def paper_of(manifest: Manifest, blueprint: Blueprint, catalog: Catalog) -> Paper:
    """The paper that a manifest records, worth what the blueprint says today.

    Raises ManifestError where the blueprint has other slots than the manifest, or a template is gone or has changed.
    """
    slots: Mapping[str, Slot] = {slot.id: slot for slot in blueprint.slots}
    if manifest.deal != blueprint.deal:
        raise ManifestError(
            f"{blueprint.assignment}: the blueprint's slots have changed since {manifest.student}'s paper was dealt; "
            "restore them, or deal anew with --redeal"
        )
    if set(manifest.questions) != set(slots):
        raise ManifestError(
            f"{blueprint.assignment}: {manifest.student}'s manifest is damaged: expected {', '.join(slots)}; "
            f"found {', '.join(manifest.questions) or 'no questions'}"
        )
    return Paper(
        manifest.assignment,
        manifest.student,
        manifest.attempt,
        tuple(
            Question(slot, _dealt(manifest, dealt, catalog), slots[slot].points)
            for slot, dealt in manifest.questions.items()
        ),
    )


def _dealt(manifest: Manifest, dealt: Dealt, catalog: Catalog) -> Variant:
    try:
        return catalog.get(dealt.template).dealt(thawed(dealt.parameters))
    except TemplateError as error:
        raise ManifestError(
            f"{manifest.assignment}: {manifest.student}'s paper cannot be read again: {error}"
        ) from error


def thawed(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters as templates know them, from JSON."""
    return {name: frozen(value) for name, value in parameters.items()}
