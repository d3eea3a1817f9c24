"""Conformance: what every template of the bank must do. Authors write no tests; these find a template by its path."""

from __future__ import annotations

import random
import sys
from contextlib import suppress

import numpy as np
import pytest
import torch

from assignments.paper import Paper, Question
from assignments.visible import checks
from autograder import conformance
from question_bank.catalog import Catalog
from question_bank.code import Code
from question_bank.models import Training
from question_bank.template import Template

CATALOG = Catalog()
VARIANTS = 2000
IN_CODE = 20  # of a template that asks for code: each runs the reference, the solution and every mutant on every case


@pytest.fixture(params=list(CATALOG.files()), scope="module")
def template(request: pytest.FixtureRequest) -> Template:
    return CATALOG.get(request.param)


def test_renders_earns_full_marks_and_tells_its_mistakes_apart(template: Template) -> None:
    in_code = any(isinstance(part, Code) for part in template.parts.values())
    variants = conformance.sample(template, IN_CODE if in_code else VARIANTS)
    assert conformance.faults(template, variants) == []


@pytest.mark.parametrize("path", [path for path in CATALOG.files() if path.startswith("coding/")])
def test_visible_checks_let_the_worked_solution_pass(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    template = CATALOG.get(path)
    parts = [part for part in template.parts.values() if isinstance(part, Code)]
    if any(isinstance(part, Training) for part in parts):
        return  # a trial run stands there instead: it is run with the whole bank's notebook
    for number in range(5):
        variant = template.draw(f"visible {number}")
        question = Question("q1", variant, template.points)
        names: dict[str, object] = {"np": np, "torch": torch}
        exec(variant.solution, names)
        exec(checks(question, Paper("hw1", "alice", 1, (question,)), b"secret"), names)
        printed = capsys.readouterr().out
        assert all(f"{part.name}, {case.label}: " in printed for part in parts for case in part.cases if case.visible)


def test_seeds_collide_no_more_often_than_chance(template: Template, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashed draws find as many different variants as draws by a random generator from the same domains."""
    count = 500
    found = len({template.draw(f"seed {number}").note for number in range(count)})
    chance = random.Random(template.path)
    monkeypatch.setattr(sys.modules["question_bank.template"], "hashed_int", lambda *key: chance.getrandbits(256))
    by_chance = len({template.draw("").note for _ in range(count)})
    assert found >= by_chance - 6 * max(count - by_chance, 1) ** 0.5 - 1  # six standard deviations of the collisions


def test_every_choice_of_a_small_domain_is_dealt(template: Template) -> None:
    """A condition or a mistake that rules a value out altogether is a slip of the author's."""
    variants = conformance.sample(template, 100)
    for name, domain in template.domains.items():
        some = variants[0]
        if domain.size(some) <= 5 and not callable(getattr(domain, "high", None)):
            dealt = {variant.parameters[name] for variant in variants}
            assert dealt == {domain.at(some, index) for index in range(domain.size(some))}, name


def test_what_is_listed_is_what_is_loaded(template: Template) -> None:
    [entry] = [entry for entry in CATALOG.entries() if entry.path == template.path]
    assert entry.title == template.title
    assert entry.topics == template.topics
    assert entry.version == template.version
    assert entry.parts == tuple(template.parts)
    assert entry.code == any(isinstance(part, Code) for part in template.parts.values())


def test_absurd_slips_are_followed_in_no_time(template: Template) -> None:
    """Keys that follow from a student's number are closed forms: a giant number costs nothing."""
    variant = template.draw("absurd")
    names = list(template.parts)
    for name in names:
        for absurd in (10**12, -1, 0):
            given = variant.given(**{name: absurd})
            for later in names[names.index(name) + 1 :]:
                # A number where a shape belongs raises: then nothing follows from it.
                with suppress(TypeError, ValueError, IndexError, ZeroDivisionError, AttributeError):
                    given.key(later)
