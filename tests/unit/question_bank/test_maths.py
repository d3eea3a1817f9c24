"""Every function of `question_bank.maths` against torch itself."""

from fractions import Fraction
from itertools import product

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from question_bank.maths import images, parameters, pooling, receptive_field, shapes

GRID = [(n, k, s, p) for n, k, s, p in product(range(1, 13), range(1, 6), (1, 2, 3), range(4)) if k <= n + 2 * p]
IMAGES = [(rows, columns, number) for rows, columns in product((4, 5, 7), repeat=2) for number in range(3)]


def meta(module, *shape):
    """The shape that a module on the meta device gives: no arithmetic, only torch's own rules."""
    return tuple(module(torch.empty(shape, device="meta")).shape)


def matrix(rows, columns, seed, low=-9, high=9):
    drawn = torch.randint(low, high + 1, (rows, columns), generator=torch.Generator().manual_seed(seed))
    return tuple(map(tuple, drawn.tolist()))


def tensor(image):
    return torch.tensor(image, dtype=torch.float64)[None, None]


def rows_of(result):
    return tuple(map(tuple, result[0, 0].tolist()))


def seen(layers, length=120):
    """Width, in inputs, of what reaches the middle output through layers (k, s): where its gradient is not zero."""
    signal = torch.zeros(1, 1, length, dtype=torch.float64, requires_grad=True)
    out = signal
    for k, s in layers:
        out = F.conv1d(out, torch.ones(1, 1, k, dtype=torch.float64), stride=s)
    out[0, 0, out.shape[-1] // 2].backward()
    touched = signal.grad[0, 0].nonzero()
    return int(touched.max() - touched.min()) + 1


def test_conv_out():
    for n, k, s, p in GRID:
        assert (shapes.conv_out(n, k, s, p),) * 2 == meta(nn.Conv2d(1, 1, k, s, p, device="meta"), 1, 1, n, n)[2:]


def test_conv_out_is_below_one_where_the_kernel_does_not_fit():
    assert all(shapes.conv_out(n, n + 1, s) < 1 for n, s in product(range(1, 9), (1, 2, 3)))


def test_conv_volume():
    for n, k, s, p in GRID:
        *_, channels, height, width = meta(nn.Conv2d(2, 5, k, s, p, device="meta"), 1, 2, n, n + 3)
        assert shapes.conv_volume((n, n + 3, 2), 5, k, s, p) == (height, width, channels)


def test_pool_volume():
    for n, k, s, p in GRID:
        if p <= k // 2:
            *_, channels, height, width = meta(nn.MaxPool2d(k, s, p), 1, 3, n + 2, n)
            assert shapes.pool_volume((n + 2, n, 3), k, s, p) == (height, width, channels)


@pytest.mark.parametrize("bias", [True, False])
def test_conv_params(bias):
    for channels, filters, k in product((1, 2, 3, 10), (1, 4, 7), range(1, 6)):
        layer = nn.Conv2d(channels, filters, k, bias=bias, device="meta")
        assert parameters.conv_params(channels, filters, k, bias) == sum(p.numel() for p in layer.parameters())


def test_steps_to_reach():
    for m, k, steps in product((1, 2, 5), (2, 3, 5), range(6)):
        n = m + steps * (k - 1)
        stack = nn.Sequential(*(nn.Conv2d(1, 1, k, device="meta") for _ in range(steps)))
        assert shapes.steps_to_reach(n, m, k) == steps
        assert meta(stack, 1, 1, n, n)[2:] == (m, m)


@pytest.mark.parametrize("n, m, k", [(10, 1, 3), (3, 5, 3)])
def test_steps_to_reach_refuses_what_cannot_be_reached(n, m, k):
    with pytest.raises(ValueError, match=f"takes {n}×{n} to {m}×{m}"):
        shapes.steps_to_reach(n, m, k)


def test_receptive_field():
    layers = [(k, s) for k, s in product((1, 2, 3, 5), (1, 2)) if s <= k]
    for chain in product(layers, repeat=3):
        assert receptive_field.receptive_field(chain) == seen(chain)


def test_stacked_field():
    for k, count in product((1, 2, 3, 5, 7), range(6)):
        assert receptive_field.stacked_field(k, count) == seen([(k, 1)] * count)


@pytest.mark.parametrize("pad, mode", [(images.zero_pad, "constant"), (images.edge_pad, "replicate")])
def test_padding(pad, mode):
    for (rows, columns, seed), p in product(IMAGES, range(3)):
        image = matrix(rows, columns, seed)
        assert pad(image, p) == rows_of(F.pad(tensor(image), (p,) * 4, mode=mode))


def test_window():
    for (rows, columns, seed), k, s in product(IMAGES, (1, 2, 3), (1, 2)):
        image = matrix(rows, columns, seed)
        windows = torch.tensor(image).unfold(0, k, s).unfold(1, k, s)
        for i, j in product(*map(range, windows.shape[:2])):
            assert images.window(image, i, j, k, s) == tuple(map(tuple, windows[i, j].tolist()))


def test_cross_correlate():
    for (rows, columns, seed), k, s, p in product(IMAGES, (1, 2, 3), (1, 2), (0, 1)):
        image, kernel = matrix(rows, columns, seed), matrix(k, k, seed + 100)
        expected = rows_of(F.conv2d(tensor(image), tensor(kernel), stride=s, padding=p))
        assert images.cross_correlate(image, kernel, s, p) == expected


def test_written_out():
    for seed in range(20):
        image, kernel = matrix(3, 3, seed), matrix(3, 3, seed + 100, -1, 1)
        text = images.written_out(image, kernel)
        assert eval(text.replace(r"\cdot", "*")) == F.conv2d(tensor(image), tensor(kernel)).item()
        assert text.count(r"\cdot") == sum(weight != 0 for row in kernel for weight in row)


def test_written_out_with_no_weights_at_all():
    assert images.written_out(((1, 2), (3, 4)), ((0, 0), (0, 0))) == "0"


@pytest.mark.parametrize("ours, torchs", [(pooling.max_pool, F.max_pool2d), (pooling.average_pool, F.avg_pool2d)])
def test_pooling(ours, torchs):
    for (rows, columns, seed), k, s in product(IMAGES, (1, 2, 3), (1, 2, 3)):
        image = matrix(rows, columns, seed)
        result = torch.tensor([[float(entry) for entry in row] for row in ours(image, k, s)], dtype=torch.float64)
        torch.testing.assert_close(result, torchs(tensor(image), k, s)[0, 0], rtol=1e-14, atol=0)


def test_average_pool_is_exact():
    assert pooling.average_pool(((1, 0, 0), (0, 0, 0), (0, 0, 0)), 3, 1) == ((Fraction(1, 9),),)


def test_has_ties():
    answers = set()
    for (rows, columns, seed), k, s in product(IMAGES, (2, 3), (1, 2)):
        image = matrix(rows, columns, seed)
        windows = torch.tensor(image).unfold(0, k, s).unfold(1, k, s).flatten(2)
        largest, second = windows.topk(2).values.unbind(-1)
        answers.add(bool((largest == second).any()))
        assert pooling.has_ties(image, k, s) == (largest == second).any()
    assert answers == {True, False}


def test_flip():
    for rows, columns, seed in IMAGES:
        image = matrix(rows, columns, seed)
        assert images.flip(image) == rows_of(tensor(image).rot90(2, (-2, -1)))


def test_transpose():
    for rows, columns, seed in IMAGES:
        image = matrix(rows, columns, seed)
        assert images.transpose(image) == rows_of(tensor(image).mT)


@pytest.mark.parametrize("k, s", [(2, 1), (2, 2), (3, 2)])
def test_slide(k, s):
    for rows, columns, seed in IMAGES:
        image = matrix(rows, columns, seed)
        sums = images.slide(image, k, s, lambda patch: sum(map(sum, patch)))
        assert sums == rows_of(F.conv2d(tensor(image), torch.ones(1, 1, k, k, dtype=torch.float64), stride=s))
