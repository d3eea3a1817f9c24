# ruff: noqa
"""The function returns a tensor that is small in memory and enormous when it is copied: strides of zero.

MUST HAPPEN: its size is checked before it is copied.
"""
# expect: keeps q1

# %% q1_answer
# {{ right q1 }}

# %% q3_answer
import torch


def conv2d(x, w, b):
    return torch.zeros(1).expand(10**6, 10**6)
