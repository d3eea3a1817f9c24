"""The fewest layers with which an output pixel sees a given number of pixels: plain, strided, dilated."""

from question_bank import integers, one_of, part, template
from question_bank.maths.receptive_field import doubling_layers_to_see, layers_to_see
from question_bank.misconceptions.receptive_field import (
    DIVIDED_BY_K,
    DOUBLED_FIELD,
    FIELD_ROUNDED_DOWN,
    FORGOT_FIRST_LAYER,
    IGNORED_JUMP,
    ONE_LAYER_SHORT,
)


def rounded_down(q):
    """A number of layers that is a little too small."""
    return (q.field - 1) // (q.k - 1)


def divided(q):
    """The number of layers where each would add k."""
    return -(-q.field // q.k)


def doubled(q):
    """The number of layers where each would double the field."""
    return (q.field - 1).bit_length()


@template(topics=["cnn/receptive_field", "cnn/dilation"], difficulty=3, minutes=5)
class LayersNeeded:
    stem = r"""Objects in an image are up to {{ field }} pixels wide. A network of ${{ k }}\times{{ k }}$ convolutions
    is to have a receptive field of **at least** ${{ field }}\times{{ field }}$ pixels, with as few layers as possible.
    The pixels meant lie far from the edges, so padding plays no part."""

    field: int = integers(24, 150)
    k: int = one_of(3, 5)
    s: int = one_of(2, 3)

    plain = part("How many layers does it take if all have stride 1?", lambda q: layers_to_see(q.field, q.k))
    plain.mistake(FIELD_ROUNDED_DOWN, rounded_down, when=lambda q: (q.field - 1) % (q.k - 1))
    plain.mistake(DIVIDED_BY_K, divided)
    strided = part(
        "How many in all if the first one has stride {{ s }} and the others stride 1?",
        lambda q: layers_to_see(q.field, q.k, q.s),
    )
    strided.mistake(FORGOT_FIRST_LAYER, lambda q: layers_to_see(q.field, q.k, q.s) - 1)
    strided.mistake(IGNORED_JUMP, lambda q: layers_to_see(q.field, q.k))
    dilated = part(
        "How many if all have stride 1 and their dilations are 1, 2, 4, 8, … (doubled from layer to layer)?",
        lambda q: doubling_layers_to_see(q.field, q.k),
    )
    dilated.mistake(ONE_LAYER_SHORT, lambda q: doubling_layers_to_see(q.field, q.k) - 1)
    dilated.mistake(DOUBLED_FIELD, doubled, when=lambda q: doubled(q) != doubling_layers_to_see(q.field, q.k))

    def reach(q, layers):
        """Side of the field of so many layers with doubled dilations."""
        return 1 + (q.k - 1) * (2**layers - 1)

    solution = r"""With stride 1, $L$ layers see $1 + L\cdot{{ k - 1 }}$ pixels along a side. That is at least
    {{ field }} from $L = \lceil{{ field - 1 }}/{{ k - 1 }}\rceil = {{ plain }}$ on.

    The first layer sees {{ k }} pixels. If it has stride {{ s }}, each further layer adds
    ${{ k - 1 }}\cdot{{ s }} = {{ (k - 1) * s }}$: there have to be
    $\lceil({{ field }} - {{ k }})/{{ (k - 1) * s }}\rceil = {{ strided - 1 }}$ of them, {{ strided }} layers in all.

    With doubled dilations the layers add ${{ k - 1 }}\cdot1$, ${{ k - 1 }}\cdot2$, ${{ k - 1 }}\cdot4$, …, together
    ${{ k - 1 }}\cdot(2^L - 1)$. With {{ dilated - 1 }} layers the field is {{ reach(dilated - 1) }}, too small; with
    {{ dilated }} it is {{ reach(dilated) }}. So it takes {{ dilated }}."""
