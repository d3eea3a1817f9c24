# a table, and the sizes by arithmetic
from math import floor

from torch import nn

TABLE = [
    # kind, kernel, stride, padding, filters (one tower, two banks), split
    ("conv", 11, 4, {{ padding }}, (64, 96), False), ("norm",), ("pool",),
    ("conv", 5, 1, 2, (192, 256), True), ("norm",), ("pool",),
    ("conv", 3, 1, 1, (384, 384), False),
    ("conv", 3, 1, 1, (256, 384), True),
    ("conv", 3, 1, 1, (256, 256), True), ("pool",),
]


def alexnet(divisor, channels, side, classes):
    net, banks = nn.Sequential(), {{ banks }}
    for kind, *row in TABLE:
        if kind == "conv":
            k, s, p, filters, split = row
            width = int(filters[banks - 1] / divisor)
            net.append(nn.Conv2d(channels, width, k, s, p, groups=banks if split else 1))
            net.append(nn.ReLU())
            channels, side = width, floor((side + 2 * p - k) / s) + 1
        elif kind == "norm" and {{ normalised }}:
            net.append(nn.LocalResponseNorm(5, 0.0001, 0.75, 2))
        elif kind == "pool":
            net.append(nn.MaxPool2d(3, 2))
            side = floor((side - 3) / 2) + 1
    if {{ grid }} > 0:
        net.append(nn.AdaptiveAvgPool2d(({{ grid }}, {{ grid }})))
        side = {{ grid }}
    net.append(nn.Flatten())
    widths = [channels * side * side, 4096 // divisor, 4096 // divisor, classes]
    for i in range(3):
        net.append(nn.Linear(widths[i], widths[i + 1]))
        if i < 2:
            net.append(nn.ReLU())
            net.append(nn.Dropout())
    return net
