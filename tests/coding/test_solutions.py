"""Implementations that people write, right and wrong, of every template that asks for code.

They lie in `solutions/<template>/right_*.py` and `wrong_*.py` and may use the variant's parameters as a worked
solution does ({{ s }}). A wrong one says on its first line what is wrong, and may say on its second which misconception
has to be named: `# misconception: IGNORED_STRIDE`.
"""

import importlib
import pkgutil
import sys
import warnings
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import torch

import question_bank.misconceptions
from autograder.checkers.bans import banned_uses
from autograder.checkers.code import judge
from autograder.execution import calls, tiers
from autograder.execution.forkserver import ForkServer
from autograder.inprocess import respond
from autograder.trying import trials
from question_bank.catalog import Catalog
from question_bank.code import Code
from question_bank.misconceptions import Misconception
from question_bank.models import Training
from question_bank.rendering import render
from question_bank.template import Names

HERE = Path(__file__).parent / "solutions"
CATALOG = Catalog()
CODING = {path.split("/")[1]: CATALOG.get(path) for path in CATALOG.files() if path.startswith("coding/")}
TRAINING = [n for n, found in CODING.items() if any(isinstance(part, Training) for part in found.parts.values())]
NAMES = sorted(CODING.keys() - set(TRAINING))  # training takes minutes: `test_training.py`
VARIANTS = 5
SMALL = 6  # choices of a domain


def files(pattern):
    found = (file.relative_to(HERE).as_posix() for file in HERE.glob(pattern))
    return sorted(file for file in found if file.split("/")[0] not in TRAINING)


@cache
def variants(name):
    """A sample in which every choice of a small domain turns up, as many a mistake can be made in some of them only."""
    template, found, seen = CATALOG.get(f"coding/{name}"), [], set()
    for number in range(40):
        variant = template.draw(f"solutions {number}")
        choices = {(p, getattr(variant, p)) for p, domain in template.domains.items() if domain.size(variant) <= SMALL}
        if number < VARIANTS or not choices <= seen:
            found.append(variant)
            seen |= choices
    return found


def source(file, variant):
    return render("\n" + (HERE / file).read_text(encoding="utf-8"), Names(variant, keys=False), file)


def judged(variant, text):
    """What becomes of a file: by function, the judgement and the banned names that it uses."""
    names = {"np": np, "torch": torch}
    found = {}
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        exec(compile(text, "solution", "exec"), names)
        for part in variant.template.parts.values():
            if isinstance(part, Code):
                arguments = [tuple(case.inputs(variant, "solutions").values()) for case in part.cases]
                free = replace(part, answer=replace(part.answer, banned=()))
                with calls.without(part.answer.banned):  # once for all cases, as it takes longer than most
                    results = [respond(free, names, each) for each in arguments]
                used = banned_uses(part.name, [text], part.answer.banned)
                found[part.name] = (judge(part, variant, arguments, results), used)
    return found


def full_marks(found):
    return all(judgement.fraction == 1 and not used for judgement, used in found.values())


@cache
def constants():
    """Of each misconception, the name that files use."""
    found = {}
    for template in CODING.values():  # those that only one template can show stand in its own file
        names = vars(sys.modules[template.variant_class.__module__])
        found |= {value: name for name, value in names.items() if isinstance(value, Misconception)}
    for module in pkgutil.iter_modules(question_bank.misconceptions.__path__):
        names = vars(importlib.import_module(f"question_bank.misconceptions.{module.name}"))
        found |= {value: name for name, value in names.items() if isinstance(value, Misconception)}
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_template_has_its_solutions(name):
    assert len(files(f"{name}/right_*.py")) >= 4
    assert len(files(f"{name}/wrong_*.py")) >= 8


def test_every_solution_belongs_to_a_template():
    assert {file.split("/")[0] for file in files("*/*.py")} <= set(NAMES)


@pytest.mark.parametrize("file", files("*/right_*.py"))
def test_right_ones_get_full_marks(file):
    for variant in variants(file.split("/")[0]):
        for judgement, used in judged(variant, source(file, variant)).values():
            assert [(case.label, case.message) for case in judgement.cases if not case.passed] == [], variant
            assert used == []


@pytest.mark.parametrize("file", files("*/wrong_*.py"))
def test_wrong_ones_do_not(file):
    """In at least one of the variants, as not every mistake can be made in each; and nowhere by another name."""
    first, second, *_ = (HERE / file).read_text(encoding="utf-8").splitlines()
    assert first.startswith("# ")
    named = second.removeprefix("# misconception: ") if second.startswith("# misconception: ") else ""
    caught = []
    for variant in variants(file.split("/")[0]):
        found = judged(variant, source(file, variant))
        if not full_marks(found):
            caught.append({judgement.misconception for judgement, _ in found.values() if judgement.misconception})
    assert caught, f"{file} gets full marks"
    if named:
        assert all({constants()[misconception] for misconception in each} == {named} for each in caught), caught


@pytest.fixture(scope="module")
def sandbox():
    with ForkServer(tiers.choose(False)) as server:
        yield server


@pytest.mark.parametrize("name", NAMES)
def test_the_sandbox_comes_to_the_same_verdict(name, sandbox):
    variant = variants(name)[0]
    right, *_ = files(f"{name}/right_*.py")
    wrong = next(f for f in files(f"{name}/wrong_*.py") if not full_marks(judged(variant, source(f, variant))))
    for file, whole in ((right, True), (wrong, False)):
        found = trials(variant, source(file, variant), sandbox, "solutions")
        assert all(trial.fraction == 1 for trial in found.values()) is whole, file
