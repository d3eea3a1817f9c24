"""A single bright pixel shows the kernel: turned by a cross-correlation, as it is by a convolution."""

from question_bank import Matrix, integers, matrices, part, template
from question_bank.maths.images import Image, cross_correlate, flip
from question_bank.misconceptions import Misconception
from question_bank.misconceptions.convolution import FLIPPED_ONE_AXIS

NOT_TURNED = Misconception(
    "copied the kernel",
    r"You laid the kernel around the bright pixel as it is. In a cross-correlation the window that lies **before** the "
    r"pixel meets it with its **last** weight, so the kernel appears turned by 180°.",
)
TURNED = Misconception(
    "turned the kernel",
    r"You laid the kernel around the bright pixel turned by 180°. A convolution turns the kernel before it slides, and "
    r"the sliding turns it back: the kernel appears as it is.",
)
FORGOT_BRIGHTNESS = Misconception(
    "left out the brightness",
    r"You gave the weights themselves. Each is multiplied by the brightness of the pixel it lies on.",
)


def impulse(q):
    """The image."""
    return tuple(tuple(q.value if (i, j) == (q.row, q.column) else 0 for j in range(q.width)) for i in range(q.height))


def response(q, kernel):
    """The output of a cross-correlation that keeps the size."""
    return cross_correlate(impulse(q), kernel, p=1)


@template(
    topics=["cnn/filters", "cnn/definition"],
    difficulty=3,
    minutes=4,
    where=lambda q: q.height != q.width and sum(row.count(0) for row in q.kernel) <= 2 and q.kernel != flip(q.kernel),
)
class ImpulseResponse:
    stem = r"""All pixels of the image $x$ are 0 but one (an *impulse*). It is padded with one row or column of zeros on
    each of its four sides, so that the output is as large as the image; stride 1.

    $$x = {{ image() | latex }} \qquad w = {{ kernel | latex }}$$"""

    height: int = integers(4, 5)
    width: int = integers(4, 5)
    row: int = integers(1, lambda q: q.height - 2)
    column: int = integers(1, lambda q: q.width - 2)
    value: int = integers(2, 5)
    kernel: Image = matrices(3, 3, -3, 5)

    correlated = part(
        "The **cross-correlation** of $x$ with $w$ (the kernel is not flipped)",
        lambda q: response(q, q.kernel),
        Matrix(),
    )
    correlated.mistake(NOT_TURNED, lambda q: response(q, flip(q.kernel)))
    correlated.mistake(FLIPPED_ONE_AXIS, lambda q: response(q, q.kernel[::-1]))
    correlated.mistake(
        FORGOT_BRIGHTNESS, lambda q: tuple(tuple(entry // q.value for entry in row) for row in response(q, q.kernel))
    )
    convolved = part(
        "The **convolution** of $x$ with $w$ (the kernel is flipped before it slides)",
        lambda q: response(q, flip(q.kernel)),
        Matrix(),
    )
    convolved.mistake(TURNED, lambda q: response(q, q.kernel))
    convolved.mistake(
        FORGOT_BRIGHTNESS,
        lambda q: tuple(tuple(entry // q.value for entry in row) for row in response(q, flip(q.kernel))),
    )

    def image(q):
        """The image."""
        return impulse(q)

    solution = r"""The output is 0 wherever the window misses the bright pixel. Where it meets the pixel, one product is
    left: {{ value }} times the weight on top of it. One row above and one column to the left of the pixel that is the
    **last** weight, ${{ value }}\cdot{{ "(" if kernel[2][2] < 0 }}{{ kernel[2][2] }}{{ ")" if kernel[2][2] < 0 }} =
    {{ value * kernel[2][2] }}$; one row below and one column to the right it is the **first**,
    ${{ value }}\cdot{{ "(" if kernel[0][0] < 0 }}{{ kernel[0][0] }}{{ ")" if kernel[0][0] < 0 }} =
    {{ value * kernel[0][0] }}$. So a cross-correlation shows the kernel turned by 180°:

    $${{ correlated | latex }}$$

    A convolution flips the kernel first, and the two turns cancel. Around the pixel stands ${{ value }}\,w$ as it is:

    $${{ convolved | latex }}$$"""
