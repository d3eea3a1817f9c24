"""What named kernels make of a brightness ramp: slopes, nothing, or the ramp itself."""

from question_bank import Integer, Matrix, integers, one_of, part, template
from question_bank.maths.images import cross_correlate, flip, transpose
from question_bank.maths.kernels import (
    BOX,
    EDGES,
    EMBOSS,
    GAUSSIAN,
    LAPLACIAN,
    PREWITT_X,
    PREWITT_Y,
    SHARPEN,
    SOBEL_X,
    SOBEL_Y,
)
from question_bank.misconceptions import Misconception
from question_bank.misconceptions.convolution import FLIPPED_KERNEL, FORGOT_FACTOR, SWAPPED_AXES

# name: (kernel, what its whole weights are divided by)
KERNELS = {
    "Sobel-$x$": (SOBEL_X, 1),
    "Sobel-$y$": (SOBEL_Y, 1),
    "Prewitt-$x$": (PREWITT_X, 1),
    "Prewitt-$y$": (PREWITT_Y, 1),
    "Laplacian": (LAPLACIAN, 1),
    "edge-detecting": (EDGES, 1),
    "sharpening": (SHARPEN, 1),
    "embossing": (EMBOSS, 1),
    "box-blur": (BOX, 9),
    "Gaussian-blur": (GAUSSIAN, 16),
}

KEPT_BRIGHTNESS = Misconception(
    "kept the brightness",
    r"You gave the brightness of the pixel in the centre. The weights of this kernel do not add up to 1: lay it on the "
    r"window and add up all nine products.",
)
SAME_EVERYWHERE = Misconception(
    "took the response to be the same everywhere",
    r"You gave the same number as before. That holds for kernels whose weights add up to 0; the others follow the "
    r"brightness, which grows along the ramp.",
)
GREW_WITH_RAMP = Misconception(
    "let the response grow with the ramp",
    r"You let the response grow along with the ramp. The weights add up to 0, so what is added to all nine pixels "
    r"makes no difference: on a ramp the response is the same everywhere.",
)


def patch(q, column):
    """The window around (row, column)."""
    return tuple(tuple(q.start + q.down * (q.row + a) + q.right * (column + b) for b in (-1, 0, 1)) for a in (-1, 0, 1))


def answer(rows, kernel):
    """The response to a window, a whole number on ramps."""
    return int(cross_correlate(rows, kernel)[0][0])


def total(q):
    """What the weights add up to."""
    return sum(map(sum, q.kernel))


@template(
    topics=["cnn/filters", "cnn/definition"],
    difficulty=2,
    minutes=4,
    where=lambda q: q.right != q.down and q.row != q.column,
)
class RampResponse:
    stem = r"""A large image is a brightness ramp: row $i$, column $j$ (both from 0) has the brightness

    $$x_{ij} = {{ start }} {{ term(down, "i") }} {{ term(right, "j") }}.$$

    It is cross-correlated with this {{ name }} kernel (which is not flipped), stride 1, so that the centre of the
    kernel lies on pixel $(i, j)$ for output $y_{ij}$:

    $$w = {{ "\\frac{1}{" ~ divisor ~ "}" if divisor > 1 }} {{ whole | latex }}$$"""

    name: str = one_of(*KERNELS)
    start: int = integers(10, 60)
    right: int = integers(-3, 3)
    down: int = integers(-3, 3)
    row: int = integers(2, 6)
    column: int = integers(2, 6)

    under = part(
        "The $3\\times3$ window of $x$ around pixel $({{ row }}, {{ column }})$", lambda q: patch(q, q.column), Matrix()
    )
    under.mistake(SWAPPED_AXES, lambda q: transpose(patch(q, q.column)))
    here = part("$y_{ {{- row }},{{ column -}} }$", lambda q: answer(q.under, q.kernel), Integer())
    here.mistake(KEPT_BRIGHTNESS, lambda q: q.under[1][1], when=lambda q: total(q) != 1)
    here.mistake(
        FLIPPED_KERNEL,
        lambda q: answer(q.under, flip(q.kernel)),
        when=lambda q: answer(patch(q, q.column), flip(q.kernel)) != answer(patch(q, q.column), q.kernel),
    )
    here.mistake(FORGOT_FACTOR, lambda q: q.divisor * q.here, when=lambda q: q.divisor > 1)
    further = part(
        "$y_{ {{- row }},{{ column + 10 -}} }$, ten columns further to the right",
        lambda q: answer(patch(q, q.column + 10), q.kernel),
        Integer(),
    )
    further.mistake(SAME_EVERYWHERE, lambda q: q.here, when=lambda q: total(q) == 1 and q.right)
    further.mistake(GREW_WITH_RAMP, lambda q: q.here + 10 * q.right, when=lambda q: total(q) == 0 and q.right)

    @property
    def kernel(q):
        """The kernel."""
        return KERNELS[q.name][0]

    @property
    def divisor(q):
        """What the whole weights are divided by."""
        return KERNELS[q.name][1]

    @property
    def whole(q):
        """The weights before they are divided."""
        return tuple(tuple(int(weight * q.divisor) for weight in row) for row in q.kernel)

    @property
    def sums_to_zero(q):
        """Whether the weights add up to 0."""
        return total(q) == 0

    def term(q, slope, index):
        """A summand of the ramp."""
        if slope == 0:
            return ""
        size = "" if abs(slope) == 1 else rf"{abs(slope)}\,"
        return f"{'-' if slope < 0 else '+'} {size}{index}"

    solution = r"""The window around $({{ row }}, {{ column }})$ is

    $${{ under | latex }}.$$

    Multiplying it with the weights and adding up gives $y_{ {{- row }},{{ column -}} } = {{ here }}$.

    Ten columns further all nine pixels have changed by $10\cdot{{ "(" if right < 0 }}{{ right }}{{ ")" if right < 0 }}
    = {{ 10 * right }}$.
    {%- if sums_to_zero %} The weights add up to 0, so this changes nothing: on a ramp the response is
    the same everywhere{{ ", here 0" if here == 0 }}.
    {%- else %} The weights add up to 1, so the output changes by as much.{% endif %}
    Hence $y_{ {{- row }},{{ column + 10 -}} } = {{ further }}$."""
