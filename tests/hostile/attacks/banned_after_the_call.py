# ruff: noqa
"""Returns an object at once and computes when the runner looks at it, after the ban was lifted.

MUST HAPPEN: only a plain tensor counts.
"""
# expect: points <= 0

# %% q3_answer
import torch

STRIDE = {{stride}}


class Late(torch.Tensor):
    def detach(self):
        x, w, b = self.arguments
        return vars(torch)["conv" + "2d"](x, w, b, *STRIDE)


Late.__module__ = "torch"


def conv2d(x, w, b):
    late = torch.zeros(1).as_subclass(Late)
    late.arguments = x, w, b
    return late
