# convolution and normalisation as one unit, the block from a table, maps averaged by mean()
import torch
from torch import nn
from torch.nn import functional as F


class Unit(nn.Sequential):
    def __init__(self, a, b, k, stride=1):
        super().__init__(nn.Conv2d(a, b, k, stride, (k - 1) // 2, bias=False), nn.BatchNorm2d(b))


class Residual(nn.Module):
    def __init__(self, inputs, width, stride=1):
        super().__init__()
        e = {{ expansion }}
        table = [(3, width), (3, width)] if e == 1 else [(1, width), (3, width), (1, e * width)]
        self.units, last = nn.ModuleList(), inputs
        for i, (k, f) in enumerate(table):
            self.units.append(Unit(last, f, k, stride if i == {{ strided }} else 1))
            last = f
        self.step = stride
        self.same = stride == 1 and inputs == last
        self.proj = None if self.same or "{{ shortcut }}" == "padding" else Unit(inputs, last, 1, stride)

    def forward(self, x):
        y = x
        for i, unit in enumerate(self.units):
            y = unit(y if i == 0 else y.clamp(min=0))
        if self.proj:
            return (y + self.proj(x)).clamp(min=0)
        x = F.max_pool2d(x, 1, self.step)  # windows of one pixel
        missing = y.shape[1] - x.shape[1]
        return F.relu(y + torch.cat((x, x.new_zeros(x.shape[0], missing, x.shape[2], x.shape[3])), 1))


def block(inputs, width, stride):
    return Residual(inputs, width, stride)


class Mean(nn.Module):
    def forward(self, x):
        return x.mean(dim=(-2, -1))


def resnet(n, width, channels, classes):
    e = {{ expansion }}
    net = nn.Sequential(Unit(channels, width, 3), nn.ReLU())
    inputs = width
    for w, s in ((width, 1), (2 * width, 2), (4 * width, 2)):
        for stride in [s] + [1] * (n - 1):
            net.append(Residual(inputs, w, stride))
            inputs = e * w
    net.append(Mean())
    net.append(nn.Linear(inputs, classes))
    return net
