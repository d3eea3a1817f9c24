"""Multiply-accumulate operations (MACs) and memory."""

from __future__ import annotations

from question_bank.maths.shapes import conv_out

MIB = 2**20


def conv_macs(channels: int, filters: int, k: int, height: int, width: int, groups: int = 1) -> int:
    """MACs of a convolution whose **output** is height × width, for one image, biases not counted."""
    return k * k * (channels // groups) * filters * height * width


def separable_macs(channels: int, filters: int, k: int, height: int, width: int) -> int:
    """MACs of a depthwise k × k and then a pointwise 1 × 1 convolution, output height × width, biases not counted."""
    return conv_macs(channels, channels, k, height, width, channels) + conv_macs(channels, filters, 1, height, width)


def im2col_shape(channels: int, height: int, width: int, k: int, s: int = 1, p: int = 0) -> tuple[int, int]:
    """Rows and columns of the matrix that holds each k × k window of an image as a column."""
    return k * k * channels, conv_out(height, k, s, p) * conv_out(width, k, s, p)
