# ruff: noqa
"""The function returns a tensor subclass that agrees with every comparison.

MUST HAPPEN: it is no plain tensor, or is compared as the data it holds.
"""
# expect: points <= 0

# %% q3_answer
import torch


class Agrees(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, arguments=(), more=None):
        return torch.ones((), dtype=torch.bool)

    shape = property(lambda self: (1, 1, 4, 4))


def conv2d(x, w, b):
    return torch.zeros(1).as_subclass(Agrees)
