from fractions import Fraction

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from oracles.kit import conv, count, oracle
from oracles.networks import operations, outputs, vgg


def flops(run):
    with FlopCounterMode(display=False) as counter:
        run()
    return counter.get_total_flops()


@oracle("compute/conv_layer")
def conv_layer(v):
    """The backward pass is what torch itself counts."""
    layer = conv(v.channels, v.filters, v.k, v.s, v.k // 2)
    x = torch.empty(1, v.channels, v.height, v.width, device="meta", requires_grad=True)
    forward = flops(lambda: layer(x))
    both = flops(lambda: layer(x).sum().backward())
    return {
        "rows": layer(x).shape[2],
        "columns": layer(x).shape[3],
        "macs": forward // 2,
        "backward": both - forward,
        "step": both * v.batch / 1e9,
    }


@oracle("compute/vgg_total")
def vgg_total(v):
    net = vgg(v.config, v.classes, v.side)
    blocks, start = [], 0
    for index, layer in enumerate(net):
        if isinstance(layer, nn.MaxPool2d):
            blocks.append((start, index))
            start = index + 1
    first, end = blocks[v.block - 1]
    x = torch.empty(1, 3, v.side, v.side, device="meta")
    before = net[:first](x)
    one = flops(lambda: net[first:end](before)) / 2e9
    flat = net[:start](x)
    dense, total = flops(lambda: net[start:](flat)) / 2e9, flops(lambda: net(x)) / 2e9
    return {"one": one, "dense": dense, "total": total, "share": 100 * dense / total}


@oracle("compute/scaling")
def scaling(v):
    def work(n=v.n, f=v.f, k=v.k, s=1):
        return operations(conv(f, f, k, s, k // 2), f, n, n)

    def weights(n):
        layer = conv(v.f, v.f, v.k, padding=v.k // 2, bias=False)
        layer(torch.empty(1, v.f, n, n, device="meta"))
        return count(layer)

    return {
        "image": Fraction(work(n=v.a * v.n), work()),
        "channels": Fraction(work(f=v.b * v.f), work()),
        "kernel": Fraction(work(k=v.k2), work()),
        "stride": Fraction(work(s=v.s), work()),
        "weights": Fraction(weights(v.a * v.n), weights(v.n)),
    }


@oracle("compute/im2col")
def im2col(v):
    image = torch.empty(1, v.channels, v.height, v.width)
    columns = F.unfold(image, v.k, padding=v.p, stride=v.s)[0]
    weight = conv(v.channels, v.filters, v.k).weight.flatten(1)
    factor = Fraction(columns.numel(), image.numel())
    return {"windows": tuple(columns.shape), "weights": tuple(weight.shape), "factor": factor}


@oracle("compute/separable")
def separable(v):
    maps = (v.channels, v.n, v.n)
    ordinary = operations(conv(v.channels, v.filters, v.k, padding=v.k // 2), *maps)
    depthwise = operations(conv(v.channels, v.channels, v.k, padding=v.k // 2, groups=v.channels), *maps)
    pointwise = operations(conv(v.channels, v.filters, 1), *maps)
    ratio = (depthwise + pointwise) / ordinary
    return {"ordinary": ordinary, "depthwise": depthwise, "pointwise": pointwise, "ratio": ratio}


@oracle("compute/where_it_sits")
def where_it_sits(v):
    side = v.n // 8
    layers = {
        "convolution 1": conv(3, v.f1, v.k1, padding=v.k1 // 2),
        "convolution 2": conv(v.f1, v.f2, 3, padding=1),
        "convolution 3": conv(v.f2, v.f3, 3, padding=1),
        "fully connected 1": nn.Linear(side * side * v.f3, v.hidden, device="meta"),
        "fully connected 2": nn.Linear(v.hidden, 100, device="meta"),
    }
    x = torch.empty(1, 3, v.n, v.n, device="meta")
    weights, work, memory = {}, {}, {}
    for name, layer in layers.items():
        x = x.flatten(1) if name == "fully connected 1" else x
        weights[name] = layer.weight.numel()
        work[name] = flops(lambda layer=layer, x=x: layer(x))
        x = layer(x)
        memory[name] = x.numel()
        x = F.max_pool2d(x, 2) if x.ndim == 4 else x
    return {
        part: max(numbers, key=numbers.get)
        for part, numbers in (("weights", weights), ("work", work), ("memory", memory))
    }


SIZES = {"float32": torch.float32.itemsize, "float16": torch.float16.itemsize, "int8": torch.int8.itemsize}


@oracle("compute/activations")
def activations(v):
    net = nn.Sequential(
        conv(3, v.f1, 3, padding=1),
        nn.MaxPool2d(2),
        conv(v.f1, v.f2, 3, padding=1),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.LazyLinear(v.hidden, device="meta"),
    )
    total = outputs(net, 3, v.n, v.n)
    first = net[0](torch.empty(1, 3, v.n, v.n, device="meta")).numel()
    return {"first": first, "total": total, "memory": total * v.batch * SIZES[v.dtype] / 1024**2}


@oracle("compute/vgg_activations")
def vgg_activations(v):
    net = vgg(v.config, v.classes, v.side)
    end = next(index for index, layer in enumerate(net) if isinstance(layer, nn.MaxPool2d)) + 1
    block = outputs(net[:end], 3, v.side, v.side) - 3 * v.side**2
    total = outputs(net, 3, v.side, v.side)
    memory = total * v.batch * torch.float32.itemsize / 1024**2
    return {"block": block, "total": total, "memory": memory, "share": 100 * block / total}


OPTIMISERS = {
    "plain SGD": lambda p: torch.optim.SGD(p, 0.1),
    "SGD with momentum": lambda p: torch.optim.SGD(p, 0.1, momentum=0.9),
    "RMSprop": lambda p: torch.optim.RMSprop(p),
    "Adagrad": lambda p: torch.optim.Adagrad(p),
    "Adam": lambda p: torch.optim.Adam(p),
    "AdamW": lambda p: torch.optim.AdamW(p),
}


def kept(optimiser):
    """Bytes for one weight: of the weight, and of what the optimiser keeps after a step (step counters aside)."""
    weight = nn.Parameter(torch.ones(1000))
    made = OPTIMISERS[optimiser]([weight])
    weight.grad = torch.ones(1000)
    made.step()
    state = [value for value in made.state[weight].values() if torch.is_tensor(value) and value.numel() == 1000]
    return weight.nbytes / 1000, sum(value.nbytes for value in state) / 1000, weight.grad.nbytes / 1000


@oracle("compute/optimiser_memory")
def optimiser_memory(v):
    weight, state, gradient = kept(v.optimiser)
    weights, states, gradients = v.millions * weight, v.millions * state, v.millions * gradient
    return {"weights": weights, "state": states, "training": weights + states + gradients}


@oracle("compute/memory_together")
def memory_together(v):
    fixed = v.weights * sum(kept(v.optimiser))
    activation = torch.ones(1, requires_grad=True)
    activation.backward()
    image = v.values * (activation.nbytes + activation.grad.nbytes)
    batches = range(1, 1000 * v.memory)
    largest = max((b for b in batches if fixed + b * image <= v.memory * 1000), default=0)
    return {"fixed": fixed, "step": fixed + v.batch * image, "largest": largest}
