"""What oracles share.

Shapes and parameter counts come from modules on the meta device, receptive fields from gradients, values from
`torch.nn.functional`.
"""

import torch
import torch.nn.functional as F
from torch import nn

ORACLES = {}


def oracle(path):
    """Register the function below as the oracle of that template: a variant → its keys by part."""

    def register(function):
        ORACLES[path] = function
        return function

    return register


def conv(*arguments, **options):
    return nn.Conv2d(*arguments, **options, device="meta")


def volumes(layers, height, width, channels):
    """(height, width, channels) after each layer."""
    x = torch.empty(1, channels, height, width, device="meta")
    found = []
    for layer in layers:
        x = layer(x)
        found.append((x.shape[2], x.shape[3], x.shape[1]))
    return found


def count(*modules):
    return sum(p.numel() for module in modules for p in module.parameters())


def seen(layers, offset=0, length=600):
    """First and last input that reach the output `offset` right of the middle, through layers (k, s)."""
    signal = torch.zeros(1, 1, length, dtype=torch.float64, requires_grad=True)
    out = signal
    for k, s in layers:
        out = F.avg_pool1d(out, k, s)
    out[0, 0, out.shape[-1] // 2 + offset].backward()
    touched = signal.grad[0, 0].nonzero()
    return int(touched.min()), int(touched.max())


def field(layers):
    first, last = seen(layers)
    return last - first + 1


def jump(layers):
    return seen(layers, offset=1)[0] - seen(layers)[0]


def tensor(rows):
    return torch.tensor(rows, dtype=torch.float64)[None, None]


def rows_of(result):
    return tuple(map(tuple, result[0, 0].tolist()))
