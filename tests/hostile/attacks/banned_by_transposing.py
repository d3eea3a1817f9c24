# ruff: noqa
"""Convolves by the gradient of the transposed convolution, and by its double backward: other operators again.

MUST HAPPEN: they are refused where they are called.
"""
# expect: points <= 0

# %% q3_answer
import torch

STRIDE = {{stride}}
space = vars(torch)["o" + "ps"]


def conv2d(x, w, b):
    s, p = STRIDE
    kh, kw = w.shape[2:]
    height, width = (x.shape[2] + 2 * p - kh) // s + 1, (x.shape[3] + 2 * p - kw) // s + 1
    seed = torch.zeros(len(x), len(w), height, width)
    back = getattr(space.aten, "convolution_" + "backward")
    rest = (x.shape[2] + 2 * p - kh) % s, (x.shape[3] + 2 * p - kw) % s
    y = back(x, seed, w, None, [s, s], [p, p], [1, 1], True, list(rest), 1, [True, False, False])[0]
    return y + b[:, None, None]
