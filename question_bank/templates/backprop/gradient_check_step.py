"""Which step suits a numeric gradient: truncation against rounding, float32 against float64."""

from question_bank import Choice, integers, one_of, part, shuffled, template
from question_bank.misconceptions import Misconception

TRUNCATION = "the error of the formula, of order $h^2$"
ROUNDING = "rounding of the two losses, blown up by the division by $2h$"
VANISHED = "$w + h$ and $w - h$ are rounded to $w$, so that the result is 0"

UNITS = {"float32": 2.0**-24, "float64": 2.0**-53}  # how far rounding may move a number, relative to it
STEPS = ("$h = 10^{-2}$", "$h = 10^{-5}$", "$h = 10^{-8}$", "$h = 10^{-12}$")

SMALLER_IS_BETTER = Misconception(
    "the smaller the better",
    r"You took the smallest step. On paper the error shrinks with $h$, but in floating-point numbers the two losses "
    r"agree in more and more digits, and their difference consists of rounding errors that are divided by $2h$.",
)
OTHER_PRECISION = Misconception(
    "the step of the other precision",
    r"This step suits the other type of number. A good step is about the cube root of the rounding unit: roughly "
    r"$10^{-2}$ to $10^{-3}$ for float32 and $10^{-5}$ for float64.",
)
BLAMED_FORMULA = Misconception(
    "blamed the formula",
    r"The formula's own error is of order $h^2$, which is tiny for such a step. Compare it with the rounding unit "
    r"($6\cdot10^{-8}$ for float32, $10^{-16}$ for float64) divided by $h$.",
)
BLAMED_ROUNDING = Misconception(
    "blamed rounding",
    r"Rounding moves the result by about the rounding unit divided by $h$. With this step that is far less than $h^2$, "
    r"the error of the formula.",
)


def cause(q):
    """What spoils the central difference most. The thresholds lie far from all variants."""
    if 10.0**-q.exponent < UNITS[q.dtype]:
        return VANISHED
    return TRUNCATION if 10.0 ** (-3 * q.exponent) > UNITS[q.dtype] * (q.tenths / 10) ** 3 else ROUNDING


@template(topics=["cnn/backprop"], difficulty=3, minutes=3)
class GradientCheckStep:
    stem = r"""The derivative of the loss $L(w) = {{ a }}\,w^3$ is checked at $w = {{ tenths / 10 }}$ with the central
    difference

    $$\frac{L(w + h) - L(w - h)}{2h}.$$

    Everything is computed in **{{ dtype }}**."""

    a: int = integers(2, 9)
    tenths: int = integers(11, 39)
    dtype: str = one_of("float32", "float64")
    exponent: int = one_of(1, 4, 8, 12)
    options: tuple[str, ...] = shuffled(TRUNCATION, ROUNDING, VANISHED)

    spoils = part(
        "With $h = 10^{-{{ exponent }}}$, what makes up most of the result's error?", cause, lambda q: Choice(q.options)
    )
    spoils.mistake(BLAMED_FORMULA, lambda q: TRUNCATION, when=lambda q: cause(q) != TRUNCATION)
    spoils.mistake(BLAMED_ROUNDING, lambda q: ROUNDING, when=lambda q: cause(q) == TRUNCATION)
    best = part(
        "Which of these steps gives the smallest error?",
        lambda q: STEPS[0] if q.dtype == "float32" else STEPS[1],
        Choice(STEPS),
    )
    best.mistake(SMALLER_IS_BETTER, lambda q: STEPS[3])
    best.mistake(OTHER_PRECISION, lambda q: STEPS[1] if q.dtype == "float32" else STEPS[0])

    solution = r"""{% set unit = "6\\cdot10^{-8}" if dtype == "float32" else "10^{-16}" -%}
    Two errors compete. The formula's own is of order $h^2$. And {{ dtype }} keeps a number to about ${{ unit }}$ of its
    size, so the difference of the losses is wrong by about that much, and dividing by $2h$ makes it of order
    ${{ unit }}/h$.

    With $h = 10^{-{{ exponent }}}$ these are $10^{-{{ 2 * exponent }}}$ and
    ${{ unit }}/10^{-{{ exponent }}}${% if 10.0**-exponent < 6e-8 and dtype == "float32" %}; but $h$ is below the
    spacing of the numbers near $w$, and adding it changes nothing at all{% endif %}. So most of the error is this:
    {{ spoils }}.

    Both are equal, and their sum is about smallest, where $h^3 \approx {{ unit }}$, which is
    $h \approx {{ "4\\cdot10^{-3}" if dtype == "float32" else "5\\cdot10^{-6}" }}$. Of the four, {{ best }} is
    nearest to that."""
