"""Normalisation against torch; the course's own numbers for LRN."""

from itertools import product

import pytest
import torch
import torch.nn.functional as F

from question_bank.maths import normalisation

COURSE = (2, 4, 6, 8, 10)


@pytest.mark.parametrize(("n", "k", "alpha", "beta"), list(product((1, 3, 5), (1.0, 2.0), (1e-4, 0.5), (0.5, 0.75))))
def test_lrn(n, k, alpha, beta):
    maps = torch.tensor(COURSE, dtype=torch.float64).view(1, -1, 1, 1)
    ours = [normalisation.lrn(COURSE, channel, n, k, alpha, beta) for channel in range(5)]
    assert ours == pytest.approx(F.local_response_norm(maps, n, alpha * n, beta, k).flatten().tolist())


def test_lrn_of_the_course():
    assert normalisation.lrn(COURSE, 0, 5, k=1, alpha=1, beta=0.5) == pytest.approx(0.265, abs=5e-4)
    assert normalisation.lrn(COURSE, 0, 5, k=1, alpha=1 / 5, beta=0.5) == pytest.approx(0.5726, abs=5e-5)  # as in torch


def test_lrn_neighbours():
    """The channels whose change changes the result."""
    for n, channels in product((1, 3, 5), (3, 5, 8)):
        for channel in range(channels):
            maps = torch.ones(1, channels, 1, 1, dtype=torch.float64, requires_grad=True)
            F.local_response_norm(maps, n, 1.0)[0, channel].sum().backward()
            touched = maps.grad.flatten().nonzero().flatten().tolist()
            assert normalisation.lrn_neighbours(channel, channels, n) == (touched[0], touched[-1])


@pytest.mark.parametrize("values", [(1, 2, 3, 6), (-4, 0), (5, 5, 5), tuple(range(-7, 12, 3))])
def test_mean_and_variance(values):
    tensor = torch.tensor(values, dtype=torch.float64)
    assert float(normalisation.mean(values)) == pytest.approx(tensor.mean().item())
    assert float(normalisation.variance(values)) == pytest.approx(tensor.var(correction=0).item())
    assert float(normalisation.variance(values, unbiased=True)) == pytest.approx(tensor.var().item())
