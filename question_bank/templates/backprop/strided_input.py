"""Backward through a convolution with stride: where zeros are inserted."""

from question_bank import Matrix, figures, integers, matrices, one_of, part, template
from question_bank.maths.backprop import dilate, input_gradient
from question_bank.maths.images import Image, flip
from question_bank.misconceptions import Misconception
from question_bank.misconceptions.backprop import NO_DILATION, NOT_ROTATED

ONE_ZERO_TOO_MANY = Misconception(
    "one zero too many",
    r"You put $s$ zeros between neighbours, so that they lie $s + 1$ apart. They have to lie $s$ apart, like the "
    r"windows they come from: that leaves room for $s - 1$ zeros.",
)
ZEROS_AFTER_THE_LAST = Misconception(
    "zeros after the last entry, too",
    r"You also put zeros behind the last row and column. Zeros go **between** neighbours only; the border comes "
    r"afterwards, as $k - 1$ zeros on each side.",
)


def trailing(q):
    """The dilated d with zeros behind the last row and column, too."""
    wide = tuple(row + (0,) * (q.s - 1) for row in dilate(q.d, q.s))
    return wide + ((0,) * len(wide[0]),) * (q.s - 1)


def humane(q):
    """A kernel that shows when it is turned, no zeros in d that hide the ones put in, at most 24 products."""
    products = sum(v != 0 for row in q.kernel for v in row) * q.size[0] * q.size[1]
    return q.kernel != flip(q.kernel) and 9 <= products <= 24 and all(map(all, q.d))


@template(topics=["cnn/backprop"], difficulty=4, minutes=9, where=humane)
class StridedInput:
    stem = r"""A layer cross-correlates an image $x$ with the kernel $w$ (which is not flipped), **stride {{ s }}**, no
    padding, no bias; the windows cover the image up to its last row and column. The matrix $d$ holds the gradients of
    the loss by the outputs, $d_{ij} = \partial L/\partial y_{ij}$.

    $$w = {{ kernel | latex }} \qquad d = {{ d | latex }}$$

    To find $\partial L/\partial x$, zeros are put between the rows and columns of $d$; the result $\tilde d$ is
    surrounded by further zeros and cross-correlated, with stride 1, with the kernel turned by 180°."""

    k: int = one_of(2, 3)
    s: int = integers(2, 3)
    size: tuple[int, ...] = one_of((2, 2), (2, 3), (3, 2))
    kernel: Image = matrices(lambda q: q.k, lambda q: q.k, -2, 2)
    d: Image = matrices(lambda q: q.size[0], lambda q: q.size[1], -2, 3)

    def figure(q):
        """The kernel and the gradient of the output."""
        return figures.grids(figures.grid(q.kernel, "w"), figures.grid(q.d, "d"))

    dilated = part(
        r"The matrix $\tilde d$, before it is surrounded by further zeros", lambda q: dilate(q.d, q.s), Matrix()
    )
    dilated.mistake(NO_DILATION, lambda q: q.d)
    dilated.mistake(ONE_ZERO_TOO_MANY, lambda q: dilate(q.d, q.s + 1))
    dilated.mistake(ZEROS_AFTER_THE_LAST, trailing)
    border = part(r"How many rows of zeros are then added at the top of $\tilde d$?", lambda q: q.k - 1)
    border.mistake(
        Misconception(
            "as many zeros as the kernel is high",
            r"You added $k$ rows. The topmost window of the turned kernel must still cover one row of $\tilde d$, so "
            r"only $k - 1$ rows lie above it.",
        ),
        lambda q: q.k,
    )
    dx = part(r"The matrix $\partial L/\partial x$", lambda q: input_gradient(q.kernel, q.d, q.s), Matrix(), points=3)
    dx.mistake(NOT_ROTATED, lambda q: input_gradient(flip(q.kernel), q.d, q.s))
    dx.mistake(NO_DILATION, lambda q: input_gradient(q.kernel, q.d))

    def turned(q):
        """The kernel turned by 180°."""
        return flip(q.kernel)

    solution = r"""Neighbouring outputs come from windows that start {{ s }} pixels apart, so their gradients have to
    lie {{ s }} apart: ${{ s }} - 1 = {{ s - 1 }}$ row{{ "s" if s > 2 }} and column{{ "s" if s > 2 }} of zeros between
    neighbours.

    $$\tilde d = {{ dilated | latex }}$$

    Each pixel of the image may be touched by any of the {{ k }} rows of the kernel, so
    $k - 1 = {{ border }}$ row{{ "s" if border > 1 }} of zeros go{{ "es" if border == 1 }} above $\tilde d$, and as
    many below, left and right. Then the turned kernel

    $${{ turned() | latex }}$$

    slides over this with stride 1. (The same result: lay $d_{ij}\,w$ with its corner at row ${{ s }}i$, column
    ${{ s }}j$, and add up.)

    $$\frac{\partial L}{\partial x} = {{ dx | latex }}$$"""
