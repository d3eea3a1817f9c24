"""An Inception block: channels of its output, parameters of its branches."""

from question_bank import one_of, part, template
from question_bank.maths.parameters import conv_params
from question_bank.misconceptions.architectures import (
    ADDED_MAPS,
    ADDED_REDUCTIONS,
    FORGOT_POOL_PROJECTION,
    FORGOT_REDUCTION_WEIGHTS,
    NO_REDUCTION,
)
from question_bank.misconceptions.parameters import FORGOT_BIAS


@template(topics=["cnn/architectures", "cnn/parameters"], minutes=6)
class InceptionBlock:
    stem = r"""An Inception block takes feature maps with {{ c }} channels. Four branches work on them side by side,
    and their outputs, all of the same height and width, are joined along the channels:

    1. $1\times1$ convolution, {{ f1 }} filters
    2. $1\times1$ convolution, {{ r3 }} filters, then $3\times3$ convolution, {{ f3 }} filters
    3. $1\times1$ convolution, {{ r5 }} filters, then $5\times5$ convolution, {{ f5 }} filters
    4. $3\times3$ max pooling, then $1\times1$ convolution, {{ fp }} filters

    Every filter has a bias."""

    c: int = one_of(192, 256, 480, 512)
    f1: int = one_of(64, 128, 160)
    r3: int = one_of(96, 112)
    f3: int = one_of(128, 192, 224)
    r5: int = one_of(16, 24)
    f5: int = one_of(32, 48)
    fp: int = one_of(32, 64)

    channels = part("Channels of the output", lambda q: q.f1 + q.f3 + q.f5 + q.fp)
    channels.mistake(ADDED_REDUCTIONS, lambda q: q.f1 + q.r3 + q.f3 + q.r5 + q.f5 + q.fp)
    channels.mistake(ADDED_MAPS, lambda q: max(q.f1, q.f3, q.f5, q.fp))
    branch3 = part("Parameters of branch 2", lambda q: conv_params(q.c, q.r3, 1) + conv_params(q.r3, q.f3, 3))
    branch3.mistake(FORGOT_REDUCTION_WEIGHTS, lambda q: conv_params(q.r3, q.f3, 3))
    branch3.mistake(NO_REDUCTION, lambda q: conv_params(q.c, q.f3, 3))
    branch5 = part("Parameters of branch 3", lambda q: conv_params(q.c, q.r5, 1) + conv_params(q.r5, q.f5, 5))
    branch5.mistake(FORGOT_REDUCTION_WEIGHTS, lambda q: conv_params(q.r5, q.f5, 5))
    branch5.mistake(NO_REDUCTION, lambda q: conv_params(q.c, q.f5, 5))
    total = part("Parameters of the whole block", lambda q: q.plain() + q.branch3 + q.branch5 + q.pooled())
    total.mistake(FORGOT_POOL_PROJECTION, lambda q: q.plain() + q.branch3 + q.branch5)
    total.mistake(FORGOT_BIAS, lambda q: q.total - q.channels - q.r3 - q.r5)

    def plain(q):
        """Parameters of branch 1."""
        return conv_params(q.c, q.f1, 1)

    def pooled(q):
        """Parameters of branch 4."""
        return conv_params(q.c, q.fp, 1)

    solution = r"""The branches' **last** layers are joined: ${{ f1 }} + {{ f3 }} + {{ f5 }} + {{ fp }} = {{ channels
    }}$ channels.

    | branch | parameters |
    |---|---|
    | 1 | ${{ f1 }}\cdot({{ c }} + 1) = {{ plain() }}$ |
    | 2 | ${{ r3 }}\cdot({{ c }} + 1) + {{ f3 }}\cdot(9\cdot{{ r3 }} + 1) = {{ branch3 }}$ |
    | 3 | ${{ r5 }}\cdot({{ c }} + 1) + {{ f5 }}\cdot(25\cdot{{ r5 }} + 1) = {{ branch5 }}$ |
    | 4 | ${{ fp }}\cdot({{ c }} + 1) = {{ pooled() }}$ |
    | together | {{ total }} |"""
