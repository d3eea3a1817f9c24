"""Numbers of parameters."""

from __future__ import annotations


def conv_params(channels: int, filters: int, k: int, bias: bool = True) -> int:
    """Parameters of a convolution with `filters` kernels of k × k × `channels`, and a bias each unless bias=False."""
    return filters * (channels * k * k + bias)


def dense_params(inputs: int, outputs: int, bias: bool = True) -> int:
    """Parameters of a fully connected layer: a weight per input and output, and a bias per output."""
    return outputs * (inputs + bias)
