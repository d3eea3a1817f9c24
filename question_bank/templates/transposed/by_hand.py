"""A transposed convolution by hand: every pixel stamps the kernel, and what overlaps is added."""

from question_bank import Matrix, Shape, figures, integers, matrices, one_of, part, template
from question_bank.maths.images import Image, flip
from question_bank.maths.transposed import transposed_conv, transposed_out
from question_bank.misconceptions.transposed import (
    FLIPPED_STAMP,
    OVERWROTE,
    STAMPED_SIDE_BY_SIDE,
    TIMES_STRIDE,
)


def overwritten(q):
    """The output where a later stamp replaces what lies below it."""
    canvas = [[0] * q.size[1] for _ in range(q.size[0])]
    for i, row in enumerate(q.image):
        for j, value in enumerate(row):
            for a, weights in enumerate(q.kernel):
                canvas[q.s * i + a][q.s * j : q.s * j + q.k] = [value * weight for weight in weights]
    return tuple(map(tuple, canvas))


def filled(q):
    """No entry of the image is 0, few of the kernel are, and the kernel is not the same when it is turned."""
    weights = [weight for row in q.kernel for weight in row]
    return all(map(all, q.image)) and weights.count(0) <= 2 * (q.k - 2) and q.kernel != flip(q.kernel)


@template(topics=["cnn/transposed"], difficulty=3, minutes=5, where=filled)
class ByHand:
    stem = r"""The map $x$ passes through a transposed convolution with the kernel $w$ (as in
    `torch.nn.functional.conv_transpose2d`), stride {{ s }}, no padding, no output padding, no bias.

    $$x = {{ image | latex }} \qquad w = {{ kernel | latex }}$$"""

    k: int = one_of(2, 3)
    s: int = one_of(1, 2)
    columns: int = integers(2, lambda q: 5 - q.k)
    image: Image = matrices(2, lambda q: q.columns, -3, 4)
    kernel: Image = matrices(lambda q: q.k, lambda q: q.k, -2, 3)

    def figure(q):
        return figures.grids(figures.grid(q.image, "x"), figures.grid(q.kernel, "w"))

    size = part(
        "Height and width of the output",
        lambda q: (transposed_out(2, q.k, q.s), transposed_out(q.columns, q.k, q.s)),
        Shape(("height", "width")),
    )
    size.mistake(TIMES_STRIDE, lambda q: (2 * q.s, q.columns * q.s), when=lambda q: q.k != q.s)
    size.mistake(STAMPED_SIDE_BY_SIDE, lambda q: (2 * q.k, q.columns * q.k), when=lambda q: q.k > q.s)
    output = part("The output", lambda q: transposed_conv(q.image, q.kernel, q.s), Matrix(), points=3)
    output.mistake(OVERWROTE, overwritten, when=lambda q: q.k > q.s)
    output.mistake(FLIPPED_STAMP, lambda q: transposed_conv(q.image, flip(q.kernel), q.s))
    output.mistake(STAMPED_SIDE_BY_SIDE, lambda q: transposed_conv(q.image, q.kernel, q.k), when=lambda q: q.k > q.s)

    def stamp(q, j):
        """What the pixel in column j of the first row stamps."""
        return tuple(tuple(q.image[0][j] * weight for weight in row) for row in q.kernel)

    solution = r"""Each pixel of $x$ stamps ${{ k }}\times{{ k }}$ numbers on the output, itself times the kernel. The
    stamps start {{ s }} pixel{{ "s" if s > 1 }} apart, so the output is
    ${{ s }}\cdot(2 - 1) + {{ k }} = {{ size[0] }}$ high and
    ${{ s }}\cdot({{ columns }} - 1) + {{ k }} = {{ size[1] }}$ wide. The first two stamps:

    $${{ image[0][0] }}\cdot w = {{ stamp(0) | latex }} \text{ at the top left}, \qquad
    {{ image[0][1] }}\cdot w = {{ stamp(1) | latex }} \text{ further right}$$

    {% if k > s %}Where stamps overlap they are added.{% else %}Here the stamps lie side by side.{% endif %} All
    together:

    $$y = {{ output | latex }}$$"""
