"""A depthwise separable convolution against a plain one."""

from fractions import Fraction

from question_bank import Misconception, Rational, one_of, part, template
from question_bank.maths.parameters import conv_params
from question_bank.misconceptions.parameters import FORGOT_INPUT_CHANNELS, KERNEL_ON_POINTWISE

PLAIN_DEPTHWISE = Misconception(
    "counted a plain convolution",
    r"You let each of the depthwise filters see all channels. A depthwise filter sees a single channel, its own, and "
    r"there is one filter per channel.",
)
DEPTHWISE_FILTERS_OUT = Misconception(
    "one depthwise filter per output channel",
    r"You counted a depthwise filter for every output channel. There is one for every **input** channel; the number of "
    r"output channels is the business of the $1\times1$ convolution.",
)
DIAGONAL_POINTWISE = Misconception(
    "one weight per output channel",
    r"You gave each $1\times1$ filter a single weight. It mixes all channels of its input: one weight for each of "
    r"them.",
)
ONLY_KERNEL_AREA = Misconception(
    "1/k² only",
    r"You took $1/k^2$ for the ratio. That is the share of the $1\times1$ convolution; the depthwise part adds $1/K$.",
)
POINTWISE_LEFT_OUT = Misconception(
    "left the 1×1 convolution out",
    r"You compared the depthwise part alone. The $1\times1$ convolution belongs to the separable layer, and it holds "
    r"most of its weights.",
)
OTHER_WAY_ROUND = Misconception(
    "divided the other way round",
    r"You divided the plain convolution's weights by those of the separable one. The question asks for the fraction "
    r"that is left.",
)


@template(topics=["cnn/parameters", "cnn/grouped"], difficulty=3, minutes=6, where=lambda q: q.c != q.f)
class SeparableConv:
    stem = r"""A convolution from {{ c }} to {{ f }} channels with kernels of ${{ k }}\times{{ k }}$ is replaced by a
    *depthwise separable* one, as in MobileNet:

    1. depthwise: one ${{ k }}\times{{ k }}$ filter for each input channel, which sees this channel only
    2. pointwise: a $1\times1$ convolution to {{ f }} channels

    No layer has biases."""

    c: int = one_of(16, 24, 32, 48, 64, 96, 128, 160, 192, 256, 384)
    f: int = one_of(32, 48, 64, 128, 144, 256, 320, 512)
    k: int = one_of(3, 5, 7)

    depthwise = part("Weights of the depthwise part", lambda q: q.k**2 * q.c)
    depthwise.mistake(PLAIN_DEPTHWISE, lambda q: q.k**2 * q.c**2)
    depthwise.mistake(DEPTHWISE_FILTERS_OUT, lambda q: q.k**2 * q.f)
    pointwise = part("Weights of the pointwise part", lambda q: q.c * q.f)
    pointwise.mistake(KERNEL_ON_POINTWISE, lambda q: q.k**2 * q.c * q.f)
    pointwise.mistake(DIAGONAL_POINTWISE, lambda q: q.f)
    plain = part("Weights of the plain convolution", lambda q: conv_params(q.c, q.f, q.k, bias=False))
    plain.mistake(FORGOT_INPUT_CHANNELS, lambda q: q.k**2 * q.f)
    ratio = part(
        "What fraction of the plain convolution's weights does the separable one have? (exactly, as a fraction)",
        lambda q: Fraction(q.depthwise + q.pointwise, q.plain),
        Rational(),
    )
    ratio.mistake(ONLY_KERNEL_AREA, lambda q: Fraction(1, q.k**2))
    ratio.mistake(POINTWISE_LEFT_OUT, lambda q: Fraction(1, q.f))
    ratio.mistake(OTHER_WAY_ROUND, lambda q: Fraction(q.plain, q.depthwise + q.pointwise))

    solution = r"""- depthwise: {{ c }} filters of ${{ k }}\cdot{{ k }}$ weights, ${{ k * k }}\cdot{{ c }} =
      {{ depthwise }}$
    - pointwise: {{ f }} filters of one weight per channel, ${{ c }}\cdot{{ f }} = {{ pointwise }}$
    - plain: {{ f }} filters of ${{ k }}\cdot{{ k }}\cdot{{ c }}$ weights, ${{ k * k }}\cdot{{ c }}\cdot{{ f }} =
      {{ plain }}$

    The fraction is
    $$\frac{ {{ depthwise }} + {{ pointwise }} }{ {{ plain }} } = \frac{1}{K} + \frac{1}{k^2} =
    \frac{1}{ {{ f }} } + \frac{1}{ {{ k * k }} } = \frac{ {{ ratio.numerator }} }{ {{ ratio.denominator }} },$$
    that is {{ ratio }}, or about {{ "%.1f" % (100 * ratio) }} %."""
