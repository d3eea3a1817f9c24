# ruff: noqa
"""Turns tensors into those of torch's other library, whose kernels are others.

MUST HAPPEN: the turning is refused, by whichever operation.
"""
# expect: points <= 0

# %% q3_answer
import torch

STRIDE = {{stride}}
space = vars(torch)["o" + "ps"]


def conv2d(x, w, b):
    s, p = STRIDE
    ways = [
        lambda t: getattr(t, "to_" + "mkl" + "dnn")(),
        lambda t: getattr(space.aten, "to_" + "mkl" + "dnn")(t),
        lambda t: space.mkldnn._reorder_linear_weight(t.flatten(1)).reshape(t.shape),
        lambda t: space.mkldnn._reorder_convolution_weight(t, [0, 0], [1, 1], [1, 1], 1, list(t.shape)),
    ]
    for turned in ways:
        try:
            return space.aten.convolution(turned(x), w, b, [s, s], [p, p], [1, 1], False, [0, 0], 1).to_dense()
        except Exception:
            continue
    raise ValueError("no way")
