"""LeNet-5 with other images or filters: shapes, flattened size, parameters."""

from question_bank import Shape, figures, one_of, part, template
from question_bank.maths.architectures import dense_layers, lenet_layers, params
from question_bank.maths.shapes import conv_volume, pool_volume
from question_bank.misconceptions.architectures import FLAT_BEFORE_POOLING, FLAT_WITHOUT_CHANNELS, PADDED_LENET
from question_bank.misconceptions.parameters import FORGOT_BIAS, FORGOT_INPUT_CHANNELS
from question_bank.misconceptions.shapes import KEPT_INPUT_CHANNELS, MERGED_CHANNELS


@template(topics=["cnn/architectures", "cnn/shapes", "cnn/parameters"], minutes=8)
class Lenet:
    stem = r"""A network like LeNet-5 takes images of ${{ n }}\times{{ n }}$ pixels with {{ c }} channel{{ "s" if c > 1
    }}:

    1. convolution, {{ f1 }} filters of $5\times5$
    2. max pooling, $2\times2$, stride 2
    3. convolution, {{ f2 }} filters of $5\times5$, each of which sees all channels
    4. max pooling, $2\times2$, stride 2
    5. flattening, then fully connected layers with 120, 84 and {{ classes }} outputs

    The convolutions have stride 1 and no padding. Convolutions and fully connected layers have biases; pooling has no
    parameters. Give shapes as height, width, channels."""

    n: int = one_of(28, 32, 36, 40, 44, 48)
    c: int = one_of(1, 3)
    f1: int = one_of(6, 8, 10)
    f2: int = one_of(12, 16, 20)
    classes: int = one_of(10, 26, 47)

    conv1 = part("Shape after operation 1", lambda q: conv_volume((q.n, q.n, q.c), q.f1, 5), Shape())
    conv1.mistake(PADDED_LENET, lambda q: (q.n, q.n, q.f1))
    conv1.mistake(KEPT_INPUT_CHANNELS, lambda q: (*q.conv1[:2], q.c))
    pool1 = part("Shape after operation 2", lambda q: pool_volume(q.conv1, 2, 2), Shape())
    pool1.mistake(MERGED_CHANNELS, lambda q: (*q.pool1[:2], 1))
    pool2 = part("Shape after operation 4", lambda q: pool_volume(conv_volume(q.pool1, q.f2, 5), 2, 2), Shape())
    pool2.mistake(PADDED_LENET, lambda q: pool_volume((*q.pool1[:2], q.f2), 2, 2))
    pool2.mistake(KEPT_INPUT_CHANNELS, lambda q: (*q.pool2[:2], q.f1))
    flat = part("Inputs of the first fully connected layer", lambda q: q.pool2[0] * q.pool2[1] * q.pool2[2])
    flat.mistake(FLAT_WITHOUT_CHANNELS, lambda q: q.pool2[0] * q.pool2[1])
    flat.mistake(FLAT_BEFORE_POOLING, lambda q: 4 * q.pool2[0] * q.pool2[1] * q.pool2[2])
    first = part("Parameters of the first fully connected layer", lambda q: 120 * (q.flat + 1))
    first.mistake(FORGOT_BIAS, lambda q: 120 * q.flat)
    total = part("Parameters of the whole network", lambda q: q.convs() + q.first + q.rest())
    total.mistake(FORGOT_BIAS, lambda q: q.total - sum(layer.filters for layer in q.layers()))
    total.mistake(FORGOT_INPUT_CHANNELS, lambda q: q.total - q.f2 * 25 * (q.f1 - 1))

    def layers(q):
        """All layers with weights."""
        return lenet_layers(q.n, q.c, (q.f1, q.f2), q.classes)

    def convs(q):
        """Parameters of the two convolutions."""
        return params(q.layers()[:2])

    def rest(q):
        """Parameters of the last two fully connected layers."""
        return params(dense_layers(1, 120, (84, q.classes)))

    def figure(q):
        return figures.stacks(
            ("image", (q.n, q.n, q.c)),
            f"1. conv 5×5, {q.f1} filters",
            ("", None),
            "2. max pool 2×2",
            ("", None),
            f"3. conv 5×5, {q.f2} filters",
            ("", None),
            "4. max pool 2×2",
            ("", None),
            "5. flatten",
            ("", None),
            "full",
            ("", (120,)),
            "full",
            ("", (84,)),
            "full",
            ("", (q.classes,)),
        )

    solution = r"""{% set side = pool1[0] - 4 -%}
    A $5\times5$ kernel without padding takes 4 pixels off a side, and the pooling halves it.

    1. ${{ conv1 | join("\\times") }}$
    2. ${{ pool1 | join("\\times") }}$
    3. ${{ side }}\times{{ side }}\times{{ f2 }}$
    4. ${{ pool2 | join("\\times") }}$
    5. ${{ pool2[2] }}\cdot{{ pool2[0] }}\cdot{{ pool2[1] }} = {{ flat }}$, and then 120, 84, {{ classes }}.

    Parameters, with one bias for each filter or output:

    | layer | parameters |
    |---|---|
    | convolution 1 | ${{ f1 }}\cdot(25\cdot{{ c }} + 1) = {{ f1 * (25 * c + 1) }}$ |
    | convolution 2 | ${{ f2 }}\cdot(25\cdot{{ f1 }} + 1) = {{ f2 * (25 * f1 + 1) }}$ |
    | fully connected 1 | $120\cdot({{ flat }} + 1) = {{ first }}$ |
    | fully connected 2 | $84\cdot(120 + 1) = 10164$ |
    | fully connected 3 | ${{ classes }}\cdot(84 + 1) = {{ 85 * classes }}$ |
    | together | {{ total }} |"""
