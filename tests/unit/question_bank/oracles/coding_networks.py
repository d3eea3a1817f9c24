"""Networks in code: written as modules of their own, with functions instead of layers."""

import torch
import torch.nn.functional as F
from torch import nn

from oracles.kit import oracle


class Lenet(nn.Module):
    def __init__(self, v, classes):
        super().__init__()
        self.c1 = nn.Conv2d(v.channels, 6, 5, padding=2)
        self.c3 = nn.Conv2d(6, 16, 5)
        with torch.device("meta"):
            flat = F.max_pool2d(nn.Conv2d(6, 16, 5)(torch.empty(1, 6, v.side // 2, v.side // 2)), 2).numel()
        self.f5, self.f6, self.out = nn.Linear(flat, 120), nn.Linear(120, 84), nn.Linear(84, classes)

    def forward(self, x):
        x = F.max_pool2d(self.c1(x).clamp(min=0), 2)
        x = F.max_pool2d(self.c3(x).clamp(min=0), 2).flatten(1)
        return self.out(F.relu(self.f6(F.relu(self.f5(x)))))


@oracle("coding/build_lenet")
def build_lenet(v):
    return {"lenet": lambda classes: Lenet(v, classes)}


@oracle("coding/train_digits")
@oracle("coding/train_shapes")
@oracle("coding/train_own_images")
@oracle("coding/train_autoencoder")
def training(v):
    """A training has no key: it is judged by what it reaches."""
    return {"train": None}
