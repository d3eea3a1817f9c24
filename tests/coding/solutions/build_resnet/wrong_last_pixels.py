# skips the first pixels instead of the last
import torch
import torch.nn.functional as F
from torch import nn

EXPANSION, SHORTCUT, STRIDED = {{ expansion }}, "{{ shortcut }}", {{ strided }}


class Padded(nn.Module):
    def __init__(self, stride, missing):
        super().__init__()
        self.stride = stride
        self.missing = missing

    def forward(self, x):
        if self.stride > 1:
            x = F.pad(x, (0, x.shape[3] % 2, 0, x.shape[2] % 2))[:, :, 1::2, 1::2]
        return F.pad(x, (0, 0, 0, 0, 0, self.missing))


class Block(nn.Module):
    def __init__(self, inputs, width, stride):
        super().__init__()
        outputs = EXPANSION * width
        if EXPANSION == 1:
            self.path = nn.Sequential(
                nn.Conv2d(inputs, width, 3, stride=stride, padding=1, bias=False),
                nn.BatchNorm2d(width),
                nn.ReLU(),
                nn.Conv2d(width, outputs, 3, padding=1, bias=False),
                nn.BatchNorm2d(outputs),
            )
        else:
            strides = [stride, 1] if STRIDED == 0 else [1, stride]
            self.path = nn.Sequential(
                nn.Conv2d(inputs, width, 1, stride=strides[0], bias=False),
                nn.BatchNorm2d(width),
                nn.ReLU(),
                nn.Conv2d(width, width, 3, stride=strides[1], padding=1, bias=False),
                nn.BatchNorm2d(width),
                nn.ReLU(),
                nn.Conv2d(width, outputs, 1, bias=False),
                nn.BatchNorm2d(outputs),
            )
        if stride == 1 and inputs == outputs:
            self.shortcut = nn.Identity()
        elif SHORTCUT == "projection":
            self.shortcut = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride=stride, bias=False),
                nn.BatchNorm2d(outputs),
            )
        else:
            self.shortcut = Padded(stride, outputs - inputs)

    def forward(self, x):
        return F.relu(self.path(x) + self.shortcut(x))


def block(inputs, width, stride):
    return Block(inputs, width, stride)


def resnet(n, width, channels, classes):
    layers = [nn.Conv2d(channels, width, 3, padding=1, bias=False), nn.BatchNorm2d(width), nn.ReLU()]
    inputs = width
    for stage, stride in enumerate([1, 2, 2]):
        for number in range(n):
            layers.append(Block(inputs, width * 2**stage, stride if number == 0 else 1))
            inputs = width * 2**stage * EXPANSION
    layers += [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, classes)]
    return nn.Sequential(*layers)
