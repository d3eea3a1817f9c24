"""Images of an instructor's own: what a file may hold, and that a network is trained and judged on it."""

import numpy as np
import pytest
import torch

from autograder.checkers.code import judge
from autograder.inprocess import respond
from question_bank.catalog import Catalog
from question_bank.datasets import FOLDER, digits, own_file
from question_bank.errors import TemplateError


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(FOLDER, str(tmp_path))
    return tmp_path


def written(folder, **arrays):
    np.savez(folder / "mnist.npz", **arrays)


def test_bytes_become_numbers_from_0_to_1(folder):
    written(folder, images=np.arange(40, dtype=np.uint8).reshape(10, 2, 2) * 6, labels=np.arange(10, dtype=np.uint8))
    found = own_file("mnist", "seed", 6, 4)
    assert (found.images.shape, found.images.dtype) == ((6, 1, 2, 2), np.float32)
    both = np.concatenate([found.images, found.tests])
    assert sorted(both[:, 0, 0, 0]) == pytest.approx([24 * n / 255 for n in range(10)])
    assert sorted([*found.labels, *found.answers]) == list(range(10))


@pytest.mark.parametrize(
    ("arrays", "told"),
    [
        ({"images": np.zeros((9, 2, 2))}, "labels is missing"),
        ({"images": np.zeros((9, 2)), "labels": np.zeros(9)}, "found (9, 2) and (9,)"),
        ({"images": np.zeros((9, 2, 2)), "labels": np.zeros(8)}, "found (9, 2, 2) and (8,)"),
        ({"images": np.zeros((9, 2, 2)), "labels": np.zeros(9)}, "expected at least 10 images, found 9"),
        ({"images": np.array([{}] * 9), "labels": np.zeros(9)}, "no data file"),
    ],
)
def test_a_file_that_does_not_fit_is_named(folder, arrays, told):
    written(folder, **arrays)
    with pytest.raises(TemplateError) as caught:
        own_file("mnist", "seed", 6, 4)
    assert told in str(caught.value)


def test_where_there_is_no_file_the_folder_is_named(monkeypatch, tmp_path):
    monkeypatch.delenv(FOLDER, raising=False)
    with pytest.raises(TemplateError, match=FOLDER):
        own_file("mnist", "seed", 6, 4)
    monkeypatch.setenv(FOLDER, str(tmp_path))
    with pytest.raises(TemplateError, match="no such file"):
        own_file("mnist", "seed", 6, 4)


def test_a_network_is_trained_and_judged_on_it(folder):
    given = digits("own", train=1200, tests=500)
    images = np.concatenate([given.images, given.tests])
    labels = np.concatenate([given.labels, given.answers])
    np.savez(folder / "images.npz", images=np.round(255 * images[:, 0]).astype(np.uint8), labels=labels)
    template = Catalog().get("coding/train_own_images")
    variant = template.variant_class(data="images", images=1000, budget=20_000, percent=80)
    [part] = template.parts.values()
    [case] = part.cases
    arguments = [tuple(case.inputs(variant, "own").values())]
    names = {"torch": torch}
    exec(variant.solution, names)
    torch.manual_seed(0)
    found = judge(part, variant, arguments, [respond(part, names, arguments[0])])
    assert (found.fraction, found.cases[0].message) == (1, "")
