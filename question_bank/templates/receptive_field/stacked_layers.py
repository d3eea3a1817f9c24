"""Receptive field of a stack of convolutions with two sizes of kernel."""

from question_bank import integers, one_of, part, template
from question_bank.maths.receptive_field import stacked_field
from question_bank.misconceptions.receptive_field import ADDED_K, MULTIPLIED_KERNELS, SIDE_FOR_AREA, STARTED_AGAIN


@template(topics=["cnn/receptive_field"], difficulty=1, where=lambda q: q.k1 != q.k2)
class StackedLayers:
    stem = r"""An image passes through {{ layers1 }} convolutional layers with ${{ k1 }}\times{{ k1 }}$ kernels and
    then through {{ layers2 }} more with ${{ k2 }}\times{{ k2 }}$ kernels. All of them have stride 1 and no dilation.
    The *receptive field* of an output pixel is the square of image pixels on which its value depends. The pixels
    meant here lie far from the edges, so padding plays no part."""

    layers1: int = integers(2, 9)
    k1: int = one_of(3, 5, 7)
    layers2: int = integers(2, 6)
    k2: int = one_of(3, 5, 7)

    first = part(
        "Side of the field after the first {{ layers1 }} layers, in pixels", lambda q: stacked_field(q.k1, q.layers1)
    )
    first.mistake(ADDED_K, lambda q: q.layers1 * q.k1)
    first.mistake(MULTIPLIED_KERNELS, lambda q: q.k1**q.layers1)
    both = part("Side of the field after all layers, in pixels", lambda q: q.first + q.layers2 * (q.k2 - 1))
    both.mistake(ADDED_K, lambda q: q.first + q.layers2 * q.k2)
    both.mistake(STARTED_AGAIN, lambda q: stacked_field(q.k2, q.layers2))
    pixels = part("How many image pixels does one pixel of the last output see?", lambda q: q.both * q.both)
    pixels.mistake(SIDE_FOR_AREA, lambda q: q.both)

    solution = r"""A single pixel of the image sees itself, a field of side 1. A $k\times k$ layer of stride 1 widens
    the field by $k - 1$.

    - After the first group: $1 + {{ layers1 }}\cdot({{ k1 }} - 1) = {{ first }}$.
    - The second group goes on from there: ${{ first }} + {{ layers2 }}\cdot({{ k2 }} - 1) = {{ both }}$.
    - The field is a square: ${{ both }}\cdot{{ both }} = {{ pixels }}$ pixels."""
