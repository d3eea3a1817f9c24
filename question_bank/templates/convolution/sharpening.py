"""Sharpening is the image minus its Laplacian: what that does to an edge."""

from question_bank import Integer, Matrix, figures, integers, one_of, part, template
from question_bank.maths.images import cross_correlate, transpose
from question_bank.misconceptions import Misconception

# The Laplacian over the four or over the eight neighbours.
LAPLACIANS = {4: ((0, 1, 0), (1, -4, 1), (0, 1, 0)), 8: ((1, 1, 1), (1, -8, 1), (1, 1, 1))}

ONE_SIDE_ONLY = Misconception(
    "response on one side of the edge only",
    r"You let the kernel respond on one side of the edge only. A window is laid on **each** side of it: on the dark "
    r"side bright neighbours raise the sum, on the bright side dark neighbours lower it.",
)
WRONG_SIGN = Misconception(
    "signs reversed",
    r"You reversed the signs. The centre of a Laplacian is negative, so the response is positive where the "
    r"neighbours are **brighter** than the centre, that is on the dark side of the edge.",
)
ADDED = Misconception(
    "added the Laplacian",
    r"You added the Laplacian. That moves both sides of the edge towards each other and blurs it; to sharpen, the "
    r"Laplacian is **subtracted**.",
)
LAPLACIAN_ONLY = Misconception(
    "gave the negative Laplacian",
    r"You gave the Laplacian with its sign changed. The image itself has to stay: it is the image **minus** the "
    r"Laplacian.",
)
SAME_RANGE = Misconception(
    "kept the range of the image",
    r"You gave the range of the image. Sharpening overshoots: along the edge the bright side gets brighter than "
    r"before and the dark side darker.",
)
OVERSHOT_ONCE = Misconception(
    "counted the overshoot on one side",
    r"You counted the overshoot on one side of the edge only. It occurs on both: above the brightest and below the "
    r"darkest value of the image.",
)


def picture(q):
    """Two flat parts with a straight edge in between."""
    rows = ((q.before,) * q.at + (q.after,) * (6 - q.at),) * 4
    return rows if q.edge == "vertical" else transpose(rows)


def inside(q):
    """The pixels on which the centre of the kernel lies."""
    return tuple(row[1:-1] for row in picture(q)[1:-1])


def combined(a, b, sign):
    """a + sign · b, entry by entry."""
    return tuple(tuple(x + sign * y for x, y in zip(*rows, strict=True)) for rows in zip(a, b, strict=True))


def negative(rows):
    """All signs changed."""
    return tuple(tuple(-entry for entry in row) for row in rows)


def half(q):
    """The response on the side of the edge where it is positive."""
    return tuple(tuple(max(entry, 0) for entry in row) for row in q.laplacian)


@template(
    topics=["cnn/filters", "cnn/definition"],
    difficulty=3,
    minutes=5,
    where=lambda q: abs(q.before - q.after) > 1,
)
class Sharpening:
    stem = r"""A grey-scale image $x$ is sharpened by subtracting its Laplacian: $y = x - x * \ell$. Here $*$ is the
    cross-correlation with stride 1 and no padding, so $y$ and the Laplacian have the size of the image without its
    outermost pixels; nothing is cut off at 0.

    $$x = {{ image() | latex }} \qquad \ell = {{ kernel() | latex }}$$"""

    neighbours: int = one_of(4, 8)
    edge: str = one_of("vertical", "horizontal")
    at: int = integers(2, 4)
    before: int = integers(0, 9)
    after: int = integers(0, 9)

    def figure(q):
        return figures.grids(figures.grid(picture(q), "x"), "⋆", figures.grid(q.kernel(), "ℓ"))

    laplacian = part(r"The Laplacian $x * \ell$", lambda q: cross_correlate(picture(q), q.kernel()), Matrix())
    laplacian.mistake(WRONG_SIGN, lambda q: negative(q.laplacian))
    laplacian.mistake(ONE_SIDE_ONLY, half)
    sharpened = part("The sharpened image $y$", lambda q: combined(inside(q), q.laplacian, -1), Matrix())
    sharpened.mistake(ADDED, lambda q: combined(inside(q), q.laplacian, 1))
    sharpened.mistake(LAPLACIAN_ONLY, lambda q: negative(q.laplacian))
    contrast = part(
        "The largest entry of $y$ minus the smallest",
        lambda q: max(map(max, q.sharpened)) - min(map(min, q.sharpened)),
        Integer(),
    )
    contrast.mistake(SAME_RANGE, lambda q: abs(q.before - q.after))
    contrast.mistake(OVERSHOT_ONCE, lambda q: (1 + (3 if q.neighbours == 8 else 1)) * abs(q.before - q.after))

    def image(q):
        """The image."""
        return picture(q)

    def kernel(q):
        """The Laplacian's kernel."""
        return LAPLACIANS[q.neighbours]

    def sharp(q):
        """The kernel that does both at once."""
        return combined(((0, 0, 0), (0, 1, 0), (0, 0, 0)), q.kernel(), -1)

    def largest(q):
        """The largest entry of the sharpened image."""
        return max(map(max, q.sharpened))

    def smallest(q):
        """The smallest entry of the sharpened image."""
        return min(map(min, q.sharpened))

    solution = r"""The weights of $\ell$ add up to 0: flat parts give 0. Along the edge
    {{ "one" if neighbours == 4 else "three" }} of the {{ neighbours }} neighbours differ{{ "s" if neighbours == 4 }}
    from the centre, by ${{ after }} - {{ before }} = {{ after - before }}$ on the one side and by as much with the
    other sign on the other side:

    $$x * \ell = {{ laplacian | latex }}$$

    Subtracted from the image (without its outermost pixels) this gives

    $$y = {{ sharpened | latex }},$$

    as the single kernel ${{ sharp() | latex }}$ would. Along the edge the bright side has become brighter and the dark
    side darker. Before, the entries differed by at most {{ (before - after) | abs }}; now the range is
    ${{ largest() }}{{ " + " ~ -smallest() if smallest() < 0 else " - " ~ smallest() }} = {{ contrast }}$."""
