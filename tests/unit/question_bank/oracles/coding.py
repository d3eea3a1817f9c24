import torch
import torch.nn.functional as F

from oracles.kit import oracle


@oracle("coding/implement_conv2d")
def implement_conv2d(v):
    def conv2d(x, w, b):
        patches = F.unfold(x, w.shape[2:], padding=v.p, stride=v.s)
        sides = ((n + 2 * v.p - k) // v.s + 1 for n, k in zip(x.shape[2:], w.shape[2:], strict=True))
        return (w.flatten(1) @ patches + b[:, None]).unflatten(-1, tuple(sides))

    return {"conv2d": conv2d}


@oracle("coding/conv2d_numpy")
def conv2d_numpy(v):
    def conv2d(x, w, b):
        if v.layout == "NHWC":
            x, w = x.movedim(3, 1), w.movedim(3, 0).movedim(3, 1)
        (sh, sw), (ph, pw) = v.s, v.p
        patches = F.pad(x, (pw, pw, ph, ph)).unfold(2, w.shape[2], sh).unfold(3, w.shape[3], sw)
        y = torch.einsum("ncijuv,fcuv->nfij", patches, w) + b[:, None, None]
        return y.movedim(1, 3) if v.layout == "NHWC" else y

    return {"conv2d": conv2d}


@oracle("coding/conv2d_dilated_grouped")
def conv2d_dilated_grouped(v):
    def conv2d(x, w, b):
        sides = [(n + 2 * v.p - v.d * (k - 1) - 1) // v.s + 1 for n, k in zip(x.shape[2:], w.shape[2:], strict=True)]
        found = []
        for block, kernels in zip(x.chunk(v.g, 1), w.chunk(v.g), strict=True):
            patches = F.unfold(block, w.shape[2:], dilation=v.d, padding=v.p, stride=v.s)
            found.append(kernels.flatten(1) @ patches)
        return (torch.cat(found, 1) + b[:, None]).unflatten(-1, sides)

    return {"conv2d": conv2d}
