"""What pixels see, against torch: gradients, and images of a single pixel."""

from itertools import product

import torch
import torch.nn.functional as F

from question_bank.maths import receptive_field


def span(layers, length=400):
    """Side of what the middle output sees through layers (k, s, d)."""
    signal = torch.zeros(1, 1, length, dtype=torch.float64, requires_grad=True)
    out = signal
    for k, s, d in layers:
        out = F.conv1d(out, torch.ones(1, 1, k, dtype=torch.float64), stride=s, dilation=d)
    out[0, 0, out.shape[-1] // 2].backward()
    touched = signal.grad[0, 0].nonzero()
    return int(touched.max() - touched.min()) + 1


def test_dilated_side():
    for k, d in product((1, 2, 3, 5, 7), (1, 2, 3, 8)):
        assert receptive_field.dilated_side(k, d) == span([(k, 1, d)])


def test_layers_to_see():
    for k, s, field in product((2, 3, 5), (1, 2, 3), (6, 7, 8, 9, 10, 29, 30, 31, 32)):
        needed = receptive_field.layers_to_see(field, k, s)
        stack = [(k, s, 1), *([(k, 1, 1)] * (needed - 1))]
        assert span(stack) >= field > span(stack[:-1])


def test_doubling_layers_to_see():
    for k, field in product((2, 3, 5), (2, 3, 4, 5, 6, 7, 8, 31, 32, 33, 34, 64, 65, 66)):
        needed = receptive_field.doubling_layers_to_see(field, k)
        stack = [(k, 1, 2**number) for number in range(needed)]
        assert span(stack) >= field > span(stack[:-1])


GRID = [(n, k, s, p) for n, k, s, p in product((5, 8, 9), (1, 2, 3, 5), (1, 2, 3), (0, 1, 2)) if p <= k // 2]


def test_rows_behind():
    for n, k, s, p in GRID:
        signal = torch.zeros(1, 1, n, requires_grad=True)
        out = F.conv1d(signal, torch.ones(1, 1, k), stride=s, padding=p)[0, 0]
        for i in range(len(out)):
            touched = torch.autograd.grad(out[i], signal, retain_graph=True)[0][0, 0].nonzero().flatten().tolist()
            assert receptive_field.rows_behind(i, n, k, s, p) == (touched[0], touched[-1])


def test_windows_over():
    for n, k, s, p in GRID:
        for row in range(n):
            signal = torch.zeros(1, 1, n)
            signal[0, 0, row] = 1
            out = F.conv1d(signal, torch.ones(1, 1, k), stride=s, padding=p)
            assert receptive_field.windows_over(row, n, k, s, p) == int(out.count_nonzero())
