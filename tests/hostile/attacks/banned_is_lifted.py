# ruff: noqa
"""Finds what took the operations away, in the frames of its caller and among all objects, and puts them back.

MUST HAPPEN: it cannot be put back.
"""
# expect: points <= 0

# %% q3_answer
import gc

import torch

STRIDE = {{stride}}


def conv2d(x, w, b):
    for item in gc.get_objects():
        if type(item).__name__ == "Library":
            item._destroy()
    return vars(torch)["conv" + "2d"](x, w, b, *STRIDE)
