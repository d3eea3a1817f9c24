"""Small functions in code: losses, shapes, counts and fields, by running networks of torch."""

import torch
import torch.nn.functional as F
from torch import nn

from oracles.kit import oracle


@oracle("coding/softmax_cross_entropy")
def softmax_cross_entropy(v):
    def loss(logits, labels):
        with torch.enable_grad():
            logits = logits.detach().requires_grad_()
            found = F.cross_entropy(logits, labels, reduction=v.reduction, label_smoothing=v.smoothing)
            return found.detach(), torch.autograd.grad(found, logits)[0]

    return {"softmax_cross_entropy": loss}


def module(kind, numbers, up=False):
    """A layer of torch; lazy ones find their input's size by themselves."""
    match kind:
        case "conv":
            filters, k, s, p, *bias = numbers
            return nn.LazyConv2d(filters, k, s, p, bias=bias != [0])
        case "pool":
            return nn.MaxPool2d(*numbers, ceil_mode=up)
        case "norm":
            return nn.LazyBatchNorm2d()
        case "relu":
            return nn.ReLU()
        case "flatten":
            return nn.Flatten()
        case "linear":
            return nn.LazyLinear(*numbers)


@oracle("coding/output_shape")
def output_shape(v):
    def shape_of(layers, shape):
        x = torch.zeros(1, *shape)
        if v.layout == "HWC":
            x = x.permute(0, 3, 1, 2)
        for kind, *numbers in layers:
            x = module(kind, numbers, v.up)(x)
        if v.layout == "HWC" and x.dim() == 4:
            x = x.permute(0, 2, 3, 1)
        return list(x.shape[1:])

    return {"output_shape": shape_of}


@oracle("coding/count_parameters")
def count_parameters(v):
    def count(layers, shape):
        modules = nn.Sequential(*(module(kind, numbers) for kind, *numbers in layers))
        modules(torch.zeros(1, *shape))
        found = [sum(p.numel() for p in layer.parameters()) for layer in modules]
        return found if v.each else sum(found)

    return {"count_parameters": count}


@oracle("coding/receptive_field")
def receptive_field(v):
    def seen(layers):
        """How many pixels a unit reaches, and how far the next one's are shifted: going back from two units."""
        spans = []
        for start in (0, 1):
            first = last = start
            for k, s, d in reversed(layers):
                first, last = first * s, last * s + d * (k - 1)
            spans.append((first, last))
        (first, last), (second, _) = spans
        return [last - first + 1, second - first] if v.jump else last - first + 1

    def field(layers):
        return [seen(layers[: n + 1]) for n in range(len(layers))] if v.each else seen(layers)

    return {"receptive_field": field}


@oracle("coding/filter_image")
def filter_image(v):
    def filtered(image, kernel):
        """Pixel by pixel, with indices that say where the border's pixels come from."""
        kernel = torch.flip(kernel, (0, 1)) if v.flip else kernel
        (h, w), (kh, kw) = image.shape, kernel.shape

        def source(i, n):
            if v.border == "the nearest pixel":
                return min(max(i, 0), n - 1)
            return abs(i) if i < n else 2 * (n - 1) - i  # a mirror in the middle of the edge pixel

        def pixel(i, j):
            if v.border == "zeros":
                return float(image[i, j]) if 0 <= i < h and 0 <= j < w else 0.0
            return float(image[source(i, h), source(j, w)])

        taps = [(a, b) for a in range(kh) for b in range(kw)]
        rows = [
            [sum(float(kernel[a, b]) * pixel(i + a - kh // 2, j + b - kw // 2) for a, b in taps) for j in range(w)]
            for i in range(h)
        ]
        return torch.tensor(rows, dtype=torch.float64)

    def edges(image):
        sobel = torch.tensor([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
        both = torch.stack([filtered(image, sobel), filtered(image, sobel.T)])
        return torch.linalg.vector_norm(both, ord=2 if v.length else 1, dim=0)

    return {"filter_image": filtered, "edges": edges}


@oracle("coding/gradient_check")
def gradient_check(v):
    functions = {"cubes": lambda u: u * u * u, "exponentials": torch.exp, "sines": torch.sin, "logistic": F.softplus}

    def numerical_gradient(w, x, h):
        f, products = functions[v.loss], w @ x.double()
        moved = h * w.T  # what each entry's step changes
        return (f(products + moved) - f(products - moved)).sum(1) / (2 * h)

    def relative_error(a, b):
        order = torch.inf if v.norm == "largest" else 2
        size = [torch.linalg.vector_norm(each, ord=order) for each in (a - b, a, b)]
        scale = torch.stack(size[1:]).max() if v.norm == "largest" else size[1] + size[2]
        return torch.nan_to_num(size[0] / scale)

    return {"numerical_gradient": numerical_gradient, "relative_error": relative_error}


@oracle("coding/debug_conv2d")
def debug_conv2d(v):
    def conv2d(x, w, b):
        columns = F.unfold(x, w.shape[2:], padding=v.p, stride=v.s)
        sides = [(n + 2 * v.p - k) // v.s + 1 for n, k in zip(x.shape[2:], w.shape[2:], strict=True)]
        return (w.flatten(1) @ columns + b[:, None]).unflatten(2, sides)

    return {"conv2d": conv2d}


@oracle("coding/train_loop")
def train_loop(v):
    def loop(weight, bias, images, labels, epochs):
        with torch.enable_grad():
            model = nn.Linear(*weight.shape[::-1], dtype=weight.dtype)
            model.load_state_dict({"weight": weight, "bias": bias})
            optimiser = torch.optim.SGD(model.parameters(), lr=v.lr, momentum=v.momentum)
            loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(images, labels), batch_size=v.batch)
            for _ in range(epochs):
                for x, y in loader:
                    optimiser.zero_grad()
                    F.cross_entropy(model(x), y).backward()
                    optimiser.step()
            return model.weight.detach(), model.bias.detach()

    return {"train_loop": loop}
