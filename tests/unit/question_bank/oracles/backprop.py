import itertools
import re

import numpy as np
import torch
import torch.nn.functional as F

from oracles.kit import oracle, rows_of, tensor


def backward(image, kernel, d, s=1, p=0):
    """The gradients of kernel and image, by autograd."""
    x, w = tensor(image).requires_grad_(), tensor(kernel).requires_grad_()
    F.conv2d(x, w, stride=s, padding=p).backward(tensor(d))
    return rows_of(w.grad), rows_of(x.grad)


def zeros(rows, columns):
    return [[0.0] * columns for _ in range(rows)]


def met(x, shape, stride, tap):
    """For each output, in order: its index, and that of the pixel that weight `tap` meets. Weights are 1, 2, …"""
    numbers = torch.arange(1.0, 1 + np.prod(shape)).reshape(1, 1, *shape)
    convolve = F.conv2d if len(shape) == 2 else F.conv1d
    x = x.requires_grad_()
    y = convolve(x, numbers, stride=stride)
    for at in itertools.product(*map(range, y.shape[2:])):
        (by_pixel,) = torch.autograd.grad(y[0, 0][at], x, retain_graph=True)
        (pixel,) = (by_pixel[0, 0] == numbers[0, 0][tap]).nonzero().tolist()
        yield at, pixel


def indexed(name, at, base):
    return f"{name}[{','.join(str(i + base) for i in at)}]"


def symbols(v, x, shape, tap):
    return " + ".join(f"{indexed('d', at, v.base)}*{indexed('x', px, v.base)}" for at, px in met(x, shape, v.s, tap))


@oracle("backprop/weight_gradient_sum")
def weight_gradient_sum(v):
    x = torch.zeros(1, 1, *(v.s * (n - 1) + k for n, k in zip(v.size, (v.kh, v.kw), strict=True)))
    return {"dw": symbols(v, x, (v.kh, v.kw), (v.m, v.n))}


@oracle("backprop/tied_weights_update")
def tied_weights_update(v):
    x = torch.zeros(1, 1, v.s * (v.outputs - 1) + v.taps)
    dw = symbols(v, x, (v.taps,), (v.tap,))
    return {"dw": dw, "updated": f"w[{v.tap + v.base}] - g*({dw})"}


@oracle("backprop/weight_gradient")
def weight_gradient(v):
    dw, _ = backward(v.image, zeros(v.k, v.k), v.d, v.s, v.p)
    return {"first": dw[0][0], "dw": dw}


@oracle("backprop/input_gradient")
def input_gradient(v):
    shape = F.conv_transpose2d(tensor(v.d), tensor(v.kernel), padding=v.p).shape[2:]
    return {"shape": tuple(shape), "dx": backward(zeros(*shape), v.kernel, v.d, p=v.p)[1]}


@oracle("backprop/strided_input")
def strided_input(v):
    one = torch.ones(1, 1, 1, 1, dtype=torch.float64)
    shape = F.conv_transpose2d(tensor(v.d), tensor(v.kernel), stride=v.s).shape[2:]
    dilated = rows_of(F.conv_transpose2d(tensor(v.d), one, stride=v.s))
    border = next(b for b in range(9) if shape[0] == len(dilated) + 2 * b - len(v.kernel) + 1)
    return {"dilated": dilated, "border": border, "dx": backward(zeros(*shape), v.kernel, v.d, v.s)[1]}


@oracle("backprop/bias_gradient")
def bias_gradient(v):
    d = torch.tensor([[v.a1, v.b1], [v.a2, v.b2]], dtype=torch.float64)
    bias = torch.tensor([float(v.bias), 0.0], dtype=torch.float64, requires_grad=True)
    weight = torch.zeros(2, 1, 1, 1, dtype=torch.float64)
    F.conv2d(torch.zeros(2, 1, *d.shape[2:], dtype=torch.float64), weight, bias).backward(d)
    db = tuple(bias.grad.tolist())
    torch.optim.SGD([bias], v.rate).step()
    return {"terms": d[:, 0].numel(), "db": db, "step": bias[0].item()}


@oracle("backprop/unpad")
def unpad(v):
    def pads(x, p):
        return F.pad(x, (p, p, p, p))

    def right(line, p):
        x = torch.rand(2, 3, 5, 6)
        return torch.equal(x, eval(line.strip("`"), {"dxp": pads(x, p), "p": p, "H": 5, "W": 6}))

    dxp = pads(torch.empty(v.images, v.channels, v.height, v.width, device="meta"), v.p)
    p = v.p
    (line,) = [option for option in v.options if all(right(option, p) for p in range(4))]
    return {"padded": tuple(dxp.shape), "shape": tuple(dxp[:, :, p:-p, p:-p].shape), "line": line}


@oracle("backprop/tied_weights")
def tied_weights(v):
    x = torch.tensor(v.x, dtype=torch.float64)
    copies = torch.zeros(v.outputs, 3, dtype=torch.float64)
    copies[:, v.tap] = v.weight
    copies.requires_grad_()
    (x[0].unfold(0, 3, 1) * copies).sum(1).backward(torch.tensor(v.d[0], dtype=torch.float64))
    tied = copies[0].detach()[None, None].requires_grad_()
    F.conv1d(x[None], tied).backward(torch.tensor(v.d, dtype=torch.float64)[None])
    total = tied.grad[0, 0, v.tap].item()
    torch.optim.SGD([tied], v.rate).step()
    return {"gradients": tuple(copies.grad[:, v.tap].tolist()), "total": total, "updated": tied[0, 0, v.tap].item()}


@oracle("backprop/relu_pool_conv")
def relu_pool_conv(v):
    w = tensor(v.kernel).requires_grad_()
    z = F.conv2d(tensor(v.image), w)
    z.retain_grad()
    F.max_pool2d(F.relu(z), 2).backward(tensor(v.d))
    return {"z": rows_of(z), "dz": rows_of(z.grad), "dw": rows_of(w.grad)}


@oracle("backprop/gradient_check")
def gradient_check(v):
    def loss(w):
        return v.a * w**3 + v.b * w

    w = torch.tensor(float(v.w), dtype=torch.float64, requires_grad=True)
    loss(w).backward()
    analytic = w.grad.item()
    numeric = (loss(v.w + v.h) - loss(v.w - v.h)) / (2 * v.h)
    error = abs(numeric - analytic) / max(abs(numeric), abs(analytic))
    return {"numeric": numeric, "analytic": analytic, "error": error}


@oracle("backprop/gradient_check_step")
def gradient_check_step(v):
    """The experiment: central differences at 200 points near w, in the variant's type of numbers."""
    dtype = getattr(torch, v.dtype)
    w = torch.linspace(0.99, 1.01, 200, dtype=torch.float64).mul(v.tenths / 10).to(dtype)

    def error(h):
        numeric = (v.a * (w + h) ** 3 - v.a * (w - h) ** 3) / (2 * h)
        return (numeric.double() - 3 * v.a * w.double() ** 2).abs().median().item()

    h = 10.0**-v.exponent
    formula = v.a * h**2  # what the central difference of a cube is off by, in exact arithmetic
    if torch.equal(w + h, w) and torch.equal(w - h, w):
        spoils = next(option for option in v.options if "rounded to" in option)
    else:
        word = "formula" if error(h) < 2 * formula else "blown up"
        spoils = next(option for option in v.options if word in option)
    steps = v.answer_of("best").choices
    return {"spoils": spoils, "best": min(steps, key=lambda step: error(10.0 ** int(re.search(r"-\d+", step)[0])))}


RIGHT = {
    "line 4": "xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))",
    "line 6": "db = dy.sum(axis=(0, 2, 3))",
    "line 8": "window = xp[n, :, s*i : s*i + K, s*j : s*j + K]",
    "line 9": "dw[f] += dy[n, f, i, j] * window",
    "line 10": "dxp[n, :, s*i : s*i + K, s*j : s*j + K] += dy[n, f, i, j] * w[f]",
    "line 11": "dx = dxp[:, :, p : p + H, p : p + W]",
}


def mended(code, line):
    """The function in the stem with one line put right."""
    number = int(line.split()[1])
    lines = [text[4:] for text in code.splitlines()]
    indent = len(lines[number - 1]) - len(lines[number - 1].lstrip())
    lines[number - 1] = " " * indent + RIGHT[line]
    return "\n".join(lines)


def spoilt(source, images, channels, filters, k, s, p, rows, columns):
    """Which results of the function differ from autograd's."""
    names = {"np": np}
    exec(source, names)
    sides = ((n - 1) * s + k - 2 * p for n in (rows, columns))
    x = torch.randn(images, channels, *sides, dtype=torch.float64, requires_grad=True)
    w = torch.randn(filters, channels, k, k, dtype=torch.float64, requires_grad=True)
    b = torch.zeros(filters, dtype=torch.float64, requires_grad=True)
    y = F.conv2d(x, w, b, s, p)
    dy = torch.randn_like(y)
    y.backward(dy)
    found = names["conv_backward"](dy.numpy(), x.detach().numpy(), w.detach().numpy(), s, p)
    expected = {"dx": x.grad, "dw": w.grad, "db": b.grad}
    pairs = zip(expected.items(), found, strict=True)
    return tuple(n for (n, e), f in pairs if e.shape != f.shape or not np.allclose(e.numpy(), f))


CALLS = ((2, 2, 3, 3, 2, 1, 3, 4), (2, 1, 2, 2, 1, 0, 3, 3), (1, 2, 1, 3, 3, 2, 2, 3))


@oracle("backprop/buggy_line")
def buggy_line(v):
    """Run the function of the stem, as it stands and with each line put right."""
    code = re.search(r"```\n(.*?)\n```", v.stem, re.DOTALL)[1]
    (line,) = [line for line in RIGHT if all(spoilt(mended(code, line), *call) == () for call in CALLS)]
    source = "\n".join(text[4:] for text in code.splitlines())
    call = (v.images, v.channels, v.filters, v.k, v.s, v.p, v.rows, v.columns)
    return {"line": line, "spoilt": spoilt(source, *call)}
