"""The table of an image that shrinks to one pixel: step, image, kernel, result, receptive field."""

from question_bank import integers, one_of, part, template
from question_bank.maths.receptive_field import stacked_field
from question_bank.maths.shapes import conv_out, steps_to_reach
from question_bank.misconceptions.receptive_field import (
    ADDED_K,
    COUNTED_SIZES,
    ONE_STEP_SHORT,
    RESULT_FOR_IMAGE,
    SUBTRACTED_K,
    SUBTRACTED_ONE,
)


@template(topics=["cnn/receptive_field", "cnn/shapes"], minutes=5, where=lambda q: (q.n - 1) % (q.k - 1) == 0)
class ShrinkingTable:
    stem = r"""An image of ${{ n }}\times{{ n }}$ pixels passes through ${{ k }}\times{{ k }}$ convolutions with
    stride 1 and no padding, one after another, until a single pixel is left. Each row of the table is one step: the
    image that enters it, the kernel, its result, and the side of the receptive field of one pixel of the result, in
    pixels of the first image.

    | step | image | kernel | result | side of the field |
    |---|---|---|---|---|
    | 1 | ${{ n }}\times{{ n }}$ | ${{ k }}\times{{ k }}$ | ${{ n - k + 1 }}\times{{ n - k + 1 }}$ | {{ k }} |
    | 2 | ${{ n - k + 1 }}\times{{ n - k + 1 }}$ | ${{ k }}\times{{ k }}$ | $A\times A$ | $B$ |
    | … | | | | |
    | {{ t }} | $C\times C$ | ${{ k }}\times{{ k }}$ | | $D$ |
    | … | | | | |
    | $E$ | ${{ k }}\times{{ k }}$ | ${{ k }}\times{{ k }}$ | $1\times1$ | $F$ |"""

    n: int = integers(175, 223)
    k: int = one_of(3, 5, 7)
    t: int = integers(5, 20)

    a = part("$A$", lambda q: conv_out(conv_out(q.n, q.k), q.k))
    a.mistake(SUBTRACTED_K, lambda q: conv_out(q.n, q.k) - q.k)
    a.mistake(SUBTRACTED_ONE, lambda q: conv_out(q.n, q.k) - 1)
    b = part("$B$", lambda q: stacked_field(q.k, 2))
    b.mistake(ADDED_K, lambda q: 2 * q.k)
    c = part("$C$", lambda q: q.a - (q.t - 3) * (q.k - 1))
    c.mistake(RESULT_FOR_IMAGE, lambda q: q.a - (q.t - 2) * (q.k - 1))
    c.mistake(SUBTRACTED_K, lambda q: q.n - (q.t - 1) * q.k)
    d = part("$D$", lambda q: q.b + (q.t - 2) * (q.k - 1))
    d.mistake(ADDED_K, lambda q: q.t * q.k)
    d.mistake(ONE_STEP_SHORT, lambda q: q.b + (q.t - 3) * (q.k - 1))
    e = part("$E$, the number of the last step", lambda q: steps_to_reach(q.n, 1, q.k))
    e.mistake(COUNTED_SIZES, lambda q: q.e + 1)
    e.mistake(SUBTRACTED_ONE, lambda q: q.n - 1)
    e.mistake(SUBTRACTED_K, lambda q: q.n // q.k)
    f = part("$F$", lambda q: stacked_field(q.k, q.e))
    f.mistake(ADDED_K, lambda q: q.e * q.k)

    solution = r"""Without padding each step takes ${{ k }} - 1 = {{ k - 1 }}$ pixels off the side, and it widens the
    field by the same ${{ k - 1 }}$ pixels.

    - $A = {{ n - k + 1 }} - {{ k - 1 }} = {{ a }}$ and $B = {{ k }} + {{ k - 1 }} = {{ b }}$.
    - Before step {{ t }} there were ${{ t - 1 }}$ steps: $C = {{ n }} - {{ t - 1 }}\cdot{{ k - 1 }} = {{ c }}$.
      After it there are {{ t }}: $D = 1 + {{ t }}\cdot{{ k - 1 }} = {{ d }}$.
    - From {{ n }} pixels to 1 it takes $E = ({{ n }} - 1)/{{ k - 1 }} = {{ e }}$ steps.
    - Then $F = 1 + {{ e }}\cdot{{ k - 1 }} = {{ f }}$: the one pixel that is left sees the whole image."""
