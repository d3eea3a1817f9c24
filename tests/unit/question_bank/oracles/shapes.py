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
