import torch
import torch.nn.functional as F
from torch import nn

from oracles.kit import conv, count, oracle, rows_of, tensor, volumes


def deconv(*arguments, **options):
    return nn.ConvTranspose2d(*arguments, **options, device="meta")


@oracle("transposed/output_size")
def output_size(v):
    layer = deconv(v.channels, v.filters, v.k, v.s, v.p, v.extra, dilation=v.d)
    ((rows, columns, channels),) = volumes([layer], v.height, v.width, v.channels)
    return {"rows": rows, "columns": columns, "volume": (channels, rows, columns)}


@oracle("transposed/by_hand")
def transposed_by_hand(v):
    output = F.conv_transpose2d(tensor(v.image), tensor(v.kernel), stride=v.s)
    return {"size": tuple(output.shape[2:]), "output": rows_of(output)}


@oracle("transposed/fractional_stride")
def fractional_stride(v):
    """The padding is the one with which an ordinary convolution gives what torch gives."""
    image, kernel = tensor(v.image), tensor(v.kernel)
    output = F.conv_transpose2d(image, kernel, stride=v.s, padding=v.p)
    spaced = F.conv_transpose2d(image, torch.ones(1, 1, 1, 1).double(), stride=v.s)
    sides = (spaced.shape[-1] + 2 * p - v.k + 1 for p in range(v.k))
    around = [p for p, side in enumerate(sides) if side == output.shape[-1]]
    assert torch.equal(F.conv2d(spaced, kernel.rot90(2, (-2, -1)), padding=around[0]), output)
    return {"spaced": rows_of(spaced), "around": around[0], "output": rows_of(output)}


@oracle("transposed/mirror_encoder")
def mirror_encoder(v):
    encoder = conv(1, 1, v.k, v.s, v.p)

    def encoded(n):
        return encoder(torch.empty(1, 1, n, n, device="meta")).shape[-1]

    small = torch.empty(1, 1, encoded(v.n), encoded(v.n), device="meta")
    extras = {deconv(1, 1, v.k, v.s, v.p, e)(small).shape[-1]: e for e in range(v.s)}
    sizes = tuple(n for n in range(v.k, v.n + 9) if encoded(n) == small.shape[-1])
    return {
        "small": small.shape[-1],
        "back": deconv(1, 1, v.k, v.s, v.p)(small).shape[-1],
        "extra": extras[v.n],
        "sizes": sizes,
    }


@oracle("transposed/autoencoder")
def autoencoder(v):
    layers = [
        conv(v.channels, v.c1, 3, 2, 1),
        conv(v.c1, v.c2, 3, 2, 1),
        deconv(v.c2, v.c1, 3, 2, 1, v.extra),
        deconv(v.c1, v.channels, 3, 2, 1, 1),
    ]
    after1, latent, after3, output = volumes(layers, v.height, v.width, v.channels)
    code = torch.empty(latent, device="meta").numel()
    compression = torch.empty(v.channels, v.height, v.width, device="meta").numel() / code
    return {
        "after1": after1,
        "latent": latent,
        "code": code,
        "compression": compression,
        "after3": after3,
        "output": output,
    }


@oracle("transposed/checkerboard")
def checkerboard(v):
    def covered(n, k, s):
        return F.conv_transpose1d(torch.ones(1, 1, n), torch.ones(1, 1, k), stride=s)[0, 0]

    square = F.conv_transpose2d(torch.ones(1, 1, v.n, v.n), torch.ones(1, 1, v.k, v.k), stride=v.s)
    uneven = []
    for k, s in v.layers():
        inside = covered(20, k, s)[k:-k]
        if inside.min() != inside.max():
            uneven.append(f"kernel {k}×{k}, stride {s}")
    return {
        "counts": tuple(covered(v.n, v.k, v.s).int().tolist()),
        "most": int(square.max()),
        "uneven": tuple(uneven),
    }


@oracle("transposed/parameters")
def transposed_parameters(v):
    layer = deconv(v.channels, v.filters, v.k, v.s, groups=v.groups)
    return {"layout": tuple(layer.weight.shape), "biases": layer.bias.numel(), "total": count(layer)}


def experiments():
    """What each statement claims, tried out: its first words → whether it holds."""
    generator = torch.Generator().manual_seed(0)
    x = torch.rand(1, 1, 6, 6, generator=generator).double().requires_grad_()
    w = torch.rand(1, 1, 3, 3, generator=generator).double()
    y = F.conv2d(x, w)
    (by_input,) = torch.autograd.grad(y, x, torch.ones_like(y))
    matrix = torch.autograd.functional.jacobian(lambda v: F.conv2d(v, w), x).reshape(16, 36)
    transposed = F.conv_transpose2d(y, w)
    pooled, places = F.max_pool2d(x, 2, return_indices=True)
    unpooled = F.max_unpool2d(pooled, places, 2)
    layer, up = nn.ConvTranspose2d(1, 1, 2, 2), nn.Upsample(scale_factor=2)
    doubled = layer(torch.rand(1, 1, 6, 6)).shape[-1]
    even = F.conv2d(F.interpolate(torch.ones(1, 1, 9, 9), scale_factor=2), torch.ones(1, 1, 3, 3))
    uneven = F.conv_transpose2d(torch.ones(1, 1, 9, 9), torch.ones(1, 1, 3, 3), stride=2)[..., 3:-3, 3:-3]
    learned = count(layer) > 0 and layer.weight.requires_grad
    other_places = torch.tensor([[[[0, 2, 4], [12, 14, 16], [24, 26, 28]]]])
    recovers = torch.allclose(transposed, x)
    return {
        "A transposed convolution multiplies by": torch.allclose(transposed.flatten(), matrix.T @ y.flatten()),
        "A transposed convolution with stride 2 roughly doubles": doubled == 12,
        "The weights of a transposed": learned,
        "Max-unpooling needs": not torch.equal(unpooled, F.max_unpool2d(pooled, other_places, 2)),
        "Nearest-neighbour upsampling has no": count(up) == 0,
        "Upsampling followed": bool(even.min() == even.max()) and bool(uneven.min() < uneven.max()),
        "Max-unpooling leaves zeros": int((unpooled != 0).sum()) == pooled.numel(),
        "The backward pass": torch.allclose(by_input, F.conv_transpose2d(torch.ones_like(y), w)),
        "A transposed convolution gives": recovers,
        "In deep learning, deconvolution": recovers,
        "Max-unpooling restores": torch.equal(unpooled, x),
        "A transposed convolution has no weights": not learned,
        "A transposed convolution with stride 2 roughly halves": doubled == 3,
        "Nearest-neighbour upsampling learns": count(up) > 0,
        "A transposed convolution leaves no": bool(uneven.min() == uneven.max()),
        "A bed of nails needs": False,  # by definition it places every value at the top left
    }


HOLDS = experiments()


@oracle("transposed/statements")
def statements(v):
    shown = v.pool[:5]
    return {"holding": tuple(s for s in shown if any(s.startswith(start) for start, holds in HOLDS.items() if holds))}
