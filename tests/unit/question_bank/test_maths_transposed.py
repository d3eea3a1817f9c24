"""Transposed convolution against torch."""

from itertools import product

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from question_bank.maths.transposed import insert_zeros, transposed_conv, transposed_out


def rows_of(result):
    return tuple(map(tuple, result[0, 0].tolist()))


def drawn(rows, columns, seed):
    generator = torch.Generator().manual_seed(seed)
    return torch.randint(-9, 10, (1, 1, rows, columns), generator=generator).double()


def test_transposed_out():
    for n, k, s, p, extra, d in product((1, 4, 7), (1, 2, 3, 5), (1, 2, 3), (0, 1, 2), (0, 1, 2), (1, 2)):
        side = transposed_out(n, k, s, p, extra, d)
        if extra < max(s, d) and side > 0:
            layer = nn.ConvTranspose2d(1, 1, k, s, p, extra, dilation=d, device="meta")
            assert layer(torch.empty(1, 1, n, n, device="meta")).shape[2:] == (side, side)


@pytest.mark.parametrize("s, p", list(product((1, 2, 3), (0, 1))))
def test_transposed_conv(s, p):
    for (rows, columns), (height, width), seed in product(((2, 2), (2, 3)), ((2, 2), (3, 3), (2, 3)), range(3)):
        image, kernel = drawn(rows, columns, seed), drawn(height, width, seed + 9)
        expected = rows_of(F.conv_transpose2d(image, kernel, stride=s, padding=p))
        assert transposed_conv(rows_of(image), rows_of(kernel), s, p) == expected


@pytest.mark.parametrize("s", (1, 2, 3))
def test_insert_zeros(s):
    image = drawn(3, 4, seed=s)
    nail = torch.ones(1, 1, 1, 1).double()
    assert insert_zeros(rows_of(image), s) == rows_of(F.conv_transpose2d(image, nail, stride=s))


def test_cases_of_the_course():
    assert transposed_out(7, 4, 2, 1) == transposed_out(7, 3, 2, 1, extra=1) == 14
    assert transposed_out(7, 3, 2, 1) == 13
    assert transposed_conv(((1, 2), (3, 4)), ((1, 0), (2, 1))) == ((1, 2, 0), (5, 9, 2), (6, 11, 4))
