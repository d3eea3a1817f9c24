"""Outputs written out in symbols, against the gradients that torch gives."""

from itertools import product

import pytest
import torch
import torch.nn.functional as F

from question_bank.maths.expansions import on_image, sum_of_products, taps, under


def expected(height, width, k, s, p, out, base):
    """Which weight multiplies which pixel: the gradient of the output by the image, with weights 1, 2, …"""
    image = torch.zeros(1, 1, height, width, requires_grad=True)
    numbers = torch.arange(1.0, k * k + 1).reshape(1, 1, k, k)
    F.conv2d(image, numbers, stride=s, padding=p)[0, 0, out[0], out[1]].backward()
    terms = []
    for i, j in image.grad[0, 0].nonzero().tolist():
        a, b = divmod(int(image.grad[0, 0, i, j]) - 1, k)
        terms.append(f"x[{i + base},{j + base}]*w[{a + base},{b + base}]")
    return " + ".join(terms)


@pytest.mark.parametrize("k, s, p, base", list(product((2, 3), (1, 2), (0, 1), (0, 1))))
def test_expansion(k, s, p, base):
    height, width = 4, 5
    kernel = taps(k, k)
    for out in product(range((height + 2 * p - k) // s + 1), range((width + 2 * p - k) // s + 1)):
        pairs = zip(under(out, kernel, s, p), kernel, strict=True)
        pixels, weights = zip(*[pair for pair in pairs if on_image(pair[0], height, width)], strict=True)
        assert sum_of_products(pixels, weights, base) == expected(height, width, k, s, p, out, base)


def test_an_empty_sum():
    assert sum_of_products([], []) == "0"
