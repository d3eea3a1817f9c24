"""Write one output at the border of a padded image as a sum: the terms that fall on zeros vanish."""

from question_bank import Integer, Symbolic, figures, integers, one_of, part, template
from question_bank.maths.expansions import on_image, sum_of_products, taps, under
from question_bank.maths.shapes import conv_out
from question_bank.misconceptions import Misconception
from question_bank.misconceptions.convolution import FLIPPED_KERNEL, PADDING_AS_PIXELS, SWAPPED_AXES

COUNTED_REAL = Misconception(
    "counted the terms that are left",
    r"You counted the products that lie on the image. The question asks for those that fall on the padding.",
)
ONE_SIDE_ONLY = Misconception(
    "counted one border only",
    r"You counted the padding at one border only. In a corner the window reaches over two borders, and the place in "
    r"the corner belongs to both.",
)


def places(q, out, p):
    """(pixel, tap) of each product, those in the padding included."""
    kernel = taps(q.k, q.k)
    return list(zip(under(out, kernel, q.s, p), kernel, strict=True))


def y(q, out, step=1, p=1):
    """Output `out` (from 0); step=-1 reads the kernel backwards."""
    pixels, kernel = zip(*places(q, out, p), strict=True)
    pairs = zip(pixels, kernel[::step], strict=True)
    real = [pair for pair in pairs if p == 0 or on_image(pair[0], q.height, q.width)]
    return sum_of_products(*zip(*real, strict=True), q.base)


def reach(q):
    """In how many rows and in how many columns the window lies on the padding."""
    return tuple(sum(not 0 <= q.s * at - 1 + a < n for a in range(q.k)) for at, n in ((q.i, q.height), (q.j, q.width)))


@template(
    topics=["cnn/definition"],
    difficulty=3,
    minutes=4,
    where=lambda q: q.height != q.width and q.i != q.j and max(reach(q)) > 0,
)
class YijPadded:
    stem = r"""A layer cross-correlates an image $x$ of ${{ height }}\times{{ width }}$ pixels with a
    ${{ k }}\times{{ k }}$ kernel $w$ (which is not flipped), with stride {{ s }}, **padding 1** (a row or column of
    zeros on each of the four sides) and no bias. The output is $y$. Indices are (row, column) and start at
    **{{ base }}**: the top left pixel of the image itself, not of the padding, is $x[{{ base }},{{ base }}]$, and
    likewise for $w$ and $y$."""

    height: int = integers(4, 7)
    width: int = integers(4, 7)
    k: int = integers(2, 3)
    s: int = one_of(1, 2)
    base: int = one_of(0, 1)
    i: int = integers(0, lambda q: conv_out(q.height, q.k, q.s, 1) - 1)
    j: int = integers(0, lambda q: conv_out(q.width, q.k, q.s, 1) - 1)

    def figure(q):
        """The padded image with its first window."""
        blank = [[None] * q.width] * q.height
        x = figures.grid(blank, "x, padded, and the first window", [(0, 0, q.k, q.k)], base=q.base, padding=1)
        return figures.grids(x, figures.grid([[None] * q.k] * q.k, "w", base=q.base))

    vanishing = part(
        "$y[{{ i + base }},{{ j + base }}]$ has ${{ k }}\\cdot{{ k }} = {{ k * k }}$ products. How many of them fall "
        "on the padding, and vanish?",
        lambda q: sum(not on_image(pixel, q.height, q.width) for pixel, _ in places(q, (q.i, q.j), 1)),
        Integer(),
    )
    vanishing.mistake(COUNTED_REAL, lambda q: q.k**2 - q.vanishing, when=lambda q: 2 * q.vanishing != q.k**2)
    vanishing.mistake(ONE_SIDE_ONLY, lambda q: q.k, when=lambda q: min(reach(q)) > 0)
    y_ij = part(
        "Write $y[{{ i + base }},{{ j + base }}]$ as a sum of products of entries of $x$ and $w$.",
        lambda q: y(q, (q.i, q.j)),
        Symbolic(),
        points=2,
    )
    y_ij.mistake(PADDING_AS_PIXELS, lambda q: y(q, (q.i, q.j), p=0))
    y_ij.mistake(FLIPPED_KERNEL, lambda q: y(q, (q.i, q.j), step=-1), when=lambda q: q.vanishing < q.k**2)
    y_ij.mistake(
        SWAPPED_AXES,
        lambda q: y(q, (q.j, q.i)),
        when=lambda q: any(on_image(pixel, q.height, q.width) for pixel, _ in places(q, (q.j, q.i), 1)),
    )

    def span(q, at):
        """First and last row (or column) of the window, as the indices count."""
        first = q.s * at - 1 + q.base
        return f"{first} to {first + q.k - 1}"

    solution = r"""The window of the first output starts one row above and one column to the left of the image. That of
    $y[{{ i + base }},{{ j + base }}]$ lies ${{ s }}\cdot{{ i }} = {{ s * i }}$ rows further down and
    ${{ s }}\cdot{{ j }} = {{ s * j }}$ columns further to the right: rows {{ span(i) }}, columns {{ span(j) }} of $x$.
    The image has rows {{ base }} to {{ height - 1 + base }} and columns {{ base }} to {{ width - 1 + base }}; what lies
    outside is 0, so {{ vanishing }} of the {{ k * k }} products {{ "vanishes" if vanishing == 1 else "vanish" }}. What
    is left:

    `{{ y_ij }}`"""
