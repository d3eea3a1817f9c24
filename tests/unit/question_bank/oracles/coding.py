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


@oracle("coding/conv2d_backward")
def conv2d_backward(v):
    def backward(dy, x, w):
        with torch.enable_grad():
            x, w = x.clone().requires_grad_(), w.clone().requires_grad_()
            b = torch.zeros(len(w), dtype=w.dtype, requires_grad=True)
            return torch.autograd.grad(F.conv2d(x, w, b, v.s, v.p), (x, w, b), dy)

    return {"conv2d_backward": backward}


@oracle("coding/transposed_conv2d")
def transposed_conv2d(v):
    def transposed(x, w, b):
        """Columns folded back: what fold is there for."""
        w = w if v.order == "CF" else w.transpose(0, 1)
        kernel = w.shape[2:]
        sides = [v.s * (n - 1) + k - 2 * v.p for n, k in zip(x.shape[2:], kernel, strict=True)]
        columns = w.flatten(1).T @ x.flatten(2)
        return F.fold(columns, sides, kernel, padding=v.p, stride=v.s) + b[:, None, None]

    return {"transposed_conv2d": transposed}


@oracle("coding/im2col_col2im")
def im2col_col2im(v):
    """im2col by slices of the padded image; col2im as its derivative."""

    def im2col(x, kh, kw):
        seen = F.pad(x, (v.p,) * 4).unfold(2, kh, v.s).unfold(3, kw, v.s)
        columns = seen.permute(0, 1, 4, 5, 2, 3).flatten(4).flatten(1, 3)
        return columns if v.order == "columns" else columns.transpose(1, 2)

    def col2im(columns, height, width, kh, kw):
        channels = columns.shape[1 if v.order == "columns" else 2] // (kh * kw)
        with torch.enable_grad():
            x = torch.zeros(len(columns), channels, height, width, dtype=columns.dtype, requires_grad=True)
            return torch.autograd.grad(im2col(x, kh, kw), x, columns)[0]

    return {"im2col": im2col, "col2im": col2im}
