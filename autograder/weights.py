"""The parameters that a network is compared with: drawn from the images that it is shown, the same on both sides.

Those that a student's code begins with would not do. A deep network of them says nearly the same of all images, so that
a slip in an early layer does not show, and one of zeros has the outputs of any other.
"""

from __future__ import annotations

import hashlib
import math
from typing import Any

import numpy as np

MAX_VALUES = 2_000_000  # networks with more numbers are not filled; only their shapes are compared


def fill(network: Any, images: np.ndarray[Any, Any]) -> None:
    """Overwrite a network's parameters and buffers, in the order in which they were made.

    Weights are drawn so that layer after layer keeps its scale, with ReLU between them (He et al. 2015). Parameters
    with one axis, as biases and the scales of a batch normalisation, are as large as what they are added to or
    multiplied with, and of either sign. Buffers are positive, as variances have to be.
    """
    import torch

    digest = hashlib.sha256(np.ascontiguousarray(images).tobytes()).digest()
    numbers = np.random.default_rng(int.from_bytes(digest[:16]))
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.copy_(torch.from_numpy(_parameter(numbers, tuple(parameter.shape))))
        for buffer in network.buffers():
            if buffer.is_floating_point():
                buffer.copy_(torch.from_numpy(numbers.uniform(0.5, 1.5, tuple(buffer.shape))))


def _parameter(numbers: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray[Any, Any]:
    if len(shape) < 2:
        signs = numbers.choice((-1.0, 1.0, 1.0, 1.0), shape)  # where few are negative, few ReLUs are silent
        return np.asarray(numbers.uniform(0.5, 1.0, shape) * signs)
    bound = math.sqrt(6 / max(1, math.prod(shape[1:])))
    return np.asarray((2 * numbers.random(shape, np.float32) - 1) * bound)
