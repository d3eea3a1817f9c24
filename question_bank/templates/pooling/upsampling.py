"""Nearest-neighbour upsampling and the bed of nails, side by side."""

from question_bank import Integer, Matrix, integers, matrices, one_of, part, template
from question_bank.maths.images import Image
from question_bank.maths.unpooling import bed_of_nails, repeat_pixels
from question_bank.misconceptions import Misconception
from question_bank.misconceptions.pooling import COPIED_EVERYWHERE

TILED = Misconception(
    "repeated the map as a whole",
    r"You laid copies of the whole map side by side. Each **pixel** becomes a block, so that the picture stays the "
    r"same and is only enlarged.",
)
ZEROS_BETWEEN_ROWS_ONLY = Misconception(
    "zeros in one direction only",
    r"You inserted zeros between the columns only. A pixel becomes a block of zeros with itself in the corner: rows of "
    r"zeros are needed, too.",
)
ALL_FILLED = Misconception(
    "counted the nails as a full map",
    r"You counted every entry of the output. Only one entry of each block comes from the input; the others are 0.",
)


def tiled(image, k):
    """Copies of the whole map side by side."""
    return tuple(tuple(row) * k for row in image) * k


@template(topics=["cnn/pooling", "cnn/autoencoders"], difficulty=1, minutes=3, where=lambda q: q.rows != q.columns)
class Upsampling:
    stem = r"""The map $z$ is enlarged by a factor of {{ k }} in both directions, once by **nearest-neighbour
    upsampling** and once as a **bed of nails**, which places each entry at the top left of its block.

    $$z = {{ image | latex }}$$"""

    k: int = one_of(2, 3)
    rows: int = integers(1, 3)
    columns: int = integers(2, 3)
    image: Image = matrices(lambda q: q.rows, lambda q: q.columns, 1, 9)

    nearest = part("The result of nearest-neighbour upsampling", lambda q: repeat_pixels(q.image, q.k), Matrix())
    nearest.mistake(TILED, lambda q: tiled(q.image, q.k))
    nails = part("The bed of nails", lambda q: bed_of_nails(q.image, q.k), Matrix())
    nails.mistake(COPIED_EVERYWHERE, lambda q: repeat_pixels(q.image, q.k))
    nails.mistake(
        ZEROS_BETWEEN_ROWS_ONLY,
        lambda q: tuple(tuple(0 if j else e for e in row for j in range(q.k)) for row in q.image for _ in range(q.k)),
    )
    zeros = part("How many entries of the bed of nails are 0?", lambda q: q.rows * q.columns * (q.k**2 - 1), Integer())
    zeros.mistake(ALL_FILLED, lambda q: q.rows * q.columns * q.k**2)

    solution = r"""Each entry becomes a ${{ k }}\times{{ k }}$ block, so the ${{ rows }}\times{{ columns }}$ map becomes
    ${{ rows * k }}\times{{ columns * k }}$. Nearest-neighbour upsampling fills the block with the entry:

    $${{ nearest | latex }}$$

    The bed of nails keeps the entry at the top left of the block and fills the rest with zeros:

    $${{ nails | latex }}$$

    In each of the ${{ rows }}\cdot{{ columns }} = {{ rows * columns }}$ blocks
    ${{ k }}\cdot{{ k }} - 1 = {{ k * k - 1 }}$ entries are 0, together
    ${{ rows * columns }}\cdot{{ k * k - 1 }} = {{ zeros }}$."""
