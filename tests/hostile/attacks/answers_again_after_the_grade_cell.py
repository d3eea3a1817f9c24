# ruff: noqa
"""Wrong answers, and below the grade cells, when the function has seen the hidden inputs, other ones.

MUST HAPPEN: what was answered above the grade cell counts; the function that comes later is not called.
"""
# expect: points <= 0
# expect: output lacks "ESCAPED"

# %% q1_answer
q1_output = [[-1]]

# %% q2_answer
q2_rows = q2_columns = q2_volume = -1

# %% q3_answer
seen = []


def conv2d(x, w, b, stride=1, padding=0):
    seen.append((x, w, b))
    raise NotImplementedError("not yet")


# %% after q1
# {{ right q1 }}

# %% after q2
# {{ right q2 }}

# %% after q3
import torch

answers = iter([torch.nn.functional.conv2d(x, w, b) for x, w, b in seen])


def conv2d(x, w, b, stride=1, padding=0):
    print("ESCAPED")
    return next(answers)
