# ruff: noqa
"""Replaces the runner's function that takes the operations away, before it is called.

MUST HAPPEN: the ban does not depend on what student code can replace.
"""
# expect: points <= 0

# %% q3_answer
import contextlib
import sys

import torch

STRIDE = {{stride}}
calls = sys.modules["autograder.execution.calls"]
calls.without = lambda banned: contextlib.nullcontext()
if hasattr(calls, "_operations"):
    calls._operations = lambda *a: []


def conv2d(x, w, b):
    return vars(torch)["conv" + "2d"](x, w, b, *STRIDE)
