from bisect import bisect_left
from fractions import Fraction
from functools import lru_cache

import torch
import torch.nn.functional as F

from oracles.kit import conv, field, jump, oracle


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


def influences(layer_of, n, index):
    """The pixels of n × m that reach an output, from the gradient."""
    image = torch.zeros(1, 1, *n, dtype=torch.float64, requires_grad=True)
    layer_of(image)[0, 0][index].backward()
    return image.grad[0, 0]


def ones(k):
    return torch.ones(1, 1, k, k, dtype=torch.float64)


@oracle("receptive_field/stacked_layers")
def stacked_layers(v):
    first = [(v.k1, 1)] * v.layers1
    both = field(first + [(v.k2, 1)] * v.layers2)
    return {"first": field(first), "both": both, "pixels": torch.ones(both, both).numel()}


@oracle("receptive_field/shrinking_table")
def shrinking_table(v):
    x = torch.empty(1, 1, v.n, v.n, device="meta")
    layer, sides = conv(1, 1, v.k), [v.n]
    while x.shape[-1] > 1:
        x = layer(x)
        sides.append(x.shape[-1])
    fields = {steps: field([(v.k, 1)] * steps) for steps in (2, v.t, len(sides) - 1)}
    last = len(sides) - 1
    return {"a": sides[2], "b": fields[2], "c": sides[v.t - 1], "d": fields[v.t], "e": last, "f": fields[last]}


@lru_cache
def spread(layers, length=400):
    """Side of what the middle output sees through layers (k, s, d)."""
    signal = torch.zeros(1, 1, length, dtype=torch.float64, requires_grad=True)
    out = signal
    for k, s, d in layers:
        out = F.conv1d(out, torch.ones(1, 1, k, dtype=torch.float64), stride=s, dilation=d)
    out[0, 0, out.shape[-1] // 2].backward()
    touched = signal.grad[0, 0].nonzero()
    return int(touched.max() - touched.min()) + 1


@oracle("receptive_field/dilation")
def dilation(v):
    layers = ((v.k1, v.s, 1), (v.k2, 1, v.d2), (v.k3, 1, v.d3))
    return {"span": spread(layers[1:2]), "field2": spread(layers[:2]), "field3": spread(layers)}


@oracle("receptive_field/layers_needed")
def layers_needed(v):
    def fewest(layer, most):
        """By bisection: more layers never see less."""
        return bisect_left(
            range(most), v.field, lo=1, key=lambda count: spread(tuple(layer(i) for i in range(count)), 600)
        )

    return {
        "plain": fewest(lambda number: (v.k, 1, 1), 80),
        "strided": fewest(lambda number: (v.k, v.s if number == 0 else 1, 1), 40),
        "dilated": fewest(lambda number: (v.k, 1, 2**number), 8),
    }


@oracle("receptive_field/pixels_behind_output")
def pixels_behind_output(v):
    touched = influences(
        lambda x: F.conv2d(x, ones(v.k), stride=v.s, padding=v.p), (v.height, v.width), (v.i, v.j)
    ).nonzero()
    (top, left), (bottom, right) = touched.amin(0).tolist(), touched.amax(0).tolist()
    return {"rows": (top, bottom), "columns": (left, right), "pixels": len(touched)}


@oracle("receptive_field/outputs_using_pixel")
def outputs_using_pixel(v):
    image = torch.zeros(1, 1, v.height, v.width, dtype=torch.float64)
    image[0, 0, v.i, v.j] = 1
    used = F.conv2d(image, ones(v.k), stride=v.s, padding=v.p)[0, 0] != 0
    return {"down": int(used.any(1).sum()), "across": int(used.any(0).sum()), "outputs": int(used.sum())}


@oracle("receptive_field/vgg_blocks")
def vgg_blocks(v):
    layers, fields = [], {}
    for block in range(1, 6):
        layers += [(3, 1)] * getattr(v, f"c{block}") + [(2, 2)]
        fields[f"field{block}"] = field(layers)
    return fields


@oracle("receptive_field/effective_field")
def effective_field(v):
    x = torch.zeros(1, 1, 5, dtype=torch.float64, requires_grad=True)
    u, w = (
        torch.tensor(kernel, dtype=torch.float64)[None, None] for kernel in ((v.u0, v.u1, v.u2), (v.v0, v.v1, v.v2))
    )
    F.conv1d(F.conv1d(x, u), w).sum().backward()
    influence = [int(entry) for entry in x.grad[0, 0]]
    return {
        "influence": influence,
        "middle": Fraction(influence[2], sum(influence)),
        "ends": Fraction(influence[0] + influence[-1], sum(influence)),
    }
