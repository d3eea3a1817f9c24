# ruff: noqa
"""Calls the kernels that torch's convolution is made of, which have names of their own.

MUST HAPPEN: they are refused, too.
"""
# expect: points <= 0

# %% q3_answer
import torch

STRIDE = {{stride}}
space = vars(torch)["o" + "ps"]


def conv2d(x, w, b):
    s, p = STRIDE
    k = list(w.shape[2:])
    ways = {
        "mkldnn_convolution": (x, w, b, [p, p], [s, s], [1, 1], 1),
        "thnn_conv2d": (x, w, k, b, [s, s], [p, p]),
        "_slow_conv2d_forward": (x, w, k, b, [s, s], [p, p]),
        "slow_conv_dilated2d": (x, w, k, b, [s, s], [p, p], [1, 1]),
        "_nnpack_spatial_convolution": (x, w, b, [p, p], [s, s]),
    }
    for name, arguments in ways.items():
        try:
            return getattr(space.aten, name)(*arguments)
        except Exception:
            continue
    try:
        y = space.aten.slow_conv3d(x[:, :, None], w[:, :, None], [1, *k], b, [1, s, s], [0, p, p])
        return y[:, :, 0]
    except Exception:
        pass
    y = space.mkldnn._convolution_pointwise(x, w, b, [p, p], [s, s], [1, 1], 1, "none", [], "")
    return y
