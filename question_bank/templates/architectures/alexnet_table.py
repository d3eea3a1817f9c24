"""The layers of an AlexNet on a single GPU: shapes and parameters, with gaps to fill."""

from question_bank import Shape, integers, one_of, part, template
from question_bank.maths.architectures import alexnet_layers, params
from question_bank.maths.parameters import conv_params
from question_bank.maths.shapes import conv_volume, pool_volume
from question_bank.misconceptions.architectures import FLAT_BEFORE_POOLING, FLAT_WITHOUT_CHANNELS
from question_bank.misconceptions.compute import CONV_ONLY
from question_bank.misconceptions.parameters import FORGOT_BIAS, FORGOT_INPUT_CHANNELS, USED_FIRST_INPUT
from question_bank.misconceptions.pooling import NON_OVERLAPPING
from question_bank.misconceptions.shapes import FORGOT_PLUS_ONE, IGNORED_PADDING, KEPT_INPUT_CHANNELS


@template(topics=["cnn/architectures", "cnn/shapes", "cnn/parameters"], difficulty=3, minutes=10)
class AlexnetTable:
    stem = r"""A network like AlexNet, on a single GPU (every filter sees all channels), takes RGB images of
    ${{ n }}\times{{ n }}$ pixels:

    | layer | kernel | stride | padding | filters |
    |---|---|---|---|---|
    | conv1 | $11\times11$ | 4 | 0 | {{ widths[0] }} |
    | max pooling 1 | $3\times3$ | 2 | 0 | |
    | conv2 | $5\times5$ | 1 | 2 | {{ widths[1] }} |
    | max pooling 2 | $3\times3$ | 2 | 0 | |
    | conv3 | $3\times3$ | 1 | 1 | {{ widths[2] }} |
    | conv4 | $3\times3$ | 1 | 1 | {{ widths[3] }} |
    | conv5 | $3\times3$ | 1 | 1 | {{ widths[4] }} |
    | max pooling 5 | $3\times3$ | 2 | 0 | |

    Then come fully connected layers with 4096, 4096 and {{ classes }} outputs. All convolutions and fully connected
    layers have biases. Padding is added on each of the four sides, and divisions are rounded down. Give shapes as
    height, width, channels."""

    n: int = one_of(163, 195, 227, 259, 291)
    widths: tuple[int, ...] = one_of(
        (96, 256, 384, 384, 256), (64, 192, 384, 256, 256), (48, 128, 192, 192, 128), (80, 240, 320, 320, 160)
    )
    classes: int = one_of(10, 100, 365, 1000)
    layer: int = integers(2, 5)

    conv1 = part("Shape after conv1", lambda q: conv_volume((q.n, q.n, 3), q.widths[0], 11, 4), Shape())
    conv1.mistake(FORGOT_PLUS_ONE, lambda q: ((q.n - 11) // 4, (q.n - 11) // 4, q.widths[0]))
    conv1.mistake(KEPT_INPUT_CHANNELS, lambda q: conv_volume((q.n, q.n, 3), 3, 11, 4))
    pool1 = part("Shape after max pooling 1", lambda q: pool_volume(q.conv1, 3, 2), Shape())
    pool1.mistake(NON_OVERLAPPING, lambda q: pool_volume(q.conv1, 3, 3))
    pool2 = part("Shape after max pooling 2", lambda q: pool_volume((*q.pool1[:2], q.widths[1]), 3, 2), Shape())
    pool2.mistake(IGNORED_PADDING, lambda q: pool_volume(conv_volume(q.pool1, q.widths[1], 5), 3, 2))
    pool2.mistake(KEPT_INPUT_CHANNELS, lambda q: (*q.pool2[:2], q.widths[0]))
    pool5 = part("Shape after max pooling 5", lambda q: pool_volume((*q.pool2[:2], q.widths[4]), 3, 2), Shape())
    pool5.mistake(NON_OVERLAPPING, lambda q: pool_volume((*q.pool2[:2], q.widths[4]), 3, 3))
    flat = part("Inputs of the first fully connected layer", lambda q: q.pool5[0] * q.pool5[1] * q.pool5[2])
    flat.mistake(FLAT_WITHOUT_CHANNELS, lambda q: q.pool5[0] * q.pool5[1])
    flat.mistake(FLAT_BEFORE_POOLING, lambda q: q.pool2[0] * q.pool2[1] * q.widths[4])
    conv = part("Parameters of conv{{ layer }}", lambda q: conv_params(q.before(), q.own(), q.kernel()))
    conv.mistake(FORGOT_BIAS, lambda q: conv_params(q.before(), q.own(), q.kernel(), bias=False))
    conv.mistake(FORGOT_INPUT_CHANNELS, lambda q: conv_params(1, q.own(), q.kernel()))
    conv.mistake(USED_FIRST_INPUT, lambda q: conv_params(3, q.own(), q.kernel()))
    total = part("Parameters of the whole network", lambda q: q.others() + q.conv + 4096 * (q.flat + 1))
    total.mistake(CONV_ONLY, lambda q: params(q.layers()[:5]))
    total.mistake(FORGOT_BIAS, lambda q: q.total - sum(layer.filters for layer in q.layers()))

    def layers(q):
        """All layers with weights."""
        return alexnet_layers(1, q.classes, q.n, q.widths)

    def before(q):
        """Channels that the layer that is asked for sees."""
        return q.widths[q.layer - 2]

    def own(q):
        """Its filters."""
        return q.widths[q.layer - 1]

    def kernel(q):
        """Side of its kernel."""
        return 5 if q.layer == 2 else 3

    def others(q):
        """Parameters of all layers but that one and the first fully connected one."""
        return params([layer for layer in q.layers() if layer.name not in (f"conv{q.layer}", "fc1")])

    def rows(q):
        """(name, formula, parameters) of each layer."""
        return [
            (layer.name, rf"{layer.filters}\cdot({layer.k}\cdot{layer.k}\cdot{layer.channels} + 1)", layer.params)
            for layer in q.layers()
        ]

    solution = r"""A side $n$ becomes $\lfloor(n + 2p - k)/s\rfloor + 1$; conv2 to conv5 keep it.

    - conv1: $({{ n }} - 11)/4 + 1 = {{ conv1[0] }}$, so ${{ conv1 | join("\\times") }}$
    - pooling 1: $\lfloor({{ conv1[0] }} - 3)/2\rfloor + 1 = {{ pool1[0] }}$, so ${{ pool1 | join("\\times") }}$
    - pooling 2: $\lfloor({{ pool1[0] }} - 3)/2\rfloor + 1 = {{ pool2[0] }}$, so ${{ pool2 | join("\\times") }}$
    - pooling 5: $\lfloor({{ pool2[0] }} - 3)/2\rfloor + 1 = {{ pool5[0] }}$, so ${{ pool5 | join("\\times") }}$
    - flattened: ${{ pool5 | join("\\cdot") }} = {{ flat }}$

    A fully connected layer counts like a convolution whose kernel covers its input.

    | layer | $F(k\cdot k\cdot C + 1)$ | parameters |
    |---|---|---|
    {% for name, formula, count in rows() -%}
    | {{ name }} | ${{ formula }}$ | {{ count }} |
    {% endfor %}
    So conv{{ layer }} has {{ conv }} parameters, and the whole network has {{ total }}."""
