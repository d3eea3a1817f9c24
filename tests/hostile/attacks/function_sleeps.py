# ruff: noqa
"""Each call of the function stays below the limit for a cell; together they are too long.

MUST HAPPEN: the limit for the submission ends it.
"""
# expect: keeps q1
# expect: verdict q3 error

# %% q1_answer
# {{ right q1 }}

# %% q3_answer
import time


def conv2d(x, w, b):
    time.sleep(0.95)
    return x
