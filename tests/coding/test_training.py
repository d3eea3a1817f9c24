"""The worked solution of every training task reaches its target; a network that was never trained does not."""

import numpy as np
import pytest
import torch

from autograder.checkers.code import judge
from autograder.inprocess import respond
from question_bank.catalog import Catalog
from question_bank.models import Training

CATALOG = Catalog()
TRAINING = [
    path
    for path in CATALOG.files()
    if path.startswith("coding/") and any(isinstance(p, Training) for p in CATALOG.get(path).parts.values())
]


def judged(path, change=lambda names: None):
    """What the worked solution earns, after its names were changed."""
    variant = CATALOG.get(path).draw("training")
    names = {"np": np, "torch": torch}
    exec(variant.solution, names)
    change(names)
    [part] = [part for part in variant.template.parts.values() if isinstance(part, Training)]
    torch.manual_seed(0)
    arguments = [tuple(case.inputs(variant, "training").values()) for case in part.cases]
    return judge(part, variant, arguments, [respond(part, names, given) for given in arguments])


@pytest.mark.slow
@pytest.mark.parametrize("path", TRAINING)
def test_the_worked_solution_reaches_the_target(path):
    found = judged(path)
    assert (found.fraction, found.cases[0].message) == (1, "")


@pytest.mark.parametrize("path", TRAINING)
def test_what_was_never_trained_does_not(path):
    assert judged(path, lambda names: names.update(train=lambda model, images, labels: None)).fraction == 0
