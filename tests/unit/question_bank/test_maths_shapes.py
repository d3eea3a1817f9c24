"""Sizes of outputs with dilation, with ceil_mode, with "same", and backwards, against torch."""

from itertools import product

import torch
from torch import nn

from question_bank.maths import parameters, shapes


def side(module, n):
    """The side that a module of torch makes of n, or 0 where it does not fit."""
    try:
        return module(torch.empty(1, 1, n, n, device="meta")).shape[-1]
    except RuntimeError:
        return 0


def conv(k, s=1, p=0, d=1):
    return nn.Conv2d(1, 1, k, s, p, d, device="meta")


def test_kernel_span():
    for k, d in product(range(1, 6), range(1, 5)):
        sides = [n for n in range(1, 30) if side(conv(k, d=d), n) == 1]
        assert sides == [shapes.kernel_span(k, d)]


def test_pool_out():
    for n, k, s, p, ceil in product(range(4, 24), range(1, 5), range(1, 5), range(3), (False, True)):
        if 2 * p <= k <= n:
            assert shapes.pool_out(n, k, s, p, ceil) == side(nn.MaxPool2d(k, s, p, ceil_mode=ceil), n)


def test_same_padding():
    """Fewer zeros would not give ⌈n/s⌉ windows, these do; torch's own "same" agrees where it has one."""
    for n, k, s in product(range(3, 20), range(1, 7), (1, 2, 3)):
        before, after = shapes.same_padding(n, k, s)
        assert 0 <= after - before <= 1
        wanted = -(-n // s)
        enough = [total for total in range(k + s) if side(conv(k, s), n + total) >= wanted]
        assert before + after == enough[0]
        if s == 1:
            same = nn.Conv2d(1, 1, k, padding="same")
            assert (before, after) == tuple(same._reversed_padding_repeated_twice[:2])


def test_input_range():
    for out, k, s, p in product(range(1, 6), range(1, 6), (1, 2, 3), (0, 1, 2)):
        low, high = shapes.input_range(out, k, s, p)
        sides = [n for n in range(1, 30) if side(conv(k, s, p), n) == out]
        assert sides == list(range(max(low, 1), high + 1))


def test_dense_params():
    for inputs, outputs, bias in product((1, 3, 400), (1, 10, 84), (False, True)):
        layer = nn.Linear(inputs, outputs, bias=bias, device="meta")
        assert parameters.dense_params(inputs, outputs, bias) == sum(p.numel() for p in layer.parameters())
