"""A training that may use a GPU: it is shown to that submission and to no other, and where there is none that is said.

What a GPU itself does behind the walls is tested where there is one.
"""

import os
from pathlib import Path

import numpy as np
import pytest
import torch
from classroom import SECRET, handed_in, paper
from torch import nn

from assignments.blueprint import Limits, Rubric
from autograder import cases, marking
from autograder.execution import Read, Run, Train, gpus, tiers
from autograder.execution.forkserver import ForkServer
from autograder.marks import Verdict
from autograder.responses import Responses
from question_bank import template, training
from question_bank.datasets import Dataset

LIMITS = Limits(cell_seconds=30, submission_seconds=60)
FILES = ["/dev/nvidia-caps-imex", "/dev/nvidia-uvm", "/dev/nvidia0", "/dev/nvidiactl"]
CODE = f"""
import os, torch
shown = []
for path in {FILES!r}:
    try:
        os.close(os.open(path, os.O_RDWR))
        shown.append(path)
    except OSError:
        pass
def make_model():
    return torch.nn.Linear(2, 2)
def train(model, images, labels):
    if torch.cuda.is_available():
        model.to("cuda")
"""
DATA = (np.ones((3, 2), np.float32), np.zeros(3, np.int64), np.ones((4, 2), np.float32))


def training_on(device):
    return Train("train", 0, "make_model", DATA, 10.0, device=device)


@template(topics=["test"])
class OnGpu:
    __module__ = "bank.tests.on_gpu"
    stem = "Train it."

    @training(
        points=4,
        data=lambda q, seed: Dataset(DATA[0], DATA[1], DATA[2], np.array([0, 0, 1, 1])),
        targets=[(0.5, 0.5), (1.0, 1.0)],
        device="cuda",
    )
    def train(q, model: nn.Module, images: torch.Tensor, labels: torch.Tensor) -> None:
        """Train."""

    solution = ""


def marked(outputs, stopped="", gpu=""):
    dealt, submitted = paper(OnGpu()), handed_in()
    result = [["weight"], [[2, 2]], np.array(outputs, np.float32), stopped]
    responses = Responses({}, {"q1.train": {0: result}}, {}, gpu=gpu)
    inputs = cases.inputs(dealt, SECRET, submitted.digest)
    [mark] = marking.mark(dealt, submitted, responses, Rubric(), inputs).questions[0].marks
    return mark


RIGHT, HALF = [[1, 0], [1, 0], [0, 1], [0, 1]], [[1, 0]] * 4


def test_where_there_is_no_gpu_the_mark_says_so():
    mark = marked(RIGHT)
    assert (mark.verdict, mark.points) == (Verdict.CORRECT, 4)
    assert "trained on the CPU, as no GPU was there" in mark.message
    assert "GPU" not in marked(RIGHT, gpu="a GPU").message


def test_want_of_time_without_a_gpu_costs_nothing_until_a_person_has_looked():
    assert marked(HALF, "the time for training was up").verdict == Verdict.ENVIRONMENT
    assert marked(HALF).verdict == Verdict.PARTIAL
    assert marked(HALF, "the time for training was up", gpu="a GPU").verdict == Verdict.PARTIAL
    assert marked(RIGHT, "the time for training was up").verdict == Verdict.CORRECT


def test_responses_remember_the_gpu():
    assert Responses.from_json(Responses({}, {}, {}, gpu="a GPU").to_json()).gpu == "a GPU"


@pytest.fixture
def devices(tmp_path, monkeypatch):
    """Device files as a machine with a GPU has them; what is behind them is nothing."""
    if os.getuid():
        pytest.skip("only root can make device files")
    for path in FILES:
        os.mknod(path, 0o20666, os.makedev(1, 3))
        Path(path).chmod(0o666)
    yield [path for path in FILES if "imex" not in path]
    for path in FILES:
        Path(path).unlink()


@pytest.mark.skipif(bool(gpus.nodes()), reason="there is a real GPU")
@pytest.mark.parametrize("tier", ["A", "B"])
def test_device_files_are_shown_to_trainings_that_may_use_them_and_to_nothing_else(devices, tier):
    assert gpus.nodes() == devices
    with ForkServer(tier) as server:
        for device, shown in (("cuda", devices), ("cpu", []), ("cuda", devices)):
            found = server.run([Run(0, CODE), Read(("shown",)), training_on(device)], LIMITS)
            assert found.values["shown"] == shown
            assert not found.stopped and found.gpu == ""  # there are files, and no GPU behind them
            assert found.calls["train"][0][2].shape == (4, 2)


def test_without_a_gpu_the_training_runs_all_the_same(server, monkeypatch):
    monkeypatch.setattr(gpus, "nodes", list)
    found = server.run([Run(0, CODE), Read(("shown",)), training_on("cuda")], LIMITS)
    assert (found.values["shown"], found.gpu) == ([], "")
    assert found.calls["train"][0][2].shape == (4, 2)


@pytest.mark.skipif(not gpus.nodes() or not torch.version.cuda, reason="no GPU here, or a PyTorch that knows none")
def test_a_real_gpu_is_used_behind_the_walls():
    used = f"{CODE}    global where\n    where = next(model.parameters()).device.type"
    here = Run(1, "y = torch.cuda.is_available()")
    with ForkServer(tiers.choose()) as server:
        assert server.gpu
        found = server.run([Run(0, used), training_on("cuda"), here, Read(("y", "where"))], LIMITS)
        assert found.gpu == server.gpu and found.values == {"y": True, "where": "cuda"}
        assert np.isfinite(found.calls["train"][0][2]).all()
        assert server.run([Run(0, CODE), here, Read(("y",))], LIMITS).values == {"y": False}
