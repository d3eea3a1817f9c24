"""Max pooling, something in between, and max-unpooling with the indices that were kept."""

from question_bank import Matrix, figures, integers, matrices, part, template
from question_bank.maths.images import Image
from question_bank.maths.pooling import argmax_indices, has_ties, max_pool
from question_bank.maths.unpooling import bed_of_nails, place, repeat_pixels
from question_bank.misconceptions import Misconception
from question_bank.misconceptions.pooling import COPIED_EVERYWHERE, INDEX_IN_WINDOW, TOP_LEFT_ALWAYS

RESTORED = Misconception(
    "gave the encoder's map back",
    r"You put the entries of $x$ at the places of the maxima. Unpooling takes only the **places** from the encoder; "
    r"the values are those of the decoder's map.",
)


def inside(q):
    """The index of each maximum within its own 2×2 window."""
    return tuple(tuple(2 * (index // q.columns % 2) + index % q.columns % 2 for index in row) for row in q.indices)


@template(
    topics=["cnn/pooling", "cnn/autoencoders"], difficulty=3, minutes=4, where=lambda q: not has_ties(q.image, 2, 2)
)
class MaxUnpool:
    stem = r"""An auto-encoder pools the feature map $x$ of its encoder with max pooling over $2\times2$ windows, stride
    2, and keeps the flat index of each maximum (row by row over the whole map, starting with 0). At the same level of
    the decoder the map $z$ is **unpooled with these indices** to the size of $x$.

    $$x = {{ image | latex }} \qquad z = {{ decoded | latex }}$$"""

    high: int = integers(1, 2)
    wide: int = integers(2, 3)
    image: Image = matrices(lambda q: 2 * q.high, lambda q: 2 * q.wide, 0, 9)
    decoded: Image = matrices(lambda q: q.high, lambda q: q.wide, 1, 9)

    def figure(q):
        blocks = [(i, j, 2, 2) for i in range(0, 2 * q.high, 2) for j in range(0, 2 * q.wide, 2)]
        return figures.grids(figures.grid(q.image, "x and its windows", blocks), figures.grid(q.decoded, "z"))

    indices = part("The flat indices of the maxima of $x$", lambda q: argmax_indices(q.image, 2, 2), Matrix())
    indices.mistake(INDEX_IN_WINDOW, inside)
    unpooled = part(
        "The unpooled map", lambda q: place(q.decoded, q.indices, 2 * q.high, 2 * q.wide), Matrix(), points=2
    )
    unpooled.mistake(TOP_LEFT_ALWAYS, lambda q: bed_of_nails(q.decoded, 2))
    unpooled.mistake(COPIED_EVERYWHERE, lambda q: repeat_pixels(q.decoded, 2))
    unpooled.mistake(
        RESTORED, lambda q: place(max_pool(q.image, 2, 2), argmax_indices(q.image, 2, 2), 2 * q.high, 2 * q.wide)
    )

    @property
    def columns(q):
        """The width of the encoder's map."""
        return 2 * q.wide

    solution = r"""The map $x$ is {{ columns }} entries wide, so row $r$, column $c$ (from 0) has the flat index
    ${{ columns }}\,r + c$. The maxima stand at

    $${{ indices | latex }}.$$

    Unpooling starts with zeros and writes each entry of $z$ at its index. The first, ${{ decoded[0][0] }}$, goes to
    index ${{ indices[0][0] }}$, that is row {{ indices[0][0] // columns }}, column {{ indices[0][0] % columns }}. Three
    quarters of the entries stay 0: what was not a maximum is lost, and unpooling does not bring it back.

    $${{ unpooled | latex }}$$"""
