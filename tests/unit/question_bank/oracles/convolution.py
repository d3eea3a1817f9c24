import re
from fractions import Fraction

import torch
import torch.nn.functional as F

from oracles.kit import oracle, rows_of, tensor


def expansion(height, width, kernel, s, out, base, padding=0, letters="xw"):
    """The gradient of y[out] by x holds at each pixel the weight that multiplies it; weights are 1, 2, …"""
    image = torch.zeros(1, 1, height, width, requires_grad=True)
    numbers = torch.arange(1.0, kernel[0] * kernel[1] + 1).reshape(1, 1, *kernel)
    F.conv2d(image, numbers, stride=s, padding=padding)[0, 0, out[0], out[1]].backward()
    x, w = letters
    terms = []
    for row, column in image.grad[0, 0].nonzero().tolist():
        a, b = divmod(int(image.grad[0, 0, row, column]) - 1, kernel[1])
        terms.append(f"{x}[{row + base},{column + base}]*{w}[{a + base},{b + base}]")
    return " + ".join(terms)


@oracle("convolution/yij_expansion")
def yij_expansion(v):
    return {"y_ij": expansion(v.n, v.n, (v.k, v.k), v.s, (v.i - v.base, v.j - v.base), v.base)}


@oracle("convolution/yij_padded")
def yij_padded(v):
    terms = expansion(v.height, v.width, (v.k, v.k), v.s, (v.i, v.j), v.base, padding=1)
    return {"vanishing": v.k**2 - len(terms.split(" + ")), "y_ij": terms}


@oracle("convolution/yij_all")
def yij_all(v):
    outs = {"top_left": (0, 0), "top_right": (0, 1), "bottom_left": (1, 0), "bottom_right": (1, 1)}
    sides = [k + v.s for k in v.kernel]
    return {name: expansion(*sides, v.kernel, v.s, out, v.base, letters=v.letters[:2]) for name, out in outs.items()}


@oracle("convolution/yij_channels")
def yij_channels(v):
    image = torch.zeros(1, v.channels, v.height, v.width, requires_grad=True)
    weight = torch.arange(1.0, 4 * v.channels + 1).reshape(1, v.channels, 2, 2)
    bias = torch.zeros(1, requires_grad=True)
    F.conv2d(image, weight, bias, v.s)[0, 0, v.i, v.j].backward()
    terms = []
    for place in image.grad[0].nonzero().tolist():
        tap = (weight[0] == image.grad[0][tuple(place)]).nonzero()[0].tolist()
        x, w = (",".join(str(index + v.base) for index in indices) for indices in (place, tap))
        terms.append(f"x[{x}]*w[{w}]")
    return {"y_ij": " + ".join([*terms, "b"] if bias.grad.item() == 1 else terms)}


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


@oracle("convolution/translation")
def translation(v):
    kernel = torch.tensor(v.weights).double()[None]
    signal = F.pad(torch.tensor(v.values).double(), (0, 4))
    moved = signal.roll(v.shift)
    outputs = {
        "plain": F.conv1d(signal, kernel),
        "shifted": F.conv1d(moved, kernel),
        "strided": F.conv1d(signal, kernel, stride=2),
        "both": F.conv1d(moved, kernel, stride=2),
    }
    old, new = outputs["strided"][0], outputs["both"][0]
    shifts = [n for n in (1, 2) if torch.equal(F.pad(old, (n, 0))[: len(old)], new)]
    words = "same number" if v.shift in shifts else "half as many" if v.shift // 2 in shifts else "other numbers"
    (relation,) = [option for option in v.options if words in option]
    return {name: tuple(output[0].tolist()) for name, output in outputs.items()} | {"relation": relation}


@oracle("convolution/toeplitz")
def toeplitz(v):
    """Column p of the matrix is what the layer makes of an image with a single 1, at pixel p."""
    impulses = torch.eye(v.height * v.width).double().reshape(-1, 1, v.height, v.width)
    matrix = F.conv2d(impulses, tensor(v.kernel)).flatten(1).T
    line = matrix[v.i * (v.width - 1) + v.j]
    return {"size": tuple(matrix.shape), "filled": int(matrix.count_nonzero()), "line": tuple(line.tolist())}


@oracle("convolution/solve_kernel")
def solve_kernel(v):
    windows = F.unfold(tensor(v.image), 2)[0].T
    output = torch.tensor(v.output()).double().flatten()
    return {"weights": rows_of(torch.linalg.solve(windows, output).round(decimals=9).reshape(1, 1, 2, 2))}


@oracle("convolution/compose_kernels")
def compose_kernels(v):
    """What the two layers make of an image with a single 1 is the kernel of both, turned."""
    side = 2 * (v.k1 + v.k2) - 3
    impulse = torch.zeros(1, 1, side, side).double()
    impulse[..., side // 2, side // 2] = 1
    kernel = F.conv2d(F.conv2d(impulse, tensor(v.first)), tensor(v.second)).rot90(2, (-2, -1))
    return {"side": kernel.shape[-1], "kernel": rows_of(kernel)}


@oracle("convolution/sharpening")
def sharpening(v):
    ones = torch.ones(1, 1, 3, 3).double()
    if v.neighbours == 4:
        ones[..., ::2, ::2] = 0
    image = tensor(v.image())
    centre = image[..., 1:-1, 1:-1]
    laplacian = F.conv2d(image, ones) - ones.sum() * centre
    output = centre - laplacian
    return {
        "laplacian": rows_of(laplacian),
        "sharpened": rows_of(output),
        "contrast": int(output.max() - output.min()),
    }
