"""Parameters of a grouped convolution."""

from question_bank import Misconception, one_of, part, template
from question_bank.maths.parameters import conv_params
from question_bank.misconceptions.parameters import FORGOT_BIAS, ONE_BIAS_IN_ALL

ALL_CHANNELS = Misconception(
    "ignored the groups",
    r"You let each filter see all input channels. In a grouped convolution it sees those of its own group only: "
    r"$C/g$ channels.",
)
DIVIDED_TWICE = Misconception(
    "divided filters and channels by the groups",
    r"You counted the filters of one group only. Each group has $K/g$ filters, and there are $g$ groups: $K$ filters "
    r"in all, each $C/g$ channels deep.",
)
TIMES_GROUPS = Misconception(
    "filters repeated in each group",
    r"You gave every group all of the filters. They are shared out among the groups: each has $K/g$ of them.",
)
BIASES_DIVIDED = Misconception(
    "saved biases, too",
    r"You divided the biases by the number of groups as well. There are as many filters as without groups, and each "
    r"keeps its bias: only weights are saved.",
)


@template(
    topics=["cnn/parameters", "cnn/grouped"],
    minutes=4,
    where=lambda q: q.channels != q.filters,
)
class GroupedConv:
    stem = r"""A convolutional layer with {{ filters }} filters of ${{ k }}\times{{ k }}$ and {{ channels }} input
    channels is split into {{ groups }} groups, as layers of AlexNet were split over two graphics cards: the input
    channels are shared out equally among the groups, and so are the filters. A filter sees the channels of its own
    group only. Every filter has a bias."""

    channels: int = one_of(16, 24, 32, 48, 64, 96, 192)
    filters: int = one_of(32, 48, 64, 128, 256, 384)
    k: int = one_of(3, 5, 7)
    groups: int = one_of(2, 4, 8)

    one_filter = part("Weights of one filter (without its bias)", lambda q: q.k**2 * (q.channels // q.groups))
    one_filter.mistake(ALL_CHANNELS, lambda q: q.k**2 * q.channels)
    one_group = part("Filters of one group", lambda q: q.filters // q.groups)
    one_group.mistake(TIMES_GROUPS, lambda q: q.filters)
    grouped = part("Parameters of the layer", lambda q: q.groups * q.one_group * (q.one_filter + 1))
    grouped.mistake(FORGOT_BIAS, lambda q: q.filters * q.one_filter)
    grouped.mistake(ONE_BIAS_IN_ALL, lambda q: q.filters * q.one_filter + 1)
    grouped.mistake(DIVIDED_TWICE, lambda q: conv_params(q.channels // q.groups, q.filters // q.groups, q.k))
    grouped.mistake(ALL_CHANNELS, lambda q: conv_params(q.channels, q.filters, q.k))
    saved = part(
        "How many parameters do the groups save?", lambda q: conv_params(q.channels, q.filters, q.k) - q.grouped
    )
    saved.mistake(
        BIASES_DIVIDED,
        lambda q: conv_params(q.channels, q.filters, q.k) * (q.groups - 1) // q.groups,
    )

    solution = r"""A group has ${{ channels }}/{{ groups }} = {{ channels // groups }}$ input channels, so a filter has
    ${{ k }}\cdot{{ k }}\cdot{{ channels // groups }} = {{ one_filter }}$ weights. A group has
    ${{ filters }}/{{ groups }} = {{ one_group }}$ filters.

    All groups together: ${{ groups }}\cdot{{ one_group }}\cdot({{ one_filter }} + 1) = {{ grouped }}$ parameters.

    Without groups there would be ${{ filters }}\cdot({{ k }}\cdot{{ k }}\cdot{{ channels }} + 1) =
    {{ filters * (k * k * channels + 1) }}$. The groups save ${{ filters * (k * k * channels + 1) }} - {{ grouped }} =
    {{ saved }}$ parameters, all of them weights."""
