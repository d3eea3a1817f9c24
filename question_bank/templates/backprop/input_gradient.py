"""The gradient of the input by hand: full cross-correlation with the turned kernel."""

from question_bank import Matrix, Shape, figures, integers, matrices, one_of, part, template
from question_bank.maths.backprop import input_gradient
from question_bank.maths.images import Image, cross_correlate, flip
from question_bank.misconceptions.backprop import KEPT_PADDING, NOT_ROTATED, VALID_NOT_FULL


def sides(q, p):
    """Height and width of the gradient where p rows or columns are cut off on each side."""
    return tuple(side + q.k - 1 - 2 * p for side in q.size)


def smaller(q):
    """Height and width where the kernel slides over d without padding."""
    return tuple(side - q.k + 1 for side in q.size)


def humane(q):
    """A kernel that shows when it is turned, and products that a hand can do."""
    products = sum(v != 0 for row in q.kernel for v in row) * sum(v != 0 for row in q.d for v in row)
    return q.kernel != flip(q.kernel) and 9 <= products <= 24


@template(topics=["cnn/backprop"], difficulty=4, minutes=9, where=humane)
class InputGradient:
    stem = r"""A layer cross-correlates an image $x$ with the kernel $w$ (which is not flipped). Stride 1,
    {% if p %}one row or column of zeros on each of the four sides{% else %}no padding{% endif %}, no bias. Its output
    is $y$, and $d$ holds the gradients of the loss by the outputs, $d_{ij} = \partial L/\partial y_{ij}$.

    $$w = {{ kernel | latex }} \qquad d = {{ d | latex }}$$"""

    k: int = one_of(2, 3)
    p: int = integers(0, lambda q: (q.k - 1) // 2)
    size: tuple[int, ...] = one_of((2, 2), (2, 3), (3, 2), (3, 3))
    kernel: Image = matrices(lambda q: q.k, lambda q: q.k, -2, 2)
    d: Image = matrices(lambda q: q.size[0], lambda q: q.size[1], -2, 3)

    def figure(q):
        """The kernel and the gradient of the output."""
        return figures.grids(figures.grid(q.kernel, "w"), figures.grid(q.d, "d"))

    shape = part(r"The shape of $\partial L/\partial x$", lambda q: sides(q, q.p), Shape(("height", "width")))
    shape.mistake(VALID_NOT_FULL, smaller, when=lambda q: min(smaller(q)) > 0)
    shape.mistake(KEPT_PADDING, lambda q: sides(q, 0), when=lambda q: q.p > 0)
    dx = part(r"The matrix $\partial L/\partial x$", lambda q: input_gradient(q.kernel, q.d, p=q.p), Matrix(), points=3)
    dx.mistake(NOT_ROTATED, lambda q: input_gradient(flip(q.kernel), q.d, p=q.p))
    dx.mistake(VALID_NOT_FULL, lambda q: cross_correlate(q.d, flip(q.kernel)), when=lambda q: min(smaller(q)) > 0)
    dx.mistake(KEPT_PADDING, lambda q: input_gradient(q.kernel, q.d), when=lambda q: q.p > 0)

    def turned(q):
        """The kernel turned by 180°."""
        return flip(q.kernel)

    def full(q):
        """The gradient with the rows and columns of the padding."""
        return input_gradient(q.kernel, q.d)

    solution = r"""The gradient has the shape of the input. A side of $n$ became
    $n{% if p %} + 2\cdot{{ p }}{% endif %} - {{ k }} + 1$, so $n$ is the side of $d$
    {% if p %}plus ${{ k }} - 1 - 2\cdot{{ p }} = {{ k - 1 - 2 * p }}${% else %}plus ${{ k }} - 1 = {{ k - 1 }}$
    {%- endif %}: ${{ shape[0] }}\times{{ shape[1] }}$.

    Each output hands $d_{ij}$ back to the ${{ k }}\times{{ k }}$ pixels of its window, weighted with $w$: lay
    $d_{ij}\,w$ at position $(i, j)$ for each output and add up where they overlap. The same in one go: surround $d$
    with $k - 1 = {{ k - 1 }}$ row{{ "s" if k > 2 }} and column{{ "s" if k > 2 }} of zeros on each side and
    cross-correlate it with the kernel turned by 180°,

    $${{ turned() | latex }}.$$
    {% if p %}
    That gives the gradient of the *padded* image,

    $${{ full() | latex }},$$

    whose outermost rows and columns belong to the padding and are cut off.
    {% endif %}
    $$\frac{\partial L}{\partial x} = {{ dx | latex }}$$"""
