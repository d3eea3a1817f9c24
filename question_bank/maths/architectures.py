"""LeNet-5, AlexNet and VGG, layer by layer.

Sources: LeCun et al. 1998 (in its modern form: dense second convolution, pooling without weights); Krizhevsky et al.
2012; Simonyan and Zisserman 2015, Table 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from question_bank.maths.compute import conv_macs
from question_bank.maths.shapes import conv_out

# The kernels of the convolutions, block by block. A-LRN has a local response normalisation besides, without weights.
VGG: dict[str, tuple[tuple[int, ...], ...]] = {
    "A": ((3,), (3,), (3, 3), (3, 3), (3, 3)),
    "A-LRN": ((3,), (3,), (3, 3), (3, 3), (3, 3)),
    "B": ((3, 3), (3, 3), (3, 3), (3, 3), (3, 3)),
    "C": ((3, 3), (3, 3), (3, 3, 1), (3, 3, 1), (3, 3, 1)),
    "D": ((3, 3), (3, 3), (3, 3, 3), (3, 3, 3), (3, 3, 3)),
    "E": ((3, 3), (3, 3), (3, 3, 3, 3), (3, 3, 3, 3), (3, 3, 3, 3)),
}
VGG_FILTERS = (64, 128, 256, 512, 512)
ALEXNET_FILTERS = (96, 256, 384, 384, 256)


class Layer(NamedTuple):
    """A layer with weights. A fully connected one is a convolution whose kernel covers its input: side 1.

    side: of the output, before any pooling.
    """

    name: str
    k: int
    channels: int
    filters: int
    side: int
    groups: int = 1

    @property
    def params(self) -> int:
        """Weights and biases."""
        return self.filters * (self.k * self.k * (self.channels // self.groups) + 1)

    @property
    def macs(self) -> int:
        """Multiply-accumulate operations for one image, biases not counted."""
        return conv_macs(self.channels, self.filters, self.k, self.side, self.side, self.groups)

    @property
    def values(self) -> int:
        """Numbers in the output for one image."""
        return self.filters * self.side**2


def dense_layers(side: int, channels: int, widths: Sequence[int]) -> tuple[Layer, ...]:
    """Fully connected layers of these widths, fc1, fc2, …, the first on a volume of side × side × channels."""
    layers = []
    for number, width in enumerate(widths, start=1):
        layers.append(Layer(f"fc{number}", side, channels, width, 1))
        side, channels = 1, width
    return tuple(layers)


@lru_cache(maxsize=1024)
def vgg_convs(config: str, side: int = 224, channels: int = 3) -> tuple[tuple[Layer, ...], ...]:
    """The convolutions of each block of a VGG configuration; after each block the side is halved (rounded down)."""
    blocks = []
    for number, (kernels, filters) in enumerate(zip(VGG[config], VGG_FILTERS, strict=True), start=1):
        block = []
        for place, k in enumerate(kernels, start=1):
            block.append(Layer(f"conv{number}_{place}", k, channels, filters, side))
            channels = filters
        blocks.append(tuple(block))
        side //= 2
    return tuple(blocks)


def vgg_table(config: str) -> str:
    """The blocks of a VGG configuration as a table in Markdown: filters and kernels."""
    rows = [r"| block | filters | convolutions |", "|---|---|---|"]
    for number, (kernels, filters) in enumerate(zip(VGG[config], VGG_FILTERS, strict=True), start=1):
        convolutions = ", ".join(rf"${k}\times{k}$" for k in kernels)
        rows.append(f"| {number} | {filters} | {convolutions} |")
    return "\n".join(rows)


@lru_cache(maxsize=1024)
def vgg_layers(config: str, classes: int = 1000, side: int = 224, channels: int = 3) -> tuple[Layer, ...]:
    """All layers with weights of a VGG configuration, in order."""
    convs = (layer for block in vgg_convs(config, side, channels) for layer in block)
    return (*convs, *dense_layers(side // 32, VGG_FILTERS[-1], (4096, 4096, classes)))


@lru_cache(maxsize=1024)
def vgg_values(config: str, classes: int = 1000, side: int = 224, channels: int = 3) -> int:
    """Numbers in the image and in the outputs of all convolutions, poolings and fully connected layers."""
    outputs = sum(layer.values for layer in vgg_layers(config, classes, side, channels))
    pools = sum(filters * (side >> number) ** 2 for number, filters in enumerate(VGG_FILTERS, start=1))
    return channels * side**2 + outputs + pools


@lru_cache(maxsize=1024)
def alexnet_layers(
    banks: int = 2,
    classes: int = 1000,
    side: int = 227,
    filters: tuple[int, ...] = ALEXNET_FILTERS,
    hidden: int = 4096,
) -> tuple[Layer, ...]:
    """All layers with weights of AlexNet; with two banks conv2, conv4 and conv5 see the half on their own GPU only."""
    f1, f2, f3, f4, f5 = filters
    side1 = conv_out(side, 11, 4)
    side2 = conv_out(side1, 3, 2)
    side3 = conv_out(side2, 3, 2)
    convs = (
        Layer("conv1", 11, 3, f1, side1),
        Layer("conv2", 5, f1, f2, side2, banks),
        Layer("conv3", 3, f2, f3, side3),
        Layer("conv4", 3, f3, f4, side3, banks),
        Layer("conv5", 3, f4, f5, side3, banks),
    )
    return (*convs, *dense_layers(conv_out(side3, 3, 2), f5, (hidden, hidden, classes)))


@lru_cache(maxsize=1024)
def lenet_layers(
    side: int = 32, channels: int = 1, filters: tuple[int, int] = (6, 16), classes: int = 10
) -> tuple[Layer, ...]:
    """All layers with weights of LeNet-5 in its modern form: 5 × 5 without padding, 2 × 2 pooling, 120, 84, classes."""
    side1 = conv_out(side, 5)
    side2 = conv_out(side1 // 2, 5)
    convs = (Layer("conv1", 5, channels, filters[0], side1), Layer("conv2", 5, filters[0], filters[1], side2))
    return (*convs, *dense_layers(side2 // 2, filters[1], (120, 84, classes)))


def params(layers: Sequence[Layer]) -> int:
    """Weights and biases of all these layers."""
    return sum(layer.params for layer in layers)


def macs(layers: Sequence[Layer]) -> int:
    """MACs of all these layers for one image, biases not counted."""
    return sum(layer.macs for layer in layers)
