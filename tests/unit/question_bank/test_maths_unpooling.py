"""Minimum pooling, indices of maxima, unpooling and the gradients of pooling, against torch."""

from itertools import product

import pytest
import torch
import torch.nn.functional as F

from question_bank.maths import pooling, unpooling

CASES = [(k, s, seed) for (k, s), seed in product([(2, 2), (2, 1), (3, 2), (3, 1)], range(4))]


def rows_of(result):
    return tuple(map(tuple, result[0, 0].tolist()))


def drawn(rows, columns, seed):
    """A map without ties."""
    order = torch.randperm(rows * columns, generator=torch.Generator().manual_seed(seed))
    return (order.reshape(1, 1, rows, columns) - 10).double()


@pytest.mark.parametrize("k, s, seed", CASES)
def test_min_pool(k, s, seed):
    image = drawn(5, 7, seed)
    assert pooling.min_pool(rows_of(image), k, s) == rows_of(-F.max_pool2d(-image, k, s))


@pytest.mark.parametrize("k, s, seed", CASES)
def test_argmax_indices(k, s, seed):
    image = drawn(5, 7, seed)
    expected = F.max_pool2d(image, k, s, return_indices=True)[1]
    assert pooling.argmax_indices(rows_of(image), k, s) == rows_of(expected)


def test_argmax_indices_takes_the_first_of_ties():
    image = torch.zeros(1, 1, 4, 4)
    expected = F.max_pool2d(image, 2, 2, return_indices=True)[1]
    assert pooling.argmax_indices(rows_of(image), 2, 2) == rows_of(expected)


@pytest.mark.parametrize("seed", range(4))
def test_place(seed):
    image = drawn(4, 6, seed)
    values, indices = F.max_pool2d(image, 2, 2, return_indices=True)
    assert unpooling.place(rows_of(values), rows_of(indices), 4, 6) == rows_of(F.max_unpool2d(values, indices, 2, 2))


@pytest.mark.parametrize("k", (2, 3))
def test_upsampling(k):
    image = drawn(2, 3, k)
    nails = torch.zeros(1, 1, k, k).double()
    nails[..., 0, 0] = 1
    assert unpooling.repeat_pixels(rows_of(image), k) == rows_of(F.interpolate(image, scale_factor=k, mode="nearest"))
    assert unpooling.bed_of_nails(rows_of(image), k) == rows_of(F.conv_transpose2d(image, nails, stride=k))


def gradient(pool, image, upstream, k, s):
    image = image.clone().requires_grad_()
    pool(image, k, s).backward(upstream)
    return rows_of(image.grad)


@pytest.mark.parametrize("k, s, seed", CASES)
def test_max_pool_backward(k, s, seed):
    image = drawn(5, 7, seed)
    upstream = drawn(*F.max_pool2d(image, k, s).shape[2:], seed + 9)
    expected = gradient(F.max_pool2d, image, upstream, k, s)
    assert unpooling.max_pool_backward(rows_of(image), rows_of(upstream), k, s) == expected


@pytest.mark.parametrize("k, s, seed", CASES)
def test_average_pool_backward(k, s, seed):
    image = drawn(5, 7, seed)
    upstream = drawn(*F.avg_pool2d(image, k, s).shape[2:], seed + 9)
    whole = tuple(tuple(int(entry) for entry in row) for row in rows_of(upstream))
    found = torch.tensor([[float(e) for e in row] for row in unpooling.average_pool_backward(whole, k, s, 5, 7)])
    expected = torch.tensor(gradient(F.avg_pool2d, image, upstream, k, s))
    torch.testing.assert_close(found, expected, rtol=1e-6, atol=1e-9)
