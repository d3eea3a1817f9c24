# ruff: noqa
"""The function returns an object that makes the array when somebody asks for it.

MUST HAPPEN: it is no tensor.
"""
# expect: points <= 0

# %% q3_answer
import numpy as np


class Later:
    def __array__(self, *arguments, **more):
        return np.zeros((1, 1, 4, 4))

    def __torch_function__(self, *arguments, **more):
        return True


def conv2d(x, w, b):
    return Later()
