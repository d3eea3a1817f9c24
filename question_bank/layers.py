"""What templates that ask for layers in code share: cases of pooling, gradients, and mutants of loops."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from question_bank.cases import array, plain
from question_bank.maths.shapes import conv_out

Tensor = torch.Tensor


def images(n: int, c: int, h: int, w: int, size: tuple[int, int], **options: Any) -> dict[str, Any]:
    """What a case of a pooling's forward pass is given: x (N, C, H, W), and the size of a window."""
    return {"x": array(n, c, h, w, **options), "size": plain(size)}


def gradients(
    n: int, c: int, h: int, w: int, size: tuple[int, int], dtype: str = "float64", **options: Any
) -> dict[str, Any]:
    """What a case of a pooling's backward pass is given, for a variant with strides `s` and paddings `p`."""

    def outputs(q: Any) -> Any:
        sides = (conv_out(side, k, s, p) for side, k, s, p in zip((h, w), size, q.s, q.p, strict=True))
        return array(n, c, *sides, dtype=dtype, **options)

    return {"dy": outputs, "x": array(n, c, h, w, dtype=dtype, **options), "size": plain(size)}


def gradient(forward: Callable[[Tensor], Tensor], dy: Tensor, x: Tensor) -> Tensor:
    """The gradient of the sum of dy times forward(x), with respect to x."""
    with torch.enable_grad():
        x = x.detach().requires_grad_()
        return torch.autograd.grad(forward(x), x, dy)[0]


def only(kept: int, y: Tensor) -> Tensor:
    """The batch with zeros for all images but one."""
    found = torch.zeros_like(y)
    found[kept] = y[kept]
    return found


def every_so_many(y: Tensor, s: tuple[int, int]) -> Tensor:
    """The outputs that `range(0, rows, stride)` reaches; zeros for the others."""
    kept = torch.zeros_like(y)
    kept[:, :, :: s[0], :: s[1]] = y[:, :, :: s[0], :: s[1]]
    return kept


def strided_range(right: Tensor, dense: Tensor, s: tuple[int, int]) -> Tensor:
    """`for i in range(0, rows, stride)` with windows that start at row i: of `dense`, the result for stride 1."""
    found = torch.zeros_like(right)
    rows, columns = right.shape[2:]
    found[:, :, :: s[0], :: s[1]] = dense[:, :, : rows : s[0], : columns : s[1]]
    return found
