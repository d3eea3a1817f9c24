"""Whole networks as modules on the meta device, and what torch counts in them."""

from itertools import pairwise

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from oracles.kit import conv

BLOCKS = {
    "A": "1 1 2 2 2",
    "A-LRN": "1 1 2 2 2",
    "B": "2 2 2 2 2",
    "C": "2 2 2+ 2+ 2+",
    "D": "2 2 3 3 3",
    "E": "2 2 4 4 4",
}


def vgg(config, classes=1000, side=224, channels=3):
    """Configuration of the paper's Table 1: convolutions block by block, + for one of 1×1 more."""
    layers = []
    for block, filters in zip(BLOCKS[config].split(), (64, 128, 256, 512, 512), strict=True):
        kernels = [3] * int(block[0]) + [1] * block.count("+")
        for k in kernels:
            layers += [conv(channels, filters, k, padding="same"), nn.ReLU()]
            channels = filters
        if config == "A-LRN" and filters == 64:
            layers.append(nn.LocalResponseNorm(5))
        layers.append(nn.MaxPool2d(2))
    flat = nn.Sequential(*layers)(torch.empty(1, layers[0].in_channels, side, side, device="meta"))[0].numel()
    widths = (flat, 4096, 4096, classes)
    dense = [nn.Linear(a, b, device="meta") for a, b in pairwise(widths)]
    return nn.Sequential(*layers, nn.Flatten(), dense[0], nn.ReLU(), dense[1], nn.ReLU(), dense[2])


def operations(module, *shape):
    """MACs for one image, as torch counts them."""
    with FlopCounterMode(display=False) as counter:
        module(torch.empty(1, *shape, device="meta"))
    return counter.get_total_flops() // 2


def outputs(module, *shape):
    """Numbers in the input and in the outputs of all layers but ReLU and Flatten."""
    x = torch.empty(1, *shape, device="meta")
    total = x.numel()
    for layer in module:
        x = layer(x)
        total += 0 if isinstance(layer, nn.ReLU | nn.Flatten) else x.numel()
    return total


def layers_with_weights(module):
    return [layer for layer in module.modules() if isinstance(layer, nn.Conv2d | nn.Linear)]


def alexnet(widths, side, classes, groups=1):
    """Convolutions and poolings, then the fully connected layers."""
    f1, f2, f3, f4, f5 = widths
    convs = [
        conv(3, f1, 11, 4),
        nn.MaxPool2d(3, 2),
        conv(f1, f2, 5, padding=2, groups=groups),
        nn.MaxPool2d(3, 2),
        conv(f2, f3, 3, padding=1),
        conv(f3, f4, 3, padding=1, groups=groups),
        conv(f4, f5, 3, padding=1, groups=groups),
        nn.MaxPool2d(3, 2),
    ]
    flat = nn.Sequential(*convs, nn.Flatten())(torch.empty(1, 3, side, side, device="meta")).shape[1]
    return convs, [nn.Linear(a, b, device="meta") for a, b in pairwise((flat, 4096, 4096, classes))]


def mobilenet(c, f):
    return nn.Sequential(conv(c, c, 3, padding=1, groups=c, bias=False), conv(c, f, 1, bias=False))
