"""Build a residual block and a small ResNet in PyTorch: basic or bottleneck, projected or padded shortcuts."""

import torch
import torch.nn.functional as F
from torch import nn

from question_bank import model, one_of, template
from question_bank.misconceptions.architectures import ALL_THREE_BY_THREE, SHORTCUT_3X3
from question_bank.misconceptions.networks import (
    ACTIVATED_BEFORE_ADDING,
    GLOBAL_MAXIMUM,
    NEVER_HALVED,
    NO_ACTIVATION_AFTER_ADDING,
    NO_SHORTCUT,
    STRIDE_ELSEWHERE,
)

PROJECTED, PADDED = "projection", "padding"


class Shortcut(nn.Module):
    """Every `stride`-th pixel, and zeros for further channels."""

    def __init__(self, stride, further):
        super().__init__()
        self.stride, self.further = stride, further

    def forward(self, x):
        return F.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, 0, self.further))


class Block(nn.Module):
    """A residual block; the defaults of what may be told are what is asked for."""

    def __init__(self, q, inputs, width, stride, *, kernels=None, strided=None, projection=1, adding="", mute=False):
        super().__init__()
        self.adding, self.mute = adding, mute
        kernels = kernels or q.kernels()
        strided = q.strided if strided is None else strided
        outputs = width * q.expansion
        layers, channels = [], inputs
        for number, k in enumerate(kernels):
            filters = outputs if number == len(kernels) - 1 else width
            step = stride if number == strided else 1
            layers += [nn.Conv2d(channels, filters, k, step, k // 2, bias=False), nn.BatchNorm2d(filters), nn.ReLU()]
            channels = filters
        self.path = nn.Sequential(*layers[:-1])
        if (inputs, stride) == (outputs, 1):
            self.shortcut = nn.Identity()
        elif q.shortcut == PADDED:
            self.shortcut = Shortcut(stride, outputs - inputs)
        else:
            conv = nn.Conv2d(inputs, outputs, projection, stride, projection // 2, bias=False)
            self.shortcut = nn.Sequential(conv, nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = self.path(x)
        if self.mute:
            return torch.relu(y)
        if self.adding == "before":
            return torch.relu(y) + self.shortcut(x)
        y = y + self.shortcut(x)
        return y if self.adding == "none" else torch.relu(y)


def network(q, n, width, channels, classes, *, halving=2, pool=nn.AdaptiveAvgPool2d, **other):
    """A ResNet of three stages; the defaults are what is asked for."""
    layers = [nn.Conv2d(channels, width, 3, padding=1, bias=False), nn.BatchNorm2d(width), nn.ReLU()]
    inputs = width
    for stage in range(3):
        for number in range(n):
            stride = halving if stage > 0 and number == 0 else 1
            layers.append(Block(q, inputs, width * 2**stage, stride, **other))
            inputs = width * 2**stage * q.expansion
    return nn.Sequential(*layers, pool(1), nn.Flatten(), nn.Linear(inputs, classes))


@template(
    topics=["cnn/code", "cnn/architectures"],
    difficulty=4,
    minutes=30,
    where=lambda q: q.expansion > 1 or q.strided == 0,
)
class BuildResnet:
    stem = r"""Write a residual block and a ResNet that is made of such blocks, each as an `nn.Module`.

    **`block(inputs, width, stride)`** takes maps (N, inputs, H, W). Its path has
    {{ "two" if expansion == 1 else "three" }} convolutions:

    {% for k, filters, stride in rows() -%}
    1. ${{ k }}\times{{ k }}$, {{ filters }} filters, padding {{ k // 2 }}, stride {{ stride }}
    {% endfor %}
    Each of them is followed by batch normalisation (`nn.BatchNorm2d`), all but the last then by ReLU. The shortcut is
    added to the result, and ReLU is applied to the sum. The shortcut is the input itself where `stride` is 1 and
    `inputs` equals {{ outputs() }}. Otherwise {% if shortcut == "projection" %}it is a convolution $1\times1$ with
    {{ outputs() }} filters and stride `stride`, followed by batch normalisation{% else %}it has no parameters: every
    `stride`-th row and column of the input, beginning with the first, and after its channels as many of zeros as are
    missing to {{ outputs() }}; there are never too many{% endif %}.

    **`resnet(n, width, channels, classes)`** takes images (N, channels, H, W) of any size and gives logits
    (N, classes):

    1. convolution $3\times3$ with `width` filters and padding 1, batch normalisation, ReLU
    1. three stages of `n` blocks each, with `width`, 2 · `width` and 4 · `width`; the first block of the second and of
       the third stage has stride 2, all others stride 1
    1. the average of each map, then a fully connected layer with `classes` outputs

    Convolutions have no biases, the fully connected layer has them. Make the layers in the order in which images pass
    through them{% if shortcut == "projection" %}, in a block those of the path before those of the shortcut{% endif %}.
    Your network is judged in evaluation mode (`eval()`). The same parameters and statistics are put into it and into
    one of ours: both must give the same outputs. Of deep networks the shapes are compared."""

    expansion: int = one_of(1, 2, 4)
    shortcut: str = one_of(PROJECTED, PADDED)
    strided: int = one_of(0, 1)

    @model(points=3)
    def block(q, inputs: int, width: int, stride: int) -> nn.Module:
        """A residual block for maps (N, inputs, H, W)."""
        return Block(q, inputs, width, stride)

    @model(points={"small": 2, "deep": 1})
    def resnet(q, n: int, width: int, channels: int, classes: int) -> nn.Module:
        """A ResNet with `n` blocks in each of three stages, for images (N, channels, H, W): logits (N, classes)."""
        return network(q, n, width, channels, classes)

    block.visible(
        "the input is the shortcut",
        inputs=lambda q: 4 * q.expansion,
        width=4,
        stride=1,
        images=lambda q: (2, 4 * q.expansion, 6, 6),
    )
    block.hidden(
        "the input is the shortcut, not square",
        inputs=lambda q: 3 * q.expansion,
        width=3,
        stride=1,
        images=lambda q: (2, 3 * q.expansion, 5, 8),
    )
    block.hidden("more channels, stride 2", inputs=4, width=8, stride=2, images=(3, 4, 8, 8))
    block.hidden("more channels, stride 1", inputs=3, width=6, stride=1, images=(2, 3, 6, 5))
    block.hidden(
        "as many channels, stride 2",
        inputs=lambda q: 4 * q.expansion,
        width=4,
        stride=2,
        images=lambda q: (2, 4 * q.expansion, 7, 9),
    )
    resnet.visible("one block a stage", "small", n=1, width=4, channels=3, classes=10, images=(2, 3, 16, 16))
    resnet.hidden("grey-scale images", "small", n=1, width=6, channels=1, classes=3, images=(3, 1, 16, 20))
    resnet.hidden("two blocks a stage", "small", n=2, width=4, channels=3, classes=7, images=(2, 3, 13, 18))
    resnet.hidden("five blocks a stage, its sizes", "deep", n=5, width=16, channels=3, classes=100, images=None)

    block.mistake(NO_SHORTCUT, lambda q, *given: Block(q, *given, mute=True))
    block.mistake(ACTIVATED_BEFORE_ADDING, lambda q, *given: Block(q, *given, adding="before"))
    block.mistake(NO_ACTIVATION_AFTER_ADDING, lambda q, *given: Block(q, *given, adding="none"))
    block.mistake(
        STRIDE_ELSEWHERE, lambda q, *given: Block(q, *given, strided=1 - q.strided), when=lambda q: q.expansion > 1
    )
    block.mistake(
        ALL_THREE_BY_THREE, lambda q, *given: Block(q, *given, kernels=(3, 3, 3)), when=lambda q: q.expansion > 1
    )
    block.mistake(
        SHORTCUT_3X3, lambda q, *given: Block(q, *given, projection=3), when=lambda q: q.shortcut == PROJECTED
    )
    resnet.mistake(NO_SHORTCUT, lambda q, *given: network(q, *given, mute=True))
    resnet.mistake(ACTIVATED_BEFORE_ADDING, lambda q, *given: network(q, *given, adding="before"))
    resnet.mistake(NO_ACTIVATION_AFTER_ADDING, lambda q, *given: network(q, *given, adding="none"))
    resnet.mistake(NEVER_HALVED, lambda q, *given: network(q, *given, halving=1))
    resnet.mistake(GLOBAL_MAXIMUM, lambda q, *given: network(q, *given, pool=nn.AdaptiveMaxPool2d))

    def kernels(q):
        """Of the path's convolutions."""
        return (3, 3) if q.expansion == 1 else (1, 3, 1)

    def outputs(q):
        """Channels of the result, in words."""
        return "`width`" if q.expansion == 1 else f"{q.expansion} · `width`"

    def rows(q):
        """(kernel, filters, stride) of each convolution of the path."""
        last = len(q.kernels()) - 1
        filters = ["`width`"] * last + [q.outputs()]
        strides = ["`stride`" if number == q.strided else "1" for number in range(last + 1)]
        return list(zip(q.kernels(), filters, strides, strict=True))

    solution = """
    class Block(torch.nn.Module):
        def __init__(self, inputs, width, stride):
            super().__init__()
            outputs = {{ "width" if expansion == 1 else expansion ~ " * width" }}
            {%- if expansion == 1 %}
            self.path = torch.nn.Sequential(
                torch.nn.Conv2d(inputs, width, 3, stride=stride, padding=1, bias=False),
                torch.nn.BatchNorm2d(width),
                torch.nn.ReLU(),
                torch.nn.Conv2d(width, outputs, 3, padding=1, bias=False),
                torch.nn.BatchNorm2d(outputs),
            )
            {%- else %}
            self.path = torch.nn.Sequential(
                torch.nn.Conv2d(inputs, width, 1{{ ", stride=stride" if strided == 0 }}, bias=False),
                torch.nn.BatchNorm2d(width),
                torch.nn.ReLU(),
                torch.nn.Conv2d(width, width, 3{{ ", stride=stride" if strided == 1 }}, padding=1, bias=False),
                torch.nn.BatchNorm2d(width),
                torch.nn.ReLU(),
                torch.nn.Conv2d(width, outputs, 1, bias=False),
                torch.nn.BatchNorm2d(outputs),
            )
            {%- endif %}
            {%- if shortcut == "projection" %}
            self.shortcut = torch.nn.Identity()
            if stride != 1 or inputs != outputs:
                self.shortcut = torch.nn.Sequential(
                    torch.nn.Conv2d(inputs, outputs, 1, stride=stride, bias=False),
                    torch.nn.BatchNorm2d(outputs),
                )

        def forward(self, x):
            return torch.relu(self.path(x) + self.shortcut(x))
            {%- else %}
            self.stride, self.missing = stride, outputs - inputs

        def forward(self, x):
            seen = x[:, :, :: self.stride, :: self.stride]
            zeros = seen.new_zeros(len(x), self.missing, *seen.shape[2:])
            return torch.relu(self.path(x) + torch.cat([seen, zeros], dim=1))
            {%- endif %}


    def block(inputs, width, stride):
        return Block(inputs, width, stride)


    def resnet(n, width, channels, classes):
        layers = [
            torch.nn.Conv2d(channels, width, 3, padding=1, bias=False),
            torch.nn.BatchNorm2d(width),
            torch.nn.ReLU(),
        ]
        inputs = width
        for stage in range(3):
            for number in range(n):
                layers.append(Block(inputs, width, stride=2 if stage > 0 and number == 0 else 1))
                inputs = {{ "width" if expansion == 1 else expansion ~ " * width" }}
            width *= 2
        return torch.nn.Sequential(
            *layers,
            torch.nn.AdaptiveAvgPool2d(1),
            torch.nn.Flatten(),
            torch.nn.Linear(inputs, classes),
        )
    """
