"""Networks in code: written as modules of their own, with functions instead of layers."""

from itertools import pairwise

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


class Vgg(nn.Module):
    """Convolutions as (filters, kernel), poolings as None; normalised by hand after the first one, where asked for."""

    def __init__(self, plan, channels, side, hidden, classes, normalised=False):
        super().__init__()
        self.plan, self.normalised = plan, normalised
        widths = [channels, *(entry[0] for entry in plan if entry)]
        kernels = [entry[1] for entry in plan if entry]
        self.convs = nn.ModuleList(
            nn.Conv2d(c, f, k, padding="same") for c, f, k in zip(widths, widths[1:], kernels, strict=False)
        )
        flat = widths[-1] * (side // 2 ** plan.count(None)) ** 2
        self.dense = nn.ModuleList([nn.Linear(flat, hidden), nn.Linear(hidden, hidden), nn.Linear(hidden, classes)])

    def forward(self, x):
        convs = iter(self.convs)
        for number, entry in enumerate(self.plan):
            x = F.relu(next(convs)(x)) if entry else x.unfold(2, 2, 2).unfold(3, 2, 2).amax((-1, -2))
            if self.normalised and number == 0:
                x = local_response(x)
        x = x.flatten(1)
        for layer in self.dense[:-1]:
            x = layer(x).clamp(min=0)
        return self.dense[-1](x)


PAPER = {  # filters as multiples of the first block's; a convolution 1×1 is written with a minus
    "A": "1 M 2 M 4 4 M 8 8 M 8 8 M",
    "A-LRN": "1 M 2 M 4 4 M 8 8 M 8 8 M",
    "B": "1 1 M 2 2 M 4 4 M 8 8 M 8 8 M",
    "C": "1 1 M 2 2 M 4 4 -4 M 8 8 -8 M 8 8 -8 M",
    "D": "1 1 M 2 2 M 4 4 4 M 8 8 8 M 8 8 8 M",
    "E": "1 1 M 2 2 M 4 4 4 4 M 8 8 8 8 M 8 8 8 8 M",
}


@oracle("coding/build_vgg")
def build_vgg(v):
    def vgg(cfg, channels, side, hidden, classes):
        return Vgg([None if e == "M" else (e, 3) for e in cfg], channels, side, hidden, classes)

    def paper_vgg(width, channels, side, classes):
        plan = [None if e == "M" else (abs(int(e)) * width, 1 if e[0] == "-" else 3) for e in PAPER[v.config].split()]
        return Vgg(plan, channels, side, 64 * width, classes, normalised=v.config == "A-LRN")

    return {"vgg": vgg, "paper_vgg": paper_vgg}


def local_response(x):
    """Over five channels, by hand."""
    squares = F.pad(x**2, (0, 0, 0, 0, 2, 2))
    return x / (2 + 1e-4 / 5 * sum(squares[:, i : i + x.shape[1]] for i in range(5))) ** 0.75


class Alexnet(nn.Module):
    def __init__(self, v, divisor, channels, side, classes):
        super().__init__()
        self.v = v
        f = [n // divisor for n in ((64, 192, 384, 256, 256) if v.banks == 1 else (96, 256, 384, 384, 256))]
        self.c1 = nn.Conv2d(channels, f[0], 11, stride=4, padding=v.padding)
        self.c2 = nn.Conv2d(f[0], f[1], 5, padding="same", groups=v.banks)
        self.c3 = nn.Conv2d(f[1], f[2], 3, padding="same")
        self.c4 = nn.Conv2d(f[2], f[3], 3, padding="same", groups=v.banks)
        self.c5 = nn.Conv2d(f[3], f[4], 3, padding="same", groups=v.banks)
        flat = self.features(torch.zeros(1, channels, side, side)).numel()
        self.d1, self.d2 = nn.Linear(flat, 4096 // divisor), nn.Linear(4096 // divisor, 4096 // divisor)
        self.d3 = nn.Linear(4096 // divisor, classes)

    def features(self, x):
        def pooled(x):
            return x.unfold(2, 3, 2).unfold(3, 3, 2).amax((-1, -2))

        norm = local_response if self.v.normalised else (lambda x: x)
        x = pooled(norm(F.relu(self.c1(x))))
        x = pooled(norm(F.relu(self.c2(x))))
        x = pooled(F.relu(self.c5(F.relu(self.c4(F.relu(self.c3(x)))))))
        return F.adaptive_avg_pool2d(x, self.v.grid) if self.v.grid else x

    def forward(self, x):
        return self.d3(F.relu(self.d2(F.relu(self.d1(self.features(x).flatten(1))))))


@oracle("coding/build_alexnet")
def build_alexnet(v):
    return {"alexnet": lambda *given: Alexnet(v, *given)}


class Encoder(nn.Module):
    def __init__(self, v, latent, channels, side):
        super().__init__()
        self.stride = 2 if v.down == "stride" else 1
        inputs = (channels, *v.widths)
        self.convs = nn.ModuleList(nn.Conv2d(c, f, 3) for c, f in zip(inputs, v.widths, strict=False))
        self.code = nn.Linear(v.widths[-1] * (side // 2 ** len(v.widths)) ** 2, latent)

    def forward(self, x):
        for conv in self.convs:
            x = F.conv2d(F.pad(x, (1, 1, 1, 1)), conv.weight, conv.bias, self.stride).clamp(min=0)
            if self.stride == 1:
                x = x.unfold(2, 2, 2).unfold(3, 2, 2).amax((-1, -2))
        return self.code(x.flatten(1))


class Decoder(nn.Module):
    """Transposed convolutions as the gradients of convolutions; upsampling by repetition or interpolation."""

    def __init__(self, v, latent, channels, side):
        super().__init__()
        self.v, self.side = v, side // 2 ** len(v.widths)
        widths = (*reversed(v.widths), channels)
        self.dense = nn.Linear(latent, widths[0] * self.side**2)
        k = {"transposed 2×2": 2, "transposed 4×4": 4}.get(v.up)
        pairs = pairwise(widths)
        self.stages = nn.ModuleList(
            nn.ConvTranspose2d(c, f, k, 2) if k else nn.Conv2d(c, f, 3, padding="same") for c, f in pairs
        )

    def stage(self, layer, x):
        if self.v.up.startswith("transposed"):
            size = (len(x), layer.out_channels, 2 * x.shape[2], 2 * x.shape[3])
            padding = layer.kernel_size[0] // 2 - 1
            found = nn.grad.conv2d_input(size, layer.weight, x, stride=2, padding=padding)
            return found + layer.bias[:, None, None]
        if self.v.up == "nearest":
            return layer(x.repeat_interleave(2, 2).repeat_interleave(2, 3))
        return layer(F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False))

    def forward(self, code):
        x = F.relu(self.dense(code)).view(len(code), -1, self.side, self.side)
        for layer in self.stages[:-1]:
            x = F.relu(self.stage(layer, x))
        return 1 / (1 + torch.exp(-self.stage(self.stages[-1], x)))


@oracle("coding/build_autoencoder")
def build_autoencoder(v):
    return {
        "encoder": lambda *given: Encoder(v, *given),
        "decoder": lambda *given: Decoder(v, *given),
        "autoencoder": lambda *given: nn.Sequential(Encoder(v, *given), Decoder(v, *given)),
    }


def normalised(x, norm):
    """A batch normalisation in evaluation, by hand."""
    mean, scale = norm.running_mean, norm.weight / torch.sqrt(norm.running_var + 1e-5)
    return (x - mean[:, None, None]) * scale[:, None, None] + norm.bias[:, None, None]


class Residual(nn.Module):
    def __init__(self, v, inputs, width, stride):
        super().__init__()
        outputs = v.expansion * width
        plan = {1: [(inputs, width, 3), (width, width, 3)]}.get(
            v.expansion, [(inputs, width, 1), (width, width, 3), (width, outputs, 1)]
        )
        self.steps = [stride if number == v.strided else 1 for number in range(len(plan))]
        layers = []
        for c, f, k in plan:
            layers += [nn.Conv2d(c, f, k, padding=k // 2, bias=False), nn.BatchNorm2d(f)]
        self.layers, self.stride, self.outputs = nn.ModuleList(layers), stride, outputs
        changes = stride > 1 or inputs != outputs
        if changes and v.shortcut == "projection":
            self.project, self.norm = nn.Conv2d(inputs, outputs, 1, bias=False), nn.BatchNorm2d(outputs)

    def forward(self, x):
        y = x
        for number, step in enumerate(self.steps):
            y = F.relu(y) if number else y
            y = normalised(self.layers[2 * number](y)[:, :, ::step, ::step], self.layers[2 * number + 1])
        seen = x[:, :, :: self.stride, :: self.stride]
        if hasattr(self, "project"):
            return F.relu(y + normalised(self.project(seen), self.norm))
        y[:, : x.shape[1]] += seen
        return F.relu(y)


class Resnet(nn.Module):
    def __init__(self, v, n, width, channels, classes):
        super().__init__()
        self.conv, self.norm = nn.Conv2d(channels, width, 3, padding="same", bias=False), nn.BatchNorm2d(width)
        e = v.expansion
        firsts = [(width, width, 1), (e * width, 2 * width, 2), (2 * e * width, 4 * width, 2)]
        plan = [(i, w, s) if first else (e * w, w, 1) for i, w, s in firsts for first in [True] + [False] * (n - 1)]
        self.blocks = nn.ModuleList(Residual(v, *sizes) for sizes in plan)
        self.dense = nn.Linear(4 * e * width, classes)

    def forward(self, x):
        x = F.relu(normalised(self.conv(x), self.norm))
        for block in self.blocks:
            x = block(x)
        return self.dense(x.mean((2, 3)))


@oracle("coding/build_resnet")
def build_resnet(v):
    return {"block": lambda *given: Residual(v, *given), "resnet": lambda *given: Resnet(v, *given)}


@oracle("coding/train_digits")
@oracle("coding/train_shapes")
@oracle("coding/train_own_images")
@oracle("coding/train_autoencoder")
def training(v):
    """A training has no key: it is judged by what it reaches."""
    return {"train": None}
