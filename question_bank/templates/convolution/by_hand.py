"""Cross-correlate a small image with a 3×3 kernel by hand."""

from question_bank import Matrix, figures, matrices, part, template
from question_bank.maths.images import Image, cross_correlate, flip, transpose, window, written_out
from question_bank.misconceptions.convolution import FLIPPED_KERNEL, KEPT_SIZE, SWAPPED_AXES


def turned(q):
    """Whether a kernel that is turned by 180° would show."""
    return q.kernel != flip(q.kernel)


def humane(q):
    """Four to six of the nine weights are not zero."""
    return 4 <= sum(weight != 0 for row in q.kernel for weight in row) <= 6


@template(topics=["cnn/definition"], where=lambda q: turned(q) and humane(q))
class ByHand:
    stem = r"""Cross-correlate the image $x$ with the kernel $w$, as a convolutional layer does: the kernel is laid
    on the image as it is, without being flipped. Stride 1, no padding, no bias.

    $$x = {{ image | latex }} \qquad w = {{ kernel | latex }}$$"""

    image: Image = matrices(5, 5, 0, 5)
    kernel: Image = matrices(3, 3, -1, 1)

    def figure(q):
        return figures.grids(
            figures.grid(q.image, "x", marked=[(0, 0, 3, 3)]), "⋆", figures.grid(q.kernel, "w"), "=", "y"
        )

    first = part("The output's top left entry", lambda q: cross_correlate(q.image, q.kernel)[0][0])
    first.mistake(FLIPPED_KERNEL, lambda q: cross_correlate(q.image, flip(q.kernel))[0][0], when=turned)
    output = part("The whole output", lambda q: cross_correlate(q.image, q.kernel), Matrix(), points=3)
    output.mistake(FLIPPED_KERNEL, lambda q: cross_correlate(q.image, flip(q.kernel)), when=turned)
    output.mistake(SWAPPED_AXES, lambda q: transpose(q.output))
    output.mistake(KEPT_SIZE, lambda q: cross_correlate(q.image, q.kernel, p=1))

    def products(q, j):
        """The sum behind entry j of the first row."""
        return written_out(window(q.image, 0, j, 3), q.kernel)

    solution = r"""Lay the kernel on the top left $3\times3$ pixels, multiply what lies on top of each other and add up
    (products with a weight of 0 are left out):

    $$y_{\text{top left}} = {{ products(0) }} = {{ first }}$$

    One pixel to the right it is ${{ products(1) }} = {{ output[0][1] }}$, then
    ${{ products(2) }} = {{ output[0][2] }}$, and so on: $5 - 3 + 1 = 3$ windows in each of 3 rows.

    $$y = {{ output | latex }}$$"""
