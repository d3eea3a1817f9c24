"""Build AlexNet in PyTorch, in one tower or in two banks, for other widths, images and numbers of classes."""

from torch import nn

from question_bank import array, model, one_of, template
from question_bank.maths.architectures import ALEXNET_FILTERS
from question_bank.maths.shapes import conv_out
from question_bank.misconceptions.architectures import SAW_BOTH_BANKS, SPLIT_CONV3
from question_bank.misconceptions.networks import (
    ACTIVATED_LOGITS,
    AVERAGE_POOLING,
    FORGOT_ACTIVATION,
    LRN_LEFT_OUT,
    NOT_AVERAGED,
)
from question_bank.misconceptions.pooling import NON_OVERLAPPING
from question_bank.misconceptions.shapes import IGNORED_PADDING

FILTERS = {1: (64, 192, 384, 256, 256), 2: ALEXNET_FILTERS}  # one tower as Krizhevsky (2014), two banks as in 2012
KERNELS = (11, 5, 3, 3, 3)
POOLED = (0, 1, 4)  # the convolutions that a pooling follows


def network(q, divisor, channels, side, classes, **other):
    """What the variant asks for, but for what is given: groups, the first padding, poolings, and so on."""
    as_asked = {"groups": (1, q.banks, 1, q.banks, q.banks), "padding": q.padding, "pool": nn.MaxPool2d, "window": 3}
    as_asked |= {"normalised": q.normalised, "grid": q.grid, "between": nn.ReLU, "last": nn.Identity}
    return built(FILTERS[q.banks], divisor, channels, side, classes, **as_asked | other)


def built(filters, divisor, channels, side, classes, groups, padding, pool, window, normalised, grid, between, last):
    """An AlexNet, all said."""
    layers = []
    for number, (k, width) in enumerate(zip(KERNELS, filters, strict=True)):
        stride, pad = (4, padding) if number == 0 else (1, k // 2)
        layers.append(nn.Conv2d(channels, width // divisor, k, stride, pad, groups=groups[number]))
        layers.append(nn.ReLU())
        channels, side = width // divisor, conv_out(side, k, stride, pad)
        if normalised and number < 2:
            layers.append(nn.LocalResponseNorm(5, alpha=1e-4, beta=0.75, k=2.0))
        if number in POOLED:
            layers.append(pool(window, 2))
            side = conv_out(side, window, 2)
    if grid:
        layers.append(nn.AdaptiveAvgPool2d(grid))
        side = grid
    hidden = 4096 // divisor
    layers += [nn.Flatten(), nn.Linear(channels * side * side, hidden), between(), nn.Linear(hidden, hidden), between()]
    return nn.Sequential(*layers, nn.Linear(hidden, classes), last())


def images(n, channels, side):
    """Images; bright ones where they are normalised, which changes small numbers too little."""
    return lambda q: array(n, channels, side, side, **({"low": -64, "high": 64} if q.normalised else {}))


@template(topics=["cnn/code", "cnn/architectures"], difficulty=4, minutes=25)
class BuildAlexnet:
    stem = r"""Write `alexnet(divisor, channels, side, classes)`. It returns AlexNet, {{ "in two banks (it was trained
    on two GPUs)" if banks == 2 else "in one tower" }}, as an `nn.Module` for images of `side` $\times$ `side` pixels
    with `channels` channels. All numbers of filters and hidden units are divided by `divisor` (1, 2, 4, 8 or 16), so
    that `divisor` 1 is the full size:

    | layer | kernel | stride | padding | filters |{% if banks == 2 %} groups |{% endif %}
    |---|---|---|---|---|{% if banks == 2 %}---|{% endif %}
    | convolution 1 | $11\times11$ | 4 | {{ padding }} | {{ filters()[0] }} |{% if banks == 2 %} 1 |{% endif %}
    | max pooling | $3\times3$ | 2 | 0 | |{% if banks == 2 %} |{% endif %}
    | convolution 2 | $5\times5$ | 1 | 2 | {{ filters()[1] }} |{% if banks == 2 %} 2 |{% endif %}
    | max pooling | $3\times3$ | 2 | 0 | |{% if banks == 2 %} |{% endif %}
    | convolution 3 | $3\times3$ | 1 | 1 | {{ filters()[2] }} |{% if banks == 2 %} 1 |{% endif %}
    | convolution 4 | $3\times3$ | 1 | 1 | {{ filters()[3] }} |{% if banks == 2 %} 2 |{% endif %}
    | convolution 5 | $3\times3$ | 1 | 1 | {{ filters()[4] }} |{% if banks == 2 %} 2 |{% endif %}
    | max pooling | $3\times3$ | 2 | 0 | |{% if banks == 2 %} |{% endif %}

    ReLU follows every convolution.{% if banks == 2 %} A convolution with 2 groups is a single layer
    (`groups=2`).{% endif %}{% if normalised %} After the ReLU of convolutions 1 and 2 there is a local response
    normalisation over 5 channels, `nn.LocalResponseNorm` with `alpha` $10^{-4}$, `beta` 0.75 and `k` 2.{% endif %}
    Windows that do not fit entirely are dropped.

    The last map is {% if grid %}averaged to ${{ grid }}\times{{ grid }}$ (`nn.AdaptiveAvgPool2d`) and then {% endif %}
    flattened. Then come fully connected layers with 4096, 4096 and `classes` outputs, ReLU after the first two;
    `classes` is not divided.

    All layers have biases. Make the layers in the order in which images pass through them, and give each its sizes
    where you make it (no lazy layers). Dropout may be there, but it has to be off after `eval()`. The same parameters
    are put into your network and into one of ours: both must give the same logits. Of the full size the shapes of the
    parameters are compared."""

    banks: int = one_of(1, 2)
    normalised: bool = one_of(False, True)
    padding: int = one_of(0, 2)
    grid: int = one_of(0, 6)

    @model(points={"narrow": 3, "other images": 2, "full size": 1})
    def alexnet(q, divisor: int, channels: int, side: int, classes: int) -> nn.Module:
        """AlexNet with widths divided by `divisor`, for images (N, channels, side, side): logits (N, classes)."""
        return network(q, divisor, channels, side, classes)

    alexnet.visible("narrow", "narrow", divisor=16, channels=3, side=99, classes=10, images=images(2, 3, 99))
    alexnet.hidden("a batch", "narrow", divisor=16, channels=3, side=131, classes=7, images=images(3, 3, 131))
    alexnet.hidden("one channel", "other images", divisor=8, channels=1, side=83, classes=2, images=images(2, 1, 83))
    alexnet.hidden(
        "large images", "other images", divisor=16, channels=3, side=259, classes=4, images=images(1, 3, 259)
    )
    alexnet.hidden("1000 classes, its sizes", "full size", divisor=1, channels=3, side=227, classes=1000, images=None)
    alexnet.hidden("smaller images, its sizes", "full size", divisor=2, channels=3, side=160, classes=37, images=None)

    alexnet.mistake(AVERAGE_POOLING, lambda q, *given: network(q, *given, pool=nn.AvgPool2d))
    alexnet.mistake(NON_OVERLAPPING, lambda q, *given: network(q, *given, window=2))
    alexnet.mistake(FORGOT_ACTIVATION, lambda q, *given: network(q, *given, between=nn.Identity))
    alexnet.mistake(ACTIVATED_LOGITS, lambda q, *given: network(q, *given, last=nn.ReLU))
    alexnet.mistake(IGNORED_PADDING, lambda q, *given: network(q, *given, padding=0), when=lambda q: q.padding > 0)
    alexnet.mistake(LRN_LEFT_OUT, lambda q, *given: network(q, *given, normalised=False), when=lambda q: q.normalised)
    alexnet.mistake(NOT_AVERAGED, lambda q, *given: network(q, *given, grid=0), when=lambda q: q.grid > 0)
    alexnet.mistake(SAW_BOTH_BANKS, lambda q, *given: network(q, *given, groups=(1,) * 5), when=lambda q: q.banks == 2)
    alexnet.mistake(
        SPLIT_CONV3, lambda q, *given: network(q, *given, groups=(1, 2, 2, 2, 2)), when=lambda q: q.banks == 2
    )

    def filters(q):
        """Of each convolution, at full size."""
        return FILTERS[q.banks]

    solution = """
    def alexnet(divisor, channels, side, classes):
        layers = []

        def convolution(filters, k, stride=1, padding=0{{ ", groups=1" if banks == 2 }}):
            nonlocal channels, side
            filters //= divisor
            layers.append(torch.nn.Conv2d(channels, filters, k, stride, padding{{ ", groups=groups" if banks == 2 }}))
            layers.append(torch.nn.ReLU())
            channels, side = filters, (side + 2 * padding - k) // stride + 1

        def pooling():
            nonlocal side
            layers.append(torch.nn.MaxPool2d(3, stride=2))
            side = (side - 3) // 2 + 1
        {% if normalised %}
        def normalisation():
            layers.append(torch.nn.LocalResponseNorm(5, alpha=1e-4, beta=0.75, k=2.0))
        {% endif %}
        convolution({{ filters()[0] }}, 11, stride=4, padding={{ padding }})
        {%- if normalised %}
        normalisation()
        {%- endif %}
        pooling()
        convolution({{ filters()[1] }}, 5, padding=2{{ ", groups=2" if banks == 2 }})
        {%- if normalised %}
        normalisation()
        {%- endif %}
        pooling()
        convolution({{ filters()[2] }}, 3, padding=1)
        convolution({{ filters()[3] }}, 3, padding=1{{ ", groups=2" if banks == 2 }})
        convolution({{ filters()[4] }}, 3, padding=1{{ ", groups=2" if banks == 2 }})
        pooling()
        {%- if grid %}
        layers.append(torch.nn.AdaptiveAvgPool2d({{ grid }}))
        side = {{ grid }}
        {%- endif %}
        hidden = 4096 // divisor
        return torch.nn.Sequential(
            *layers,
            torch.nn.Flatten(),
            torch.nn.Dropout(0.5),
            torch.nn.Linear(channels * side**2, hidden),
            torch.nn.ReLU(),
            torch.nn.Dropout(0.5),
            torch.nn.Linear(hidden, hidden),
            torch.nn.ReLU(),
            torch.nn.Linear(hidden, classes),
        )
    """
