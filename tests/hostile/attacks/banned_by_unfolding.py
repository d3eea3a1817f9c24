# ruff: noqa
"""Unfolds by the operator behind torch's own unfold, then multiplies.

MUST HAPPEN: it is refused where it is called.
"""
# expect: points <= 0

# %% q3_answer
import torch

STRIDE = {{stride}}
space = vars(torch)["o" + "ps"]


def conv2d(x, w, b):
    s, p = STRIDE
    kh, kw = w.shape[2:]
    columns = getattr(space.aten, "im2" + "col")(x, [kh, kw], [1, 1], [p, p], [s, s])
    height, width = (x.shape[2] + 2 * p - kh) // s + 1, (x.shape[3] + 2 * p - kw) // s + 1
    y = w.reshape(len(w), -1) @ columns
    return y.reshape(len(x), len(w), height, width) + b[:, None, None]
