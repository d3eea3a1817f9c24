from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import nn

from oracles.kit import count, oracle, rows_of, tensor


def influence(layer, shape, one):
    """Which inputs change the mean that is taken away from input `one`: those whose change shows in its output."""
    x = torch.randn(shape, dtype=torch.float64, requires_grad=True)
    layer.double()(x)[one].backward()
    return x.grad.abs() > 1e-12


@oracle("normalisation/local_response")
def local_response(v):
    maps = torch.tensor(v.a, dtype=torch.float64).view(1, -1, 1, 1).requires_grad_()
    paper = nn.LocalResponseNorm(v.n, v.alpha * v.n, v.beta, v.k)(maps)[0, v.channel, 0, 0]
    paper.backward()
    touched = maps.grad.flatten().nonzero().flatten().tolist()
    torch_form = nn.LocalResponseNorm(v.n, v.alpha, v.beta, v.k)(maps)[0, v.channel, 0, 0]
    # With k = 0, α = n and β = 1 the layer divides by the sum of the squares itself.
    inverse = F.local_response_norm(maps, v.n, float(v.n), 1.0, 0.0)[0, v.channel, 0, 0]
    total = round((maps[0, v.channel, 0, 0] / inverse).item(), 6)
    return {"window": (touched[0], touched[-1]), "total": total, "b": paper.item(), "torch": torch_form.item()}


def batch_norm(x, gamma=1.0, beta=0.0, **options):
    layer = nn.BatchNorm2d(x.shape[1], eps=1e-12, **options).double()
    nn.init.constant_(layer.weight, gamma)
    nn.init.constant_(layer.bias, beta)
    return layer


@oracle("normalisation/batch_norm_vector")
def batch_norm_vector(v):
    x = torch.tensor(v.batch[0], dtype=torch.float64)[:, None, None, None]
    layer = batch_norm(x, v.gamma, v.beta, momentum=1.0)
    y = layer(x).flatten().tolist()
    var = layer.running_var.item() * (len(x) - 1) / len(x)
    return {"mu": layer.running_mean.item(), "var": var, "y": tuple(y)}


@oracle("normalisation/batch_norm_maps")
def batch_norm_maps(v):
    x = torch.tensor([[v.a0, v.b0], [v.a1, v.b1]], dtype=torch.float64)
    layer = batch_norm(x, momentum=1.0)
    y = layer(x)[0, v.channel, v.i, v.j].item()
    touched = int(influence(nn.BatchNorm2d(2), tuple(x.shape), (0, v.channel, v.i, v.j)).sum())
    var = layer.running_var[v.channel].item() * (touched - 1) / touched
    return {"count": touched, "mu": layer.running_mean[v.channel].item(), "var": var, "y": y}


@oracle("normalisation/running_statistics")
def running_statistics(v):
    x = torch.tensor(v.batch[0], dtype=torch.float64)[:, None, None, None]
    layer = batch_norm(x, momentum=v.momentum)
    layer.running_mean.fill_(v.mean0)
    layer.running_var.fill_(v.var0)
    layer(x)
    y = layer.eval()(torch.full((1, 1, 1, 1), float(v.value), dtype=torch.float64))
    return {"mu": layer.running_mean.item(), "var": layer.running_var.item(), "y": y.item()}


@oracle("normalisation/which_axes")
def which_axes(v):
    """Small maps show the axes; the numbers come from maps of the variant's own size."""
    n, c, h, w = v.n, v.groups * v.size, v.h, v.w
    layers = {
        "batch normalisation": nn.BatchNorm2d(c),
        "layer normalisation": nn.GroupNorm(1, c),
        "instance normalisation": nn.InstanceNorm2d(c),
        "group": nn.GroupNorm(v.groups, c),
    }
    touched = {name: influence(layer, (n, c, h, w), (0, 0, 0, 0)) for name, layer in layers.items()}
    counts = {name: int(found.sum()) for name, found in touched.items()}
    letters = [letter for axis, letter in enumerate("NCHW") if touched[v.kind].any(dim=axis).sum() < counts[v.kind]]
    axes = tuple(option for option in v.answer_of("axes").choices if option[0] in letters)
    return {
        "axes": axes,
        "batch": counts["batch normalisation"],
        "layer": counts["layer normalisation"],
        "group": counts["group"],
        "means": n * c * h * w // counts["group"],
    }


@oracle("normalisation/fold_into_conv")
def fold_into_conv(v):
    """Read the folded convolution off the outputs of the two layers."""
    conv, norm = nn.Conv2d(1, 1, 2).double(), batch_norm(torch.empty(1, 1), v.gamma, v.beta).eval()
    with torch.no_grad():
        conv.weight.copy_(tensor(v.kernel))
        conv.bias.fill_(v.b)
    norm.running_mean.fill_(v.mu)
    norm.running_var.fill_(v.deviation**2)
    x = torch.zeros(1, 1, 2, 2, dtype=torch.float64, requires_grad=True)
    y = norm(conv(x))
    y.sum().backward()
    ones = torch.tensor([0.0, 1.0], dtype=torch.float64).view(2, 1, 1, 1)
    scale = norm(ones).flatten().diff().item()
    return {"scale": scale, "weights": rows_of(x.grad), "bias": y.item()}


@oracle("normalisation/bias_before_norm")
def bias_before_norm(v):
    def network(biased):
        sides = (v.c, v.f1, v.f2, v.f3)
        convs = [nn.Conv2d(a, b, 3, bias=i == 2 or biased) for i, (a, b) in enumerate(pairwise(sides))]
        return nn.Sequential(
            convs[0], nn.BatchNorm2d(v.f1), nn.ReLU(), convs[1], nn.BatchNorm2d(v.f2), nn.ReLU(), convs[2]
        )

    full = network(True).double()
    full(torch.randn(2, v.c, 8, 8, dtype=torch.float64)).square().sum().backward()
    idle = [layer.bias for layer in full if isinstance(layer, nn.Conv2d) and layer.bias.grad.abs().max() < 1e-6]
    return {"saved": sum(bias.numel() for bias in idle), "total": count(network(False))}
