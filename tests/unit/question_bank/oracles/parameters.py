from bisect import bisect_right
from fractions import Fraction

import torch
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


@oracle("parameters/stacked_expression")
def stacked_expression(v):
    """The formula through what torch counts for 1 and 2 channels, tried with some more."""

    def counted(layers, k, channels):
        return count(*(conv(channels, channels, k, bias=v.biases) for _ in range(layers)))

    def formula(layers, k):
        one, two = counted(layers, k, 1), counted(layers, k, 2)
        square, linear = (two - 2 * one) // 2, (4 * one - two) // 2
        assert all(counted(layers, k, c) == square * c**2 + linear * c for c in (3, 8, 20))
        first = f"{square}*{v.symbol}**2"
        return first + {0: "", 1: f" + {v.symbol}"}.get(linear, f" + {linear}*{v.symbol}")

    side = field([(v.k, 1)] * v.layers)
    return {
        "field": side,
        "stack": formula(v.layers, v.k),
        "single": formula(1, side),
        "fewer": counted(1, side, v.channels) - counted(v.layers, v.k, v.channels),
    }


@oracle("parameters/batch_norm")
def batch_norm(v):
    first, second = nn.BatchNorm2d(v.f1, device="meta"), nn.BatchNorm2d(v.f2, device="meta")
    convs = conv(v.c, v.f1, v.k, bias=False), conv(v.f1, v.f2, 3, bias=False)
    return {
        "trainable": count(first),
        "buffers": sum(buffer.numel() for buffer in first.buffers()),
        "network": count(*convs, first, second),
    }


@oracle("parameters/layers_without_parameters")
def layers_without_parameters(v):
    net = nn.Sequential(
        conv(3, v.filters, v.k, padding="same"),
        {"batch": nn.BatchNorm2d(v.filters, device="meta"), "response": nn.LocalResponseNorm(5)}[v.norm],
        {"relu": nn.ReLU(), "prelu": nn.PReLU(v.filters, device="meta")}[v.activation],
        {"max": nn.MaxPool2d(2), "mean": nn.AvgPool2d(2)}[v.pool],
        {"flatten": nn.Identity(), "global": nn.AdaptiveAvgPool2d(1)}[v.head],
        nn.Flatten(),
    )
    inputs = net(torch.empty(2, 3, v.n, v.n, device="meta")).shape[1]
    last = dense(inputs, v.classes)
    modules = [*net[:5], nn.Dropout(), last]
    choices = v.answer_of("learning").choices
    return {
        "learning": [text for text, module in zip(choices, modules, strict=True) if count(module)],
        "dense": count(last),
        "total": count(net, last),
    }


@oracle("parameters/sparse_connections")
def sparse_connections(v):
    filters = [conv(3, 1, v.k)] * v.three + [conv(4, 1, v.k)] * v.four + [conv(v.maps, 1, v.k)]
    return {
        "subsampling": count(conv(v.maps, v.maps, 1, groups=v.maps)),
        "kernels": sum(filter.weight.shape[1] for filter in filters),
        "sparse": count(*filters),
        "dense": count(conv(v.maps, len(filters), v.k)),
    }


@oracle("parameters/lenet_original")
def lenet_original(v):
    pools = [conv(n, n, 1, groups=n) for n in (v.f1, v.f3)]  # a coefficient and a bias for each map
    c1, c5 = conv(1, v.f1, 5), conv(v.f3, v.f5, 5)
    c3 = [conv(1, 1, 5, bias=False)] * (v.seen * v.f3 + v.extra)
    sparse = count(*c3) + conv(1, v.f3, 5).bias.numel()
    return {
        "subsampling": count(*pools),
        "c3": sparse,
        "c5": count(c5),
        "total": count(c1, *pools, c5, dense(v.f5, v.f6)) + sparse,
    }


@oracle("parameters/largest_layer")
def largest_layer(v):
    per_block = {"A": (1, 1, 2, 2, 2), "B": (2, 2, 2, 2, 2), "D": (2, 2, 3, 3, 3), "E": (2, 2, 4, 4, 4)}[v.net]
    layers, channels = [], 3
    for width, convolutions in zip((64, 128, 256, 512, 512), per_block, strict=True):
        for _ in range(convolutions):
            layers.append(conv(channels, width, 3, padding=1))
            channels = width
        layers.append(nn.MaxPool2d(2))
    height, width, channels = volumes(layers, v.side, v.side, 3)[-1]
    fully = [dense(height * width * channels, v.hidden), dense(v.hidden, v.hidden), dense(v.hidden, v.classes)]
    assert count(*layers) == v.convolutions
    sizes = [max(map(count, layers)), *map(count, fully)]
    return {
        "first": count(fully[0]),
        "largest": v.answer_of("largest").choices[sizes.index(max(sizes))],
        "total": count(*layers, *fully) / 1e6,
        "share": count(*fully) / count(*layers, *fully) * 100,
    }


@oracle("parameters/global_average_pooling")
def global_average_pooling(v):
    maps = torch.empty(1, v.channels, v.height, v.width, device="meta")
    inputs = nn.AdaptiveAvgPool2d(1)(maps).numel()
    flattened, averaged = count(dense(maps.numel(), v.classes)), count(dense(inputs, v.classes))
    return {
        "flattened": flattened,
        "inputs": inputs,
        "averaged": averaged,
        "saved": (flattened - averaged) / 1e6,
    }


@oracle("parameters/shared_weights")
def shared_weights(v):
    def encoder(shared):
        block = conv(v.f, v.f, v.k, padding="same")
        blocks = [block if shared else conv(v.f, v.f, v.k, padding="same") for _ in range(v.times)]
        return nn.Sequential(conv(3, v.f, 3), *blocks, nn.AdaptiveAvgPool2d(1), nn.Flatten(), dense(v.f, v.code))

    once, head = encoder(shared=True), dense(v.images * v.code, 1)
    apart = [encoder(shared=False) for _ in range(v.images)]
    return {
        "block": count(once[1]),
        "encoder": count(once),
        "network": count(nn.ModuleList([*[once] * v.images, head])),
        "untied": count(*apart, head),
    }


@oracle("parameters/weight_tensor")
def weight_tensor(v):
    layer, full = conv(v.c, v.f, (v.kh, v.kw), groups=v.g), dense(v.inputs, v.outputs)
    return {
        "weight": tuple(layer.weight.shape),
        "biases": layer.bias.numel(),
        "matrix": tuple(full.weight.shape),
        "total": count(layer, full),
    }


@oracle("parameters/what_changes_parameters")
def what_changes_parameters(v):
    """Every change is made; what counts is what torch then has."""

    def layer(scale_in=1, scale_out=1, k=v.k, **options):
        return conv(scale_in * v.c, scale_out * v.f, k, **options)

    def changed(text):
        makes = {
            "kernels": lambda: layer(k=7),
            "twice as many filters": lambda: layer(scale_out=2),
            "twice as many input": lambda: layer(scale_in=2),
            "no biases": lambda: layer(bias=False),
            "two groups": lambda: layer(groups=2),
            "stride": lambda: layer(stride=2),
            "padding": lambda: layer(padding=2),
            "dilation": lambda: layer(dilation=2),
            "a ReLU": lambda: nn.Sequential(layer(), nn.ReLU()),
            "a $2": lambda: nn.Sequential(layer(), nn.MaxPool2d(2)),
        }
        return next((make() for start, make in makes.items() if text.startswith(start)), layer())

    return {
        "changing": [text for text in v.shown if count(changed(text)) != count(layer())],
        "now": count(layer()),
        "doubled": count(layer(2, 2)),
    }


@oracle("parameters/alexnet_layers")
def alexnet_layers(v):
    convolutions = [
        conv(3, 96, 11, 4),
        conv(96, 256, 5, padding=2, groups=v.cards),
        conv(256, 384, 3, padding=1),
        conv(384, 384, 3, padding=1, groups=v.cards),
        conv(384, 256, 3, padding=1, groups=v.cards),
    ]
    pool = nn.MaxPool2d(3, 2)
    layers = [convolutions[0], pool, convolutions[1], pool, *convolutions[2:], pool]
    height, width, channels = volumes(layers, v.image, v.image, 3)[-1]
    fully = [dense(height * width * channels, v.hidden), dense(v.hidden, v.hidden), dense(v.hidden, v.classes)]
    sizes = [count(layer) for layer in convolutions]
    return {
        "second": sizes[1],
        "largest": v.answer_of("largest").choices[sizes.index(max(sizes))],
        "first_dense": count(fully[0]),
        "total": count(*convolutions, *fully) / 1e6,
        "share": 100 * count(*fully) / count(*convolutions, *fully),
    }
