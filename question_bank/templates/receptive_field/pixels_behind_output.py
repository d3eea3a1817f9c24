"""Which pixels of the image one output of a convolution depends on."""

from question_bank import Interval, figures, integers, one_of, part, template
from question_bank.maths.receptive_field import rows_behind
from question_bank.maths.shapes import conv_out
from question_bank.misconceptions.receptive_field import COUNTED_PADDING, NOT_CLIPPED, NOT_SHIFTED, STRIDE_LEFT_OUT


def behind(q, i, n):
    """First and last of n rows (or columns) behind output i."""
    return rows_behind(i, n, q.k, q.s, q.p)


def unshifted(q, i, n):
    """The same if the first window started at pixel 0."""
    return q.s * i, min(q.s * i + q.k - 1, n - 1)


def unclipped(q, i, n):
    """The same with places outside the image."""
    return q.s * i - q.p, q.s * i - q.p + q.k - 1


def unstrided(q, i, n):
    """The same if windows started one pixel apart."""
    return rows_behind(i, n, q.k, 1, q.p)


def sensible(q):
    """A window that hangs over one border at least where there is padding, and moves that can be told apart."""
    clipped = behind(q, q.i, q.height) != unclipped(q, q.i, q.height)
    clipped = clipped or behind(q, q.j, q.width) != unclipped(q, q.j, q.width)
    return q.height != q.width and q.i != q.j and q.s + q.p > 1 and clipped == (q.p > 0)


def window_of(q, index, side, wrong=behind):
    """First and last row or column behind the output, right or wrong."""
    return wrong(q, getattr(q, index), getattr(q, side))


def slips(asked, index, side):
    """What goes wrong along a side."""
    for misconception, wrong in ((NOT_SHIFTED, unshifted), (NOT_CLIPPED, unclipped), (STRIDE_LEFT_OUT, unstrided)):
        asked.mistake(
            misconception,
            lambda q, wrong=wrong: window_of(q, index, side, wrong),
            when=lambda q, wrong=wrong: window_of(q, index, side, wrong) != window_of(q, index, side),
        )


@template(topics=["cnn/receptive_field", "cnn/definition"], where=sensible)
class PixelsBehindOutput:
    stem = r"""A convolution with a ${{ k }}\times{{ k }}$ kernel, stride {{ s }} and
    {% if p %}zero padding {{ p }} on each of the four sides{% else %}no padding{% endif %} is applied to an image $x$
    that is {{ height }} pixels high and {{ width }} pixels wide. Its output is $y$. Indices are (row, column) and start
    at 0, so the top left pixel is $x_{0,0}$. Look at $y_{ {{- i }},{{ j -}} }$: which pixels of the image can change
    it? {% if p %}The zeros of the padding are no pixels.{% endif %}"""

    height: int = integers(9, 20)
    width: int = integers(9, 20)
    k: int = one_of(3, 5)
    s: int = one_of(1, 2, 3)
    p: int = integers(0, lambda q: q.k // 2)
    i: int = integers(1, lambda q: conv_out(q.height, q.k, q.s, q.p) - 1)
    j: int = integers(1, lambda q: conv_out(q.width, q.k, q.s, q.p) - 1)

    def figure(q):
        rows, columns = conv_out(q.height, q.k, q.s, q.p), conv_out(q.width, q.k, q.s, q.p)
        image = figures.grid([[0] * q.width] * q.height, "x", blank=True, base=0, padding=q.p)
        output = figures.grid([[0] * columns] * rows, "y", [(q.i, q.j, 1, 1)], blank=True, base=0)
        return figures.grids(image, "→", output)

    rows = part("The rows of the image on which it depends", lambda q: behind(q, q.i, q.height), Interval(whole=True))
    slips(rows, "i", "height")
    columns = part(
        "The columns of the image on which it depends", lambda q: behind(q, q.j, q.width), Interval(whole=True)
    )
    slips(columns, "j", "width")
    pixels = part(
        "How many pixels of the image are these?",
        lambda q: (q.rows[1] - q.rows[0] + 1) * (q.columns[1] - q.columns[0] + 1),
    )
    pixels.mistake(COUNTED_PADDING, lambda q: q.k * q.k, when=lambda q: q.p > 0)

    solution = r"""{% macro window(i, n) -%}
    from ${{ s }}\cdot{{ i }}{{ " - %d" % p if p }} = {{ s * i - p }}$ to ${{ s * i - p }} + {{ k }} - 1 =
    {{ s * i - p + k - 1 }}$
    {%- if s * i - p < 0 %}; the image starts at 0{% endif %}
    {%- if s * i - p + k > n %}; the image ends at {{ n - 1 }}{% endif %}
    {%- endmacro -%}
    Window $i$ starts at row $s\,i{{ " - p" if p }}$ and is {{ k }} rows high; likewise for the columns.

    - Rows: {{ window(i, height) }}. That leaves rows {{ rows[0] }} to {{ rows[1] }}.
    - Columns: {{ window(j, width) }}. That leaves columns {{ columns[0] }} to {{ columns[1] }}.
    - Pixels: ${{ rows[1] - rows[0] + 1 }}\cdot{{ columns[1] - columns[0] + 1 }} = {{ pixels }}$."""
