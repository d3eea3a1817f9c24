"""Layers in code: pooling and normalisation written with other functions of torch than the references are."""

import torch
import torch.nn.functional as F

from oracles.kit import oracle


def patches(x, size, s, p, value):
    """The windows of x: (N, C, KH · KW, rows, columns)."""
    x = F.pad(x, (p[1], p[1], p[0], p[0]), value=value)
    return x.unfold(2, size[0], s[0]).unfold(3, size[1], s[1]).flatten(4).movedim(4, 2)


def laid_back(columns, x, size, s, p):
    """The windows added up where they came from."""
    flat = columns.flatten(3).flatten(1, 2)
    return F.fold(flat, x.shape[2:], tuple(size), padding=p, stride=s)


@oracle("coding/max_pool2d")
def max_pool2d(v):
    def forward(x, size):
        return patches(x, size, v.s, v.p, -torch.inf).amax(2)

    def backward(dy, x, size):
        found = patches(x, size, v.s, v.p, -torch.inf)
        chosen = F.one_hot(found.argmax(2), found.shape[2]).movedim(-1, 2)
        return laid_back(chosen * dy[:, :, None], x, size, v.s, v.p)

    return {"max_pool2d": forward, "max_pool2d_backward": backward}


@oracle("coding/avg_pool2d")
def avg_pool2d(v):
    def counts(x, size):
        ones = torch.ones_like(x)
        return size[0] * size[1] if v.counted else patches(ones, size, v.s, v.p, 0).sum(2)

    def forward(x, size):
        return patches(x, size, v.s, v.p, 0).sum(2) / counts(x, size)

    def backward(dy, x, size):
        share = (dy / counts(x, size))[:, :, None].expand(-1, -1, size[0] * size[1], -1, -1)
        return laid_back(share, x, size, v.s, v.p)

    return {"avg_pool2d": forward, "avg_pool2d_backward": backward}


@oracle("coding/max_unpool2d")
def max_unpool2d(v):
    return {"max_unpool2d": lambda y, indices, size: F.max_unpool2d(y, indices, v.k, v.s, output_size=size)}


@oracle("coding/debug_max_pool2d")
def debug_max_pool2d(v):
    return {"max_pool2d": lambda x: patches(x, v.k, (v.s, v.s), (v.p, v.p), -torch.inf).amax(2)}
