"""Conformance: what every template of the bank must do. Authors write no tests; these find a template by its path."""

from __future__ import annotations

from contextlib import suppress

import pytest

from autograder import conformance
from question_bank.catalog import Catalog
from question_bank.template import Template

CATALOG = Catalog()
SEEDS = [f"conformance {number}" for number in range(100)]


@pytest.fixture(params=list(CATALOG.files()), scope="module")
def template(request: pytest.FixtureRequest) -> Template:
    return CATALOG.get(request.param)


def test_renders_earns_full_marks_and_tells_its_mistakes_apart(template: Template) -> None:
    assert conformance.faults(template, SEEDS) == []


def test_every_choice_of_a_small_domain_is_dealt(template: Template) -> None:
    """A condition or a mistake that rules a value out altogether is a slip of the author's."""
    variants = [template.draw(seed) for seed in SEEDS]
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
