# ruff: noqa
"""Array and tensor subclasses, and objects of the array protocols, whose dtype, shape, comparison and conversion lie.

MUST HAPPEN: they are no plain arrays, or are compared as the data they hold.
"""
# expect: points <= 0

# %% q1_answer
import numpy as np
import torch


class Array(np.ndarray):
    def __eq__(self, other):
        return np.ones(self.shape, dtype=bool)

    def __array_ufunc__(self, function, method, *inputs, **more):
        return True

    def __array_function__(self, function, types, arguments, more):
        return True

    dtype = property(lambda self: np.dtype("float64"))
    nbytes = property(lambda self: 0)


q1_output = np.full((2, 3), 99.0).view(Array)


# %% q2_answer
class Tensor(torch.Tensor):
    __module__ = "torch"

    @classmethod
    def __torch_function__(cls, function, types, arguments=(), more=None):
        return True

    def detach(self):
        return self

    cpu = resolve_conj = resolve_neg = detach

    def numpy(self):
        return Array((1,))


class Interface:
    __array_interface__ = {"shape": (2**40,), "typestr": "<f8", "data": (8, False), "version": 3}


q2_rows, q2_columns = torch.zeros(1).as_subclass(Tensor), Interface()
q2_volume = np.array([object(), object(), object()])


# %% q3_answer
def conv2d(x, w, b):
    return torch.zeros(3, 3).as_subclass(Tensor)
