"""AlexNet's two banks: which convolutions are split over two GPUs, and what that saves."""

from question_bank import one_of, part, template
from question_bank.maths.architectures import alexnet_layers, params
from question_bank.maths.parameters import conv_params
from question_bank.misconceptions.architectures import ONE_BANK_ONLY, SAW_BOTH_BANKS, SPLIT_CONV3
from question_bank.misconceptions.parameters import FORGOT_BIAS


@template(topics=["cnn/architectures", "cnn/parameters"], difficulty=3, minutes=8)
class AlexnetBanks:
    stem = r"""AlexNet was trained on two GPUs. Each of them holds half of the filters of every convolution. In
    **conv2, conv4 and conv5** a filter sees only the feature maps on its own GPU; conv3 and the fully connected layers
    see all maps of both, and conv1 sees the whole image. Take AlexNet with these numbers, which count both GPUs
    together:

    | layer | kernel | filters or outputs |
    |---|---|---|
    | conv1 | $11\times11$, input of 3 channels | {{ f1 }} |
    | conv2 | $5\times5$ | {{ f2 }} |
    | conv3 | $3\times3$ | {{ f3 }} |
    | conv4 | $3\times3$ | {{ f3 }} |
    | conv5 | $3\times3$ | {{ f5 }} |
    | fc1 | input of $6\times6\times{{ f5 }}$ | 4096 |
    | fc2 | | 4096 |
    | fc3 | | {{ classes }} |

    Every filter and every output has a bias."""

    f1: int = one_of(64, 80, 96, 128)
    f2: int = one_of(192, 224, 256)
    f3: int = one_of(320, 384, 448)
    f5: int = one_of(192, 224, 256)
    classes: int = one_of(10, 100, 1000)

    conv2 = part("Parameters of conv2", lambda q: conv_params(q.f1 // 2, q.f2, 5))
    conv2.mistake(SAW_BOTH_BANKS, lambda q: conv_params(q.f1, q.f2, 5))
    conv2.mistake(ONE_BANK_ONLY, lambda q: conv_params(q.f1 // 2, q.f2 // 2, 5))
    conv2.mistake(FORGOT_BIAS, lambda q: conv_params(q.f1 // 2, q.f2, 5, bias=False))
    conv3 = part("Parameters of conv3", lambda q: conv_params(q.f2, q.f3, 3))
    conv3.mistake(SPLIT_CONV3, lambda q: conv_params(q.f2 // 2, q.f3, 3))
    conv3.mistake(FORGOT_BIAS, lambda q: conv_params(q.f2, q.f3, 3, bias=False))
    both = part("Parameters of the whole network", lambda q: q.rest() + q.conv2 + q.conv3)
    both.mistake(SPLIT_CONV3, lambda q: q.rest() + q.conv2 + conv_params(q.f2 // 2, q.f3, 3))
    both.mistake(SAW_BOTH_BANKS, lambda q: params(q.layers(1)))
    both.mistake(FORGOT_BIAS, lambda q: q.both - sum(layer.filters for layer in q.layers(2)))
    more = part(
        "How many parameters more would it have on a single GPU, where every filter sees all channels?",
        lambda q: params(q.layers(1)) - q.both,
    )
    more.mistake(SPLIT_CONV3, lambda q: q.more + conv_params(q.f2 // 2, q.f3, 3, bias=False))

    def layers(q, banks):
        """All layers with weights."""
        return alexnet_layers(banks, q.classes, 227, (q.f1, q.f2, q.f3, q.f3, q.f5))

    def rest(q):
        """Parameters of all layers but conv2 and conv3."""
        return params([layer for layer in q.layers(2) if layer.name not in ("conv2", "conv3")])

    def rows(q):
        """(name, k, channels that a filter sees, filters, parameters) of each layer, and those on a single GPU."""
        return [
            (two.name, two.k, two.channels // two.groups, two.filters, two.params, one.params)
            for two, one in zip(q.layers(2), q.layers(1), strict=True)
        ]

    solution = r"""A layer has $F(k\cdot k\cdot C + 1)$ parameters, where $C$ is the number of channels that **one
    filter sees**. In conv2, conv4 and conv5 that is half of the channels before. (A fully connected layer counts like
    a convolution whose kernel covers its input.)

    | layer | $k$ | $C$ | $F$ | two GPUs | one GPU |
    |---|---|---|---|---|---|
    {% for name, k, channels, filters, two, one in rows() -%}
    | {{ name }} | {{ k }} | {{ channels }} | {{ filters }} | {{ two }} | {{ one }} |
    {% endfor %}
    - conv2 has {{ conv2 }} and conv3 has {{ conv3 }} parameters.
    - Together: {{ both }} on two GPUs and {{ both + more }} on one, {{ more }} more."""
