# ruff: noqa
"""The function writes over its arguments, so that the case becomes another one.

MUST HAPPEN: the trusted side keeps its own copy; the change is found.
"""
# expect: points <= 0

# %% q3_answer
import torch


def conv2d(x, w, b):
    x.zero_()
    w.zero_()
    b.zero_()
    x.resize_(0)
    return torch.zeros(len(w), len(w), 4, 4)
