"""Receptive field of a VGG network, block by block, up to its fully connected layers."""

from question_bank import figures, one_of, part, template
from question_bank.misconceptions.receptive_field import ADDED_K, IGNORED_JUMP, IGNORED_POOLING

NAMED = {(1, 1, 2, 2, 2): "A", (2, 2, 2, 2, 2): "B", (2, 2, 3, 3, 3): "D", (2, 2, 4, 4, 4): "E"}


def before(q, block):
    """The field on which this block builds."""
    return 1 if block == 1 else getattr(q, f"field{block - 1}")


def grown(q, block, pixels):
    """The field after a block whose layers add so many pixels of the block's own maps."""
    return before(q, block) + pixels * 2 ** (block - 1)


def convs(q, block):
    """Convolutions in this block."""
    return getattr(q, f"c{block}")


def slips(asked, block):
    """What goes wrong in this block."""
    asked.mistake(ADDED_K, lambda q: grown(q, block, 3 * convs(q, block) + 2))
    asked.mistake(IGNORED_POOLING, lambda q: grown(q, block, 2 * convs(q, block)))
    if block > 1:
        asked.mistake(IGNORED_JUMP, lambda q: before(q, block) + 2 * convs(q, block) + 1)


@template(topics=["cnn/receptive_field", "cnn/architectures"], difficulty=3, minutes=6)
class VggBlocks:
    stem = r"""The convolutional part of a VGG-like network has five blocks. A block is a number of $3\times3$
    convolutions with stride 1 (padding 1), followed by a $2\times2$ max pooling with stride 2:

    | block | 1 | 2 | 3 | 4 | 5 |
    |---|---|---|---|---|---|
    | convolutions | {{ c1 }} | {{ c2 }} | {{ c3 }} | {{ c4 }} | {{ c5 }} |

    {% if name() %}This is configuration {{ name() }} of the paper.{% endif %} Give the side, in pixels
    of the image, of the receptive field of one pixel after each block. Leave the border of the image out of account, as
    if it went on without end."""

    c1: int = one_of(1, 2)
    c2: int = one_of(1, 2)
    c3: int = one_of(1, 2, 3, 4)
    c4: int = one_of(1, 2, 3, 4)
    c5: int = one_of(1, 2, 3, 4)

    def figure(q):
        layers = []
        for block in range(1, 6):
            count = convs(q, block)
            layers.append((f"block {block}, {count} × conv 3×3", "conv"))
            layers.append(("max pool, 2×2", "pool"))
        return figures.strip(("image", "input"), *layers)

    field1 = part("Side of the field after the pooling of block 1", lambda q: grown(q, 1, 2 * q.c1 + 1))
    slips(field1, 1)
    field2 = part("Side of the field after the pooling of block 2", lambda q: grown(q, 2, 2 * q.c2 + 1))
    slips(field2, 2)
    field3 = part("Side of the field after the pooling of block 3", lambda q: grown(q, 3, 2 * q.c3 + 1))
    slips(field3, 3)
    field4 = part("Side of the field after the pooling of block 4", lambda q: grown(q, 4, 2 * q.c4 + 1))
    slips(field4, 4)
    field5 = part("Side of the field after the pooling of block 5", lambda q: grown(q, 5, 2 * q.c5 + 1))
    slips(field5, 5)

    def name(q):
        """The configuration of Simonyan and Zisserman that has these blocks, or nothing."""
        return NAMED.get((q.c1, q.c2, q.c3, q.c4, q.c5), "")

    solution = r"""In block $b$ neighbouring pixels lie $j = 2^{b-1}$ image pixels apart, because $b - 1$ poolings have
    gone before. A $3\times3$ convolution adds $2j$ and the $2\times2$ pooling adds $j$.

    | block | jump | field |
    |---|---|---|
    | 1 | 1 | $1 + ({{ c1 }}\cdot2 + 1)\cdot1 = {{ field1 }}$ |
    | 2 | 2 | ${{ field1 }} + ({{ c2 }}\cdot2 + 1)\cdot2 = {{ field2 }}$ |
    | 3 | 4 | ${{ field2 }} + ({{ c3 }}\cdot2 + 1)\cdot4 = {{ field3 }}$ |
    | 4 | 8 | ${{ field3 }} + ({{ c4 }}\cdot2 + 1)\cdot8 = {{ field4 }}$ |
    | 5 | 16 | ${{ field4 }} + ({{ c5 }}\cdot2 + 1)\cdot16 = {{ field5 }}$ |"""
