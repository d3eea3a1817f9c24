"""Filter the border of a grey-scale image that is padded with zeros."""

from question_bank import Shape, figures, integers, matrices, one_of, part, template
from question_bank.maths.images import Image, cross_correlate, edge_pad, flip, window, written_out, zero_pad
from question_bank.maths.shapes import conv_out
from question_bank.misconceptions.convolution import FLIPPED_KERNEL, REPLICATED_EDGE
from question_bank.misconceptions.shapes import IGNORED_PADDING

SHARPEN = ((0, -1, 0), (-1, 5, -1), (0, -1, 0))
EDGES = ((0, 1, 0), (1, -4, 1), (0, 1, 0))
EMBOSS = ((-2, -1, 0), (-1, 1, 1), (0, 1, 2))
SOBEL_X = ((-1, 0, 1), (-2, 0, 2), (-1, 0, 1))
SOBEL_Y = ((-1, -2, -1), (0, 0, 0), (1, 2, 1))
PREWITT_X = ((-1, 0, 1), (-1, 0, 1), (-1, 0, 1))


def turned(q):
    """Whether a kernel that is turned by 180° would show."""
    return q.kernel != flip(q.kernel)


def output(q, pad=zero_pad, turn=lambda kernel: kernel):
    """All outputs, with another padding or a turned kernel if asked."""
    return cross_correlate(pad(q.image, 1), turn(q.kernel))


@template(topics=["cnn/definition"], where=lambda q: max(abs(q.first), abs(q.top)) <= 999)
class ZeroPadding:
    stem = r"""A $5\times5$ grey-scale image $x$ is padded with one row or column of zeros on each of its four sides
    and then cross-correlated with the kernel $w$ (which is not flipped), stride 1, no bias. Rows and columns of the
    output are counted from 1.

    $$x = {{ image | latex }} \qquad w = {{ kernel | latex }}$$"""

    image: Image = matrices(5, 5, 0, 255)
    kernel: Image = one_of(SHARPEN, EDGES, EMBOSS, SOBEL_X, SOBEL_Y, PREWITT_X)
    column: int = integers(2, 4)

    def figure(q):
        x = figures.grid(q.image, "x, shaded: the padding", padding=1, padded_with=None)
        return figures.grids(x, "⋆", figures.grid(q.kernel, "w"), "=", "y")

    size = part("Shape of the output", lambda q: (conv_out(5, 3, p=1),) * 2, Shape(("height", "width")))
    size.mistake(IGNORED_PADDING, lambda q: (conv_out(5, 3),) * 2)
    first = part("Output in row 1, column 1", lambda q: output(q)[0][0])
    first.mistake(REPLICATED_EDGE, lambda q: output(q, pad=edge_pad)[0][0])
    first.mistake(IGNORED_PADDING, lambda q: cross_correlate(q.image, q.kernel)[0][0])
    first.mistake(FLIPPED_KERNEL, lambda q: output(q, turn=flip)[0][0], when=turned)
    top = part("Output in row 1, column {{ column }}", lambda q: output(q)[0][q.column - 1])
    top.mistake(REPLICATED_EDGE, lambda q: output(q, pad=edge_pad)[0][q.column - 1])
    top.mistake(FLIPPED_KERNEL, lambda q: output(q, turn=flip)[0][q.column - 1], when=turned)

    def under(q, column):
        """The window of the padded image under that output of the first row."""
        return window(zero_pad(q.image, 1), 0, column - 1, 3)

    def products(q, column):
        """The sum of products behind that output of the first row."""
        return written_out(q.under(column), q.kernel)

    solution = r"""The padded image is $7\times7$, so the output has a side of $7 - 3 + 1 = 5$:
    ${{ size[0] }}\times{{ size[1] }}$. Products with a weight of 0 are left out below. Under the first output lies

    $${{ under(1) | latex }},\qquad\text{hence}\quad {{ products(1) }} = {{ first }},$$

    and under the output in row 1, column {{ column }},

    $${{ under(column) | latex }},\qquad\text{hence}\quad {{ products(column) }} = {{ top }}.$$"""
