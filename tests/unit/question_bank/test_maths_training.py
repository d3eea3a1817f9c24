"""Losses and counts of training against torch; the course's own numbers."""

import pytest
import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader

from question_bank.maths import training

LOGITS = [(2.0, 1.0, 0.1), (0.0, 0.0), (-3.0, 5.0, 1.0, 1.0), (800.0, 799.0)]


@pytest.mark.parametrize("logits", LOGITS)
def test_softmax_and_cross_entropy(logits):
    z = torch.tensor(logits, dtype=torch.float64)
    assert training.softmax(logits) == pytest.approx(z.softmax(0).tolist())
    ours = [training.cross_entropy(logits, label) for label in range(len(logits))]
    assert ours == pytest.approx([F.cross_entropy(z, torch.tensor(label)).item() for label in range(len(logits))])


def test_cross_entropy_of_the_course():
    assert training.cross_entropy((2.0, 1.0, 0.1), 0) == pytest.approx(0.417, abs=5e-4)


@pytest.mark.parametrize("drop_last", [False, True])
def test_iterations(drop_last):
    for images, batch in ((50_000, 128), (100, 10), (101, 10), (7, 8), (8, 8)):
        loader = DataLoader(range(images), batch, drop_last=drop_last)
        assert training.iterations(images, batch, drop_last) == len(loader)


@pytest.mark.parametrize(("k", "channels", "filters"), [(3, 64, 128), (5, 16, 8), (1, 200, 300)])
def test_he_deviation_and_xavier_deviation(k, channels, filters):
    fan_in, fan_out = k * k * channels, k * k * filters
    weight = torch.empty(filters, channels, k, k)
    bound = nn.init.calculate_gain("relu") / fan_in**0.5
    assert training.he_deviation(fan_in) == pytest.approx(bound)
    torch.manual_seed(0)
    assert training.he_deviation(fan_in) == pytest.approx(nn.init.kaiming_normal_(weight).std().item(), rel=0.05)
    drawn = nn.init.xavier_normal_(weight).std().item()
    assert training.xavier_deviation(fan_in, fan_out) == pytest.approx(drawn, rel=0.05)


def test_deviations_of_the_course():
    assert training.he_deviation(9 * 64) == pytest.approx(0.0589, abs=5e-5)
    assert training.xavier_deviation(9 * 64, 9 * 128) == pytest.approx(0.0340, abs=5e-5)


def test_cosine_rate():
    optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.4)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, T_max=20, eta_min=0.01)
    for step in range(21):
        assert training.cosine_rate(0.4, 0.01, step / 20) == pytest.approx(optimiser.param_groups[0]["lr"])
        optimiser.step()
        schedule.step()
