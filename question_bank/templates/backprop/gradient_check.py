"""Check a derivative with a central difference."""

from question_bank import Real, integers, one_of, part, template
from question_bank.misconceptions import Misconception

ONE_SIDED = Misconception(
    "one-sided difference",
    r"You took $(L(w + h) - L(w))/h$. Its error shrinks with $h$ only; the central difference, which looks to both "
    r"sides, has an error of order $h^2$.",
)
DIVIDED_BY_H = Misconception(
    "divided by h instead of 2h",
    r"You divided by $h$. The two points $w - h$ and $w + h$ lie $2h$ apart.",
)
FORGOT_TO_DIVIDE = Misconception(
    "difference without quotient",
    r"You gave the difference of the two losses. A slope is this difference divided by the distance $2h$.",
)
DROPPED_LINEAR = Misconception(
    "lost the linear term",
    r"You left out the derivative of the linear term, which is its coefficient.",
)
ABSOLUTE = Misconception(
    "absolute instead of relative error",
    r"You gave the difference itself. The relative error divides it by the larger of the two absolute values, so that "
    r"the check does not depend on the scale of the loss.",
)


def loss(q, w):
    """The loss at w."""
    return q.a * w**3 + q.b * w


def slope(q):
    """Its derivative at the variant's w."""
    return float(3 * q.a * q.w**2 + q.b)


@template(topics=["cnn/backprop"], difficulty=2, minutes=4, where=lambda q: slope(q) != 0 and q.b != 0)
class GradientCheck:
    stem = r"""As a function of one weight $w$, the loss is

    $$L(w) = {{ cubic() }}w^3 {{ linear() }}w.$$

    Its derivative is to be checked numerically at $w = {{ w }}$ with the step $h = {{ h }}$, by the **central**
    difference. The relative error of two numbers $u$ and $v$ is $|u - v|/\max(|u|, |v|)$."""

    a: int = one_of(-3, -2, -1, 1, 2, 3)
    b: int = integers(-9, 9)
    w: int = integers(1, 4)
    h: float = one_of(0.1, 0.2, 0.4)

    numeric = part(
        "The central difference (three decimals)",
        lambda q: slope(q) + q.a * q.h**2,  # what is left of the cubes
        Real(places=3),
    )
    numeric.mistake(ONE_SIDED, lambda q: (loss(q, q.w + q.h) - loss(q, q.w)) / q.h)
    numeric.mistake(DIVIDED_BY_H, lambda q: (loss(q, q.w + q.h) - loss(q, q.w - q.h)) / q.h)
    numeric.mistake(FORGOT_TO_DIVIDE, lambda q: loss(q, q.w + q.h) - loss(q, q.w - q.h))
    analytic = part("The derivative $L'(w)$, from the rules of calculus", slope, Real(places=3))
    analytic.mistake(DROPPED_LINEAR, lambda q: slope(q) - q.b)
    error = part(
        "The relative error between the two (five decimals)",
        lambda q: abs(q.numeric - q.analytic) / max(abs(q.numeric), abs(q.analytic)),
        Real(places=5),
    )
    error.mistake(ABSOLUTE, lambda q: abs(q.numeric - q.analytic))

    def cubic(q):
        """The first coefficient as it stands before a symbol."""
        return {1: "", -1: "-"}.get(q.a, q.a)

    def linear(q):
        """The second coefficient with its sign as an operator."""
        return f"{'+' if q.b > 0 else '-'} {abs(q.b) if abs(q.b) > 1 else ''}"

    solution = r"""{% set above = a * (w + h)**3 + b * (w + h) %}{% set below = a * (w - h)**3 + b * (w - h) -%}
    The losses on both sides are $L({{ "%.1f" % (w + h) }}) = {{ "%.3f" % above }}$ and
    $L({{ "%.1f" % (w - h) }}) = {{ "%.3f" % below }}$; the points lie $2h = {{ 2 * h }}$ apart:

    $$\frac{L(w + h) - L(w - h)}{2h} = \frac{ {{- "%.3f" % (above - below) -}} }{ {{- 2 * h -}} }
    = {{ "%.3f" % numeric }}.$$

    By calculus $L'(w) = {{ 3 * a }}w^2 {{ "+" if b > 0 else "-" }} {{ b | abs }} = {{ analytic | latex }}$. The numbers
    differ by $|a|\,h^2 = {{ "%.3f" % ((numeric - analytic) | abs) }}$, the central difference's own error, so the
    relative error is

    $$\frac{ {{- "%.3f" % ((numeric - analytic) | abs) -}} }{ {{- "%.3f" % ([numeric | abs, analytic | abs] | max) -}} }
    = {{ "%.5f" % error }}.$$"""
