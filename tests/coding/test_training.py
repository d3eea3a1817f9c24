"""Training tasks: solutions as people write them reach the target or do not; they lie in `solutions/<template>/`."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
import torch

from autograder.checkers.code import judge
from autograder.inprocess import respond
from question_bank.catalog import Catalog
from question_bank.models import Training
from question_bank.rendering import render
from question_bank.template import Names

HERE = Path(__file__).parent / "solutions"
CATALOG = Catalog()
CODING = {path.split("/")[1]: CATALOG.get(path) for path in CATALOG.files() if path.startswith("coding/")}
TRAINING = {n: found for n, found in CODING.items() if any(isinstance(p, Training) for p in found.parts.values())}
OWN_DATA = {"train_own_images"}  # needs a file of the instructor's


def files(pattern):
    found = [file for name in TRAINING for file in HERE.glob(f"{name}/{pattern}")]
    return sorted(file.relative_to(HERE).as_posix() for file in found)


@cache
def variant_of(name):
    return TRAINING[name].draw("training")


def judged(variant, text):
    """What becomes of a text that defines both functions."""
    names = {"np": np, "torch": torch}
    exec(compile(text, "solution", "exec"), names)
    [part] = [part for part in variant.template.parts.values() if isinstance(part, Training)]
    torch.manual_seed(0)
    arguments = [tuple(case.inputs(variant, "training").values()) for case in part.cases]
    return judge(part, variant, arguments, [respond(part, names, given) for given in arguments])


def judged_file(file):
    variant = variant_of(file.split("/")[0])
    text = (HERE / file).read_text(encoding="utf-8")
    return judged(variant, render("\n" + text, Names(variant, keys=False), file))


@pytest.mark.parametrize("name", sorted(TRAINING.keys() - OWN_DATA))
def test_every_task_has_its_solutions(name):
    assert len(files("right_*.py")) >= 4
    assert len([file for file in files("wrong_*.py") if file.startswith(f"{name}/")]) >= 8


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(TRAINING.keys() - OWN_DATA))
def test_the_worked_solution_reaches_the_target(name):
    found = judged(variant_of(name), variant_of(name).solution)
    assert (found.fraction, found.cases[0].message) == (1, "")


@pytest.mark.slow
@pytest.mark.parametrize("file", files("right_*.py"))
def test_right_ones_reach_the_target(file):
    found = judged_file(file)
    assert (found.fraction, found.cases[0].message) == (1, "")


@pytest.mark.parametrize("file", files("wrong_*.py"))
def test_wrong_ones_do_not(file):
    assert (HERE / file).read_text(encoding="utf-8").startswith("# ")
    found = judged_file(file)
    assert found.fraction < 1
    assert found.cases[0].message
