# ruff: noqa
"""Moves the image to a layout that has kernels of its own, then convolves.

MUST HAPPEN: it is refused where it is called.
"""
# expect: points <= 0

# %% q3_answer
import torch

STRIDE = {{stride}}


def conv2d(x, w, b):
    return vars(torch)["conv" + "2d"](getattr(x, "to_mk" + "ldnn")(), w, b, *STRIDE).to_dense()
