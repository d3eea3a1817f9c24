"""Memory for the activations of a VGG network, and the share of its first block."""

from question_bank import Quantity, Real, one_of, part, template
from question_bank.maths.architectures import VGG, VGG_FILTERS, vgg_convs, vgg_values
from question_bank.maths.compute import MIB
from question_bank.misconceptions import Misconception
from question_bank.misconceptions.compute import LEFT_OUT_POOLING, MEGA_FOR_MEBI, ONE_IMAGE, QUOTED_93_MB

EQUAL_BLOCKS = Misconception(
    "expected equal shares",
    r"You shared the memory out equally among the five blocks. The number of pixels falls to a quarter from block to "
    r"block while the channels at most double, so the first blocks need by far the most.",
)


@template(topics=["cnn/compute", "cnn/architectures"], difficulty=3, minutes=10)
class VggActivations:
    stem = r"""The VGG network of configuration {{ config }} takes RGB images of ${{ side }}\times{{ side }}$ pixels.
    Its five blocks have {{ counts() }} convolutions with 64, 128, 256, 512 and 512 filters, which keep height and
    width. After every block a $2\times2$ max pooling with stride 2 halves both. Then come three fully connected layers
    with 4096, 4096 and {{ classes }} outputs.

    For the backward pass the image and the outputs of all convolutions, poolings and fully connected layers are kept as
    float32, 4 bytes a number. ReLU works in place; weights and gradients are left out of account. 1 MiB is $2^{20}$
    bytes. Use the notebook to add up."""

    config: str = one_of("A", "B", "D", "E")
    side: int = one_of(64, 96, 128, 160, 192, 224, 256, 320)
    classes: int = one_of(10, 100, 1000)
    batch: int = one_of(8, 16, 32, 64)

    block = part(
        "How many numbers do the outputs of block 1 have, its pooling included, for one image?",
        lambda q: len(VGG[q.config][0]) * 64 * q.side**2 + q.pooled(),
    )
    block.mistake(LEFT_OUT_POOLING, lambda q: len(VGG[q.config][0]) * 64 * q.side**2)
    total = part("How many numbers are kept in all, for one image?", lambda q: vgg_values(q.config, q.classes, q.side))
    total.mistake(
        LEFT_OUT_POOLING, lambda q: vgg_values(q.config, q.classes, q.side) - sum(pool for *_, pool in q.rows())
    )
    memory = part(
        "How many MiB are kept for a batch of {{ batch }} images?",
        lambda q: q.total * 4 * q.batch / MIB,
        Quantity("MiB"),
    )
    memory.mistake(MEGA_FOR_MEBI, lambda q: q.total * 4 * q.batch / 1e6)
    memory.mistake(ONE_IMAGE, lambda q: q.total * 4 / MIB)
    memory.mistake(
        QUOTED_93_MB, lambda q: 93.0 * q.batch, when=lambda q: (q.config, q.side, q.classes) == ("D", 224, 1000)
    )
    share = part(
        "Which share of the numbers, in percent, belongs to block 1?", lambda q: 100 * q.block / q.total, Real()
    )
    share.mistake(EQUAL_BLOCKS, lambda q: 20.0)

    def counts(q):
        """Convolutions, block by block, as a text."""
        *most, last = (len(kernels) for kernels in VGG[q.config])
        return f"{', '.join(map(str, most))} and {last}"

    def pooled(q):
        """Numbers in the output of the first pooling."""
        return 64 * (q.side // 2) ** 2

    def rows(q):
        """(block, convolutions, filters, side, numbers in their outputs, numbers after the pooling)."""
        found = []
        for number, (block, filters) in enumerate(zip(vgg_convs(q.config, q.side), VGG_FILTERS, strict=True), start=1):
            pooled = filters * (block[0].side // 2) ** 2
            found.append((number, len(block), filters, block[0].side, sum(c.values for c in block), pooled))
        return found

    solution = r"""| block | convolutions | filters | side | numbers | after pooling |
    |---|---|---|---|---|---|
    {% for number, count, filters, side, values, pooled in rows() -%}
    | {{ number }} | {{ count }} | {{ filters }} | {{ side }} | {{ values }} | {{ pooled }} |
    {% endfor %}
    Besides there are the image, ${{ side }}\cdot{{ side }}\cdot3 = {{ 3 * side * side }}$ numbers, and the fully
    connected layers, $4096 + 4096 + {{ classes }}$.

    - Block 1 with its pooling: {{ block }}.
    - In all: {{ total }} numbers an image.
    - A batch takes ${{ batch }}\cdot4\cdot{{ total }}$ bytes, which is {{ memory | latex }} MiB.
    - Block 1 has ${{ block }}/{{ total }}$ of the numbers: {{ share | latex }} %."""
