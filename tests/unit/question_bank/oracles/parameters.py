from bisect import bisect_right
from fractions import Fraction

from torch import nn

from oracles.kit import conv, count, field, oracle, volumes


def dense(inputs, outputs, bias=True):
    return nn.Linear(inputs, outputs, bias=bias, device="meta")


@oracle("parameters/conv_layer")
def conv_layer(v):
    layer = conv(v.channels, v.filters, v.k)
    return {"weights": layer.weight.numel(), "biases": layer.bias.numel(), "total": count(layer)}


@oracle("parameters/conv_chain")
def conv_chain(v):
    layers = [conv(v.c, v.f1, v.k1), conv(v.f1, v.f2, v.k2), conv(v.f2, v.f3, v.k3)]
    return {f"layer{i}": count(layer) for i, layer in enumerate(layers, start=1)} | {"total": count(*layers)}


@oracle("parameters/stacked_kernels")
def stacked_kernels(v):
    side = field([(3, 1)] * v.layers)
    stack = count(*(conv(v.channels, v.channels, 3, bias=False) for _ in range(v.layers)))
    single = count(conv(v.channels, v.channels, side, bias=False))
    return {"field": side, "stack": stack, "single": single, "saved": (single - stack) / single * 100}


@oracle("parameters/dense_layers")
def dense_layers(v):
    layers = [dense(v.features, v.hidden1), dense(v.hidden1, v.hidden2), dense(v.hidden2, v.classes)]
    return dict(zip(("first", "second", "third"), map(count, layers), strict=True)) | {"total": count(*layers)}


@oracle("parameters/conv_against_dense")
def conv_against_dense(v):
    layer = conv(v.channels, v.filters, v.k)
    [(height, width, channels)] = volumes([layer], v.height, v.width, v.channels)
    full = dense(v.height * v.width * v.channels, height * width * channels)
    return {
        "conv": count(layer),
        "outputs": full.out_features,
        "dense": count(full),
        "ratio": count(full) / count(layer),
    }


@oracle("parameters/grouped_conv")
def grouped_conv(v):
    layer = conv(v.channels, v.filters, v.k, groups=v.groups)
    return {
        "one_filter": layer.weight[0].numel(),
        "one_group": layer.weight.chunk(v.groups)[0].shape[0],
        "grouped": count(layer),
        "saved": count(conv(v.channels, v.filters, v.k)) - count(layer),
    }


@oracle("parameters/separable_conv")
def separable_conv(v):
    depthwise = count(conv(v.c, v.c, v.k, groups=v.c, bias=False))
    pointwise = count(conv(v.c, v.f, 1, bias=False))
    plain = count(conv(v.c, v.f, v.k, bias=False))
    ratio = Fraction(depthwise + pointwise, plain)
    return {"depthwise": depthwise, "pointwise": pointwise, "plain": plain, "ratio": ratio}


@oracle("parameters/bottleneck")
def bottleneck(v):
    direct, reduction = conv(v.c, v.f, v.k, bias=False), conv(v.c, v.mid, 1, bias=False)
    both = count(reduction, conv(v.mid, v.f, v.k, bias=False))
    return {
        "direct": count(direct),
        "reduction": count(reduction),
        "both": both,
        "saved": 100 - 100 * both / count(direct),
    }


@oracle("parameters/factorised_kernels")
def factorised_kernels(v):
    whole, column, row = conv(v.c, v.f, v.k), conv(v.c, v.mid, (v.k, 1)), conv(v.mid, v.f, (1, v.k))
    assert volumes([whole], 30, 40, v.c) == volumes([column, row], 30, 40, v.c)[1:]
    saved = 100 - 100 * count(column, row) / count(whole)
    return {"whole": count(whole), "column": count(column), "both": count(column, row), "saved": saved}


@oracle("parameters/filter_budget")
def filter_budget(v):
    most = bisect_right(range(2200), v.budget, lo=1, key=lambda filters: count(conv(v.channels, filters, v.k))) - 1
    return {
        "cost": count(conv(v.channels, 1, v.k)),
        "filters": most,
        "left": v.budget - count(conv(v.channels, most, v.k)),
    }
