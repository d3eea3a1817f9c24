"""The matrix of windows (im2col): its shape, the filters beside it, and by how much the image is blown up."""

from fractions import Fraction

from question_bank import Rational, Shape, integers, one_of, part, template
from question_bank.maths.compute import im2col_shape
from question_bank.maths.shapes import conv_out
from question_bank.misconceptions.compute import BLOWN_UP_BY_K2, FORGOT_CHANNELS, INPUT_POSITIONS, TRANSPOSED


def shape(q, channels):
    """Shape of the matrix of windows for so many channels."""
    return im2col_shape(channels, q.height, q.width, q.k, q.s, q.p)


@template(topics=["cnn/compute", "cnn/definition"], difficulty=3, where=lambda q: q.height != q.width)
class Im2col:
    stem = r"""A convolution with {{ filters }} filters of ${{ k }}\times{{ k }}$, stride {{ s }} and
    {% if p %}padding {{ p }} on each of the four sides{% else %}no padding{% endif %} is applied to one image of
    {{ height }} rows, {{ width }} columns and {{ channels }} channels; divisions are rounded down. It is computed as a
    product of two matrices, without biases: the matrix $W$ has one **row** for each filter, and the matrix $X$
    ("im2col") has one **column** for each window of the image, with all values of the window written below one another.
    The product $W X$ holds the output."""

    height: int = integers(12, 60, step=4)
    width: int = integers(12, 60, step=4)
    channels: int = one_of(3, 8, 16, 64)
    filters: int = one_of(10, 24, 32, 96)
    k: int = one_of(3, 5)
    s: int = one_of(1, 2)
    p: int = one_of(0, 1, 2)

    windows = part("Shape of $X$", lambda q: shape(q, q.channels), Shape(("rows", "columns")))
    windows.mistake(TRANSPOSED, lambda q: tuple(reversed(shape(q, q.channels))))
    windows.mistake(FORGOT_CHANNELS, lambda q: shape(q, 1))
    windows.mistake(
        INPUT_POSITIONS,
        lambda q: (shape(q, q.channels)[0], q.height * q.width),
        when=lambda q: shape(q, 1)[1] != q.height * q.width,
    )
    weights = part("Shape of $W$", lambda q: (q.filters, q.windows[0]), Shape(("rows", "columns")))
    weights.mistake(TRANSPOSED, lambda q: (q.windows[0], q.filters))
    weights.mistake(FORGOT_CHANNELS, lambda q: (q.filters, q.k * q.k))
    factor = part(
        "How many times as many numbers as the image (without padding) does $X$ hold? Give a fraction.",
        lambda q: Fraction(q.windows[0] * q.windows[1], q.height * q.width * q.channels),
        Rational(),
    )
    factor.mistake(BLOWN_UP_BY_K2, lambda q: Fraction(q.k * q.k), when=lambda q: shape(q, 1)[1] != q.height * q.width)

    def sides(q):
        """Height and width of the output."""
        return conv_out(q.height, q.k, q.s, q.p), conv_out(q.width, q.k, q.s, q.p)

    solution = r"""{% set output = sides() -%}
    A window has $k\cdot k\cdot C = {{ k }}\cdot{{ k }}\cdot{{ channels }} = {{ windows[0] }}$ values: so many rows.
    There is one window for each output pixel, ${{ output[0] }}\cdot{{ output[1] }} = {{ windows[1] }}$: so many
    columns. $X$ is ${{ windows | join("\\times") }}$.

    A filter has as many weights as a window has values, so $W$ is ${{ weights | join("\\times") }}$, and $W X$ has
    {{ filters }} rows, one for each output channel.

    The image holds ${{ height }}\cdot{{ width }}\cdot{{ channels }} = {{ height * width * channels }}$ numbers and $X$
    holds ${{ windows[0] }}\cdot{{ windows[1] }} = {{ windows[0] * windows[1] }}$, because windows overlap and pixels
    are written down again and again. The factor is {{ factor }}{% if factor.denominator > 1 %}, about
    {{ "%.2f" % factor }}{% endif %}."""
