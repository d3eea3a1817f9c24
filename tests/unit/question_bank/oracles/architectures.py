import re
from fractions import Fraction
from itertools import pairwise

import torch
from torch import nn

from oracles.kit import conv, count, oracle, volumes
from oracles.networks import alexnet, layers_with_weights, mobilenet, operations, vgg


def shape_of(x):
    return x.shape[2], x.shape[3], x.shape[1]


@oracle("architectures/lenet")
def lenet(v):
    convs = [conv(v.c, v.f1, 5), nn.MaxPool2d(2), conv(v.f1, v.f2, 5), nn.MaxPool2d(2)]
    shapes = volumes(convs, v.n, v.n, v.c)
    flat = nn.Sequential(*convs, nn.Flatten())(torch.empty(1, v.c, v.n, v.n, device="meta")).shape[1]
    dense = [nn.Linear(a, b, device="meta") for a, b in pairwise((flat, 120, 84, v.classes))]
    return {
        "conv1": shapes[0],
        "pool1": shapes[1],
        "pool2": shapes[3],
        "flat": flat,
        "first": count(dense[0]),
        "total": count(*convs, *dense),
    }


@oracle("architectures/alexnet_table")
def alexnet_table(v):
    convs, dense = alexnet(v.widths, v.n, v.classes)
    shapes = volumes(convs, v.n, v.n, 3)
    asked = layers_with_weights(nn.Sequential(*convs))[v.layer - 1]
    return {
        "conv1": shapes[0],
        "pool1": shapes[1],
        "pool2": shapes[3],
        "pool5": shapes[7],
        "flat": dense[0].in_features,
        "conv": count(asked),
        "total": count(*convs, *dense),
    }


@oracle("architectures/alexnet_banks")
def alexnet_banks(v):
    widths = (v.f1, v.f2, v.f3, v.f3, v.f5)
    (two, dense), (one, _) = alexnet(widths, 227, v.classes, groups=2), alexnet(widths, 227, v.classes)
    both = count(*two, *dense)
    return {"conv2": count(two[2]), "conv3": count(two[4]), "both": both, "more": count(*one, *dense) - both}


@oracle("architectures/resnet_block")
def resnet_block(v):
    wide = v.expansion * v.c
    basic = [conv(v.c, v.c, 3, bias=False), conv(v.c, v.c, 3, bias=False)]
    narrow = [conv(wide, v.c, 1, bias=False), conv(v.c, v.c, 3, bias=False), conv(v.c, wide, 1, bias=False)]
    path = nn.Sequential(conv(v.c, 2 * v.c, 3, 2, 1, bias=False), conv(2 * v.c, 2 * v.c, 3, padding=1, bias=False))
    shortcut = conv(v.c, 2 * v.c, 1, 2, bias=False)
    x = torch.empty(1, v.c, v.height, v.width, device="meta")
    return {
        "basic": count(*basic),
        "bottleneck": count(*narrow),
        "projection": count(path, shortcut),
        "output": shape_of(path(x) + shortcut(x)),
    }


@oracle("architectures/inception_block")
def inception_block(v):
    branches = [
        nn.Sequential(conv(v.c, v.f1, 1)),
        nn.Sequential(conv(v.c, v.r3, 1), conv(v.r3, v.f3, 3, padding=1)),
        nn.Sequential(conv(v.c, v.r5, 1), conv(v.r5, v.f5, 5, padding=2)),
        nn.Sequential(nn.MaxPool2d(3, 1, 1), conv(v.c, v.fp, 1)),
    ]
    x = torch.empty(1, v.c, 14, 14, device="meta")
    return {
        "channels": torch.cat([branch(x) for branch in branches], dim=1).shape[1],
        "branch3": count(branches[1]),
        "branch5": count(branches[2]),
        "total": count(*branches),
    }


@oracle("architectures/mobilenet_block")
def mobilenet_block(v):
    alpha = Fraction(v.quarters, 4)
    thin_c, thin_f = int(alpha * v.c), int(alpha * v.f)
    full, thin = mobilenet(v.c, v.f), mobilenet(thin_c, thin_f)
    work = Fraction(operations(thin, thin_c, v.smaller, v.smaller), operations(thin, thin_c, 224, 224))
    return {"full": count(full), "thin": count(thin), "left": count(thin) / count(full), "work": work}


@oracle("architectures/vgg_parameters")
def vgg_parameters(v):
    net = vgg(v.config, v.classes, v.side)
    dense = [layer for layer in net if isinstance(layer, nn.Linear)]
    total = count(net)
    return {
        "conv": total - count(*dense),
        "first": count(dense[0]),
        "total": total,
        "millions": round(total / 1e6),
    }


@oracle("architectures/vgg_layer_table")
def vgg_layer_table(v):
    net = vgg(v.config, v.classes, v.side)
    ends = [index + 1 for index, layer in enumerate(net) if isinstance(layer, nn.MaxPool2d)]
    start, end = ends[v.block - 2], ends[v.block - 1]
    x = torch.empty(1, 3, v.side, v.side, device="meta")
    convs, dense = layers_with_weights(net)[:-3], layers_with_weights(net)[-3:]
    inside = layers_with_weights(net[start:end])
    held = {"all convolutions together": count(*convs)}
    for name, layer in zip(("first", "second", "third"), dense, strict=True):
        held[f"the {name} fully connected layer"] = count(layer)
    return {
        "before": shape_of(net[:start](x)),
        "after": shape_of(net[:end](x)),
        "first": count(inside[0]),
        "whole": count(*inside),
        "most": max(held, key=held.get),
    }


def per_block(net):
    """The convolutions before each pooling."""
    blocks = [[]]
    for layer in net:
        if isinstance(layer, nn.Conv2d):
            blocks[-1].append(layer)
        if isinstance(layer, nn.MaxPool2d):
            blocks.append([])
    return blocks[:-1]


def convolutions(net):
    return [layer for layer in net if isinstance(layer, nn.Conv2d)]


TRUE = {
    r"All its convolutions are $3\times3$.": lambda net: all(c.kernel_size == (3, 3) for c in convolutions(net)),
    r"It has convolutions of $1\times1$.": lambda net: any(c.kernel_size == (1, 1) for c in convolutions(net)),
    "It has a local response normalisation.": lambda net: any(isinstance(m, nn.LocalResponseNorm) for m in net),
    "It has 16 layers with weights.": lambda net: len(layers_with_weights(net)) == 16,
    "It has 11 layers with weights.": lambda net: len(layers_with_weights(net)) == 11,
    "All its blocks have equally many convolutions.": lambda net: len({len(b) for b in per_block(net)}) == 1,
    "Its first block has a single convolution.": lambda net: len(per_block(net)[0]) == 1,
    "Its last block has three convolutions.": lambda net: len(per_block(net)[-1]) == 3,
    "It has more than 138 million parameters.": lambda net: count(net) > 138e6,
    "It has fewer than 133 million parameters.": lambda net: count(net) < 133e6,
    "It has five max poolings.": lambda net: sum(isinstance(m, nn.MaxPool2d) for m in net) == 5,
    "Every block has twice the filters of the one before.": lambda net: all(
        b[0].out_channels == 2 * a[0].out_channels for a, b in pairwise(per_block(net))
    ),
    "Its first convolution has a stride of 4.": lambda net: net[0].stride == (4, 4),
    "It ends with three fully connected layers.": lambda net: (
        [type(layer) for layer in layers_with_weights(net)[-4:]] == [nn.Conv2d, *[nn.Linear] * 3]
    ),
}


@oracle("architectures/vgg_configurations")
def vgg_configurations(v):
    net = vgg(v.config)
    return {
        "layers": len(layers_with_weights(net)),
        "threes": sum(layer.kernel_size == (3, 3) for layer in convolutions(net)),
        "statements": [text for text in v.texts() if TRUE[text](net)],
    }


# A word that stands only in the feature of that network; torch has nothing to say about who was first.
KNOWN_FOR = {
    "LeNet-5": "digits",
    "AlexNet": "two GPUs",
    "Network in Network": "global average pooling",
    "VGG": "19 weight layers",
    "GoogLeNet": "several sizes",
    "ResNet": "add the input",
    "U-Net": "decoder",
    "SqueezeNet": "few $1",
    "DenseNet": "all layers before",
    "MobileNet": "depthwise",
    "SENet": "weights for the channels",
    "EfficientNet": "single coefficient",
}


@oracle("architectures/nets_and_features")
def nets_and_features(v):
    def feature(net):
        (found,) = (text for text in v.features() if KNOWN_FOR[net.split(" (")[0]] in text)
        return found

    return {"matches": {net: feature(net) for net in v.nets()}}


def run(code, v):
    """The call in which a batch fails, or None where it comes out as meant; and what reaches fc1."""
    names = {"nn": nn, "torch": torch}
    exec(code, names)
    with torch.device("meta"):
        net, called, seen = names["Net"](), [], {}

    def watch(name):
        def hook(_, arguments):
            called.append(name)
            seen[name] = arguments[0].shape

        return hook

    for name, layer in net.named_children():
        layer.register_forward_pre_hook(watch(name))
    try:
        scores = net(torch.zeros(v.batch, v.c, v.n, v.n, device="meta"))
    except (RuntimeError, ValueError):
        return called[-1], seen
    return None if scores.shape == (v.batch, v.classes) else "shape", seen


@oracle("architectures/module_bug")
def module_bug(v):
    """Each line in turn is put as it was meant: the one that makes the batch pass is the wrong one."""
    code = re.search(r"```python\n(.*?)```", v.stem, re.DOTALL)[1]
    padding, flat = v.k // 2, nn.Sequential(nn.MaxPool2d(2), nn.MaxPool2d(2), nn.Flatten())
    inputs = flat(torch.empty(1, v.f2, v.n, v.n, device="meta")).shape[1]
    meant = {
        "self.conv1 = …": f"self.conv1 = nn.Conv2d({v.c}, {v.f1}, {v.k}, padding={padding})",
        "self.conv2 = …": f"self.conv2 = nn.Conv2d({v.f1}, {v.f2}, {v.k}, padding={padding})",
        "self.fc1 = …": f"self.fc1 = nn.Linear({inputs}, {v.hidden})",
        "self.fc2 = …": f"self.fc2 = nn.Linear({v.hidden}, {v.classes})",
        "x = x.flatten(…)": "x = x.flatten(1)",
    }
    raised, _ = run(code, v)
    mended = []
    for option, line in meant.items():
        start = re.escape(option.split("…")[0])
        failed, seen = run(re.sub(start + ".*", line, code), v)
        if failed is None:
            mended.append((option, seen["fc1"][1]))
    ((wrong, reaching),) = mended
    return {"line": wrong, "raised": f"self.{raised}(x)", "inputs": reaching}
