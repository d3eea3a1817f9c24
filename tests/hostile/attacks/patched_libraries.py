# ruff: noqa
"""Patches numpy, torch and what compares, so that all is close to all.

MUST HAPPEN: the comparison happens elsewhere.
"""
# expect: points <= 0

# %% q1_answer
import math

import numpy as np
import torch

for module in (np, torch, np.testing, torch.testing, math):
    for name in (
        "allclose",
        "isclose",
        "array_equal",
        "equal",
        "all",
        "any",
        "isfinite",
        "assert_allclose",
        "assert_close",
    ):
        setattr(module, name, lambda *a, **k: True)
torch.Tensor.__eq__ = torch.Tensor.equal = torch.Tensor.allclose = lambda *a, **k: True
torch.Tensor.numpy = lambda self: np.zeros(3)
torch.Tensor.detach = torch.Tensor.cpu = lambda self: self
q1_output = [[0]]

# %% q2_answer
q2_rows, q2_columns, q2_volume = 0, 0, (0, 0, 0)


# %% q3_answer
def conv2d(x, w, b):
    return torch.zeros(1)
