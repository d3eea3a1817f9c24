"""Which network brought which idea: match them."""

from itertools import combinations

from question_bank import Matching, integers, one_of, part, shuffled, template
from question_bank.misconceptions.architectures import ADDED_FOR_JOINED, ONE_BY_ONE_MIXED_UP, SMALL_NETS_MIXED_UP

FEATURES = {
    "LeNet-5 (1998)": "convolutions trained by back-propagation that read handwritten digits",
    "AlexNet (2012)": "ReLU and dropout in a deep network that is split over two GPUs",
    "Network in Network (2013)": "$1\\times1$ convolutions between the layers, global average pooling at the end",
    "VGG (2014)": "nothing but small $3\\times3$ kernels, stacked up to 19 weight layers",
    "GoogLeNet (2014)": "branches with kernels of several sizes, joined along the channels",
    "ResNet (2015)": "shortcuts that add the input of a block to its output",
    "U-Net (2015)": "an encoder that hands its feature maps across to a decoder of the same sizes",
    "SqueezeNet (2016)": "few $1\\times1$ filters before each pair of $1\\times1$ and $3\\times3$ layers",
    "DenseNet (2016)": "layers that see the joined channels of all layers before them in the block",
    "MobileNet (2017)": "depthwise separable convolutions throughout, thinned by a width multiplier",
    "SENet (2017)": "weights for the channels, computed from their global averages",
    "EfficientNet (2019)": "depth, width and image size that grow together by a single coefficient",
}
NETS = tuple(FEATURES)


def swapped(q, one, other):
    """The matching with two networks mixed up."""
    return {**q.matches, one: FEATURES[other], other: FEATURES[one]}


def both(one, other):
    """Whether both networks are asked for."""
    return lambda q: {one, other} <= set(q.nets())


@template(topics=["cnn/architectures"], difficulty=2, minutes=4)
class NetsAndFeatures:
    stem = r"""Five networks for images, with the year in which they were published, and six features. Each feature is
    what one network is known for; one feature belongs to none of the five."""

    picked: tuple[int, ...] = one_of(*combinations(range(len(NETS)), 6))
    spare: int = integers(0, 5)
    order: tuple[int, ...] = shuffled(0, 1, 2, 3, 4, 5)

    matches = part(
        "Which feature belongs to which network?",
        lambda q: {net: FEATURES[net] for net in q.nets()},
        lambda q: Matching(q.features(), q.nets()),
        points=5,
    )
    matches.mistake(
        ADDED_FOR_JOINED,
        lambda q: swapped(q, "ResNet (2015)", "DenseNet (2016)"),
        when=both("ResNet (2015)", "DenseNet (2016)"),
    )
    matches.mistake(
        ONE_BY_ONE_MIXED_UP,
        lambda q: swapped(q, "Network in Network (2013)", "GoogLeNet (2014)"),
        when=both("Network in Network (2013)", "GoogLeNet (2014)"),
    )
    matches.mistake(
        SMALL_NETS_MIXED_UP,
        lambda q: swapped(q, "MobileNet (2017)", "SqueezeNet (2016)"),
        when=both("MobileNet (2017)", "SqueezeNet (2016)"),
    )

    def nets(q):
        """The networks that are asked for."""
        return tuple(NETS[index] for place, index in enumerate(q.picked) if place != q.spare)

    def features(q):
        """Their features and one more, in the student's own order."""
        return tuple(FEATURES[NETS[q.picked[place]]] for place in q.order)

    solution = r"""{% for net, feature in matches.items() -%}
    - {{ net }}: {{ feature }}
    {% endfor %}"""
