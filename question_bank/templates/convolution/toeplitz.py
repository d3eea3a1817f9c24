"""A convolution as a sparse matrix: its shape, its non-zeros and one of its rows."""

from question_bank import Integer, Shape, Vector, integers, matrices, part, template
from question_bank.maths.images import Image
from question_bank.misconceptions import Misconception
from question_bank.misconceptions.convolution import FLIPPED_KERNEL

TRANSPOSED = Misconception(
    "rows and columns of the matrix swapped",
    r"You swapped the two. The matrix multiplies the flattened image, so it has a **column** for each pixel of the "
    r"image and a **row** for each output. Its transpose belongs to the transposed convolution.",
)
DENSE = Misconception(
    "took the matrix for full",
    r"You counted all entries of the matrix, as for a fully connected layer. An output sees one window only: the row "
    r"has a weight for each pixel of the window and zeros elsewhere.",
)
SHARED_ONCE = Misconception(
    "counted the weights, not the entries",
    r"You counted the weights of the kernel. They are shared, but **each row** of the matrix holds all of them once.",
)
NO_GAP = Misconception(
    "wrote the weights side by side",
    r"You wrote all weights one after another. The rows of the window lie one image row apart, so in the flattened "
    r"image the rows of the kernel are separated by the pixels in between.",
)
NEXT_BY_ONE = Misconception(
    "forgot the jump at the end of a row",
    r"You moved the first window by one pixel for every row of the matrix. At the end of a row of outputs the window "
    r"jumps to the start of the next image row: start from the output's row and column.",
)


def row(q, start, gap, kernel):
    """A row of the matrix: the kernel's rows from `start` on, `gap` entries apart."""
    entries = [0] * (q.height * q.width)
    for a, weights in enumerate(kernel):
        entries[start + a * gap : start + a * gap + 2] = weights
    return tuple(entries)


@template(
    topics=["cnn/definition"],
    difficulty=4,
    minutes=6,
    where=lambda q: q.height != q.width and all(weight for line in q.kernel for weight in line),
)
class Toeplitz:
    stem = r"""An image of ${{ height }}\times{{ width }}$ pixels is cross-correlated with the $2\times2$ kernel

    $$w = {{ kernel | latex }}$$

    (not flipped), stride 1, no padding, no bias. Image and output are flattened **row by row** to vectors $x$ and $y$,
    so that the layer is $y = Mx$ with a matrix $M$."""

    height: int = integers(3, 4)
    width: int = integers(3, 4)
    kernel: Image = matrices(2, 2, -4, 5)
    i: int = integers(0, lambda q: q.height - 2)
    j: int = integers(0, lambda q: q.width - 2)

    size = part(
        "The shape of $M$",
        lambda q: ((q.height - 1) * (q.width - 1), q.height * q.width),
        Shape(("rows", "columns")),
    )
    size.mistake(TRANSPOSED, lambda q: tuple(reversed(q.size)))
    filled = part("How many entries of $M$ are not 0?", lambda q: 4 * q.size[0], Integer())
    filled.mistake(DENSE, lambda q: q.size[0] * q.size[1])
    filled.mistake(SHARED_ONCE, lambda q: 4, when=lambda q: q.size[0] != 1)
    line = part(
        "The row of $M$ that gives the output in row {{ i }}, column {{ j }} (both counted from 0)",
        lambda q: row(q, q.i * q.width + q.j, q.width, q.kernel),
        Vector(),
        points=2,
    )
    line.mistake(FLIPPED_KERNEL, lambda q: row(q, q.i * q.width + q.j, q.width, [w[::-1] for w in q.kernel[::-1]]))
    line.mistake(NO_GAP, lambda q: row(q, q.i * q.width + q.j, 2, q.kernel))
    line.mistake(NEXT_BY_ONE, lambda q: row(q, q.i * (q.width - 1) + q.j, q.width, q.kernel), when=lambda q: q.i > 0)

    solution = r"""The image has ${{ height }}\cdot{{ width }} = {{ height * width }}$ pixels, the output
    ${{ height - 1 }}\cdot{{ width - 1 }} = {{ size[0] }}$ entries, so $M$ has the shape
    ${{ size[0] }}\times{{ size[1] }}$. Each row holds the four weights once and zeros otherwise:
    $4\cdot{{ size[0] }} = {{ filled }}$ entries are not 0, of ${{ size[0] }}\cdot{{ size[1] }} = {{ size[0] * size[1]
    }}$.

    {% set start = i * width + j -%}
    The window of output $({{ i }}, {{ j }})$ starts at pixel $({{ i }}, {{ j }})$, which is place
    ${{ width }}\cdot{{ i }} + {{ j }} = {{ start }}$ of $x$ (from 0). The first row of $w$ stands at places
    {{ start }} and {{ start + 1 }}, the second one image row, {{ width }} places, further: at {{ start + width }} and
    {{ start + width + 1 }}.

    $$({{ line | join(",\\;") }})$$"""
