"""Explanations are compared with nothing: what is checked is that they state the numbers that torch gives."""

import re

import torch
from torch.nn.functional import conv1d

from oracles.kit import conv, count, field, oracle, volumes


def stating(text, *numbers):
    """The text, if it states these numbers; else one that is no key."""
    return text if {str(n) for n in numbers} <= set(re.findall(r"\d+", text)) else f"does not state {numbers}"


@oracle("explain/stacked_kernels")
def stacked_kernels(v):
    side = field([(3, 1)] * v.layers)
    stack = count(*(conv(v.channels, v.channels, 3, bias=False) for _ in range(v.layers)))
    single = count(conv(v.channels, v.channels, side, bias=False))
    return {"stack": stack, "single": single, "why": stating(v.why, side, stack, single)}


@oracle("explain/shared_weight")
def shared_weight(v):
    x, w = torch.randn(1, 1, v.n), torch.randn(1, 1, v.k, requires_grad=True)
    y = conv1d(x, w)
    delta = torch.randn_like(y)
    y.backward(delta)
    places = y.shape[-1]
    total = sum(delta[0, 0, i] * x[0, 0, i + v.j] for i in range(places))
    torch.testing.assert_close(w.grad[0, 0, v.j], total, rtol=1e-4, atol=1e-4)
    return {"why": stating(v.why, places, v.j)}


@oracle("explain/padding")
def padding(v):
    kept = volumes([conv(1, 1, v.k, padding=v.k // 2)] * v.layers, v.n, v.n, 1)[-1][0]
    shrunk = volumes([conv(1, 1, v.k)] * v.layers, v.n, v.n, 1)[-1][0]
    windows = torch.nn.functional.unfold(torch.arange(1.0, v.n**2 + 1).view(1, 1, v.n, v.n), v.k, padding=v.k // 2)
    return {"change": stating(v.change, kept, shrunk, int((windows == 1).sum()))}
