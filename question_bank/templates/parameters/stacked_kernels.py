"""A stack of 3×3 convolutions against one large kernel that sees as much."""

from question_bank import Real, integers, one_of, part, template
from question_bank.maths.parameters import conv_params
from question_bank.maths.receptive_field import stacked_field
from question_bank.misconceptions.parameters import (
    COUNTED_ONE_LAYER,
    FORGOT_INPUT_CHANNELS,
    KERNELS_ONLY,
    PERCENT_OF_THE_SMALLER,
    SHARE_LEFT,
)
from question_bank.misconceptions.receptive_field import ADDED_K


@template(topics=["cnn/parameters", "cnn/receptive_field"], minutes=5)
class StackedKernels:
    stem = r"""{{ "Two" if layers == 2 else "Three" }} convolutional layers with $3\times3$ kernels and stride 1
    follow one another. Input and output of each have {{ channels }} channel{{ "s" if channels > 1 }}. They are to
    be compared with a single layer, also from {{ channels }} to {{ channels }} channel{{ "s" if channels > 1 }},
    whose kernel has the receptive field of the whole stack. Biases are not counted."""

    layers: int = one_of(2, 3)
    channels: int = integers(1, 128)

    field = part("Side of the stack's receptive field", lambda q: stacked_field(3, q.layers))
    field.mistake(ADDED_K, lambda q: 3 * q.layers)
    stack = part("Weights of the stack", lambda q: q.layers * conv_params(q.channels, q.channels, 3, bias=False))
    stack.mistake(COUNTED_ONE_LAYER, lambda q: conv_params(q.channels, q.channels, 3, bias=False))
    stack.mistake(FORGOT_INPUT_CHANNELS, lambda q: q.layers * 9 * q.channels, when=lambda q: q.channels > 1)
    stack.mistake(KERNELS_ONLY, lambda q: 9 * q.layers, when=lambda q: q.channels > 1)
    single = part("Weights of the single layer", lambda q: conv_params(q.channels, q.channels, q.field, bias=False))
    single.mistake(FORGOT_INPUT_CHANNELS, lambda q: q.channels * q.field**2, when=lambda q: q.channels > 1)
    single.mistake(KERNELS_ONLY, lambda q: q.field**2, when=lambda q: q.channels > 1)
    saved = part(
        "How many percent of the single layer's weights does the stack save? (one decimal)",
        lambda q: 100 * (1 - q.stack / q.single),
        Real(rel=0, abs=0.06),
    )
    saved.mistake(PERCENT_OF_THE_SMALLER, lambda q: 100 * (q.single / q.stack - 1))
    saved.mistake(SHARE_LEFT, lambda q: 100 * q.stack / q.single)

    solution = r"""A pixel of the last output sees $3\times3$ pixels of the map before it, and each further layer
    adds $3 - 1 = 2$: the receptive field has side $1 + {{ layers }}\cdot2 = {{ field }}$. So the single layer needs
    ${{ field }}\times{{ field }}$ kernels. A $k\times k$ layer from $C$ to $C$ channels has $k\cdot k\cdot C\cdot C$
    weights. With $C = {{ channels }}$:

    - the stack: ${{ layers }}\cdot3\cdot3\cdot{{ channels }}\cdot{{ channels }} = {{ stack }}$
    - the single layer: ${{ field }}\cdot{{ field }}\cdot{{ channels }}\cdot{{ channels }} = {{ single }}$

    The stack saves $({{ single }} - {{ stack }})/{{ single }} = {{ "%.1f" % saved }}\,\%$, whatever the number of
    channels. It also has a nonlinearity after each of its layers, not only after the last."""
