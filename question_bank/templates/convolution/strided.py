"""Cross-correlate with stride 2 by hand, with and without padding."""

from question_bank import Matrix, Shape, figures, integers, matrices, one_of, part, template
from question_bank.maths.images import Image, cross_correlate, flip, window, written_out, zero_pad
from question_bank.maths.shapes import conv_out
from question_bank.misconceptions.convolution import FLIPPED_KERNEL, STARTED_LATE, STRIDE_IN_ONE_AXIS
from question_bank.misconceptions.shapes import IGNORED_STRIDE, ROUNDED_UP


def every(image, rows, columns=slice(None)):
    """The entries in these rows and columns."""
    return tuple(tuple(row[columns]) for row in image[rows])


def dense(q):
    """The output with stride 1."""
    return cross_correlate(q.image, q.kernel, 1, q.p)


def humane(q):
    """Enough weights that are not zero, not too many, and a kernel that is another one when it is turned."""
    zeros = sum(weight == 0 for row in q.kernel for weight in row)
    return q.rows != q.columns and (zeros <= 1 if q.k == 2 else 4 <= zeros <= 6) and q.kernel != flip(q.kernel)


@template(topics=["cnn/definition", "cnn/shapes"], difficulty=2, minutes=4, where=humane)
class Strided:
    stem = r"""The image $x$ of ${{ rows }}\times{{ columns }}$ pixels is cross-correlated with the kernel $w$ (which is
    not flipped), with **stride 2** in both directions and
    {% if p %}padding 1 (a row or column of zeros on each of the four sides){% else %}no padding{% endif %}, no bias. A
    window that does not fit entirely on the {{ "padded " if p }}image is dropped.

    $$x = {{ image | latex }} \qquad w = {{ kernel | latex }}$$"""

    p: int = one_of(0, 1)
    k: int = one_of(2, 3)
    rows: int = integers(lambda q: q.k + 2 - 2 * q.p, lambda q: q.k + 3 - q.p)
    columns: int = integers(lambda q: q.k + 2 - q.p, lambda q: q.k + 4 - q.p)
    image: Image = matrices(lambda q: q.rows, lambda q: q.columns, 0, 5)
    kernel: Image = matrices(lambda q: q.k, lambda q: q.k, -2, 2)

    def figure(q):
        """The first two windows."""
        x = figures.grid(q.image, "x, the first two windows", [(0, 0, q.k, q.k), (0, 2, q.k, q.k)], padding=q.p)
        return figures.grids(x, "⋆", figures.grid(q.kernel, "w"), "=", "y")

    size = part(
        "Height and width of the output",
        lambda q: (conv_out(q.rows, q.k, 2, q.p), conv_out(q.columns, q.k, 2, q.p)),
        Shape(("height", "width")),
    )
    size.mistake(IGNORED_STRIDE, lambda q: (conv_out(q.rows, q.k, 1, q.p), conv_out(q.columns, q.k, 1, q.p)))
    size.mistake(
        ROUNDED_UP,
        lambda q: tuple(-((q.k - n - 2 * q.p) // 2) + 1 for n in (q.rows, q.columns)),
        when=lambda q: (q.rows - q.k) % 2 or (q.columns - q.k) % 2,
    )
    output = part("The output", lambda q: cross_correlate(q.image, q.kernel, 2, q.p), Matrix(), points=2)
    output.mistake(IGNORED_STRIDE, dense)
    output.mistake(STRIDE_IN_ONE_AXIS, lambda q: every(dense(q), slice(None), slice(None, None, 2)))
    output.mistake(STARTED_LATE, lambda q: every(dense(q), slice(1, None, 2), slice(1, None, 2)))
    output.mistake(FLIPPED_KERNEL, lambda q: cross_correlate(q.image, flip(q.kernel), 2, q.p))

    def padded(q):
        """The image with its padding."""
        return zero_pad(q.image, q.p)

    def products(q, i, j):
        """The sum behind an entry."""
        return written_out(window(q.padded(), i, j, q.k, 2), q.kernel)

    solution = r"""{% set h, v = rows + 2 * p, columns + 2 * p -%}
    {% if p %}With its padding the image is

    $${{ padded() | latex }}.$$

    {% endif %}The windows start at rows and columns 0, 2, 4, …, so there are
    $\lfloor({{ h }} - {{ k }})/2\rfloor + 1 = {{ size[0] }}$ of them from top to bottom and
    $\lfloor({{ v }} - {{ k }})/2\rfloor + 1 = {{ size[1] }}$ from left to right. The first two of the first row
    (weights of 0 left out):

    $${{ products(0, 0) }} = {{ output[0][0] }} \qquad {{ products(0, 1) }} = {{ output[0][1] }}$$

    All together:

    $$y = {{ output | latex }}$$"""
