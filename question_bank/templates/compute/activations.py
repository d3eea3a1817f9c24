"""Memory for the activations of a small network: numbers, bytes, MiB for a batch."""

from question_bank import Quantity, integers, one_of, part, template
from question_bank.maths.compute import MIB
from question_bank.misconceptions.compute import (
    FOUR_BYTES_ALWAYS,
    LEFT_OUT_INPUT,
    LEFT_OUT_POOLING,
    MEGA_FOR_MEBI,
    ONE_IMAGE,
    ONE_MAP,
)
from question_bank.misconceptions.shapes import IGNORED_PADDING

BYTES = {"float32": 4, "float16": 2, "int8": 1}


@template(topics=["cnn/compute", "cnn/shapes"], minutes=5)
class Activations:
    stem = r"""RGB images of ${{ n }}\times{{ n }}$ pixels pass through

    1. a convolution with {{ f1 }} filters of $3\times3$, padding 1, stride 1
    2. max pooling, $2\times2$, stride 2
    3. a convolution with {{ f2 }} filters of $3\times3$, padding 1, stride 1
    4. max pooling, $2\times2$, stride 2
    5. a fully connected layer with {{ hidden }} outputs

    For the backward pass the images and the outputs of all five layers are kept, as {{ dtype }}: {{ size() }}
    byte{{ "s" if size() > 1 }} a number. ReLU works in place and needs no memory of its own. Weights and gradients are
    left out of account. 1 MiB is $2^{20}$ bytes."""

    n: int = integers(32, 224, step=32)
    f1: int = one_of(16, 32, 64)
    f2: int = one_of(24, 48, 96, 128)
    hidden: int = one_of(100, 500, 1000)
    batch: int = one_of(16, 32, 64, 128)
    dtype: str = one_of("float32", "float16", "int8")

    first = part("How many numbers does the output of layer 1 have, for one image?", lambda q: q.f1 * q.n**2)
    first.mistake(ONE_MAP, lambda q: q.n**2)
    first.mistake(IGNORED_PADDING, lambda q: q.f1 * (q.n - 2) ** 2)
    total = part("How many numbers are kept for one image?", lambda q: q.image() + q.first + q.rest())
    total.mistake(LEFT_OUT_INPUT, lambda q: q.first + q.rest())
    total.mistake(
        LEFT_OUT_POOLING, lambda q: q.image() + q.first + q.rest() - (q.n // 2) ** 2 * q.f1 - (q.n // 4) ** 2 * q.f2
    )
    memory = part(
        "How many MiB are kept for a batch of {{ batch }} images?",
        lambda q: q.total * q.batch * q.size() / MIB,
        Quantity("MiB"),
    )
    memory.mistake(MEGA_FOR_MEBI, lambda q: q.total * q.batch * q.size() / 1e6)
    memory.mistake(FOUR_BYTES_ALWAYS, lambda q: q.total * q.batch * 4 / MIB, when=lambda q: q.size() != 4)
    memory.mistake(ONE_IMAGE, lambda q: q.total * q.size() / MIB)

    def image(q):
        """Numbers in an image."""
        return 3 * q.n**2

    def rest(q):
        """Numbers in the outputs of layers 2 to 5."""
        return (q.n // 2) ** 2 * (q.f1 + q.f2) + (q.n // 4) ** 2 * q.f2 + q.hidden

    def size(q):
        """Bytes of a number."""
        return BYTES[q.dtype]

    solution = r"""{% set half = n // 2 %}{% set quarter = n // 4 -%}
    The padding keeps the side, each pooling halves it.

    | what | numbers |
    |---|---|
    | image | ${{ n }}\cdot{{ n }}\cdot3 = {{ image() }}$ |
    | 1 | ${{ n }}\cdot{{ n }}\cdot{{ f1 }} = {{ first }}$ |
    | 2 | ${{ half }}\cdot{{ half }}\cdot{{ f1 }} = {{ half * half * f1 }}$ |
    | 3 | ${{ half }}\cdot{{ half }}\cdot{{ f2 }} = {{ half * half * f2 }}$ |
    | 4 | ${{ quarter }}\cdot{{ quarter }}\cdot{{ f2 }} = {{ quarter * quarter * f2 }}$ |
    | 5 | {{ hidden }} |

    Together {{ total }} numbers an image. A batch takes ${{ batch }}\cdot{{ total }}\cdot{{ size() }}$ bytes, divided
    by $2^{20}$: {{ memory | latex }} MiB."""
