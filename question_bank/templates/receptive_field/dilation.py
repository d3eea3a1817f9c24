"""Receptive field of three convolutions, two of them dilated."""

from question_bank import one_of, part, template
from question_bank.maths.receptive_field import dilated_side
from question_bank.misconceptions.receptive_field import IGNORED_DILATION, IGNORED_JUMP, TIMES_DILATION


@template(topics=["cnn/receptive_field", "cnn/dilation"], difficulty=3)
class Dilation:
    stem = r"""An image passes through three convolutional layers:

    1. ${{ k1 }}\times{{ k1 }}$, stride {{ s }}, dilation 1
    2. ${{ k2 }}\times{{ k2 }}$, stride 1, dilation {{ d2 }}
    3. ${{ k3 }}\times{{ k3 }}$, stride 1, dilation {{ d3 }}

    With dilation $d$ neighbouring taps of the kernel lie $d$ pixels apart on the map that it is laid on; dilation 1 is
    an ordinary kernel. Give sides in pixels, the fields in pixels of the image. The pixels meant lie far from the
    edges, so padding plays no part."""

    k1: int = one_of(3, 5, 7)
    s: int = one_of(1, 2)
    k2: int = one_of(3, 5)
    d2: int = one_of(2, 3, 4)
    k3: int = one_of(3, 5)
    d3: int = one_of(2, 4, 6, 8)

    span = part("Side of the square that one kernel of layer 2 spans on its input", lambda q: dilated_side(q.k2, q.d2))
    span.mistake(TIMES_DILATION, lambda q: q.d2 * q.k2)
    span.mistake(IGNORED_DILATION, lambda q: q.k2)
    field2 = part("Side of the receptive field after layer 2", lambda q: q.k1 + (q.span - 1) * q.s)
    field2.mistake(TIMES_DILATION, lambda q: q.k1 + q.d2 * q.k2 * q.s)
    field2.mistake(IGNORED_DILATION, lambda q: q.k1 + (q.k2 - 1) * q.s)
    field2.mistake(IGNORED_JUMP, lambda q: q.k1 + q.span - 1, when=lambda q: q.s > 1)
    field3 = part(
        "Side of the receptive field after layer 3", lambda q: q.field2 + (dilated_side(q.k3, q.d3) - 1) * q.s
    )
    field3.mistake(TIMES_DILATION, lambda q: q.field2 + q.d3 * q.k3 * q.s)
    field3.mistake(IGNORED_DILATION, lambda q: q.field2 + (q.k3 - 1) * q.s)
    field3.mistake(
        IGNORED_JUMP,
        lambda q: q.field2 + dilated_side(q.k3, q.d3) - 1,
        when=lambda q: q.s > 1 and q.d3 != 2,  # with dilation 2 it is what ignoring the dilation gives
    )

    solution = r"""The {{ k2 }} taps in a row of layer 2 have ${{ k2 }} - 1$ gaps of {{ d2 }} pixels between them: they
    span ${{ d2 }}\cdot{{ k2 - 1 }} + 1 = {{ span }}$ pixels. For the field a dilated kernel is a kernel of that size.

    - After layer 1 the field has side {{ k1 }}, and neighbouring pixels lie $j = {{ s }}$
      pixel{{ "s" if s > 1 }} apart.
    - Layer 2 adds $d(k - 1)\cdot j = {{ d2 }}\cdot{{ k2 - 1 }}\cdot{{ s }}$:
      ${{ k1 }} + {{ d2 * (k2 - 1) * s }} = {{ field2 }}$.
    - Layer 3 adds ${{ d3 }}\cdot{{ k3 - 1 }}\cdot{{ s }}$:
      ${{ field2 }} + {{ d3 * (k3 - 1) * s }} = {{ field3 }}$."""
