"""TOML → Blueprint: the table of specifications of one assignment.

title = "Convolutional networks: the basics"
environment = "requirements.txt"                                # packages of its own; may be left out

[[slots]]
template = "shapes/layer_chain"
points = 6

[[slots]]
template = ["pooling/max_by_hand", "pooling/average_by_hand"]   # one of them, drawn for each student
points = 2
fixed = { k = 2 }                                               # a parameter that is the same for everyone

[[slots]]
topic = "receptive_field"                                       # one of all templates on this topic …
difficulty = 3                                                  # … that are this difficult; [2, 3]: either
points = 4
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from question_bank.catalog import Catalog
from question_bank.errors import BlueprintError, TemplateError, did_you_mean
from question_bank.template import Template

Fraction01 = Annotated[float, Field(ge=0, le=1)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Late(_Table):
    """What happens after the due date. Penalties are fractions of the points earned."""

    due: dt.datetime
    grace_minutes: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0
    penalty_per_day: Fraction01 = 0
    days: Annotated[int, Field(ge=0)] | None = None

    def penalty(self, submitted: dt.datetime) -> float:
        """The fraction that a submission at that time loses: `penalty_per_day` for each day begun, all after `days`."""
        due = self.due if self.due.tzinfo else self.due.replace(tzinfo=dt.UTC)
        late = submitted - due
        if late <= dt.timedelta(minutes=self.grace_minutes):
            return 0.0
        days = -(-late // dt.timedelta(days=1))
        if self.days is not None and days > self.days:
            return 1.0
        return min(1.0, days * self.penalty_per_day)


class Attempts(_Table):
    """How many papers a student may be dealt, and which of their grades counts."""

    allowed: Annotated[int, Field(ge=1, le=20)] = 1
    keep: Annotated[str, Field(pattern="^(best|last)$")] = "best"


class Rubric(_Table):
    """The fraction of a part's points that a verdict earns, where the answer itself does not say."""

    follows: Fraction01 = 1
    mistake: Fraction01 = 0


class Limits(_Table):
    """What one submission may use."""

    cell_seconds: Annotated[float, Field(gt=0, le=3600)] = 10
    submission_seconds: Annotated[float, Field(gt=0, le=7200)] = 60
    cpu_seconds: Annotated[int, Field(ge=1, le=100_000)] = 120  # of each of its processes
    memory_mb: Annotated[int, Field(ge=64, le=1_000_000)] = 1024  # all its processes together
    processes: Annotated[int, Field(ge=1, le=10_000)] = 64  # threads count, too
    file_mb: Annotated[int, Field(ge=1, le=1_000_000)] = 32  # a single file
    disk_mb: Annotated[int, Field(ge=1, le=1_000_000)] = 64  # all files together
    open_files: Annotated[int, Field(ge=16, le=100_000)] = 256


class Feedback(_Table):
    """What students see."""

    solutions: bool = True
    hidden_cases: bool = False  # show the first hidden case that fails, if it is small


Level = Annotated[int, Field(ge=1, le=5)]


class _SlotTable(_Table):
    template: str | Annotated[list[str], Field(min_length=1)] | None = None
    topic: str | None = None
    difficulty: Level | Annotated[list[Level], Field(min_length=1)] | None = None
    points: Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)] | None = None
    fixed: dict[str, Any] = {}


class _File(_Table):
    title: str
    environment: Annotated[str, Field(min_length=1)] | None = None
    slots: Annotated[list[_SlotTable], Field(min_length=1, max_length=200)]
    late: Late | None = None
    attempts: Attempts = Attempts()
    rubric: Rubric = Rubric()
    limits: Limits = Limits()
    feedback: Feedback = Feedback()


@dataclass(frozen=True)
class Slot:
    """One row of a blueprint: one question of each paper."""

    id: str
    templates: tuple[Template, ...]
    points: float
    fixed: dict[str, Any]
    choice: tuple[str, ...] = ()  # how the blueprint names the templates: by path, or by topic and difficulty

    @property
    def texts(self) -> dict[str, float]:
        """The cells that a person marks and their points, the same for every student."""
        return {f"{self.id}_{part}": share * self.points for part, share in self.templates[0].by_hand.items()}

    @property
    def code_points(self) -> float:
        """What is left for the grade cell; 0 where there is none."""
        only_texts = len(self.templates[0].by_hand) == len(self.templates[0].parts)
        return 0.0 if only_texts else self.points - sum(self.texts.values())


@dataclass(frozen=True)
class Blueprint:
    """A validated blueprint, its templates at hand."""

    assignment: str
    title: str
    slots: tuple[Slot, ...]
    late: Late | None
    attempts: Attempts
    rubric: Rubric
    limits: Limits
    feedback: Feedback
    environment: Path | None = None  # a requirements file: the assignment's own environment

    @property
    def points(self) -> float:
        """What a perfect paper earns."""
        return sum(slot.points for slot in self.slots)

    @property
    def deal(self) -> str:
        """A digest of what decides the papers: slots, templates and fixed parameters, not points or policies.

        A slot that names a topic stays the same when a template on that topic joins the bank.
        """
        rows = [[slot.id, slot.choice, slot.fixed] for slot in self.slots]
        return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()[:16]


def read(file: Path, catalog: Catalog) -> Blueprint:
    """The blueprint in `file`; its name is the assignment's.

    Raises BlueprintError with a line for each thing that is wrong.
    """
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", file.stem):
        raise BlueprintError(f"{file}: an assignment's name has letters, digits, _ and -; found {file.stem!r}")
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8-sig"))
        table = _File.model_validate(data)
    except FileNotFoundError as error:
        raise BlueprintError(f"{file}: no such blueprint{_others(file)}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BlueprintError(f"{file}: not TOML: {error}") from error
    except ValidationError as error:
        raise BlueprintError("\n".join(f"{file}: {line}" for line in describe(error, _File))) from error
    return _resolve(file, table, catalog)


def _others(file: Path) -> str:
    return did_you_mean(file.stem, [other.stem for other in file.parent.glob("*.toml")])


def _resolve(file: Path, table: _File, catalog: Catalog) -> Blueprint:
    slots, faults = [], []
    for number, row in enumerate(table.slots, start=1):
        try:
            slots.append(_slot(number, row, catalog))
        except TemplateError as error:
            faults.append(f"{file}: slot {number}: {error}")
    if faults:
        raise BlueprintError("\n".join(faults))
    return Blueprint(
        assignment=file.stem,
        title=table.title,
        slots=tuple(slots),
        late=table.late,
        attempts=table.attempts,
        rubric=table.rubric,
        limits=table.limits,
        feedback=table.feedback,
        environment=_environment(file, table.environment),
    )


def _environment(file: Path, name: str | None) -> Path | None:
    """A requirements file beside the blueprint or in the course's folder. Raises BlueprintError where there is none."""
    if name is None:
        return None
    places = [folder / name for folder in (file.parent, file.parent.parent)]
    if found := next((place for place in places if place.is_file()), None):
        return found
    raise BlueprintError(f"{file}: environment: no such file: {places[0]} or {places[1]}")


def _slot(number: int, row: _SlotTable, catalog: Catalog) -> Slot:
    templates = tuple(catalog.get(path) for path in _paths(row, catalog))
    fixed = {name: frozen(value) for name, value in row.fixed.items()}
    for template in templates:
        template.draw("a trial draw", fixed)
    if any(template.by_hand != templates[0].by_hand for template in templates):
        raise TemplateError("its templates differ in the parts that a person marks; give each a slot of its own")
    defaults = {template.points for template in templates}
    if row.points is None and len(defaults) > 1:
        raise TemplateError("its templates are worth different points; say what the slot is worth: points = …")
    by_path = [t.path for t in templates]
    choice = by_path if row.topic is None else ["topic", row.topic, *map(str, _levels(row))]
    return Slot(f"q{number}", templates, row.points or defaults.pop(), fixed, tuple(choice))


def _paths(row: _SlotTable, catalog: Catalog) -> list[str]:
    """The templates that a row names, or those on its topic. Raises TemplateError where it names none."""
    if (row.template is None) == (row.topic is None):
        raise TemplateError("expected either template = … or topic = …")
    if row.template is not None:
        if row.difficulty is not None:
            raise TemplateError("difficulty = … goes with topic = …; a template has its own")
        return [row.template] if isinstance(row.template, str) else row.template
    entries = catalog.on_topic(str(row.topic))
    if not entries:
        known = sorted({topic.rpartition("/")[2] for entry in catalog.entries() for topic in entry.topics})
        raise TemplateError(f"no template on the topic {row.topic!r}{did_you_mean(str(row.topic), known)}")
    levels = _levels(row)
    found = [entry.path for entry in entries if not levels or entry.difficulty in levels]
    if not found:
        there = sorted({entry.difficulty for entry in entries})
        raise TemplateError(
            f"no template on the topic {row.topic!r} has the difficulty {' or '.join(map(str, levels))}; "
            f"there are some of {', '.join(map(str, there))}"
        )
    return found


def _levels(row: _SlotTable) -> list[int]:
    match row.difficulty:
        case None:
            return []
        case int() as level:
            return [level]
        case levels:
            return sorted(levels)


def frozen(value: Any) -> Any:
    """Lists as tuples, all the way down: parameters as templates know them, read from TOML or JSON."""
    return tuple(frozen(item) for item in value) if isinstance(value, list) else value


def describe(error: ValidationError, model: type[BaseModel]) -> Iterator[str]:
    """A line for each fault: where, what was expected, what was found."""
    for fault in error.errors():
        where = ""
        for step in fault["loc"]:
            if isinstance(step, int):
                where += f" {step + 1}"
            elif step not in ("str", "list[str]", "constrained-str"):
                where += f".{step}" if where else step
        where = where.replace("slots ", "slot ")
        if fault["type"] == "extra_forbidden":
            known = _keys(model, fault["loc"][:-1])
            hint = did_you_mean(str(fault["loc"][-1]), known) or f"; known: {', '.join(known)}"
            yield f"{where}: no such key{hint}"
        elif fault["type"] == "missing":
            yield f"{where}: is missing"
        else:
            message = re.sub(r" or instance of \w+", "", fault["msg"]).replace("Input should be", "expected")
            prefix = f"{where}: " if where else ""
            yield f"{prefix}{message[0].lower()}{message[1:]}; found {fault['input']!r:.60}"


def _keys(model: type[BaseModel], steps: tuple[int | str, ...]) -> list[str]:
    """The keys of the table at `steps`, for a suggestion."""
    tables: dict[str, type[BaseModel]] = {"slots": _SlotTable, "late": Late, "attempts": Attempts, "rubric": Rubric}
    tables |= {"limits": Limits, "feedback": Feedback}
    named = [step for step in steps if isinstance(step, str)]
    return list((tables.get(named[-1], model) if named else model).model_fields)
