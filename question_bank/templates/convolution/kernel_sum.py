"""What the weights of a kernel add up to, and what that means for flat regions of an image."""

from fractions import Fraction

from question_bank import Choice, Rational, integers, one_of, part, shuffled, template
from question_bank.maths.kernels import EDGES, EMBOSS, IDENTITY, LAPLACIAN, PREWITT_X, PREWITT_Y, SHARPEN, SOBEL_X
from question_bank.misconceptions import Misconception
from question_bank.misconceptions.convolution import FORGOT_FACTOR

ONES = ((1, 1, 1), (1, 1, 1), (1, 1, 1))
BELL = ((1, 2, 1), (2, 4, 2), (1, 2, 1))
PLUS = ((0, 1, 0), (1, 1, 1), (0, 1, 0))
STRONG = ((-1, -1, -1), (-1, 9, -1), (-1, -1, -1))
BRIGHT_EDGES = ((-1, -1, -1), (-1, 10, -1), (-1, -1, -1))

# name: (whole weights, what they are divided by)
KERNELS = {
    "a box blur": (ONES, 9),
    "a Gaussian blur": (BELL, 16),
    "a blur over the four neighbours": (PLUS, 5),
    "the identity": (IDENTITY, 1),
    "a sharpening kernel": (SHARPEN, 1),
    "a strongly sharpening kernel": (STRONG, 1),
    "an embossing kernel": (EMBOSS, 1),
    "a Laplacian": (LAPLACIAN, 1),
    "an edge detector": (EDGES, 1),
    "a Sobel kernel": (SOBEL_X, 1),
    "a Prewitt kernel": (PREWITT_Y, 1),
    "a derivative kernel with a factor": (PREWITT_X, 6),
    "a box blur with a wrong factor": (ONES, 10),
    "a Gaussian blur with a wrong factor": (BELL, 8),
    "an edge detector with a wrong centre": (BRIGHT_EDGES, 1),
}

KEPT = "Flat regions keep their brightness."
ZERO = "Flat regions become 0."
BRIGHTER = "Flat regions become brighter."
DARKER = "Flat regions become darker, but not 0."

ABSOLUTE = Misconception(
    "added the weights without their signs",
    r"You added up the weights without their signs. A negative weight takes away, and in edge detectors that cancels "
    r"what the positive weights add.",
)
CENTRE_ONLY = Misconception(
    "looked at the centre only",
    r"You used the weight in the centre only. On a flat region all nine pixels have the same brightness, so **all** "
    r"weights count, each with its sign.",
)
DIVIDED_BY_NINE = Misconception(
    "took the mean of the products",
    r"You divided by the number of pixels at the end. A kernel only multiplies and adds; a mean comes from a factor "
    r"that is part of the kernel.",
)
KEPT_BRIGHTNESS = Misconception(
    "left the flat part as it is",
    r"You left the flat part as it is. It would be, if the weights added up to 1; here they cancel, so that nothing is "
    r"left of a flat part.",
)
BLUR_DARKENS = Misconception(
    "let the blur take brightness away",
    r"You let the blur take brightness away. Each weight is small, but there are several of them, and together they "
    r"are exactly 1: what one pixel loses its neighbours give.",
)
SHARPER_IS_BRIGHTER = Misconception(
    "took a large centre for a brighter picture",
    r"You judged by the largest weight. Whether a flat region gets brighter depends on the **sum** of the weights "
    r"only.",
)


def told(total):
    """What a sum of weights does to flat regions."""
    if total == 1:
        return KEPT
    return ZERO if total == 0 else BRIGHTER if total > 1 else DARKER


def weights(q):
    """The nine weights, before they are divided."""
    return [weight for row in KERNELS[q.name][0] for weight in row]


@template(topics=["cnn/filters", "cnn/definition"], difficulty=1, minutes=3)
class KernelSum:
    stem = r"""A grey-scale image is filtered with this kernel, {{ name }}:

    $$w = {{ "\\frac{1}{" ~ divisor() ~ "}" if divisor() > 1 }} {{ whole() | latex }}$$

    A part of the image is flat: all its pixels have the brightness {{ brightness }}. Nothing is cut off or rounded.
    Give fractions in quotes, such as "3/4"."""

    name: str = one_of(*KERNELS)
    brightness: int = integers(20, 240, step=10)
    options: tuple[str, ...] = shuffled(KEPT, ZERO, BRIGHTER, DARKER)

    total = part("What do the weights of $w$ add up to?", lambda q: Fraction(sum(weights(q)), q.divisor()), Rational())
    total.mistake(
        FORGOT_FACTOR, lambda q: Fraction(sum(weights(q))), when=lambda q: q.divisor() > 1 and sum(weights(q))
    )
    total.mistake(
        ABSOLUTE,
        lambda q: Fraction(sum(map(abs, weights(q))), q.divisor()),
        when=lambda q: min(weights(q)) < 0,
    )
    flat = part("What is the output inside the flat part?", lambda q: Fraction(q.total * q.brightness), Rational())
    flat.mistake(
        CENTRE_ONLY,
        lambda q: Fraction(weights(q)[4] * q.brightness, q.divisor()),
        when=lambda q: weights(q)[4] != sum(weights(q)),
    )
    flat.mistake(
        DIVIDED_BY_NINE,
        lambda q: q.total * q.brightness / 9,
        when=lambda q: sum(weights(q)) and weights(q)[4] * 9 != sum(weights(q)),
    )
    flat.mistake(KEPT_BRIGHTNESS, lambda q: Fraction(q.brightness), when=lambda q: sum(weights(q)) == 0)
    effect = part("What does this mean for flat regions?", lambda q: told(q.total), lambda q: Choice(q.options))
    effect.mistake(
        SHARPER_IS_BRIGHTER,
        lambda q: BRIGHTER,
        when=lambda q: weights(q)[4] > q.divisor() and sum(weights(q)) <= q.divisor(),
    )

    effect.mistake(KEPT_BRIGHTNESS, lambda q: KEPT, when=lambda q: sum(weights(q)) == 0)
    effect.mistake(BLUR_DARKENS, lambda q: DARKER, when=lambda q: sum(weights(q)) == q.divisor() > 1)

    def whole(q):
        """The weights before they are divided."""
        return KERNELS[q.name][0]

    def divisor(q):
        """What they are divided by."""
        return KERNELS[q.name][1]

    def written(q):
        """The sum of the weights that are not zero."""
        first, *others = [weight for weight in weights(q) if weight]
        return str(first) + "".join(f" - {-w}" if w < 0 else f" + {w}" for w in others)

    solution = r"""With the weights of 0 left out,

    $${% if divisor() > 1 %}\tfrac{1}{ {{- divisor() -}} }({{ written() }}){% else %}{{ written() }}{% endif %} =
    {{ fraction(total) }}.$$

    On a flat region every pixel under the kernel has the same brightness, so it can be taken out of the sum: brightness
    times the sum of the weights,

    $${{ brightness }}\cdot {{ fraction(total) }} = {{ fraction(flat) }}.$$

    {% if total == 1 %}The sum is 1.{% elif total == 0 %}The sum is 0: positive and negative weights cancel, and only
    differences between pixels are left.{% elif total > 1 %}The sum is larger than 1.{% else %}The sum lies between 0
    and 1.{% endif %} {{ effect }}"""

    def fraction(q, value):
        """A fraction in LaTeX."""
        value = Fraction(value)
        return str(value) if value.denominator == 1 else rf"\frac{{{value.numerator}}}{{{value.denominator}}}"
