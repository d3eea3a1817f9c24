# ruff: noqa
"""Tensors larger than any memory.

MUST HAPPEN: the cell fails with a message about memory; the remaining cells are run.
"""
# expect: keeps q1 q3
# expect: verdict q2 error
# expect: message q2 contains "memory"

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import torch

q2_rows = torch.ones(10**10).sum()

# %% q3_answer
# {{ right q3 }}
