# ruff: noqa
"""Calls the operator below torch's functions, by the dispatcher.

MUST HAPPEN: it is refused where it is called.
"""
# expect: points <= 0

# %% q3_answer
import torch

STRIDE = {{stride}}
space = vars(torch)["o" + "ps"]


def conv2d(x, w, b):
    s, p = STRIDE
    for name in ("convolution", "_convolution", "convolution_overrideable", "conv2d"):
        try:
            if name == "conv2d":
                return getattr(space.aten, name)(x, w, b, [s, s], [p, p])
            return getattr(space.aten, name)(x, w, b, [s, s], [p, p], [1, 1], False, [0, 0], 1)
        except Exception:
            continue
    raise LookupError
