"""How many convolutions take one image size to another, and what one output pixel then sees."""

from question_bank import Misconception, integers, one_of, part, template
from question_bank.maths.receptive_field import stacked_field
from question_bank.maths.shapes import steps_to_reach
from question_bank.misconceptions.receptive_field import (
    ADDED_K,
    COUNTED_SIZES,
    SAW_WHOLE_INPUT,
    SUBTRACTED_K,
    SUBTRACTED_ONE,
)

SHRANK_TO_NOTHING = Misconception(
    "divided the whole side",
    r"You divided the whole side by $k - 1$, as if the image shrank to nothing. It shrinks from $n$ to $m$ only: "
    r"divide $n - m$ by $k - 1$.",
)


@template(
    topics=["cnn/receptive_field", "cnn/shapes"],
    where=lambda q: (q.n - q.m) % (q.k - 1) == 0,
)
class StepsToReach:
    stem = r"""An image of ${{ n }}\times{{ n }}$ pixels passes through ${{ k }}\times{{ k }}$ convolutions with
    stride 1 and no padding, one after another, until ${{ m }}\times{{ m }}$ pixel{{ "s are" if m > 1 else " is" }}
    left."""

    n: int = integers(31, 240)
    m: int = integers(1, 9)
    k: int = one_of(3, 5, 7)

    steps = part("How many convolutions does it take?", lambda q: steps_to_reach(q.n, q.m, q.k))
    steps.mistake(COUNTED_SIZES, lambda q: q.steps + 1)
    steps.mistake(SUBTRACTED_K, lambda q: (q.n - q.m) // q.k, when=lambda q: (q.n - q.m) % q.k == 0)
    steps.mistake(SUBTRACTED_ONE, lambda q: q.n - q.m)
    steps.mistake(
        SHRANK_TO_NOTHING,
        lambda q: q.n // (q.k - 1),
        when=lambda q: q.n % (q.k - 1) == 0 and q.n // (q.k - 1) > q.steps + 1,
    )
    field = part(
        "Side, in pixels of the image, of the receptive field of one pixel of the last output",
        lambda q: stacked_field(q.k, q.steps),
    )
    field.mistake(ADDED_K, lambda q: q.k * q.steps)
    field.mistake(SAW_WHOLE_INPUT, lambda q: q.n, when=lambda q: q.m > 1)

    solution = r"""Without padding a ${{ k }}\times{{ k }}$ window has $n - {{ k }} + 1$ places along a side of $n$
    pixels, so each convolution takes ${{ k }} - 1 = {{ k - 1 }}$ pixels off the side. From {{ n }} to {{ m }} that
    makes $({{ n }} - {{ m }})/{{ k - 1 }} = {{ steps }}$ convolutions (and {{ steps + 1 }} image sizes, the first
    one included).

    Going back from one output pixel, every convolution widens what it sees by ${{ k - 1 }}$:
    $1 + {{ steps }}\cdot{{ k - 1 }} = {{ field }}$.
    {%- if m == 1 %} The one pixel that is left sees the whole image.
    {%- else %} The {{ m }} fields in a row are shifted by one pixel each and together cover
    ${{ field }} + {{ m }} - 1 = {{ n }}$ pixels.{% endif %}"""
