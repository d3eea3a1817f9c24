# blocks inside blocks; the ReLU of a block's last convolution after its pooling, which comes to the same
from collections import OrderedDict

from torch import nn


def block(kernels, channels, filters, lrn=False):
    layers = OrderedDict()
    for i, k in enumerate(kernels):
        layers[f"conv{i}"] = nn.Conv2d(channels if i == 0 else filters, filters, (k, k), padding="same")
        if lrn:
            layers["relu_before"] = nn.ReLU()
            layers["norm"] = nn.LocalResponseNorm(5, 1e-4, 0.75, 2.0)
        elif i < len(kernels) - 1:
            layers[f"relu{i}"] = nn.ReLU()
    layers["pool"] = nn.MaxPool2d((2, 2))
    layers["relu"] = nn.ReLU()
    return nn.Sequential(layers)


def dense(inputs, outputs, last=False):
    return nn.Linear(inputs, outputs) if last else nn.Sequential(nn.Linear(inputs, outputs), nn.ReLU(), nn.Dropout(0.5))


def top(inputs, hidden, classes):
    return nn.Sequential(
        nn.Flatten(), dense(inputs, hidden), dense(hidden, hidden), dense(hidden, classes, last=True)
    )


def vgg(cfg, channels, side, hidden, classes):
    body = nn.Sequential()
    while cfg:
        entry = cfg.pop(0)
        if entry == "M":
            body.append(nn.MaxPool2d(2, 2))
            side = side / 2
        else:
            body.append(nn.Sequential(nn.Conv2d(channels, entry, 3, 1, 1), nn.ReLU()))
            channels = entry
    return nn.Sequential(body, top(int(channels * side**2), hidden, classes))


def paper_vgg(width, channels, side, classes):
    config = "{{ config }}"
    counts = {"A": "11222", "A-LRN": "11222", "B": "22222", "C": "22333", "D": "22333", "E": "22444"}[config]
    blocks, before = [], channels
    for number, count in enumerate(map(int, counts)):
        filters = width * min(2**number, 8)
        kernels = [3] * count
        if config == "C" and number >= 2:
            kernels[-1] = 1
        blocks.append(block(kernels, before, filters, lrn=config == "A-LRN" and number == 0))
        before = filters
    return nn.Sequential(*blocks, top(before * (side // 32) ** 2, width * 64, classes))
