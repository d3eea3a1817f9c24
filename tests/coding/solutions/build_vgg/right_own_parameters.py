# no layers of PyTorch at all: parameters and arithmetic
import math

import torch
from torch import nn


class Conv(nn.Module):
    def __init__(self, c, f, k):
        super().__init__()
        bound = 1 / math.sqrt(c * k * k)
        self.w = nn.Parameter(torch.empty(f, c, k, k).uniform_(-bound, bound))
        self.b = nn.Parameter(torch.zeros(f))

    def forward(self, x):
        (n, _, h, w), (f, _, k, _) = x.shape, self.w.shape
        columns = nn.functional.unfold(x, k, padding=k // 2)
        return (self.w.reshape(f, -1) @ columns).reshape(n, f, h, w) + self.b[:, None, None]


class Dense(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs) * 0.01)
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x):
        return torch.einsum("ni,oi->no", x, self.weight) + self.bias


def halved(x):
    n, c, h, w = x.shape
    return x.reshape(n, c, h // 2, 2, w // 2, 2).amax(dim=(3, 5))


def normalised(x):
    c = x.shape[1]
    squares = torch.stack([(x[:, max(0, i - 2) : i + 3] ** 2).sum(1) for i in range(c)], dim=1)
    return x / (2 + 1e-4 * squares / 5) ** 0.75


class Net(nn.Module):
    def __init__(self, steps, channels, side, hidden, classes):
        super().__init__()
        self.steps, self.convs = [], nn.ModuleList()
        for step in steps:
            if isinstance(step, str):
                self.steps.append(step)
                side //= 2 if step == "M" else 1
            else:
                self.convs.append(Conv(channels, *step))
                self.steps.append(self.convs[-1])
                channels = step[0]
        self.a = Dense(channels * side * side, hidden)
        self.b = Dense(hidden, hidden)
        self.c = Dense(hidden, classes)

    def forward(self, x):
        for step in self.steps:
            x = halved(x) if step == "M" else normalised(x) if step == "N" else torch.relu(step(x))
        x = x.reshape(len(x), -1)
        return self.c(torch.relu(self.b(torch.relu(self.a(x)))))


def vgg(cfg, channels, side, hidden, classes):
    return Net([e if e == "M" else (e, 3) for e in cfg], channels, side, hidden, classes)


def paper_vgg(width, channels, side, classes):
    steps = []
    counts = {"A": "11222", "B": "22222", "C": "22333", "D": "22333", "E": "22444"}["{{ config }}"[0]]
    for number, (multiple, count) in enumerate(zip((1, 2, 4, 8, 8), counts)):
        steps += [(multiple * width, 3) for _ in range(int(count))] + ["M"]
        if "{{ config }}" == "C" and number > 1:
            steps[-2] = (multiple * width, 1)
    if "{{ config }}" == "A-LRN":
        steps.insert(1, "N")
    return Net(steps, channels, side, 64 * width, classes)
