"""Does a printed size fit? AlexNet's first layer, 224 against 227, and puzzles like it."""

from question_bank import Misconception, Real, integers, one_of, part, template
from question_bank.maths.shapes import conv_out, input_range
from question_bank.misconceptions.shapes import FORGOT_PLUS_ONE

BELIEVED_PRINT = Misconception(
    "believed the printed size",
    r"You gave the size that the paper prints. Work it out: without padding the last window that the print needs does "
    r"not fit on the image.",
)
OUTPUTS_FOR_STEPS = Misconception(
    "as many steps as outputs",
    r"You counted a step for every output. The first window needs no step: $m$ windows span $(m - 1)\cdot s + k$ "
    r"pixels.",
)
LAST_WINDOW_CUT = Misconception(
    "stride times outputs",
    r"You multiplied the outputs by the stride. The windows start that far apart, but the last one needs all of its "
    r"$k$ pixels: $(m - 1)\cdot s + k$.",
)
ALL_ON_EACH_SIDE = Misconception(
    "took the total for each side",
    r"You padded each side with everything that is missing. It is missing **in all**, and both sides add to it.",
)
HALF_ROUNDED_DOWN = Misconception(
    "half of it, rounded down",
    r"You halved what is missing and rounded down. Then the padded side is still one pixel short, and the last window "
    r"does not fit.",
)


@template(topics=["cnn/shapes", "cnn/architectures"], difficulty=3, minutes=5)
class PrintedSize:
    stem = r"""A paper prints that images of ${{ n }}\times{{ n }}$ pixels pass through a first convolution with
    kernels of ${{ k }}\times{{ k }}$ and stride {{ s }}, and that the output is
    ${{ printed }}\times{{ printed }}$. It says nothing of padding.
    {%- if (n, k, s, printed) == (224, 11, 4, 55) %} (The paper is AlexNet's.)
    {%- else %} (AlexNet's paper sets the same puzzle, with 224, 11, 4 and 55.){% endif %}
    Windows that do not fit entirely are dropped."""

    printed: int = integers(40, 70)
    k: int = one_of(7, 9, 11)
    s: int = one_of(3, 4, 5)
    short: int = integers(1, lambda q: q.s - 1)

    @property
    def n(self) -> int:
        """The printed side of the image: so many pixels too short for the printed output."""
        return input_range(self.printed, self.k, self.s)[0] - self.short

    quotient = part(
        r"What does $(n - k)/s + 1$ give for the printed image, before rounding? (two decimals)",
        lambda q: (q.n - q.k) / q.s + 1,
        Real(rel=0, abs=0.006),
    )
    quotient.mistake(FORGOT_PLUS_ONE, lambda q: (q.n - q.k) / q.s)
    actual = part("Side of the output without padding", lambda q: conv_out(q.n, q.k, q.s))
    actual.mistake(BELIEVED_PRINT, lambda q: q.printed)
    actual.mistake(FORGOT_PLUS_ONE, lambda q: q.printed - 2)
    side = part(
        "Smallest side of an image that gives the printed output without padding",
        lambda q: input_range(q.printed, q.k, q.s)[0],
    )
    side.mistake(OUTPUTS_FOR_STEPS, lambda q: q.printed * q.s + q.k)
    side.mistake(LAST_WINDOW_CUT, lambda q: q.printed * q.s)
    padding = part(
        "Smallest padding (zeros on **each** of the four sides) that gives the printed output for the printed image",
        lambda q: (q.side - q.n + 1) // 2,
    )
    padding.mistake(ALL_ON_EACH_SIDE, lambda q: q.short, when=lambda q: q.short > 1)
    padding.mistake(HALF_ROUNDED_DOWN, lambda q: q.short // 2, when=lambda q: q.short % 2)

    solution = r"""For the printed image $({{ n }} - {{ k }})/{{ s }} + 1 = {{ "%.2f" % quotient }}$: no whole number.
    The last window does not fit, and the output has a side of {{ actual }}, not of {{ printed }}.

    {{ printed }} windows of {{ k }} pixels that start {{ s }} apart span $({{ printed }} - 1)\cdot{{ s }} + {{ k }} =
    {{ side }}$ pixels: without padding, the image needs that side.

    The printed image is ${{ side }} - {{ n }} = {{ short }}$ pixel{{ "s" if short > 1 }} short. Padding of $p$ adds
    $2p$ of them: {% if short % 2 %}half of {{ short }}, rounded up, is{% else %}half of {{ short }} is{% endif %}
    ${{ padding }}$."""
