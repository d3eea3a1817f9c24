"""The gradient of a kernel by hand, from the image and the gradient of the output."""

from question_bank import Matrix, figures, integers, matrices, one_of, part, template
from question_bank.maths.backprop import weight_gradient
from question_bank.maths.images import Image, flip, transpose, zero_pad
from question_bank.misconceptions.backprop import FLIPPED_OUTPUT_GRADIENT, ONE_POSITION
from question_bank.misconceptions.convolution import SWAPPED_AXES
from question_bank.misconceptions.shapes import IGNORED_STRIDE


def side(q, axis):
    """Height or width of an image that the windows fill."""
    return (q.size[axis] - 1) * q.s + q.k - 2 * q.p


def humane(q):
    """Not too small, and three or four outputs that count."""
    return min(side(q, 0), side(q, 1)) >= 3 and 3 <= sum(v != 0 for row in q.d for v in row) <= 4


@template(topics=["cnn/backprop"], difficulty=3, minutes=8, where=humane)
class WeightGradient:
    stem = r"""A layer cross-correlates the image $x$ with a ${{ k }}\times{{ k }}$ kernel $w$ (which is not flipped).
    Stride {{ s }}, {% if p %}one row or column of zeros on each of the four sides{% else %}no padding{% endif %}, no
    bias. Its output is $y$, and $d$ holds the gradients of the loss by the outputs,
    $d_{ij} = \partial L/\partial y_{ij}$.

    $$x = {{ image | latex }} \qquad d = {{ d | latex }}$$"""

    k: int = one_of(2, 3)
    s: int = one_of(1, 2)
    p: int = integers(0, lambda q: (q.k - 1) // 2)
    size: tuple[int, ...] = one_of((2, 2), (2, 3), (3, 2))
    image: Image = matrices(lambda q: side(q, 0), lambda q: side(q, 1), -3, 4)
    d: Image = matrices(lambda q: q.size[0], lambda q: q.size[1], -2, 2)

    def figure(q):
        """The padded image with its first window, and d."""
        label = "x, shaded: the padding" if q.p else "x"
        x = figures.grid(q.image, label, marked=[(0, 0, q.k, q.k)], padding=q.p)
        return figures.grids(x, figures.grid(q.d, "d", marked=[(0, 0, 1, 1)]))

    first = part(
        r"The top left entry of $\partial L/\partial w$", lambda q: weight_gradient(q.image, q.d, q.k, q.s, q.p)[0][0]
    )
    first.mistake(FLIPPED_OUTPUT_GRADIENT, lambda q: weight_gradient(q.image, flip(q.d), q.k, q.s, q.p)[0][0])
    first.mistake(ONE_POSITION, lambda q: q.d[0][0] * zero_pad(q.image, q.p)[0][0], when=lambda q: q.p == 0)
    dw = part(
        r"The whole matrix $\partial L/\partial w$",
        lambda q: weight_gradient(q.image, q.d, q.k, q.s, q.p),
        Matrix(),
        points=3,
    )
    dw.mistake(FLIPPED_OUTPUT_GRADIENT, lambda q: weight_gradient(q.image, flip(q.d), q.k, q.s, q.p))
    dw.mistake(IGNORED_STRIDE, lambda q: weight_gradient(q.image, q.d, q.k, 1, q.p), when=lambda q: q.s > 1)
    dw.mistake(SWAPPED_AXES, lambda q: transpose(q.dw))

    def under(q, m, n):
        """The pixels that weight (m, n) meets, one for each output."""
        padded, (rows, columns) = zero_pad(q.image, q.p), q.size
        return tuple(tuple(padded[q.s * i + m][q.s * j + n] for j in range(columns)) for i in range(rows))

    solution = r"""Weight $w_{mn}$ is used in every output, so its gradient is a sum over all of them:

    $$\frac{\partial L}{\partial w_{mn}} = \sum_{i,j} d_{ij}\; x_{ {{- s if s > 1 }}i+m,\,{{ s if s > 1 }}j+n},$$

    counted from 0{{ " in the padded image" if p }}. The top left weight meets these pixels, one for each output:

    $${{ under(0, 0) | latex }}.$$

    Multiplied with $d$ entry by entry and added up that is ${{ first }}$. The next weight to the right meets

    $${{ under(0, 1) | latex }},\quad\text{which gives}\quad {{ dw[0][1] }},$$

    and so on. In short: $d$ {% if s > 1 %}with its entries {{ s }} pixels apart {% endif %}is laid on the image as it
    is, without being turned, and slid over it.

    $$\frac{\partial L}{\partial w} = {{ dw | latex }}$$"""
