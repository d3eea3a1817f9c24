from torch import nn

from oracles.kit import conv, count, oracle, volumes


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
