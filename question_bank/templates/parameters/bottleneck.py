"""What a 1×1 bottleneck before a large kernel saves."""

from question_bank import Misconception, Real, figures, one_of, part, template
from question_bank.maths.parameters import conv_params
from question_bank.misconceptions.parameters import (
    FORGOT_INPUT_CHANNELS,
    KERNEL_ON_POINTWISE,
    PERCENT_OF_THE_SMALLER,
    SHARE_LEFT,
)

IGNORED_REDUCTION = Misconception(
    "ignored the reduction",
    r"You used the channels of the block's input for the large kernel. It is applied to the output of the $1\times1$ "
    r"convolution, which has fewer.",
)
REDUCTION_IS_FREE = Misconception(
    "the 1×1 convolution left out",
    r"You left out what the $1\times1$ convolution itself costs. It has weights, too: one per input channel and "
    r"filter.",
)


@template(topics=["cnn/parameters", "cnn/architectures"], minutes=5, where=lambda q: 2 * q.mid <= q.c and q.mid < q.f)
class Bottleneck:
    stem = r"""A block takes {{ c }} channels to {{ f }} channels with kernels of ${{ k }}\times{{ k }}$. Instead, a
    *bottleneck* can come first, as in Inception: a $1\times1$ convolution from {{ c }} to {{ mid }} channels, and then
    the ${{ k }}\times{{ k }}$ convolution from {{ mid }} to {{ f }} channels. Biases are not counted."""

    c: int = one_of(96, 128, 192, 256, 320, 480, 512)
    mid: int = one_of(16, 24, 32, 48, 64)
    f: int = one_of(32, 64, 96, 128, 208, 256)
    k: int = one_of(3, 5)

    def figure(q):
        maps = [("", (None, None, channels)) for channels in (q.c, q.mid, q.f)]
        return figures.stacks(maps[0], "conv 1×1", maps[1], f"conv {q.k}×{q.k}", maps[2])

    direct = part("Weights without the bottleneck", lambda q: conv_params(q.c, q.f, q.k, bias=False))
    direct.mistake(FORGOT_INPUT_CHANNELS, lambda q: q.k**2 * q.f)
    reduction = part("Weights of the $1\\times1$ convolution", lambda q: q.c * q.mid)
    reduction.mistake(KERNEL_ON_POINTWISE, lambda q: q.k**2 * q.c * q.mid)
    reduction.mistake(FORGOT_INPUT_CHANNELS, lambda q: q.mid)
    both = part(
        "Weights of the two layers with the bottleneck",
        lambda q: q.reduction + conv_params(q.mid, q.f, q.k, bias=False),
    )
    both.mistake(REDUCTION_IS_FREE, lambda q: conv_params(q.mid, q.f, q.k, bias=False))
    both.mistake(IGNORED_REDUCTION, lambda q: q.reduction + conv_params(q.c, q.f, q.k, bias=False))
    saved = part(
        "How many percent of the weights does the bottleneck save? (one decimal)",
        lambda q: 100 * (1 - q.both / q.direct),
        Real(rel=0, abs=0.06),
    )
    saved.mistake(PERCENT_OF_THE_SMALLER, lambda q: 100 * (q.direct / q.both - 1))
    saved.mistake(SHARE_LEFT, lambda q: 100 * q.both / q.direct)

    solution = r"""A $k\times k$ layer from $C$ to $K$ channels has $k\cdot k\cdot C\cdot K$ weights.

    - without the bottleneck: ${{ k }}\cdot{{ k }}\cdot{{ c }}\cdot{{ f }} = {{ direct }}$
    - the $1\times1$ convolution: ${{ c }}\cdot{{ mid }} = {{ reduction }}$
    - the large kernel after it: ${{ k }}\cdot{{ k }}\cdot{{ mid }}\cdot{{ f }} = {{ k * k * mid * f }}$
    - together: ${{ reduction }} + {{ k * k * mid * f }} = {{ both }}$

    The bottleneck saves $({{ direct }} - {{ both }})/{{ direct }} = {{ "%.1f" % saved }}\,\%$ of the weights."""
