# ruff: noqa
"""Calls torch's own convolution, with its name put together from pieces.

MUST HAPPEN: it is refused where it is called, not by its name.
"""
# expect: points <= 0

# %% q3_answer
import torch

STRIDE = {{stride}}


def conv2d(x, w, b):
    s, p = STRIDE
    return getattr(getattr(torch, "n" + "n").functional, "con" + "v2d")(x, w, b, s, p)
