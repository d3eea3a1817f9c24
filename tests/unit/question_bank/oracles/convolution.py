import re
from fractions import Fraction

import sympy
import torch
import torch.nn.functional as F

from oracles.kit import oracle, rows_of, tensor


@oracle("convolution/yij_expansion")
def yij_expansion(v):
    """The gradient of y[i, j] by x holds at each pixel the weight that multiplies it; weights are 1, 2, …"""
    image = torch.zeros(1, 1, v.n, v.n, requires_grad=True)
    numbers = torch.arange(1.0, v.k**2 + 1).reshape(1, 1, v.k, v.k)
    F.conv2d(image, numbers, stride=v.s)[0, 0, v.i - v.base, v.j - v.base].backward()
    x, w = sympy.IndexedBase("x"), sympy.IndexedBase("w")
    terms = []
    for row, column in image.grad[0, 0].nonzero().tolist():
        a, b = divmod(int(image.grad[0, 0, row, column]) - 1, v.k)
        terms.append(x[row + v.base, column + v.base] * w[a + v.base, b + v.base])
    return {"y_ij": sympy.Add(*terms)}


@oracle("convolution/by_hand")
def convolution_by_hand(v):
    output = rows_of(F.conv2d(tensor(v.image), tensor(v.kernel)))
    return {"first": output[0][0], "output": output}


@oracle("convolution/zero_padding")
def zero_padding(v):
    output = F.conv2d(tensor(v.image), tensor(v.kernel), padding=1)
    row = output[0, 0, 0].tolist()
    return {"size": tuple(output.shape[2:]), "first": row[0], "top": row[v.column - 1]}


@oracle("convolution/true_convolution")
def true_convolution(v):
    turned = tensor(v.kernel).flip(-1).flip(-2)
    return {"turned": rows_of(turned), "output": rows_of(F.conv2d(tensor(v.image), turned))}


@oracle("convolution/strided")
def strided(v):
    output = F.conv2d(tensor(v.image), tensor(v.kernel), stride=2, padding=v.p)
    return {"size": tuple(output.shape[2:]), "output": rows_of(output)}


@oracle("convolution/channels_and_bias")
def channels_and_bias(v):
    image = torch.tensor(v.image).double().unflatten(0, (v.channels, -1))[None]
    kernel = torch.tensor(v.kernels).double().unflatten(0, (v.channels, -1))[None]
    output = F.conv2d(image, kernel, torch.tensor([v.bias]).double())
    return {"first": rows_of(F.conv2d(image[:, :1], kernel[:, :1])), "output": rows_of(output)}


@oracle("convolution/forward_pass")
def forward_pass(v):
    z = F.conv2d(tensor(v.image), tensor(v.kernel), torch.tensor([v.bias]).double())
    functions = {
        "ReLU": F.relu,
        "leaky ReLU": lambda z: F.leaky_relu(z, float(v.slope)),
        "step": lambda z: torch.heaviside(z, torch.zeros_like(z)),
    }
    return {"z": rows_of(z), "a": rows_of(functions[v.activation](z))}


@oracle("convolution/edge_response")
def edge_response(v):
    smooth = torch.tensor([1.0, 2.0, 1.0] if v.family == "Sobel" else [1.0, 1.0, 1.0]).double()
    difference = torch.tensor([-1.0, 0.0, 1.0]).double()
    kernel = torch.outer(smooth, difference) if v.direction == "x" else torch.outer(difference, smooth)
    line = torch.where(torch.arange(6) < v.at, v.before, v.after).double()
    image = line.expand(4, 6) if v.edge == "vertical" else line.expand(4, 6).T
    output = F.conv2d(image[None, None], kernel[None, None])
    found = "0 everywhere" if not output.any() else "is positive along" if output.sum() > 0 else "is negative along"
    (shown,) = [option for option in v.options if found in option]
    return {"output": rows_of(output), "shown": shown}


@oracle("convolution/kernel_sum")
def kernel_sum(v):
    kernel = torch.tensor(v.whole()).double()[None, None]
    flat = F.conv2d(torch.full((1, 1, 3, 3), v.brightness).double(), kernel).item()
    ratio = Fraction(int(flat), v.divisor()) / v.brightness
    words = {0: "become 0", 1: "keep"}.get(ratio, "brighter" if ratio > 1 else "darker")
    (effect,) = [option for option in v.options if words in option]
    return {"total": ratio, "flat": ratio * v.brightness, "effect": effect}


@oracle("convolution/smoothing")
def smoothing(v):
    image = tensor(v.image())
    bell = torch.tensor([1.0, 2.0, 1.0]).double()
    gaussian = F.conv2d(image, torch.outer(bell, bell)[None, None] / 16)
    output = F.avg_pool2d(image, 3, 1) if v.kind == "box" else gaussian
    return {"output": rows_of(output.round(decimals=9)), "peak": round(output.max().item())}


@oracle("convolution/impulse_response")
def impulse_response(v):
    image, kernel = tensor(v.image()), tensor(v.kernel)
    return {
        "correlated": rows_of(F.conv2d(image, kernel, padding=1)),
        "convolved": rows_of(F.conv_transpose2d(image, kernel, padding=1)),
    }


@oracle("convolution/ramp_response")
def ramp_response(v):
    rows, columns = torch.meshgrid(torch.arange(12), torch.arange(24), indexing="ij")
    ramp = (v.start + v.down * rows + v.right * columns).double()[None, None]
    output = F.conv2d(ramp, tensor(v.whole) / v.divisor, padding=1)[0, 0].round().int()
    window = ramp[..., v.row - 1 : v.row + 2, v.column - 1 : v.column + 2]
    return {
        "under": rows_of(window),
        "here": output[v.row, v.column].item(),
        "further": output[v.row, v.column + 10].item(),
    }


@oracle("convolution/identify_kernel")
def identify_kernel(v):
    """Each option's own matrix is read from its LaTeX and tried."""
    fitting = []
    for option in v.options:
        weights = [float(e) for e in re.findall(r"-?\d+", option.split("{pmatrix}")[1])]
        kernel = torch.tensor(weights).double().reshape(1, 1, 3, 3) / (9 if "frac19" in option else 1)
        if torch.allclose(F.conv2d(tensor(v.image()), kernel), tensor(v.output())):
            fitting.append(option)
    (kernel,) = fitting
    return {"kernel": kernel}
