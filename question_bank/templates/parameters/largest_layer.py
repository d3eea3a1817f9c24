"""Where the parameters of a VGG-like network are: the largest layer, and the share of the fully connected ones."""

from itertools import pairwise

from question_bank import Choice, Misconception, Real, figures, one_of, part, template
from question_bank.maths.parameters import conv_params, dense_params
from question_bank.misconceptions.parameters import FORGOT_DENSE_BIAS, THOUSANDS_FOR_MILLIONS

# Channels of the 3 × 3 convolutions of VGG's configurations, block by block.
BLOCKS = {
    "A": ((64,), (128,), (256, 256), (512, 512), (512, 512)),
    "B": ((64, 64), (128, 128), (256, 256), (512, 512), (512, 512)),
    "D": ((64, 64), (128, 128), (256,) * 3, (512,) * 3, (512,) * 3),
    "E": ((64, 64), (128, 128), (256,) * 4, (512,) * 4, (512,) * 4),
}
LAYERS = (
    "a convolution from 512 to 512 channels",
    "the first fully connected layer",
    "the second fully connected layer",
    "the third fully connected layer",
)

INPUT_CHANNELS_ONLY = Misconception(
    "one input per channel",
    r"You gave the first fully connected layer one input per channel. The maps still have several pixels, and each of "
    r"them is an input.",
)
MOST_CHANNELS = Misconception(
    "took the convolution with most channels",
    r"You chose the convolutions with most channels. Their weights are shared by all positions; a fully connected "
    r"layer shares nothing. Work the numbers out.",
)
FIRST_DENSE_ALWAYS = Misconception(
    "took the first fully connected layer unseen",
    r"You chose the first fully connected layer. In VGG with images of 224 pixels it is the largest, but with smaller "
    r"images it has fewer inputs. Work the numbers out.",
)
FIRST_ONLY = Misconception(
    "counted one fully connected layer",
    r"You took the share of the first fully connected layer alone. There are three.",
)
SHARE_OF_CONVOLUTIONS = Misconception(
    "gave the share of the convolutions",
    r"You gave the share of the convolutions. The question asks for the fully connected layers.",
)


def _convolutions(blocks: tuple[tuple[int, ...], ...]) -> int:
    widths = [3, *(width for block in blocks for width in block)]
    return sum(conv_params(c, f, 3) for c, f in pairwise(widths))


CONVOLUTIONS = {net: _convolutions(blocks) for net, blocks in BLOCKS.items()}


@template(
    topics=["cnn/parameters", "cnn/architectures"],
    difficulty=3,
    minutes=7,
    where=lambda q: len(set(q.sizes)) == len(q.sizes),
)
class LargestLayer:
    stem = r"""A network has the {{ layers }} convolutions of VGG's configuration {{ net }}, all of $3\times3$ and
    padded so that they keep height and width. The five blocks have {{ widths }} filters. After each block a
    $2\times2$ max pooling halves the maps. Together the convolutions have {{ convolutions }} parameters, biases
    included.

    The images have ${{ side }}\times{{ side }}$ pixels. The last maps are flattened and pass through three fully
    connected layers with {{ hidden }}, {{ hidden }} and {{ classes }} outputs, each with a bias."""

    net: str = one_of("A", "B", "D", "E")
    side: int = one_of(32, 64, 96, 128, 160, 192, 224)
    hidden: int = one_of(512, 1024, 2048, 4096)
    classes: int = one_of(10, 20, 100, 200, 365, 1000)

    def figure(q):
        blocks = [(f"{len(b)} × conv 3×3, {b[0]} filters, max pool 2×2", "conv") for b in BLOCKS[q.net]]
        dense = [(f"fully connected, {outputs}", "fc") for outputs in (q.hidden, q.hidden, q.classes)]
        return figures.strip((f"image, {q.side}×{q.side}×3", "input"), *blocks, *dense)

    @property
    def layers(self) -> int:
        return sum(map(len, BLOCKS[self.net]))

    @property
    def widths(self) -> str:
        return ", then ".join(f"{len(block)}\N{MULTIPLICATION SIGN}{block[0]}" for block in BLOCKS[self.net])

    @property
    def convolutions(self) -> int:
        return CONVOLUTIONS[self.net]

    @property
    def inputs(self) -> int:
        """Inputs of the first fully connected layer."""
        return 512 * (self.side // 32) ** 2

    @property
    def sizes(self) -> tuple[int, ...]:
        """Parameters of the layers among which the largest is sought, in the order of LAYERS."""
        return (
            conv_params(512, 512, 3),
            dense_params(self.inputs, self.hidden),
            dense_params(self.hidden, self.hidden),
            dense_params(self.hidden, self.classes),
        )

    first = part("Parameters of the first fully connected layer", lambda q: q.sizes[1])
    first.mistake(INPUT_CHANNELS_ONLY, lambda q: dense_params(512, q.hidden), when=lambda q: q.side > 32)
    first.mistake(FORGOT_DENSE_BIAS, lambda q: q.inputs * q.hidden)
    largest = part(
        "Which layer has the most parameters?", lambda q: LAYERS[q.sizes.index(max(q.sizes))], Choice(LAYERS)
    )
    largest.mistake(MOST_CHANNELS, lambda q: LAYERS[0], when=lambda q: q.largest != LAYERS[0])
    largest.mistake(FIRST_DENSE_ALWAYS, lambda q: LAYERS[1], when=lambda q: q.largest != LAYERS[1])
    total = part(
        "Parameters of the whole network, in **millions** (one decimal)",
        lambda q: (q.convolutions + q.first + q.sizes[2] + q.sizes[3]) / 10**6,
        Real(rel=0, abs=0.06),
    )
    total.mistake(THOUSANDS_FOR_MILLIONS, lambda q: 1000 * q.total)
    share = part(
        "How many percent of them are in the three fully connected layers? (one decimal)",
        lambda q: 100 * (q.first + q.sizes[2] + q.sizes[3]) / (q.convolutions + q.first + q.sizes[2] + q.sizes[3]),
        Real(rel=0, abs=0.06),
    )
    share.mistake(FIRST_ONLY, lambda q: 100 * q.first / (q.convolutions + q.first + q.sizes[2] + q.sizes[3]))
    share.mistake(SHARE_OF_CONVOLUTIONS, lambda q: 100 - q.share)

    solution = r"""Five poolings leave a side of ${{ side }}/2^5 = {{ side // 32 }}$, so {{ inputs }} values are
    flattened ($512\cdot{{ side // 32 }}\cdot{{ side // 32 }}$).

    - largest convolutions: $512\cdot(3\cdot3\cdot512 + 1) = {{ sizes[0] }}$
    - first fully connected layer: $({{ inputs }} + 1)\cdot{{ hidden }} = {{ first }}$
    - second: $({{ hidden }} + 1)\cdot{{ hidden }} = {{ sizes[2] }}$
    - third: $({{ hidden }} + 1)\cdot{{ classes }} = {{ sizes[3] }}$

    The most are in: {{ largest }}.

    All convolutions and the three layers together have {{ convolutions + first + sizes[2] + sizes[3] }} parameters,
    that is {{ "%.1f" % total }} million.

    The fully connected layers hold {{ first + sizes[2] + sizes[3] }} of them: ${{ "%.1f" % share }}\,\%$."""
