"""Build VGG networks in PyTorch: from a list of layers, and a configuration of the paper at any width."""

from torch import nn

from question_bank import array, model, one_of, template
from question_bank.maths.architectures import VGG, VGG_FILTERS
from question_bank.misconceptions.architectures import C_AS_D
from question_bank.misconceptions.networks import (
    ACTIVATED_LOGITS,
    AVERAGE_POOLING,
    FORGOT_ACTIVATION,
    LRN_LEFT_OUT,
    ONE_ACTIVATION_PER_BLOCK,
)

MULTIPLES = tuple(filters // VGG_FILTERS[0] for filters in VGG_FILTERS)  # of the first block's filters
D = [64, 64, "M", 128, 128, "M", 256, 256, 256, "M", 512, 512, 512, "M", 512, 512, 512, "M"]


def network(
    layers, channels, side, hidden, classes, pool=nn.MaxPool2d, sparse=False, between=nn.ReLU, last=nn.Identity
):
    """A VGG of these layers: (kernel, filters), "M" for a pooling, "N" for a normalisation.

    The defaults are what is asked for; `sparse` has activations only before poolings.
    """
    found = []
    for layer, after in zip(layers, [*layers[1:], "M"], strict=True):
        match layer:
            case "M":
                found.append(pool(2))
                side //= 2
            case "N":
                found.append(nn.LocalResponseNorm(5, alpha=1e-4, beta=0.75, k=2.0))
            case k, filters:
                found.append(nn.Conv2d(channels, filters, k, padding=k // 2))
                found.append(nn.Identity() if sparse and after != "M" else nn.ReLU())
                channels = filters
    found += [nn.Flatten(), nn.Linear(channels * side * side, hidden), between(), nn.Linear(hidden, hidden), between()]
    return nn.Sequential(*found, nn.Linear(hidden, classes), last())


def listed(q, cfg, channels, side, hidden, classes, **other):
    """What `vgg` has to build, but for what is given."""
    return network([e if e == "M" else (3, e) for e in cfg], channels, side, hidden, classes, **other)


def published(q, width, channels, side, classes, *, config=None, **other):
    """What `paper_vgg` has to build, but for what is given."""
    config, layers = config or q.config, []
    for kernels, multiple in zip(VGG[config], MULTIPLES, strict=True):
        layers += [*((k, multiple * width) for k in kernels), "M"]
    if config == "A-LRN":
        layers.insert(1, "N")
    return network(layers, channels, side, 64 * width, classes, **other)


def images(n, channels, side):
    """Images for the paper's network; bright ones where it normalises, which changes small numbers too little."""
    return lambda q: array(n, channels, side, side, **({"low": -64, "high": 64} if q.config == "A-LRN" else {}))


@template(topics=["cnn/code", "cnn/architectures"], difficulty=4, minutes=30)
class BuildVgg:
    stem = r"""Write two functions that return VGG networks as an `nn.Module`. Both take images of
    `side` $\times$ `side` pixels with `channels` channels and give logits for `classes` classes.

    **`vgg(cfg, channels, side, hidden, classes)`** builds what the list `cfg` says, entry by entry:

    - a number: a convolution $3\times3$ with so many filters, stride 1, padding 1, then ReLU
    - `"M"`: max pooling $2\times2$ with stride 2; `side` can always be halved

    Then come fully connected layers with `hidden`, `hidden` and `classes` outputs, ReLU after the first two.

    **`paper_vgg(width, channels, side, classes)`** builds configuration {{ config }} of the paper (Simonyan and
    Zisserman, 2015), with `width` filters in block 1 instead of 64:

    | block | filters | convolutions |
    |---|---|---|
    {% for filters, kernels in rows() -%}
    | {{ loop.index }} | {{ filters }} | {{ kernels }} |
    {% endfor %}
    All convolutions keep height and width and are followed by ReLU; each block ends with max pooling as above.{% if
    config == "A-LRN" %} After the ReLU of block 1 there is a local response normalisation over 5 channels,
    `nn.LocalResponseNorm` with `alpha` $10^{-4}$, `beta` 0.75 and `k` 2.{% endif %} Then come fully connected layers as
    above, with $64\cdot{}$`width` hidden units. `side` is a multiple of 32. With `width` 64 this is the network of the
    paper.

    All layers have biases. Make the layers in the order in which images pass through them, and give each its sizes
    where you make it (no lazy layers). Dropout may be there: it is switched off (`eval()`). The same parameters are
    put into your network and into one of ours: both must give the same logits. Of large networks the shapes of the
    parameters are compared."""

    config: str = one_of("A", "A-LRN", "B", "C", "D", "E")

    @model(points={"from a list": 3, "from a list, full size": 1})
    def vgg(q, cfg: list, channels: int, side: int, hidden: int, classes: int) -> nn.Module:
        """The VGG of a list such as [64, "M", 128, "M"] for images (N, channels, side, side): logits (N, classes)."""
        return listed(q, cfg, channels, side, hidden, classes)

    @model(points={"of the paper": 3, "of the paper, full size": 1})
    def paper_vgg(q, width: int, channels: int, side: int, classes: int) -> nn.Module:
        """Configuration {{ config }} with `width` filters in block 1, for images (N, channels, side, side)."""
        return published(q, width, channels, side, classes)

    vgg.visible(
        "two blocks",
        "from a list",
        cfg=[8, "M", 12, 16, "M"],
        channels=1,
        side=16,
        hidden=32,
        classes=10,
        images=(2, 1, 16, 16),
    )
    vgg.hidden(
        "five blocks",
        "from a list",
        cfg=[4, "M", 8, "M", 16, 16, "M", 16, 16, "M", 12, 12, "M"],
        channels=3,
        side=64,
        hidden=24,
        classes=7,
        images=(2, 3, 64, 64),
    )
    vgg.hidden(
        "no pooling at the end",
        "from a list",
        cfg=[5, "M", 6, 7],
        channels=2,
        side=10,
        hidden=9,
        classes=2,
        images=(3, 2, 10, 10),
    )
    vgg.hidden(
        "poolings in a row",
        "from a list",
        cfg=["M", 4, "M", "M", 6],
        channels=3,
        side=24,
        hidden=16,
        classes=5,
        images=(1, 3, 24, 24),
    )
    vgg.hidden(
        "a single convolution",
        "from a list",
        cfg=[3],
        channels=1,
        side=7,
        hidden=8,
        classes=3,
        images=(2, 1, 7, 7),
    )
    vgg.hidden(
        "1000 classes, its sizes",
        "from a list, full size",
        cfg=D,
        channels=3,
        side=224,
        hidden=4096,
        classes=1000,
        images=None,
    )
    paper_vgg.visible("narrow", "of the paper", width=4, channels=3, side=32, classes=10, images=images(2, 3, 32))
    paper_vgg.hidden("one channel", "of the paper", width=3, channels=1, side=32, classes=2, images=images(3, 1, 32))
    paper_vgg.hidden("larger images", "of the paper", width=2, channels=3, side=96, classes=5, images=images(1, 3, 96))
    paper_vgg.hidden(
        "as published, its sizes",
        "of the paper, full size",
        width=64,
        channels=3,
        side=224,
        classes=1000,
        images=None,
    )
    paper_vgg.hidden(
        "for other images, its sizes",
        "of the paper, full size",
        width=64,
        channels=1,
        side=160,
        classes=257,
        images=None,
    )

    vgg.mistake(AVERAGE_POOLING, lambda q, *given: listed(q, *given, pool=nn.AvgPool2d))
    vgg.mistake(FORGOT_ACTIVATION, lambda q, *given: listed(q, *given, between=nn.Identity))
    vgg.mistake(ACTIVATED_LOGITS, lambda q, *given: listed(q, *given, last=nn.ReLU))
    vgg.mistake(ONE_ACTIVATION_PER_BLOCK, lambda q, *given: listed(q, *given, sparse=True))
    paper_vgg.mistake(AVERAGE_POOLING, lambda q, *given: published(q, *given, pool=nn.AvgPool2d))
    paper_vgg.mistake(FORGOT_ACTIVATION, lambda q, *given: published(q, *given, between=nn.Identity))
    paper_vgg.mistake(ACTIVATED_LOGITS, lambda q, *given: published(q, *given, last=nn.ReLU))
    paper_vgg.mistake(
        ONE_ACTIVATION_PER_BLOCK,
        lambda q, *given: published(q, *given, sparse=True),
        when=lambda q: q.config != "A-LRN",
    )
    paper_vgg.mistake(C_AS_D, lambda q, *given: published(q, *given, config="D"), when=lambda q: q.config == "C")
    paper_vgg.mistake(
        LRN_LEFT_OUT, lambda q, *given: published(q, *given, config="A"), when=lambda q: q.config == "A-LRN"
    )

    def rows(q):
        """(filters, kernels) of each block."""
        names = ["`width`", *(f"{multiple} · `width`" for multiple in MULTIPLES[1:])]
        kernels = [", ".join(rf"${k}\times{k}$" for k in block) for block in VGG[q.config]]
        return list(zip(names, kernels, strict=True))

    def kernels(q):
        """(multiple of the width, kernels) of each block."""
        return list(zip(MULTIPLES, VGG[q.config], strict=True))

    solution = """
    def classifier(inputs, hidden, classes):
        return [
            torch.nn.Flatten(),
            torch.nn.Linear(inputs, hidden),
            torch.nn.ReLU(),
            torch.nn.Linear(hidden, hidden),
            torch.nn.ReLU(),
            torch.nn.Linear(hidden, classes),
        ]


    def vgg(cfg, channels, side, hidden, classes):
        layers = []
        for entry in cfg:
            if entry == "M":
                layers.append(torch.nn.MaxPool2d(2))
                side //= 2
            else:
                layers += [torch.nn.Conv2d(channels, entry, 3, padding=1), torch.nn.ReLU()]
                channels = entry
        return torch.nn.Sequential(*layers, *classifier(channels * side**2, hidden, classes))


    def paper_vgg(width, channels, side, classes):
        layers = []
        for multiple, kernels in [
            {%- for multiple, kernels in kernels() %}
            ({{ multiple }}, {{ kernels }}),
            {%- endfor %}
        ]:
            for k in kernels:
                layers += [torch.nn.Conv2d(channels, multiple * width, k, padding=k // 2), torch.nn.ReLU()]
                channels = multiple * width
            layers.append(torch.nn.MaxPool2d(2))
        {%- if config == "A-LRN" %}
        layers.insert(2, torch.nn.LocalResponseNorm(5, alpha=1e-4, beta=0.75, k=2.0))
        {%- endif %}
        side //= 32
        return torch.nn.Sequential(*layers, *classifier(channels * side**2, 64 * width, classes))
    """
