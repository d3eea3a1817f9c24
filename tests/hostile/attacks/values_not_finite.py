# ruff: noqa
"""NaN, infinities and negative zero, which a comparison may take for anything.

MUST HAPPEN: they are wrong or not of the asked form.
"""
# expect: points <= 0

# %% q1_answer
nan, inf = float("nan"), float("inf")
q1_output = [[nan] * 8] * 8

# %% q2_answer
q2_rows, q2_columns, q2_volume = nan, "inf", (nan, inf, -inf)

# %% q3_answer
import torch


def conv2d(x, w, b):
    return torch.full((len(x), len(w), *x.shape[2:]), nan)
