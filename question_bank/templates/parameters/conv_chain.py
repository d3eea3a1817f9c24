"""Parameters of three convolutions in a row, layer by layer and in all."""

from question_bank import integers, one_of, part, template
from question_bank.maths.parameters import conv_params
from question_bank.misconceptions.parameters import (
    COUNTED_POSITIONS,
    FORGOT_BIAS,
    FORGOT_INPUT_CHANNELS,
    ONE_BIAS_IN_ALL,
    USED_FIRST_INPUT,
)


@template(topics=["cnn/parameters"], minutes=5)
class ConvChain:
    stem = r"""Images of ${{ n }}\times{{ n }}$ pixels with {{ c }} channel{{ "s" if c > 1 }} pass through three
    convolutional layers, each applied to the output of the one before:

    1. {{ f1 }} filters of ${{ k1 }}\times{{ k1 }}$
    2. {{ f2 }} filters of ${{ k2 }}\times{{ k2 }}$
    3. {{ f3 }} filters of ${{ k3 }}\times{{ k3 }}$

    Every filter has a bias. The layers have stride 1 and are padded so that height and width stay the same."""

    n: int = integers(10, 64)
    c: int = one_of(1, 3, 10)
    f1: int = one_of(8, 16, 32, 40)
    f2: int = one_of(12, 20, 48, 64)
    f3: int = one_of(10, 24, 96, 128)
    k1: int = one_of(3, 5, 7)
    k2: int = one_of(3, 5)
    k3: int = one_of(1, 3)

    layer1 = part("Parameters of layer 1", lambda q: conv_params(q.c, q.f1, q.k1))
    layer1.mistake(FORGOT_BIAS, lambda q: conv_params(q.c, q.f1, q.k1, bias=False))
    layer1.mistake(FORGOT_INPUT_CHANNELS, lambda q: conv_params(1, q.f1, q.k1), when=lambda q: q.c > 1)
    layer1.mistake(COUNTED_POSITIONS, lambda q: q.layer1 * q.n**2)
    layer2 = part("Parameters of layer 2", lambda q: conv_params(q.f1, q.f2, q.k2))
    layer2.mistake(FORGOT_BIAS, lambda q: conv_params(q.f1, q.f2, q.k2, bias=False))
    layer2.mistake(ONE_BIAS_IN_ALL, lambda q: conv_params(q.f1, q.f2, q.k2, bias=False) + 1)
    layer2.mistake(USED_FIRST_INPUT, lambda q: conv_params(q.c, q.f2, q.k2))
    layer3 = part("Parameters of layer 3", lambda q: conv_params(q.f2, q.f3, q.k3))
    layer3.mistake(FORGOT_BIAS, lambda q: conv_params(q.f2, q.f3, q.k3, bias=False))
    layer3.mistake(USED_FIRST_INPUT, lambda q: conv_params(q.c, q.f3, q.k3))
    total = part("Parameters of the three layers together", lambda q: q.layer1 + q.layer2 + q.layer3)

    solution = r"""A layer with $F$ filters of $k\times k$ on an input with $C$ channels has
    $F(k\cdot k\cdot C + 1)$ parameters: the weights of each filter and its bias. The size of the images does not
    matter. A layer's input channels are the filters of the layer before.

    1. ${{ f1 }}({{ k1 }}\cdot{{ k1 }}\cdot{{ c }} + 1) = {{ f1 }}\cdot{{ k1 * k1 * c + 1 }} = {{ layer1 }}$
    2. ${{ f2 }}({{ k2 }}\cdot{{ k2 }}\cdot{{ f1 }} + 1) = {{ f2 }}\cdot{{ k2 * k2 * f1 + 1 }} = {{ layer2 }}$
    3. ${{ f3 }}({{ k3 }}\cdot{{ k3 }}\cdot{{ f2 }} + 1) = {{ f3 }}\cdot{{ k3 * k3 * f2 + 1 }} = {{ layer3 }}$

    Together ${{ layer1 }} + {{ layer2 }} + {{ layer3 }} = {{ total }}$."""
