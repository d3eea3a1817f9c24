"""A box or a Gaussian blur spreads a single wrong pixel over its neighbours."""

from question_bank import Integer, Matrix, integers, one_of, part, template
from question_bank.maths.images import cross_correlate
from question_bank.maths.kernels import BOX, GAUSSIAN
from question_bank.misconceptions import Misconception
from question_bank.misconceptions.convolution import FORGOT_FACTOR

KERNELS = {"box": BOX, "Gaussian": GAUSSIAN}
FACTORS = {"box": 9, "Gaussian": 16}

OTHER_BLUR = Misconception(
    "used the other blur",
    r"You weighted the pixels as the other blur does. A box blur counts all nine alike; a Gaussian blur counts the "
    r"centre four times, its direct neighbours twice and the corners once.",
)
REMOVED = Misconception(
    "removed the wrong pixel",
    r"You let the blur remove the wrong pixel altogether. A blur is linear: it can only **spread** what the pixel is "
    r"too bright over its neighbours. (A median filter, which is not a convolution, would remove it.)",
)
KEPT_PEAK = Misconception(
    "left the wrong pixel as bright as it was",
    r"You gave the brightness of the wrong pixel itself. Even where it lies in the centre it counts with its weight "
    r"only; the rest comes from its neighbours.",
)


def noisy(q):
    """A flat image with one pixel that is too bright."""
    return tuple(
        tuple(q.level + q.excess if (i, j) == (q.row, q.column) else q.level for j in range(q.width))
        for i in range(q.height)
    )


def whole(rows):
    """Fractions that are whole, as integers."""
    return tuple(tuple(int(entry) for entry in row) for row in rows)


@template(
    topics=["cnn/filters", "cnn/definition"],
    difficulty=2,
    minutes=4,
    where=lambda q: q.height != q.width and q.level + q.excess <= 255,
)
class Smoothing:
    stem = r"""A flat grey-scale image has one pixel that is too bright. It is cross-correlated with the kernel $w$ of a
    **{{ kind }} blur**, stride 1, no padding.

    $$x = {{ image() | latex }} \qquad w = \frac{1}{ {{- factor() -}} } {{ weights() | latex }}$$"""

    kind: str = one_of("box", "Gaussian")
    height: int = integers(4, 5)
    width: int = integers(4, 6)
    row: int = integers(1, lambda q: q.height - 2)
    column: int = integers(1, lambda q: q.width - 2)
    level: int = integers(10, 90, step=10)
    times: int = integers(1, 8)

    output = part("The output", lambda q: whole(cross_correlate(noisy(q), KERNELS[q.kind])), Matrix(), points=2)
    output.mistake(
        FORGOT_FACTOR,
        lambda q: tuple(tuple(entry * q.factor() for entry in row) for row in q.output),
    )
    output.mistake(
        OTHER_BLUR, lambda q: cross_correlate(noisy(q), KERNELS["box" if q.kind == "Gaussian" else "Gaussian"])
    )
    output.mistake(REMOVED, lambda q: ((q.level,) * (q.width - 2),) * (q.height - 2))
    peak = part("The largest entry of the output", lambda q: max(max(row) for row in q.output), Integer())
    peak.mistake(KEPT_PEAK, lambda q: q.level + q.excess)
    peak.mistake(REMOVED, lambda q: q.level)

    @property
    def excess(q):
        """By how much the pixel is too bright; what the blur makes of it is whole."""
        return FACTORS[q.kind] * q.times

    def image(q):
        """The image."""
        return noisy(q)

    def factor(q):
        """What the whole weights are divided by."""
        return FACTORS[q.kind]

    def weights(q):
        """The kernel without its factor."""
        return whole([[entry * q.factor() for entry in row] for row in KERNELS[q.kind]])

    solution = r"""The weights add up to 1, so where all nine pixels are {{ level }} the output is {{ level }}. The
    wrong pixel is too bright by ${{ level + excess }} - {{ level }} = {{ excess }}$. Wherever a window holds it, the
    output is {{ level }} plus {{ excess }} times the weight that lies on it:
    {% if kind == "box" -%}
    $\frac19\cdot{{ excess }} = {{ times }}$ each time, ${{ level }} + {{ times }} = {{ level + times }}$.
    {%- else -%}
    $\frac{4}{16}\cdot{{ excess }} = {{ 4 * times }}$ in the centre, $\frac{2}{16}\cdot{{ excess }} = {{ 2 * times }}$
    beside it, $\frac{1}{16}\cdot{{ excess }} = {{ times }}$ at the corners.
    {%- endif %}

    $$y = {{ output | latex }}$$

    The wrong pixel is spread out, not removed. The largest entry is now {{ peak }}."""
