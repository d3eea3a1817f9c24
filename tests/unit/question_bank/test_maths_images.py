"""Padding with a value, several channels and the named kernels, against torch."""

from itertools import product

import pytest
import torch
import torch.nn.functional as F

from question_bank.maths import images, kernels


def rows_of(result):
    return tuple(map(tuple, result.tolist()))


def drawn(*size, seed=0):
    return torch.randint(-9, 10, size, generator=torch.Generator().manual_seed(seed)).double()


@pytest.mark.parametrize("p, value", list(product(range(3), (0, 7, float("-inf")))))
def test_constant_pad(p, value):
    image = drawn(3, 5)
    assert images.constant_pad(rows_of(image), p, value) == rows_of(F.pad(image, (p,) * 4, value=value))


def test_correlate_channels():
    for channels, k, s, p, seed in product((1, 2, 3), (2, 3), (1, 2), (0, 1), range(3)):
        x, w = drawn(channels, 4, 6, seed=seed), drawn(channels, k, k, seed=seed + 50)
        expected = F.conv2d(x[None], w[None], torch.tensor([3.0]).double(), s, p)[0, 0]
        found = images.correlate_channels([rows_of(c) for c in x], [rows_of(c) for c in w], 3, s, p)
        assert found == rows_of(expected)


SUMS_TO_ZERO = ("SOBEL_X", "SOBEL_Y", "PREWITT_X", "PREWITT_Y", "LAPLACIAN", "EDGES")
SUMS_TO_ONE = ("IDENTITY", "SHARPEN", "EMBOSS", "BOX", "GAUSSIAN")


@pytest.mark.parametrize("names, response", [(SUMS_TO_ZERO, 0.0), (SUMS_TO_ONE, 5.0)])
def test_named_kernels_on_a_flat_image(names, response):
    for name in names:
        kernel = torch.tensor([[float(weight) for weight in row] for row in getattr(kernels, name)])
        torch.testing.assert_close(F.conv2d(torch.full((1, 1, 3, 3), 5.0), kernel[None, None]).item(), response)


def test_every_named_kernel_is_tested():
    assert {name for name in vars(kernels) if name.isupper()} == {*SUMS_TO_ZERO, *SUMS_TO_ONE}
