"""What torch says about a variant of each template: every key again, without `question_bank.maths`.

Shapes and parameter counts come from modules on the meta device, receptive fields from gradients, values from
`torch.nn.functional`.
"""

import sympy
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


@oracle("shapes/layer_output")
def layer_output(v):
    (volume,) = volumes([conv(v.channels, v.filters, v.k, v.s, v.p)], v.height, v.width, v.channels)
    return {"rows": volume[0], "columns": volume[1], "volume": volume}


@oracle("shapes/layer_chain")
def layer_chain(v):
    layers = [
        conv(v.c, v.f1, v.k1, v.s1, v.p1),
        nn.ReLU(),
        nn.MaxPool2d(v.k3, v.s3, v.p3),
        conv(v.f1, v.f4, v.k4, padding=v.p4),
        nn.ReLU(),
        nn.MaxPool2d(v.k6, 2, v.p6),
    ]
    shapes = volumes(layers, v.n, v.n, v.c)
    return {f"after{i}": shape for i, shape in enumerate(shapes, start=1)} | {"params": count(*layers)}


@oracle("parameters/conv_layer")
def conv_layer(v):
    layer = conv(v.channels, v.filters, v.k)
    return {"weights": layer.weight.numel(), "biases": layer.bias.numel(), "total": count(layer)}


@oracle("parameters/conv_chain")
def conv_chain(v):
    layers = [conv(v.c, v.f1, v.k1), conv(v.f1, v.f2, v.k2), conv(v.f2, v.f3, v.k3)]
    return {f"layer{i}": count(layer) for i, layer in enumerate(layers, start=1)} | {"total": count(*layers)}


@oracle("parameters/stacked_kernels")
def stacked_kernels(v):
    side = field([(3, 1)] * v.layers)
    stack = count(*(conv(v.channels, v.channels, 3, bias=False) for _ in range(v.layers)))
    single = count(conv(v.channels, v.channels, side, bias=False))
    return {"field": side, "stack": stack, "single": single, "saved": (single - stack) / single * 100}


@oracle("receptive_field/steps_to_reach")
def steps_to_reach(v):
    x, steps = torch.empty(1, 1, v.n, v.n, device="meta"), 0
    while x.shape[-1] > v.m:
        x, steps = conv(1, 1, v.k)(x), steps + 1
    return {"steps": steps, "field": field([(v.k, 1)] * steps)}


@oracle("receptive_field/chain")
def field_chain(v):
    layers = [(v.k1, v.s1), (v.k2, v.s2), (v.k3, v.s3), (v.k4, v.s4)]
    fields = {f"field{i}": field(layers[:i]) for i in range(1, 5)}
    return fields | {f"jump{i}": jump(layers[:i]) for i in range(1, 5)}


@oracle("convolution/yij_expansion")
def yij_expansion(v):
    """The gradient of y[i, j] by x holds at each pixel the weight that multiplies it; weights are 1, 2, …"""
    image = torch.zeros(1, 1, v.n, v.n, requires_grad=True)
    numbers = torch.arange(1.0, v.k**2 + 1).reshape(1, 1, v.k, v.k)
    F.conv2d(image, numbers, stride=v.s)[0, 0, v.i - v.base, v.j - v.base].backward()
    x, w = sympy.IndexedBase("x"), sympy.IndexedBase("w")
    terms = []
    for row, column in image.grad[0, 0].nonzero().tolist():
        a, b = divmod(int(image.grad[0, 0, row, column]) - 1, v.k)
        terms.append(x[row + v.base, column + v.base] * w[a + v.base, b + v.base])
    return {"y_ij": sympy.Add(*terms)}


@oracle("convolution/by_hand")
def convolution_by_hand(v):
    output = rows_of(F.conv2d(tensor(v.image), tensor(v.kernel)))
    return {"first": output[0][0], "output": output}


@oracle("convolution/zero_padding")
def zero_padding(v):
    output = F.conv2d(tensor(v.image), tensor(v.kernel), padding=1)
    row = output[0, 0, 0].tolist()
    return {"size": tuple(output.shape[2:]), "first": row[0], "top": row[v.column - 1]}


@oracle("pooling/by_hand")
def pooling_by_hand(v):
    pool = {"max": F.max_pool2d, "average": F.avg_pool2d}[v.kind]
    return {"output": rows_of(pool(tensor(v.image), v.k, v.s))}


@oracle("coding/implement_conv2d")
def implement_conv2d(v):
    def conv2d(x, w, b):
        patches = F.unfold(x, w.shape[2:], padding=v.p, stride=v.s)
        sides = ((n + 2 * v.p - k) // v.s + 1 for n, k in zip(x.shape[2:], w.shape[2:], strict=True))
        return (w.flatten(1) @ patches + b[:, None]).unflatten(-1, tuple(sides))

    return {"conv2d": conv2d}
