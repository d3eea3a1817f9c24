"""Receptive field and jump through two convolutions and two poolings, layer by layer."""

from question_bank import figures, one_of, part, template
from question_bank.misconceptions.receptive_field import (
    ADDED_K,
    ADDED_STRIDES,
    IGNORED_JUMP,
    OWN_STRIDE_FIRST,
    OWN_STRIDE_ONLY,
)


@template(
    topics=["cnn/receptive_field"],
    where=lambda q: q.s1 * q.s2 > 1 and q.s2 <= q.k2 and q.s4 <= q.k4,
)
class FieldChain:
    stem = r"""An image passes through four layers:

    1. convolution ${{ k1 }}\times{{ k1 }}$, stride {{ s1 }}
    2. max pooling ${{ k2 }}\times{{ k2 }}$, stride {{ s2 }}
    3. convolution ${{ k3 }}\times{{ k3 }}$, stride {{ s3 }}
    4. max pooling ${{ k4 }}\times{{ k4 }}$, stride {{ s4 }}

    The *field* of a layer is the side, in pixels of the image, of what one of its output pixels sees. Its *jump* is
    the distance, in pixels of the image, between the fields of two neighbouring output pixels. Pixels lie far from
    the edges, so padding plays no part."""

    k1: int = one_of(3, 5, 7, 11)
    s1: int = one_of(1, 2)
    k2: int = one_of(2, 3)
    s2: int = one_of(1, 2, 3)
    k3: int = one_of(3, 5)
    s3: int = one_of(1, 2)
    k4: int = one_of(2, 3)
    s4: int = one_of(1, 2, 3)

    def figure(q):
        layers = [(q.k1, q.s1), (q.k2, q.s2), (q.k3, q.s3), (q.k4, q.s4)]
        kinds = ["convolution", "max pooling", "convolution", "max pooling"]
        labels = [f"{number}. {kind}" for number, kind in enumerate(kinds, start=1)]
        return figures.cone(layers, labels, whole=False)

    field1 = part("Field of layer 1", lambda q: q.k1)
    jump1 = part("Jump of layer 1", lambda q: q.s1)
    field2 = part("Field of layer 2", lambda q: q.field1 + (q.k2 - 1) * q.jump1)
    field2.mistake(ADDED_K, lambda q: q.field1 + q.k2 * q.jump1)
    field2.mistake(IGNORED_JUMP, lambda q: q.field1 + q.k2 - 1, when=lambda q: q.jump1 != 1)
    jump2 = part("Jump of layer 2", lambda q: q.jump1 * q.s2)
    jump2.mistake(ADDED_STRIDES, lambda q: q.jump1 + q.s2, when=lambda q: q.jump1 + q.s2 != q.jump2)
    jump2.mistake(OWN_STRIDE_ONLY, lambda q: q.s2, when=lambda q: q.jump1 != 1)
    field3 = part("Field of layer 3", lambda q: q.field2 + (q.k3 - 1) * q.jump2)
    field3.mistake(ADDED_K, lambda q: q.field2 + q.k3 * q.jump2)
    field3.mistake(IGNORED_JUMP, lambda q: q.field2 + q.k3 - 1, when=lambda q: q.jump2 != 1)
    field3.mistake(OWN_STRIDE_FIRST, lambda q: q.field2 + (q.k3 - 1) * q.jump2 * q.s3, when=lambda q: q.s3 > 1)
    jump3 = part("Jump of layer 3", lambda q: q.jump2 * q.s3)
    jump3.mistake(ADDED_STRIDES, lambda q: q.jump2 + q.s3, when=lambda q: q.jump2 + q.s3 != q.jump3)
    jump3.mistake(OWN_STRIDE_ONLY, lambda q: q.s3, when=lambda q: q.jump2 != 1)
    field4 = part("Field of layer 4", lambda q: q.field3 + (q.k4 - 1) * q.jump3)
    field4.mistake(ADDED_K, lambda q: q.field3 + q.k4 * q.jump3)
    field4.mistake(IGNORED_JUMP, lambda q: q.field3 + q.k4 - 1, when=lambda q: q.jump3 != 1)
    jump4 = part("Jump of layer 4", lambda q: q.jump3 * q.s4)
    jump4.mistake(ADDED_STRIDES, lambda q: q.jump3 + q.s4, when=lambda q: q.jump3 + q.s4 != q.jump4)
    jump4.mistake(OWN_STRIDE_ONLY, lambda q: q.s4, when=lambda q: q.jump3 != 1)

    solution = r"""Start with field 1 and jump 1, the image itself. A layer of $k\times k$ and stride $s$ looks at
    $k$ pixels of the map before it. They lie one jump $j$ apart, so the field grows by $(k - 1)\cdot j$; only then
    is the jump multiplied by $s$.

    | layer | field | jump |
    |---|---|---|
    | 1 | $1 + {{ k1 - 1 }}\cdot1 = {{ field1 }}$ | $1\cdot{{ s1 }} = {{ jump1 }}$ |
    | 2 | ${{ field1 }} + {{ k2 - 1 }}\cdot{{ jump1 }} = {{ field2 }}$ | ${{ jump1 }}\cdot{{ s2 }} = {{ jump2 }}$ |
    | 3 | ${{ field2 }} + {{ k3 - 1 }}\cdot{{ jump2 }} = {{ field3 }}$ | ${{ jump2 }}\cdot{{ s3 }} = {{ jump3 }}$ |
    | 4 | ${{ field3 }} + {{ k4 - 1 }}\cdot{{ jump3 }} = {{ field4 }}$ | ${{ jump3 }}\cdot{{ s4 }} = {{ jump4 }}$ |"""
