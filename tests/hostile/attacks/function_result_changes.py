# ruff: noqa
"""The function returns a tensor that a thread goes on changing.

MUST HAPPEN: what was returned is copied once.
"""
# expect: points <= 0

# %% q3_answer
import threading

import torch


def conv2d(x, w, b):
    result = torch.zeros(len(x), len(w), *x.shape[2:])

    def change():
        while True:
            result.random_()

    threading.Thread(target=change, daemon=True).start()
    return result
