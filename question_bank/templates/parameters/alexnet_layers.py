"""AlexNet on one graphics card and on two: parameters of its layers, and where most of them are."""

from question_bank import Choice, Misconception, Real, figures, one_of, part, template
from question_bank.maths.parameters import conv_params, dense_params
from question_bank.maths.shapes import conv_out
from question_bank.misconceptions.parameters import THOUSANDS_FOR_MILLIONS

# Kernel, input channels and filters of the five convolutions.
CONVOLUTIONS = ((11, 3, 96), (5, 96, 256), (3, 256, 384), (3, 384, 384), (3, 384, 256))
SPLIT = (2, 4, 5)  # the convolutions that see the maps of their own card only
LAYERS = tuple(f"convolution {number}" for number in range(1, 6))

IGNORED_CARDS = Misconception(
    "connected the two cards",
    r"You let every filter see all input channels. On two cards convolutions 2, 4 and 5 see the channels of their own "
    r"card only, half of them.",
)
SPLIT_WITHOUT_NEED = Misconception(
    "split what is not split",
    r"You halved the channels that a filter sees. With a single card each filter sees all of them.",
)
SPLIT_ALL = Misconception(
    "split convolution 3, too",
    r"You took convolution 3 to be split. It is where the two cards meet: its filters see the maps of both.",
)
LARGEST_KERNEL = Misconception(
    "took the largest kernel",
    r"You chose the layer with the largest kernel. It has few input channels; the number of weights is kernel area "
    r"times input channels times filters.",
)
MAPS_FORGOTTEN = Misconception(
    "one input per channel",
    r"You gave the first fully connected layer one input per channel. Its inputs are all pixels of all maps.",
)
FIRST_ONLY = Misconception(
    "counted one fully connected layer",
    r"You took the share of the first fully connected layer alone. There are three.",
)


@template(topics=["cnn/parameters", "cnn/architectures", "cnn/grouped"], difficulty=4, minutes=8)
class AlexnetLayers:
    stem = r"""AlexNet has five convolutions, here for images of ${{ image }}\times{{ image }}$ pixels with 3 channels:

    | convolution | 1 | 2 | 3 | 4 | 5 |
    |---|---|---|---|---|---|
    | kernel | $11\times11$ | $5\times5$ | $3\times3$ | $3\times3$ | $3\times3$ |
    | input channels | 3 | 96 | 256 | 384 | 384 |
    | filters | 96 | 256 | 384 | 384 | 256 |

    The last maps have ${{ side }}\times{{ side }}$ pixels after pooling. They are flattened and pass through three
    fully connected layers with {{ hidden }}, {{ hidden }} and {{ classes }} outputs. Every filter and every output has
    a bias.

    {% if cards == 2 %}The network is spread over **two** graphics cards, as in the paper: convolutions 2, 4 and 5
    work in two groups, so that a filter sees the half of the channels that lies on its own card. The others see all
    channels.
    {%- else %}The network runs on **one** graphics card, unlike in the paper: every filter sees all input channels.
    {%- endif %}"""

    cards: int = one_of(1, 2)
    image: int = one_of(163, 195, 227, 259)
    hidden: int = one_of(1024, 2048, 3072, 4096)
    classes: int = one_of(10, 20, 37, 100, 102, 200, 257, 365, 1000)

    def figure(q):
        convs = [(f"conv {k}×{k}, {f} filters", "conv") for k, _, f in CONVOLUTIONS]
        dense = [(f"fully connected, {outputs}", "fc") for outputs in (q.hidden, q.hidden, q.classes)]
        return figures.strip((f"image, {q.image}×{q.image}×3", "input"), *convs, *dense)

    @property
    def side(self) -> int:
        """Side of the last maps: after the first convolution, of stride 4, and three poolings of 3 × 3, stride 2."""
        side = conv_out(self.image, 11, 4)
        for _ in range(3):
            side = conv_out(side, 3, 2)
        return side

    def convolution(self, number: int, split: tuple[int, ...] | None = None) -> int:
        """Parameters of a convolution; `split`: those that work in two groups."""
        k, channels, filters = CONVOLUTIONS[number - 1]
        apart = (SPLIT if self.cards == 2 else ()) if split is None else split
        return conv_params(channels // 2 if number in apart else channels, filters, k)

    @property
    def convolutions(self) -> tuple[int, ...]:
        return tuple(map(self.convolution, range(1, 6)))

    @property
    def others(self) -> int:
        """Parameters of all layers but the first fully connected one."""
        return sum(self.convolutions) + dense_params(self.hidden, self.hidden) + dense_params(self.hidden, self.classes)

    second = part("Parameters of convolution 2", lambda q: q.convolution(2))
    second.mistake(IGNORED_CARDS, lambda q: q.convolution(2, split=()), when=lambda q: q.cards == 2)
    second.mistake(SPLIT_WITHOUT_NEED, lambda q: q.convolution(2, split=SPLIT), when=lambda q: q.cards == 1)
    largest = part(
        "Which of the convolutions has the most parameters?",
        lambda q: LAYERS[q.convolutions.index(max(q.convolutions))],
        Choice(LAYERS),
    )
    largest.mistake(LARGEST_KERNEL, lambda q: LAYERS[0])
    largest.mistake(IGNORED_CARDS, lambda q: LAYERS[3], when=lambda q: q.cards == 2)
    first_dense = part(
        "Parameters of the first fully connected layer", lambda q: dense_params(256 * q.side**2, q.hidden)
    )
    first_dense.mistake(MAPS_FORGOTTEN, lambda q: dense_params(256, q.hidden))
    total = part(
        "Parameters of the whole network, in **millions** (two decimals)",
        lambda q: (q.others + q.first_dense) / 10**6,
        Real(rel=0, abs=0.006),
    )
    total.mistake(THOUSANDS_FOR_MILLIONS, lambda q: 1000 * q.total)
    total.mistake(
        SPLIT_ALL,
        lambda q: (q.others + q.first_dense - q.convolution(3) + q.convolution(3, split=(3,))) / 10**6,
        when=lambda q: q.cards == 2,
    )
    share = part(
        "How many percent of them are in the three fully connected layers? (one decimal)",
        lambda q: 100 * (1 - sum(q.convolutions) / (q.others + q.first_dense)),
        Real(rel=0, abs=0.06),
    )
    share.mistake(FIRST_ONLY, lambda q: 100 * q.first_dense / (q.others + q.first_dense))

    solution = r"""A filter has a weight for each tap and each channel that it sees, and a bias.

    | convolution | filters · (taps · channels seen + 1) | parameters |
    |---|---|---|
    | 1 | $96\cdot(121\cdot3 + 1)$ | {{ convolutions[0] }} |
    | 2 | $256\cdot(25\cdot{{ 96 // cards }} + 1)$ | {{ convolutions[1] }} |
    | 3 | $384\cdot(9\cdot256 + 1)$ | {{ convolutions[2] }} |
    | 4 | $384\cdot(9\cdot{{ 384 // cards }} + 1)$ | {{ convolutions[3] }} |
    | 5 | $256\cdot(9\cdot{{ 384 // cards }} + 1)$ | {{ convolutions[4] }} |

    Convolution 2 has {{ second }} parameters, and {{ largest }} has the most.

    The first fully connected layer has ${{ side }}\cdot{{ side }}\cdot256 = {{ 256 * side * side }}$ inputs:
    $({{ 256 * side * side }} + 1)\cdot{{ hidden }} = {{ first_dense }}$ parameters. The second has $({{ hidden }} +
    1)\cdot{{ hidden }} = {{ (hidden + 1) * hidden }}$, the third $({{ hidden }} + 1)\cdot{{ classes }} =
    {{ (hidden + 1) * classes }}$.

    In all there are {{ others + first_dense }} parameters, {{ "%.2f" % total }} million.

    The convolutions hold {{ convolutions | sum }} of them, and the fully connected layers the rest:
    ${{ "%.1f" % share }}\,\%$."""
