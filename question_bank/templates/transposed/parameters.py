"""Parameters of a transposed convolution, and the layout of its weight."""

from question_bank import Integer, Shape, integers, one_of, part, template
from question_bank.maths.parameters import conv_params
from question_bank.misconceptions import Misconception
from question_bank.misconceptions.parameters import (
    BIAS_PER_PLANE,
    COUNTED_POSITIONS,
    FORGOT_BIAS,
    FORGOT_INPUT_CHANNELS,
)

BIAS_PER_INPUT = Misconception(
    "one bias per input channel",
    r"You counted a bias for each input channel. The bias is added to the output, so there is one per **output** "
    r"channel, for a transposed convolution as well.",
)
CONVOLUTION_LAYOUT = Misconception(
    "used the layout of a convolution",
    r"You put the output channels first, as in a convolution. A transposed convolution keeps the weight of the "
    r"convolution that it transposes, so its **input** channels come first.",
)
GROUPS_IGNORED = Misconception(
    "ignored the groups",
    r"You connected every input channel with every output channel. With groups, a channel is connected only with the "
    r"output channels of its own group.",
)


def weights(q, groups=None):
    """The shape of the weight, perhaps with other groups."""
    return (q.channels, q.filters // (groups or q.groups), q.k, q.k)


@template(
    topics=["cnn/transposed", "cnn/parameters"],
    difficulty=2,
    minutes=3,
    where=lambda q: q.channels != q.filters and q.filters // q.groups != q.channels,
)
class Parameters:
    stem = r"""A decoder layer is `nn.ConvTranspose2d({{ channels }}, {{ filters }}, kernel_size={{ k }}, stride={{ s }}
    {{- ", groups=" ~ groups if groups > 1 }})` with a bias: {{ channels }} input channels, {{ filters }} output
    channels
    {%- if groups > 1 %}, in {{ groups }} groups of {{ channels // groups }} input and {{ filters // groups }} output
    channels{% endif %}. Its input has ${{ n }}\times{{ n }}$ pixels."""

    channels: int = one_of(16, 24, 32, 64, 128)
    filters: int = one_of(8, 12, 16, 32, 48)
    k: int = one_of(2, 3, 4, 5)
    s: int = one_of(2, 3)
    groups: int = one_of(1, 2, 4)
    n: int = integers(6, 16, step=2)

    layout = part(
        "The shape of its weight in PyTorch",
        weights,
        Shape(("input channels", "output channels per group", "height", "width")),
    )
    layout.mistake(CONVOLUTION_LAYOUT, lambda q: (q.filters, q.channels // q.groups, q.k, q.k))
    layout.mistake(GROUPS_IGNORED, lambda q: weights(q, 1), when=lambda q: q.groups > 1)
    biases = part("Number of biases", lambda q: q.filters, Integer())
    biases.mistake(BIAS_PER_INPUT, lambda q: q.channels)
    biases.mistake(BIAS_PER_PLANE, lambda q: q.channels * q.filters)
    total = part(
        "Number of parameters", lambda q: q.layout[0] * q.layout[1] * q.layout[2] * q.layout[3] + q.biases, Integer()
    )
    total.mistake(FORGOT_BIAS, lambda q: q.total - q.biases)
    total.mistake(FORGOT_INPUT_CHANNELS, lambda q: q.k**2 * q.filters + q.filters)
    total.mistake(GROUPS_IGNORED, lambda q: conv_params(q.channels, q.filters, q.k), when=lambda q: q.groups > 1)
    total.mistake(COUNTED_POSITIONS, lambda q: (q.total - q.biases) * q.n**2 + q.biases)

    solution = r"""The weight has one $k\times k$ plane for every pair of connected channels, and the input channels
    come first (in a convolution the output channels do): $({{ layout | join(",\\;") }})$.
    {%- if groups > 1 %} With {{ groups }} groups an input channel meets ${{ filters }}/{{ groups }} = {{ layout[1] }}$
    output channels.{% endif %}

    There is one bias per output channel, {{ biases }}. Stride and size of the input play no part:

    $${{ layout | join("\\cdot") }} + {{ biases }} = {{ total }}$$"""
