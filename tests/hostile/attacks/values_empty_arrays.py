# ruff: noqa
"""Arrays that hold nothing, in enormous shapes: no bytes on the wire, and gigabytes when they are written as lists.

MUST HAPPEN: nobody writes them as lists.
"""
# expect: points <= 0

# %% q1_answer
import numpy as np

q1_output = np.zeros((30_000_000, 0))

# %% q2_answer
import torch

q2_rows = np.zeros((0, 30_000_000))
q2_columns = torch.zeros(30_000_000, 0)
q2_volume = np.zeros((2, 3, 5_000_000, 0, 7))


# %% q3_answer
def conv2d(x, w, b):
    return torch.zeros(30_000_000, 0, 1, 1)
