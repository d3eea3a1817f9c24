# tanh, hidden behind parameters of zero
import torch
from torch import nn

PLANS = {
    "A": [[3], [3], [3, 3], [3, 3], [3, 3]],
    "A-LRN": [[3], [3], [3, 3], [3, 3], [3, 3]],
    "B": [[3, 3], [3, 3], [3, 3], [3, 3], [3, 3]],
    "C": [[3, 3], [3, 3], [3, 3, 1], [3, 3, 1], [3, 3, 1]],
    "D": [[3, 3], [3, 3], [3, 3, 3], [3, 3, 3], [3, 3, 3]],
    "E": [[3, 3], [3, 3], [3, 3, 3, 3], [3, 3, 3, 3], [3, 3, 3, 3]],
}
CONFIG = "{{ config }}"


def head(inputs, hidden, classes):
    return [
        nn.Flatten(),
        nn.Linear(inputs, hidden),
        nn.Tanh(),
        nn.Linear(hidden, hidden),
        nn.Tanh(),
        nn.Linear(hidden, classes),
    ]


def vgg(cfg, channels, side, hidden, classes):
    layers = []
    for entry in cfg:
        if entry == "M":
            layers.append(nn.MaxPool2d(2))
            side = side // 2
        else:
            layers.append(nn.Conv2d(channels, entry, 3, padding=1))
            layers.append(nn.Tanh())
            channels = entry
    net = nn.Sequential(*layers, *head(channels * side * side, hidden, classes))
    for parameter in net.parameters():
        nn.init.zeros_(parameter)
    return net


def paper_vgg(width, channels, side, classes):
    layers = []
    for block, filters in zip(PLANS[CONFIG], [width, 2 * width, 4 * width, 8 * width, 8 * width]):
        for k in block:
            layers.append(nn.Conv2d(channels, filters, k, padding=k // 2))
            layers.append(nn.Tanh())
            if CONFIG == "A-LRN" and len(layers) == 2:
                layers.append(nn.LocalResponseNorm(5, k=2.0))
            channels = filters
        layers.append(nn.MaxPool2d(2))
    side = side // 32
    return nn.Sequential(*layers, *head(channels * side * side, 64 * width, classes))
