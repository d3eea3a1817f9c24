"""Height and width after a transposed convolution, with padding, output padding and dilation."""

from question_bank import Integer, Shape, integers, one_of, part, template
from question_bank.maths.shapes import conv_out
from question_bank.maths.transposed import transposed_out
from question_bank.misconceptions.shapes import KEPT_INPUT_CHANNELS, SWAPPED_SIDES
from question_bank.misconceptions.transposed import (
    ADDED_PADDING,
    CONVOLUTION_FORMULA,
    FORGOT_OUTPUT_PADDING,
    ONE_SIDED_CUT,
    OUTPUT_PADDING_TWICE,
    TIMES_STRIDE,
)


def side(q, n, p=None, extra=None):
    """The output's side for an input side of n, perhaps with another padding or output padding."""
    return transposed_out(n, q.k, q.s, q.p if p is None else p, q.extra if extra is None else extra, q.d)


def mistaken(answer, n):
    """Add to a part for the side of n pixels what goes wrong there."""
    answer.mistake(
        CONVOLUTION_FORMULA,
        lambda q: conv_out(getattr(q, n), q.d * (q.k - 1) + 1, q.s, q.p),
    )
    answer.mistake(TIMES_STRIDE, lambda q: getattr(q, n) * q.s, when=lambda q: side(q, q.height) != q.height * q.s)
    answer.mistake(FORGOT_OUTPUT_PADDING, lambda q: side(q, getattr(q, n), extra=0), when=lambda q: q.extra > 0)
    answer.mistake(
        OUTPUT_PADDING_TWICE, lambda q: side(q, getattr(q, n), extra=2 * q.extra), when=lambda q: q.extra > 0
    )
    answer.mistake(ADDED_PADDING, lambda q: side(q, getattr(q, n), p=-q.p), when=lambda q: q.p > 0)
    answer.mistake(ONE_SIDED_CUT, lambda q: side(q, getattr(q, n)) + q.p, when=lambda q: q.p > 0 and q.p != q.extra)


@template(
    topics=["cnn/transposed", "cnn/shapes"],
    difficulty=2,
    minutes=4,
    where=lambda q: q.height != q.width and q.channels != q.filters and q.extra < q.s and q.p <= q.k // 2,
)
class OutputSize:
    stem = r"""A decoder enlarges a feature map of {{ channels }} channels, {{ height }} pixels high and {{ width }}
    pixels wide, with a transposed convolution (`torch.nn.ConvTranspose2d`) to {{ filters }} channels: kernel
    ${{ k }}\times{{ k }}$, stride {{ s }}, padding {{ p }}
    ({{ "which cuts " ~ p ~ " off each side" if p else "nothing is cut off" }}), output padding {{ extra }}
    {%- if d > 1 %}, dilation {{ d }}{% endif %}."""

    channels: int = one_of(16, 32, 64)
    filters: int = one_of(3, 8, 16, 32)
    height: int = integers(4, 20)
    width: int = integers(4, 20)
    k: int = one_of(2, 3, 4, 5)
    s: int = one_of(1, 2, 3)
    p: int = integers(0, 2)
    extra: int = integers(0, 1)
    d: int = one_of(1, 2)

    rows = part("Height of the output", lambda q: side(q, q.height), Integer())
    mistaken(rows, "height")
    columns = part("Width of the output", lambda q: side(q, q.width), Integer())
    mistaken(columns, "width")
    volume = part(
        "Shape of the output", lambda q: (q.filters, q.rows, q.columns), Shape(("channels", "height", "width"))
    )
    volume.mistake(KEPT_INPUT_CHANNELS, lambda q: (q.channels, q.rows, q.columns))
    volume.mistake(SWAPPED_SIDES, lambda q: (q.filters, q.columns, q.rows))

    solution = r"""The stamps of the first and of the last pixel lie $(n - 1)\,s$ apart. To that comes one kernel,
    {% if d > 1 %}which with dilation {{ d }} is ${{ d }}\cdot{{ k - 1 }} + 1 = {{ d * (k - 1) + 1 }}$ pixels wide,
    {% else %}{{ k }} pixels wide, {% endif -%}
    and the output padding; the padding is cut off on both sides:

    $$(n - 1)\,s - 2p + {{ "d\\,(k - 1) + 1" if d > 1 else "k" }} + p_{\text{out}}$$

    - height $({{ height }} - 1)\cdot{{ s }} - 2\cdot{{ p }} + {{ d * (k - 1) + 1 }} + {{ extra }} = {{ rows }}$
    - width $({{ width }} - 1)\cdot{{ s }} - 2\cdot{{ p }} + {{ d * (k - 1) + 1 }} + {{ extra }} = {{ columns }}$

    Each filter gives one output channel: $({{ volume | join(",\\;") }})$."""
