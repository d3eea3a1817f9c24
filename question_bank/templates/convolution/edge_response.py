"""What Sobel and Prewitt kernels make of a step edge: where they respond, with which sign, and where not at all."""

from question_bank import Choice, Matrix, figures, integers, one_of, part, shuffled, template
from question_bank.maths.images import cross_correlate, flip, transpose, window, written_out
from question_bank.maths.kernels import PREWITT_X, PREWITT_Y, SOBEL_X, SOBEL_Y
from question_bank.misconceptions import Misconception
from question_bank.misconceptions.convolution import FLIPPED_KERNEL

POSITIVE = "It is positive along the edge and 0 on both sides of it."
NEGATIVE = "It is negative along the edge and 0 on both sides of it."
NOTHING = "It is 0 everywhere, along the edge as well."
BRIGHTNESS = "It is large on the bright side of the edge and small on the dark side."

OTHER_DIRECTION = Misconception(
    "answered for the other direction",
    r"You let the kernel respond to the other kind of edge. A kernel whose left and right columns have opposite signs "
    r"compares left with right, so it sees vertical edges; one whose top and bottom rows do sees horizontal ones.",
)
WRONG_SIGN = Misconception(
    "sign of the edge reversed",
    r"You reversed the sign. The kernel is not flipped: its positive weights lie on the right or at the bottom, so the "
    r"response is positive where the image gets **brighter** in that direction.",
)
TOOK_FOR_BLUR = Misconception(
    "expected the brightness itself",
    r"You expected the brightness itself. The weights add up to 0, so on a flat region, bright or dark, the response "
    r"is 0.",
)
PREWITT_FOR_SOBEL = Misconception(
    "weighted the middle like its neighbours",
    r"You gave all weights the same size. A Sobel kernel counts the middle row or column **twice**.",
)
SOBEL_FOR_PREWITT = Misconception(
    "weighted the middle twice",
    r"You counted the middle row or column twice, as a Sobel kernel does. A Prewitt kernel weights all three alike.",
)
KERNELS = {
    ("Sobel", "x"): SOBEL_X,
    ("Sobel", "y"): SOBEL_Y,
    ("Prewitt", "x"): PREWITT_X,
    ("Prewitt", "y"): PREWITT_Y,
}


def step(q):
    """The image: one brightness before the edge, another from there on; columns or rows."""
    line = (q.before,) * q.at + (q.after,) * (6 - q.at)
    vertical = (line,) * 4
    return vertical if q.edge == "vertical" else transpose(vertical)


def response(q, family, direction):
    """The output of one of the kernels."""
    return cross_correlate(step(q), KERNELS[family, direction])


def seen(q):
    """Whether the kernel compares across the edge."""
    return (q.edge == "vertical") == (q.direction == "x")


def described(rows):
    """The sentence that is true of an output."""
    entries = {entry for row in rows for entry in row}
    if entries == {0}:
        return NOTHING
    return POSITIVE if max(entries) > 0 else NEGATIVE


@template(
    topics=["cnn/filters", "cnn/definition"], difficulty=2, minutes=4, where=lambda q: abs(q.before - q.after) > 1
)
class EdgeResponse:
    stem = r"""A grey-scale image $x$ with one {{ edge }} edge is cross-correlated with the
    {{ family }}-${{ direction }}$ kernel $w$ (which is not flipped), stride 1, no padding.

    $$x = {{ image() | latex }} \qquad w = {{ kernel() | latex }}$$"""

    family: str = one_of("Sobel", "Prewitt")
    direction: str = one_of("x", "y")
    edge: str = one_of("vertical", "horizontal")
    at: int = integers(2, 4)
    before: int = integers(0, 9)
    after: int = integers(0, 9)
    options: tuple[str, ...] = shuffled(POSITIVE, NEGATIVE, NOTHING, BRIGHTNESS)

    def figure(q):
        return figures.grids(figures.grid(step(q), "x"), "⋆", figures.grid(q.kernel(), "w"), "=", "y")

    output = part("The output", lambda q: response(q, q.family, q.direction), Matrix(), points=2)
    output.mistake(FLIPPED_KERNEL, lambda q: cross_correlate(step(q), flip(q.kernel())), when=seen)
    output.mistake(OTHER_DIRECTION, lambda q: response(q, q.family, "y" if q.direction == "x" else "x"))
    output.mistake(
        PREWITT_FOR_SOBEL, lambda q: response(q, "Prewitt", q.direction), when=lambda q: q.family == "Sobel" and seen(q)
    )
    output.mistake(
        SOBEL_FOR_PREWITT, lambda q: response(q, "Sobel", q.direction), when=lambda q: q.family == "Prewitt" and seen(q)
    )
    shown = part("What does the output look like?", lambda q: described(q.output), lambda q: Choice(q.options))
    shown.mistake(WRONG_SIGN, lambda q: POSITIVE if q.shown == NEGATIVE else NEGATIVE, when=seen)
    shown.mistake(OTHER_DIRECTION, lambda q: NOTHING, when=seen)
    shown.mistake(OTHER_DIRECTION, lambda q: POSITIVE if q.after > q.before else NEGATIVE, when=lambda q: not seen(q))
    shown.mistake(TOOK_FOR_BLUR, lambda q: BRIGHTNESS)

    def image(q):
        """The image."""
        return step(q)

    def kernel(q):
        """The kernel."""
        return KERNELS[q.family, q.direction]

    def across(q):
        """The sum of products of a window that lies on the edge."""
        start = q.at - 1
        i, j = (0, start) if q.edge == "vertical" else (start, 0)
        return written_out(window(step(q), i, j, 3), q.kernel())

    def value(q):
        """What that sum is."""
        return q.output[0][q.at - 1] if q.edge == "vertical" else q.output[q.at - 1][0]

    solution = r"""The weights add up to 0, so the response to a window of one brightness is 0. Only windows that lie
    across the edge can give something else, for instance (weights of 0 left out)

    $${{ across() }} = {{ value() }}.$$

    Window by window:

    $${{ output | latex }}$$

    {% if output[0][0] == output[-1][-1] == 0 and value() == 0 -%}
    The kernel compares {{ "left with right" if direction == "x" else "top with bottom" }}, and along
    {{ "a horizontal" if edge == "horizontal" else "a vertical" }} edge these are equal.
    {%- else -%}
    The kernel takes what lies {{ "on the left" if direction == "x" else "above" }} from what lies
    {{ "on the right" if direction == "x" else "below" }}, and there the image is
    {{ "brighter" if after > before else "darker" }}.{% endif %} {{ shown }}"""
