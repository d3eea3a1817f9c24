import torch
from torch import nn

from oracles.kit import conv, count, oracle, volumes


def fits(layer, *sides):
    """(height, width) that a layer of one channel makes of these sides; (0, 0) where it does not fit."""
    try:
        return tuple(layer(torch.empty(1, 1, *sides, device="meta")).shape[2:])
    except RuntimeError:
        return 0, 0


def rows_and_columns_read(layer, height, width):
    """How many rows and columns of an image some window reads: by the gradient of everything with respect to it."""
    image = torch.zeros(1, 1, height, width, requires_grad=True)
    layer(image).sum().backward()
    read = image.grad[0, 0] > 0
    return read.any(1).sum().item(), read.any(0).sum().item()


@oracle("shapes/layer_output")
def layer_output(v):
    (volume,) = volumes([conv(v.channels, v.filters, v.k, v.s, v.p)], v.height, v.width, v.channels)
    return {"rows": volume[0], "columns": volume[1], "volume": volume}


@oracle("shapes/layer_chain")
def layer_chain(v):
    layers = [
        conv(v.c, v.f1, v.k1, v.s1, v.p1),
        nn.ReLU(),
        nn.MaxPool2d(v.k3, v.s3, v.p3),
        conv(v.f1, v.f4, v.k4, padding=v.p4),
        nn.ReLU(),
        nn.MaxPool2d(v.k6, 2, v.p6),
    ]
    shapes = volumes(layers, v.n, v.n, v.c)
    return {f"after{i}": shape for i, shape in enumerate(shapes, start=1)} | {"params": count(*layers)}


@oracle("shapes/batch_volume")
def batch_volume(v):
    x = torch.empty(v.images, v.channels, v.height, v.width, device="meta")
    y = conv(v.channels, v.filters, v.k, v.s, v.p)(x)
    order = {"NCHW": (0, 1, 2, 3), "NHWC": (0, 2, 3, 1)}[v.layout]
    return {
        "given_shape": tuple(x.permute(order).shape),
        "output": tuple(y.permute(order).shape),
        "values": y.numel(),
    }


@oracle("shapes/pool_rounding")
def pool_rounding(v):
    pools = {"floor": False, "ceiling": True}
    return {
        name: volumes([nn.MaxPool2d(v.k, v.s, v.p, ceil_mode=ceil)], v.height, v.width, v.channels)[0]
        for name, ceil in pools.items()
    }


@oracle("shapes/same_padding")
def same_padding(v):
    [span] = [n for n in range(1, 40) if fits(conv(1, 1, v.k, dilation=v.d), n, n) == (1, 1)]
    [p] = [p for p in range(20) if fits(conv(1, 1, v.k, padding=p, dilation=v.d), v.n, v.n) == (v.n, v.n)]
    return {
        "span": span,
        "padding": p,
        "strided": fits(conv(1, 1, v.k, 2, p, dilation=v.d), v.n, v.n)[0],
    }


@oracle("shapes/same_padding_uneven")
def same_padding_uneven(v):
    layer = conv(1, 1, v.k, v.s)
    output = len(range(0, v.height, v.s)), len(range(0, v.width, v.s))
    rows = next(extra for extra in range(v.k) if fits(layer, v.height + extra, v.k)[0] == output[0])
    columns = next(extra for extra in range(v.k) if fits(layer, v.k, v.width + extra)[1] == output[1])
    return {
        "output": output,
        "total": rows,
        "vertical": (rows // 2, (rows + 1) // 2),
        "horizontal": (columns // 2, (columns + 1) // 2),
    }


@oracle("shapes/unused_pixels")
def unused_pixels(v):
    layer = nn.Conv2d(1, 1, v.k, v.s, v.p, bias=False)
    nn.init.ones_(layer.weight)
    rows, columns = rows_and_columns_read(layer, v.height, v.width)
    meta = conv(1, 1, v.k, v.s, v.p)
    height, width = fits(meta, v.height, v.width)
    return {
        "output": (height, width),
        "unread": (v.height - rows, v.width - columns),
        "missing": (
            next(more for more in range(9) if fits(meta, v.height + more, v.width)[0] > height),
            next(more for more in range(9) if fits(meta, v.height, v.width + more)[1] > width),
        ),
    }


@oracle("shapes/dilated_output")
def dilated_output(v):
    [span] = [n for n in range(1, 40) if fits(conv(1, 1, v.k, dilation=v.d), n, n) == (1, 1)]
    fitting = [d for d in range(1, 80) if min(fits(conv(1, 1, v.k, 1, v.p, d), v.height, v.width)) > 0]
    return {
        "span": span,
        "output": fits(conv(1, 1, v.k, v.s, v.p, v.d), v.height, v.width),
        "largest": max(fitting),
    }


@oracle("shapes/odd_even_kernels")
def odd_even_kernels(v):
    def length(k, before, after):
        return fits(conv(1, 1, (1, k)), 1, v.n + before + after)[1]

    def middle(k):
        row = torch.zeros(1, 1, v.n, requires_grad=True)
        nn.functional.conv1d(row, torch.ones(1, 1, k), padding=k // 2)[0, 0, v.i].backward()
        return row.grad[0, 0].nonzero().double().mean().item()

    half = v.even // 2
    [zeros] = [zeros for zeros in range(9) if length(v.even, zeros, 0) == v.n]
    sides = {"large": half + half, "small": 2 * (half - 1), "double": 2 * zeros, "after": zeros}
    assert [which for which, both in sides.items() if length(v.even, both, 0) == v.n] == ["after"]
    return {
        "odd_length": length(v.odd, v.odd // 2, v.odd // 2),
        "even_length": length(v.even, half, half),
        "odd_middle": middle(v.odd),
        "even_middle": middle(v.even),
        "keeps": v.options[v.order.index("after")],
    }


@oracle("shapes/input_range")
def input_range(v):
    pool, layer = nn.MaxPool2d(2, 2), conv(1, 1, v.k, v.s, v.p)
    maps = [n for n in range(1, 300) if fits(layer, n, n)[0] == v.out]
    image = [n for n in range(2, 600) if fits(layer, *fits(pool, n, n))[0] == v.out]
    return {"maps": (maps[0], maps[-1]), "image": (image[0], image[-1]), "sizes": len(image)}


@oracle("shapes/flatten_features")
def flatten_features(v):
    layers = [conv(v.c, v.f1, v.k, padding=v.p), nn.MaxPool2d(2), conv(v.f1, v.f2, v.k, padding=v.p), nn.MaxPool2d(2)]
    features = nn.Sequential(*layers, nn.Flatten())(torch.empty(1, v.c, v.height, v.width, device="meta")).shape[1]
    return {
        "volume": volumes(layers, v.height, v.width, v.c)[-1],
        "features": features,
        "dense": count(nn.Linear(features, v.hidden, device="meta")),
    }


@oracle("shapes/smallest_input")
def smallest_input(v):
    layers = [conv(1, 1, v.k1, v.s1, v.p1), nn.MaxPool2d(v.k2, 2), conv(1, 1, v.k3, 1, v.p3), nn.MaxPool2d(2)]

    def sides(start):
        net = nn.Sequential(*layers[start:])
        return [n for n in range(1, 160) if fits(net, n, n) == (1, 1)]

    return {"third": sides(2)[0], "second": sides(1)[0], "first": sides(0)[0], "largest": sides(0)[-1]}


@oracle("shapes/printed_size")
def printed_size(v):
    layer = conv(1, 1, v.k, v.s)
    steps = sum(1 for start in range(0, 100 * v.n, 100 * v.s) if start + 100 * v.k <= 100 * v.n) - 1
    left = v.n - v.k - steps * v.s
    return {
        "quotient": steps + left / v.s + 1,
        "actual": fits(layer, v.n, v.n)[0],
        "side": next(n for n in range(v.n, 600) if fits(layer, n, n)[0] == v.printed),
        "padding": next(p for p in range(9) if fits(conv(1, 1, v.k, v.s, p), v.n, v.n)[0] == v.printed),
    }


@oracle("shapes/halving_settings")
def halving_settings(v):
    half = -(-v.n // 2)
    sides = [fits(conv(1, 1, k, 2, p), v.n, v.n)[0] for k, p in v.shown]
    options = v.answer_of("right").choices
    return {"right": [option for option, side in zip(options, sides, strict=True) if side == half]}


@oracle("shapes/rectangular_kernel")
def rectangular_kernel(v):
    layer = conv(v.channels, v.filters, (v.kh, v.kw), (v.sh, v.sw), (v.ph, v.pw))
    [(rows, columns, _)] = volumes([layer], v.height, v.width, v.channels)
    return {"rows": rows, "columns": columns, "total": count(layer)}


@oracle("shapes/signal_output")
def signal_output(v):
    layer = nn.Conv1d(v.channels, v.filters, v.k, v.s, v.p, v.d, device="meta")
    output = layer(torch.empty(v.batch, v.channels, v.length, device="meta"))
    return {"samples": output.shape[-1], "output": tuple(output.shape), "total": count(layer)}
