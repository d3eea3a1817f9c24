"""Small functions in code: losses, shapes, counts and fields, by running networks of torch."""

import torch
import torch.nn.functional as F
from torch import nn

from oracles.kit import oracle


@oracle("coding/softmax_cross_entropy")
def softmax_cross_entropy(v):
    def loss(logits, labels):
        with torch.enable_grad():
            logits = logits.detach().requires_grad_()
            found = F.cross_entropy(logits, labels, reduction=v.reduction, label_smoothing=v.smoothing)
            return found.detach(), torch.autograd.grad(found, logits)[0]

    return {"softmax_cross_entropy": loss}


def module(kind, numbers, up=False):
    """A layer of torch; lazy ones find their input's size by themselves."""
    match kind:
        case "conv":
            filters, k, s, p, *bias = numbers
            return nn.LazyConv2d(filters, k, s, p, bias=bias != [0])
        case "pool":
            return nn.MaxPool2d(*numbers, ceil_mode=up)
        case "norm":
            return nn.LazyBatchNorm2d()
        case "relu":
            return nn.ReLU()
        case "flatten":
            return nn.Flatten()
        case "linear":
            return nn.LazyLinear(*numbers)


@oracle("coding/output_shape")
def output_shape(v):
    def shape_of(layers, shape):
        x = torch.zeros(1, *shape)
        if v.layout == "HWC":
            x = x.permute(0, 3, 1, 2)
        for kind, *numbers in layers:
            x = module(kind, numbers, v.up)(x)
        if v.layout == "HWC" and x.dim() == 4:
            x = x.permute(0, 2, 3, 1)
        return list(x.shape[1:])

    return {"output_shape": shape_of}


@oracle("coding/count_parameters")
def count_parameters(v):
    def count(layers, shape):
        modules = nn.Sequential(*(module(kind, numbers) for kind, *numbers in layers))
        modules(torch.zeros(1, *shape))
        found = [sum(p.numel() for p in layer.parameters()) for layer in modules]
        return found if v.each else sum(found)

    return {"count_parameters": count}


@oracle("coding/receptive_field")
def receptive_field(v):
    def seen(layers):
        """How many pixels a unit reaches, and how far the next one's are shifted: going back from two units."""
        spans = []
        for start in (0, 1):
            first = last = start
            for k, s, d in reversed(layers):
                first, last = first * s, last * s + d * (k - 1)
            spans.append((first, last))
        (first, last), (second, _) = spans
        return [last - first + 1, second - first] if v.jump else last - first + 1

    def field(layers):
        return [seen(layers[: n + 1]) for n in range(len(layers))] if v.each else seen(layers)

    return {"receptive_field": field}
