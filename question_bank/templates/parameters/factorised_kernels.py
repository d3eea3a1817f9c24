"""A large kernel taken apart into a column and a row: k×1 followed by 1×k."""

from question_bank import Misconception, Real, one_of, part, template
from question_bank.maths.parameters import conv_params
from question_bank.misconceptions.parameters import FORGOT_BIAS, FORGOT_INPUT_CHANNELS, SHARE_LEFT

COUNTED_ONE_OF_TWO = Misconception(
    "counted one of the two layers",
    r"You counted one of the two layers. The column and the row are two layers with weights and biases of their own.",
)
NO_MIDDLE = Misconception(
    "ignored the channels in between",
    r"You used the channels of the block's input for the second layer. Its input is the output of the first layer.",
)
AREA_OF_KERNEL = Misconception(
    "counted k × k weights in a flat kernel",
    r"You gave the flat kernels $k\cdot k$ weights a channel. A kernel of $k\times1$ or $1\times k$ has only $k$.",
)


@template(
    topics=["cnn/parameters", "cnn/architectures"],
    minutes=5,
    where=lambda q: q.mid != q.c and 10 * q.both < 9 * q.whole,
)
class FactorisedKernels:
    stem = r"""A convolution with kernels of ${{ k }}\times{{ k }}$ (height × width) from {{ c }} to {{ f }} channels is
    taken apart, as in later Inception networks: first a convolution with kernels of ${{ k }}\times1$ from {{ c }} to
    {{ mid }} channels, then one with kernels of $1\times{{ k }}$ from {{ mid }} to {{ f }} channels. Every filter has a
    bias."""

    c: int = one_of(32, 48, 64, 96, 128)
    mid: int = one_of(32, 40, 64, 80, 96)
    f: int = one_of(64, 80, 96, 128, 192)
    k: int = one_of(3, 5, 7)

    whole = part("Parameters of the ${{ k }}\\times{{ k }}$ convolution", lambda q: conv_params(q.c, q.f, q.k))
    whole.mistake(FORGOT_BIAS, lambda q: conv_params(q.c, q.f, q.k, bias=False))
    whole.mistake(FORGOT_INPUT_CHANNELS, lambda q: conv_params(1, q.f, q.k))
    column = part("Parameters of the ${{ k }}\\times1$ convolution", lambda q: q.mid * (q.k * q.c + 1))
    column.mistake(FORGOT_BIAS, lambda q: q.mid * q.k * q.c)
    column.mistake(AREA_OF_KERNEL, lambda q: conv_params(q.c, q.mid, q.k))
    both = part("Parameters of the two flat convolutions together", lambda q: q.column + q.f * (q.k * q.mid + 1))
    both.mistake(COUNTED_ONE_OF_TWO, lambda q: q.column)
    both.mistake(NO_MIDDLE, lambda q: q.column + q.f * (q.k * q.c + 1))
    saved = part(
        "How many percent of the parameters does taking the kernel apart save? (one decimal)",
        lambda q: 100 * (1 - q.both / q.whole),
        Real(rel=0, abs=0.06),
    )
    saved.mistake(SHARE_LEFT, lambda q: 100 * q.both / q.whole)

    solution = r"""A filter has a weight for each tap of its kernel and each input channel, and a bias.

    - whole: ${{ f }}\cdot({{ k }}\cdot{{ k }}\cdot{{ c }} + 1) = {{ f }}\cdot{{ k * k * c + 1 }} = {{ whole }}$
    - column: ${{ mid }}\cdot({{ k }}\cdot1\cdot{{ c }} + 1) = {{ mid }}\cdot{{ k * c + 1 }} = {{ column }}$
    - row: ${{ f }}\cdot(1\cdot{{ k }}\cdot{{ mid }} + 1) = {{ f }}\cdot{{ k * mid + 1 }} = {{ f * (k * mid + 1) }}$
    - column and row: ${{ column }} + {{ f * (k * mid + 1) }} = {{ both }}$

    That saves $({{ whole }} - {{ both }})/{{ whole }} = {{ "%.1f" % saved }}\,\%$. The window that an output sees is
    the same, ${{ k }}\times{{ k }}$."""
