# windows that do not fit entirely are kept
import torch
from torch import nn

BANKS, LRN, PADDING, GRID = {{ banks }}, {{ normalised }}, {{ padding }}, {{ grid }}


def alexnet(divisor, channels, side, classes):
    f = [64, 192, 384, 256, 256] if BANKS == 1 else [96, 256, 384, 384, 256]
    f = [n // divisor for n in f]
    hidden = 4096 // divisor
    layers = []
    layers += [nn.Conv2d(channels, f[0], 11, stride=4, padding=PADDING), nn.ReLU()]
    if LRN:
        layers += [nn.LocalResponseNorm(5, k=2.0)]
    layers += [nn.MaxPool2d(3, 2, ceil_mode=True)]
    layers += [nn.Conv2d(f[0], f[1], 5, padding=2, groups=BANKS), nn.ReLU()]
    if LRN:
        layers += [nn.LocalResponseNorm(5, k=2.0)]
    layers += [nn.MaxPool2d(3, 2, ceil_mode=True)]
    layers += [nn.Conv2d(f[1], f[2], 3, padding=1), nn.ReLU()]
    layers += [nn.Conv2d(f[2], f[3], 3, padding=1, groups=BANKS), nn.ReLU()]
    layers += [nn.Conv2d(f[3], f[4], 3, padding=1, groups=BANKS), nn.ReLU()]
    layers += [nn.MaxPool2d(3, 2, ceil_mode=True)]
    if GRID:
        layers += [nn.AdaptiveAvgPool2d(GRID)]
    features = nn.Sequential(*layers, nn.Flatten())
    flat = features(torch.zeros(1, channels, side, side)).shape[1]
    return nn.Sequential(
        features,
        nn.Linear(flat, hidden),
        nn.ReLU(),
        nn.Linear(hidden, hidden),
        nn.ReLU(),
        nn.Linear(hidden, classes),
    )
