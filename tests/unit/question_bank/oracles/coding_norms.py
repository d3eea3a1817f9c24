"""Normalisations in code, from modules of torch and from their definitions."""

import torch
from torch import nn

from oracles.kit import oracle


@oracle("coding/batch_norm")
def batch_norm(v):
    def layer(x, gamma, beta, mean, variance, training):
        module = nn.BatchNorm2d(x.shape[1], eps=v.eps, momentum=v.momentum, dtype=x.dtype).train(training)
        state = {"weight": gamma, "bias": beta, "running_mean": mean, "running_var": variance}
        module.load_state_dict(state, strict=False)
        return module(x), module.running_mean, module.running_var

    return {"batch_norm": layer}


@oracle("coding/debug_batch_norm")
def debug_batch_norm(v):
    layer = batch_norm(v)["batch_norm"]
    return {"batch_norm": lambda *given: layer(*given, True)}


@oracle("coding/batch_norm_backward")
def batch_norm_backward(v):
    def backward(dy, x, gamma):
        def forward(x, gamma, beta):
            centred = x - x.mean((0, 2, 3), keepdim=True)
            z = centred / (centred.square().mean((0, 2, 3), keepdim=True) + v.eps).sqrt()
            return z * gamma[:, None, None] + beta[:, None, None]

        pulled = torch.func.vjp(forward, x, gamma, torch.zeros_like(gamma))[1]
        return pulled(dy)

    return {"batch_norm_backward": backward}


@oracle("coding/local_response_norm")
def local_response_norm(v):
    alpha = v.alpha if v.averaged else v.alpha * v.n  # torch's own layer divides by n
    return {"local_response_norm": nn.LocalResponseNorm(v.n, alpha, v.beta, v.k)}
