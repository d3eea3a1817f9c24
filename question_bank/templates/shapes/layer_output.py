"""Height, width and channels of one convolutional layer's output."""

from question_bank import Shape, integers, one_of, part, template
from question_bank.maths.shapes import conv_out
from question_bank.misconceptions.shapes import (
    FORGOT_PLUS_ONE,
    IGNORED_STRIDE,
    KEPT_INPUT_CHANNELS,
    ONE_SIDED_PADDING,
    ROUNDED_UP,
    SWAPPED_SIDES,
)


@template(
    topics=["cnn/shapes"],
    where=lambda q: q.height != q.width and q.channels != q.filters and q.p <= q.k // 2,
)
class LayerOutput:
    stem = r"""A convolutional layer with {{ filters }} filters of ${{ k }}\times{{ k }}$, stride {{ s }} and
    {% if p %}padding {{ p }} ({{ p }} row{{ "s" if p > 1 }} or column{{ "s" if p > 1 }} of zeros on each of the
    four sides){% else %}no padding{% endif %}, is applied to an input that is {{ height }} pixels high, {{ width }}
    pixels wide and has {{ channels }} channels. Only windows that fit entirely on the (padded) input count, so
    divisions are rounded down."""

    height: int = integers(20, 64)
    width: int = integers(20, 64)
    channels: int = one_of(3, 6, 8, 16)
    filters: int = one_of(8, 16, 24, 32)
    k: int = one_of(3, 5, 7)
    s: int = one_of(1, 2, 3)
    p: int = integers(0, 3)

    rows = part("Height of the output", lambda q: conv_out(q.height, q.k, q.s, q.p))
    rows.mistake(ONE_SIDED_PADDING, lambda q: conv_out(q.height + q.p, q.k, q.s), when=lambda q: q.p > 0)
    rows.mistake(IGNORED_STRIDE, lambda q: conv_out(q.height, q.k, 1, q.p), when=lambda q: q.s > 1)
    rows.mistake(FORGOT_PLUS_ONE, lambda q: q.rows - 1, when=lambda q: q.p == 0)
    rows.mistake(ROUNDED_UP, lambda q: q.rows + 1, when=lambda q: (q.height + 2 * q.p - q.k) % q.s)
    columns = part("Width of the output", lambda q: conv_out(q.width, q.k, q.s, q.p))
    columns.mistake(ONE_SIDED_PADDING, lambda q: conv_out(q.width + q.p, q.k, q.s), when=lambda q: q.p > 0)
    columns.mistake(IGNORED_STRIDE, lambda q: conv_out(q.width, q.k, 1, q.p), when=lambda q: q.s > 1)
    columns.mistake(FORGOT_PLUS_ONE, lambda q: q.columns - 1, when=lambda q: q.p == 0)
    columns.mistake(ROUNDED_UP, lambda q: q.columns + 1, when=lambda q: (q.width + 2 * q.p - q.k) % q.s)
    volume = part("Shape of the output", lambda q: (q.rows, q.columns, q.filters), Shape())
    volume.mistake(KEPT_INPUT_CHANNELS, lambda q: (q.rows, q.columns, q.channels))
    volume.mistake(SWAPPED_SIDES, lambda q: (q.columns, q.rows, q.filters))

    solution = r"""A side of $n$ pixels becomes $\lfloor(n + 2p - k)/s\rfloor + 1$:

    - height $\lfloor({{ height }} + 2\cdot{{ p }} - {{ k }})/{{ s }}\rfloor + 1 =
      \lfloor{{ height + 2 * p - k }}/{{ s }}\rfloor + 1 = {{ rows }}$,
    - width $\lfloor({{ width }} + 2\cdot{{ p }} - {{ k }})/{{ s }}\rfloor + 1 =
      \lfloor{{ width + 2 * p - k }}/{{ s }}\rfloor + 1 = {{ columns }}$.

    Each filter looks at all {{ channels }} input channels and gives one output channel, so there are {{ filters }}
    channels: the output is ${{ volume | join("\\times") }}$."""
