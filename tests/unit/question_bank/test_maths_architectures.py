"""Networks and their operations against torch: real modules, and its own counter of operations."""

from itertools import pairwise, product

import pytest
import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from question_bank.maths import architectures, compute


def operations(module, *shape):
    """MACs for one image, as torch counts them."""
    with FlopCounterMode(display=False) as counter:
        module.to("meta")(torch.empty(1, *shape, device="meta"))
    return counter.get_total_flops() // 2


def outputs(module, *shape):
    """Numbers in the input and in the outputs of all layers but ReLU and Flatten."""
    x, total = torch.empty(1, *shape, device="meta"), shape[0] * shape[1] * shape[2]
    for layer in module.to("meta"):
        x = layer(x)
        total += 0 if isinstance(layer, nn.ReLU | nn.Flatten) else x.numel()
    return total


def weights(module):
    return sum(p.numel() for p in module.parameters())


VGG = {
    "A": [64, "M", 128, "M", 256, 256, "M", 512, 512, "M", 512, 512, "M"],
    "B": [64, 64, "M", 128, 128, "M", 256, 256, "M", 512, 512, "M", 512, 512, "M"],
    "C": [64, 64, "M", 128, 128, "M", 256, 256, -256, "M", 512, 512, -512, "M", 512, 512, -512, "M"],
    "D": [64, 64, "M", 128, 128, "M", 256, 256, 256, "M", 512, 512, 512, "M", 512, 512, 512, "M"],
    "E": [64, 64, "M", 128, 128, "M", *([256] * 4), "M", *([512] * 4), "M", *([512] * 4), "M"],
}
VGG["A-LRN"] = [64, "LRN", *VGG["A"][1:]]


def vgg(config, classes=1000, side=224, channels=3):
    layers = []
    for entry in VGG[config]:
        if entry == "M":
            layers.append(nn.MaxPool2d(2))
        elif entry == "LRN":
            layers.append(nn.LocalResponseNorm(5))
        else:
            filters, k = abs(entry), 3 if entry > 0 else 1
            layers += [nn.Conv2d(channels, filters, k, padding=k // 2, device="meta"), nn.ReLU()]
            channels = filters
    layers += [nn.Flatten(), nn.Linear((side // 32) ** 2 * 512, 4096, device="meta"), nn.ReLU()]
    layers += [nn.Linear(4096, 4096, device="meta"), nn.ReLU(), nn.Linear(4096, classes, device="meta")]
    return nn.Sequential(*layers)


def alexnet(banks, classes, side, filters, hidden):
    f1, f2, f3, f4, f5 = filters
    convs = nn.Sequential(
        nn.Conv2d(3, f1, 11, 4, device="meta"),
        nn.MaxPool2d(3, 2),
        nn.Conv2d(f1, f2, 5, padding=2, groups=banks, device="meta"),
        nn.MaxPool2d(3, 2),
        nn.Conv2d(f2, f3, 3, padding=1, device="meta"),
        nn.Conv2d(f3, f4, 3, padding=1, groups=banks, device="meta"),
        nn.Conv2d(f4, f5, 3, padding=1, groups=banks, device="meta"),
        nn.MaxPool2d(3, 2),
        nn.Flatten(),
    )
    flat = convs(torch.empty(1, 3, side, side, device="meta")).shape[1]
    widths = [flat, hidden, hidden, classes]
    return nn.Sequential(*convs, *(nn.Linear(a, b, device="meta") for a, b in pairwise(widths)))


@pytest.mark.parametrize("config", VGG)
@pytest.mark.parametrize("classes, side, channels", [(1000, 224, 3), (10, 96, 1)])
def test_vgg(config, classes, side, channels):
    layers, module = architectures.vgg_layers(config, classes, side, channels), vgg(config, classes, side, channels)
    own = [m for m in module if isinstance(m, nn.Conv2d | nn.Linear)]
    assert [layer.params for layer in layers] == [weights(m) for m in own]
    assert architectures.params(layers) == weights(module)
    if config != "A-LRN":  # torch's counter has no rule for the normalisation
        assert architectures.macs(layers) == operations(module, channels, side, side)
        assert architectures.vgg_values(config, classes, side, channels) == outputs(module, channels, side, side)
    convs = [layer for block in architectures.vgg_convs(config, side, channels) for layer in block]
    assert convs == list(layers[:-3])


@pytest.mark.parametrize("config", VGG)
def test_vgg_table(config):
    """Its rows are the convolutions between two poolings of the module."""
    rows = architectures.vgg_table(config).splitlines()[2:]
    blocks = " ".join(str(entry) for entry in VGG[config] if entry != "LRN").split("M")[:5]
    for row, block in zip(rows, blocks, strict=True):
        filters = [int(entry) for entry in block.split()]
        assert f"| {filters[0]} |" in row
        assert row.count(r"$3\times3$") == sum(f > 0 for f in filters)
        assert row.count(r"$1\times1$") == sum(f < 0 for f in filters)


@pytest.mark.parametrize(
    "config, golden",
    [
        ("A", 132_863_336),
        ("A-LRN", 132_863_336),
        ("B", 133_047_848),
        ("C", 133_638_952),
        ("D", 138_357_544),
        ("E", 143_667_240),
    ],
)
def test_vgg_as_published(config, golden):
    assert architectures.params(architectures.vgg_layers(config)) == golden


def test_vgg_d_as_computed_by_many():
    assert round(architectures.macs(architectures.vgg_layers("D")) / 1e9, 2) == 15.47
    assert round(architectures.vgg_values("D") * 4 / compute.MIB, 1) == 58.1


@pytest.mark.parametrize("banks", [1, 2])
@pytest.mark.parametrize("side, filters", [(227, (96, 256, 384, 384, 256)), (195, (64, 192, 384, 256, 256))])
def test_alexnet_layers(banks, side, filters):
    layers = architectures.alexnet_layers(banks, 100, side, filters, 512)
    module = alexnet(banks, 100, side, filters, 512)
    own = [m for m in module if isinstance(m, nn.Conv2d | nn.Linear)]
    assert [layer.params for layer in layers] == [weights(m) for m in own]
    assert architectures.macs(layers) == operations(module, 3, side, side)


@pytest.mark.parametrize("banks, golden", [(2, 60_965_224), (1, 62_378_344)])
def test_alexnet_as_published(banks, golden):
    assert architectures.params(architectures.alexnet_layers(banks)) == golden


@pytest.mark.parametrize("side, channels, filters, classes", [(32, 1, (6, 16), 10), (44, 3, (8, 12), 26)])
def test_lenet_layers(side, channels, filters, classes):
    convs = nn.Sequential(
        nn.Conv2d(channels, filters[0], 5),
        nn.MaxPool2d(2),
        nn.Conv2d(filters[0], filters[1], 5),
        nn.MaxPool2d(2),
        nn.Flatten(),
    )
    flat = convs(torch.empty(1, channels, side, side)).shape[1]
    module = nn.Sequential(*convs, nn.Linear(flat, 120), nn.Linear(120, 84), nn.Linear(84, classes))
    layers = architectures.lenet_layers(side, channels, filters, classes)
    own = [m for m in module if isinstance(m, nn.Conv2d | nn.Linear)]
    assert [layer.params for layer in layers] == [weights(m) for m in own]
    assert architectures.macs(layers) == operations(module, channels, side, side)


def test_lenet_as_taught():
    convs, dense = architectures.lenet_layers()[:2], architectures.lenet_layers()[2:]
    assert dense[0].k ** 2 * dense[0].channels == 16 * 5 * 5 == 400
    assert [layer.filters for layer in dense] == [120, 84, 10]
    assert architectures.params((*convs, *dense)) == 61_706


def test_dense_layers():
    module = nn.Sequential(nn.Linear(5 * 5 * 16, 7), nn.Linear(7, 3))
    layers = architectures.dense_layers(5, 16, (7, 3))
    assert [layer.params for layer in layers] == [weights(m) for m in module]
    assert [layer.name for layer in layers] == ["fc1", "fc2"]


@pytest.mark.parametrize("groups", [1, 2])
def test_conv_macs(groups):
    for channels, filters, k, height, width in product((2, 4), (2, 6), (1, 3, 5), (5, 8), (7,)):
        module = nn.Conv2d(channels, filters, k, padding=k // 2, groups=groups)
        assert compute.conv_macs(channels, filters, k, height, width, groups) == operations(
            module, channels, height, width
        )


def test_separable_macs():
    for channels, filters, k in product((3, 8), (5, 16), (3, 5)):
        module = nn.Sequential(
            nn.Conv2d(channels, channels, k, padding=k // 2, groups=channels), nn.Conv2d(channels, filters, 1)
        )
        assert compute.separable_macs(channels, filters, k, 6, 9) == operations(module, channels, 6, 9)


def test_im2col_shape():
    for channels, k, s, p in product((1, 3), (2, 3, 5), (1, 2, 3), (0, 1, 2)):
        columns = F.unfold(torch.zeros(1, channels, 9, 12), k, padding=p, stride=s)
        assert compute.im2col_shape(channels, 9, 12, k, s, p) == tuple(columns.shape[1:])
