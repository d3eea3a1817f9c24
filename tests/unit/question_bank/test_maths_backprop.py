"""Gradients of cross-correlation and pooling against autograd."""

from itertools import product

import pytest
import torch
import torch.nn.functional as F

from question_bank.maths import backprop


def matrix(rows, columns, seed):
    return torch.randint(-9, 10, (rows, columns), generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def rows_of(tensor):
    return tuple(map(tuple, tensor.tolist()))


CASES = [
    (k, s, p, rows, columns)
    for k, s, p, (rows, columns) in product((1, 2, 3), (1, 2, 3), (0, 1), ((1, 1), (2, 3), (3, 2)))
    if min(rows, columns) * s - s + k - 2 * p >= 1
]


@pytest.mark.parametrize(("k", "s", "p", "rows", "columns"), CASES)
def test_weight_gradient_and_input_gradient(k, s, p, rows, columns):
    image = matrix((rows - 1) * s + k - 2 * p, (columns - 1) * s + k - 2 * p, 1).requires_grad_()
    kernel, d = matrix(k, k, 2).requires_grad_(), matrix(rows, columns, 3)
    F.conv2d(image[None, None], kernel[None, None], stride=s, padding=p).backward(d[None, None])
    x, w = rows_of(image), rows_of(kernel)
    assert backprop.weight_gradient(x, rows_of(d), k, s, p) == rows_of(kernel.grad)
    assert backprop.input_gradient(w, rows_of(d), s, p) == rows_of(image.grad)


@pytest.mark.parametrize("s", [1, 2, 3])
def test_dilate(s):
    d = matrix(2, 3, 4)
    one = torch.ones(1, 1, 1, 1, dtype=torch.float64)
    assert backprop.dilate(rows_of(d), s) == rows_of(F.conv_transpose2d(d[None, None], one, stride=s)[0, 0])


@pytest.mark.parametrize("k", [2, 3])
def test_max_pool_gradient(k):
    image, d = matrix(2 * k, 3 * k, 5).requires_grad_(), matrix(2, 3, 6)
    F.max_pool2d(image[None, None], k).backward(d[None, None])
    assert backprop.max_pool_gradient(rows_of(image), rows_of(d), k) == rows_of(image.grad)
