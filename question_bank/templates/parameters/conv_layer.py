"""Weights, biases and parameters in all of one convolutional layer."""

from question_bank import integers, one_of, part, template
from question_bank.maths.parameters import conv_params
from question_bank.maths.shapes import conv_out
from question_bank.misconceptions.parameters import (
    BIAS_PER_PLANE,
    COUNTED_POSITIONS,
    FORGOT_BIAS,
    FORGOT_INPUT_CHANNELS,
    ONE_BIAS_IN_ALL,
)


@template(topics=["cnn/parameters"], difficulty=1)
class ConvLayer:
    stem = r"""A convolutional layer has {{ filters }} filters of ${{ k }}\times{{ k }}$, each with a bias. It is
    applied, with stride 1 and no padding, to ${{ n }}\times{{ n }}$ images with {{ channels }}
    channel{{ "s" if channels > 1 }}."""

    n: int = integers(24, 64, step=4)
    channels: int = one_of(1, 3, 6, 16, 32)
    filters: int = one_of(6, 8, 16, 24, 32, 64)
    k: int = one_of(3, 5, 7)

    weights = part("Weights of the layer", lambda q: conv_params(q.channels, q.filters, q.k, bias=False))
    weights.mistake(FORGOT_INPUT_CHANNELS, lambda q: q.filters * q.k**2, when=lambda q: q.channels > 1)
    weights.mistake(COUNTED_POSITIONS, lambda q: q.weights * conv_out(q.n, q.k) ** 2)
    biases = part("Biases of the layer", lambda q: q.filters)
    biases.mistake(ONE_BIAS_IN_ALL, lambda q: 1)
    biases.mistake(BIAS_PER_PLANE, lambda q: q.filters * q.channels, when=lambda q: q.channels > 1)
    total = part("Parameters of the layer in all", lambda q: q.weights + q.biases)
    total.mistake(FORGOT_BIAS, lambda q: q.weights)

    solution = r"""A filter is as deep as its input. It has $k\cdot k\cdot C = {{ k }}\cdot{{ k }}\cdot{{ channels }} =
    {{ k * k * channels }}$ weights and one bias, whatever the size of the images, for it is the same filter at every
    position.

    - weights: ${{ filters }}\cdot{{ k * k * channels }} = {{ weights }}$
    - biases: one per filter, ${{ biases }}$
    - in all: ${{ weights }} + {{ biases }} = {{ total }}$"""
