from oracles.kit import conv, count, field, oracle


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
