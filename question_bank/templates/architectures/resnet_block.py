"""Residual blocks: basic against bottleneck, the shortcut and the shape of the sum."""

from question_bank import Shape, one_of, part, template
from question_bank.maths.parameters import conv_params
from question_bank.maths.shapes import conv_out
from question_bank.misconceptions.architectures import (
    ALL_THREE_BY_THREE,
    BOTTLENECK_WITHOUT_WIDTHS,
    CONCATENATED,
    FREE_SHORTCUT,
    SHORTCUT_3X3,
)
from question_bank.misconceptions.compute import FORGOT_CHANNELS
from question_bank.misconceptions.parameters import COUNTED_ONE_LAYER
from question_bank.misconceptions.shapes import IGNORED_STRIDE


def weights(channels, filters, k):
    """Weights of a convolution without bias."""
    return conv_params(channels, filters, k, bias=False)


@template(topics=["cnn/architectures", "cnn/parameters"], minutes=6)
class ResnetBlock:
    stem = r"""Three residual blocks are to be compared. No convolution has a bias; count the **weights of the
    convolutions** only, not those of the normalisation.

    - *Basic*: two $3\times3$ convolutions, {{ c }} → {{ c }} → {{ c }} channels; the shortcut is the identity.
    - *Bottleneck*: $1\times1$, $3\times3$, $1\times1$, {{ wide() }} → {{ c }} → {{ c }} → {{ wide() }} channels; the
      shortcut is the identity.
    - *Basic with projection*: two $3\times3$ convolutions with padding 1, {{ c }} → {{ 2 * c }} → {{ 2 * c }} channels,
      the first of them with stride 2; on the shortcut a $1\times1$ convolution with stride 2, {{ c }} → {{ 2 * c }}
      channels, no padding."""

    c: int = one_of(16, 24, 32, 48, 64, 80, 96, 128)
    expansion: int = one_of(2, 4, 8)
    height: int = one_of(20, 40, 60)
    width: int = one_of(14, 28, 32, 56)

    basic = part("Weights of the basic block", lambda q: 2 * weights(q.c, q.c, 3))
    basic.mistake(COUNTED_ONE_LAYER, lambda q: weights(q.c, q.c, 3))
    basic.mistake(FORGOT_CHANNELS, lambda q: 18 * q.c)
    bottleneck = part(
        "Weights of the bottleneck block",
        lambda q: weights(q.wide(), q.c, 1) + weights(q.c, q.c, 3) + weights(q.c, q.wide(), 1),
    )
    bottleneck.mistake(ALL_THREE_BY_THREE, lambda q: 2 * weights(q.wide(), q.c, 3) + weights(q.c, q.c, 3))
    bottleneck.mistake(BOTTLENECK_WITHOUT_WIDTHS, lambda q: 2 * weights(q.c, q.c, 1) + weights(q.c, q.c, 3))
    projection = part(
        "Weights of the basic block with projection, the shortcut included",
        lambda q: q.path() + weights(q.c, 2 * q.c, 1),
    )
    projection.mistake(FREE_SHORTCUT, lambda q: q.path())
    projection.mistake(SHORTCUT_3X3, lambda q: q.path() + weights(q.c, 2 * q.c, 3))
    output = part(
        "Shape of the output of the basic block with projection, for an input of {{ height }} rows, {{ width }} "
        "columns and {{ c }} channels (divisions are rounded down)",
        lambda q: (conv_out(q.height, 3, 2, 1), conv_out(q.width, 3, 2, 1), 2 * q.c),
        Shape(),
    )
    output.mistake(CONCATENATED, lambda q: (conv_out(q.height, 3, 2, 1), conv_out(q.width, 3, 2, 1), 4 * q.c))
    output.mistake(IGNORED_STRIDE, lambda q: (q.height, q.width, 2 * q.c))

    def wide(q):
        """Channels at both ends of the bottleneck."""
        return q.expansion * q.c

    def path(q):
        """Weights of the two 3 × 3 convolutions of the third block."""
        return weights(q.c, 2 * q.c, 3) + weights(2 * q.c, 2 * q.c, 3)

    solution = r"""A convolution without bias has $k\cdot k\cdot C\cdot F$ weights.

    - Basic: $2\cdot9\cdot{{ c }}\cdot{{ c }} = {{ basic }}$.
    - Bottleneck: ${{ wide() }}\cdot{{ c }} + 9\cdot{{ c }}\cdot{{ c }} + {{ c }}\cdot{{ wide() }} = {{ bottleneck }}$,
      although it works on {{ expansion }} times as many channels.
    - With projection: $9\cdot{{ c }}\cdot{{ 2 * c }} + 9\cdot{{ 2 * c }}\cdot{{ 2 * c }}$ for the two $3\times3$
      convolutions, ${{ c }}\cdot{{ 2 * c }}$ for the shortcut: {{ projection }}.

    With stride 2, {{ height }} rows become $\lfloor({{ height }} + 2 - 3)/2\rfloor + 1 = {{ output[0] }}$ on the main
    path and $\lfloor({{ height }} - 1)/2\rfloor + 1 = {{ output[0] }}$ on the shortcut; likewise {{ width }} columns
    become {{ output[1] }}. The two are added entry by entry, so the channels stay {{ 2 * c }}: the output is
    ${{ output | join("\\times") }}$."""
