# the groups by hand: one weight, each half of it on its half of the channels
import torch
import torch.nn.functional as F
from torch import nn


class Banked(nn.Module):
    def __init__(self, c, f, k, stride=1, padding=0, banks=1):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(f, c // banks, k, k) * 0.01)
        self.bias = nn.Parameter(torch.zeros(f))
        self.banks, self.stride, self.padding = banks, stride, padding

    def forward(self, x):
        parts = zip(x.chunk(self.banks, 1), self.weight.chunk(self.banks), self.bias.chunk(self.banks))
        maps = [F.conv2d(part, w, b, self.stride, self.padding) for part, w, b in parts]
        return torch.cat(maps, dim=1)


class Lrn(nn.Module):
    def forward(self, x):
        squares = F.avg_pool3d(F.pad((x * x)[:, None], (0, 0, 0, 0, 2, 2)), (5, 1, 1), stride=1)[:, 0]
        return x * (2 + 1e-4 * squares) ** -0.75


def alexnet(divisor, channels, side, classes):
    banks, norm = {{ banks }}, Lrn if {{ normalised }} else nn.Identity
    a, b, c, d, e = [n // divisor for n in ((64, 192, 384, 256, 256) if banks == 1 else (96, 256, 384, 384, 256))]
    stages = [
        Banked(channels, a, 11, 4, {{ padding }}), nn.ReLU(), norm(), nn.MaxPool2d(3, 2),
        Banked(a, b, 5, 1, 2, banks), nn.ReLU(), norm(), nn.MaxPool2d(3, 2),
        Banked(b, c, 3, 1, 1), nn.ReLU(),
        Banked(c, d, 3, 1, 1, banks), nn.ReLU(),
        Banked(d, e, 3, 1, 1, banks), nn.ReLU(), nn.MaxPool2d(3, 2),
    ]
    if {{ grid }}:
        stages.append(nn.AdaptiveAvgPool2d({{ grid }}))
    body = nn.Sequential(*stages, nn.Flatten())
    flat = body(torch.ones(1, channels, side, side)).numel()
    top = nn.Sequential(
        nn.Linear(flat, 4096 // divisor), nn.ReLU(), nn.Linear(4096 // divisor, 4096 // divisor), nn.ReLU(),
        nn.Linear(4096 // divisor, classes),
    )
    return nn.Sequential(body, top)
