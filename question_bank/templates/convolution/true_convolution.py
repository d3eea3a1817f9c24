"""True convolution by hand: turn the kernel by 180°, then cross-correlate."""

from question_bank import Matrix, integers, matrices, part, template
from question_bank.maths.images import Image, cross_correlate, flip, transpose, window, written_out
from question_bank.misconceptions.convolution import FLIPPED_ONE_AXIS, NOT_FLIPPED, TRANSPOSED_KERNEL


def humane(q):
    """Three to six of the nine weights are not zero."""
    return 3 <= sum(weight != 0 for row in q.kernel for weight in row) <= 6


@template(
    topics=["cnn/definition"],
    difficulty=2,
    minutes=5,
    where=lambda q: q.rows != q.columns and humane(q) and q.kernel != flip(q.kernel),
)
class TrueConvolution:
    stem = r"""The image $x$ is to be **convolved** with the kernel $w$ in the mathematical sense,
    $y_{ij} = \sum_{a,b} x_{i-a,\,j-b}\,w_{ab}$, not cross-correlated. Only outputs for which the kernel lies entirely
    on the image count. Stride 1, no padding, no bias.

    $$x = {{ image | latex }} \qquad w = {{ kernel | latex }}$$"""

    rows: int = integers(4, 5)
    columns: int = integers(4, 5)
    image: Image = matrices(lambda q: q.rows, lambda q: q.columns, 0, 5)
    kernel: Image = matrices(3, 3, -1, 2)

    turned = part("The kernel as it is laid on the image", lambda q: flip(q.kernel), Matrix())
    turned.mistake(NOT_FLIPPED, lambda q: q.kernel)
    turned.mistake(FLIPPED_ONE_AXIS, lambda q: tuple(row[::-1] for row in q.kernel))
    turned.mistake(TRANSPOSED_KERNEL, lambda q: transpose(q.kernel))
    output = part("The output", lambda q: cross_correlate(q.image, q.turned), Matrix(), points=2)
    output.mistake(NOT_FLIPPED, lambda q: cross_correlate(q.image, q.kernel))
    output.mistake(FLIPPED_ONE_AXIS, lambda q: cross_correlate(q.image, tuple(row[::-1] for row in q.kernel)))

    def products(q, j):
        """The sum behind entry j of the first row."""
        return written_out(window(q.image, 0, j, 3), q.turned)

    solution = r"""In $x_{i-a,\,j-b}\,w_{ab}$ the indices run against each other: the last weight meets the first
    pixel of the window. So the kernel is turned by 180° (last row first, each row backwards) and then laid on the
    image:

    $${{ turned | latex }}$$

    From here on it is a cross-correlation. The first two entries (weights of 0 left out):

    $${{ products(0) }} = {{ output[0][0] }} \qquad {{ products(1) }} = {{ output[0][1] }}$$

    All together:

    $$y = {{ output | latex }}$$"""
