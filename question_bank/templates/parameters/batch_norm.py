"""What batch normalisation adds: trainable parameters and buffers."""

from question_bank import Misconception, integers, one_of, part, template
from question_bank.maths.parameters import conv_params

STATISTICS_TRAINED = Misconception(
    "counted the statistics as trainable",
    r"You counted the running mean and variance as trainable. They are collected in the forward pass, no gradient "
    r"changes them: they are buffers. Scale and shift are what is learned.",
)
PER_PIXEL = Misconception(
    "a pair for every pixel",
    r"You gave every pixel a scale and a shift. Batch normalisation for maps has one pair per **channel**, shared by "
    r"all pixels.",
)
ONE_PAIR = Misconception(
    "one pair for the whole layer",
    r"You counted a single scale and shift. Each channel has its own.",
)
FORGOT_COUNTER = Misconception(
    "forgot the counter of batches",
    r"You counted running mean and variance. PyTorch also keeps one counter, `num_batches_tracked`, in each "
    r"normalisation layer.",
)
FORGOT_MEAN_OR_VARIANCE = Misconception(
    "one statistic per channel",
    r"You counted one statistic per channel. The layer keeps a running mean **and** a running variance for each.",
)
BIASES_COUNTED = Misconception(
    "gave the convolutions biases",
    r"You counted biases of the convolutions. These have none: the shift of the normalisation does their work.",
)
NORM_IS_FREE = Misconception(
    "left the normalisation out",
    r"You counted the convolutions only. Batch normalisation learns a scale and a shift for every channel.",
)


@template(topics=["cnn/parameters", "cnn/normalisation"], minutes=5, where=lambda q: q.f1 != q.f2)
class BatchNorm:
    stem = r"""Images with {{ c }} channel{{ "s" if c > 1 }} pass through this network, as PyTorch builds it:

    1. convolution, {{ f1 }} filters of ${{ k }}\times{{ k }}$, **without** biases
    2. batch normalisation (`BatchNorm2d`), then ReLU
    3. convolution, {{ f2 }} filters of $3\times3$, **without** biases
    4. batch normalisation, then ReLU

    All maps have ${{ n }}\times{{ n }}$ pixels. *Trainable* is what the optimiser changes; *buffers* are numbers that
    a layer keeps in its state besides, counters included."""

    n: int = integers(12, 64, step=4)
    c: int = one_of(1, 3, 4)
    f1: int = one_of(8, 16, 24, 32, 48, 64)
    f2: int = one_of(12, 20, 32, 40, 64, 96)
    k: int = one_of(3, 5, 7)

    @property
    def weights(self) -> int:
        """Weights of the two convolutions."""
        return conv_params(self.c, self.f1, self.k, bias=False) + conv_params(self.f1, self.f2, 3, bias=False)

    trainable = part("Trainable parameters of the first batch normalisation", lambda q: 2 * q.f1)
    trainable.mistake(STATISTICS_TRAINED, lambda q: 4 * q.f1)
    trainable.mistake(PER_PIXEL, lambda q: 2 * q.f1 * q.n**2)
    trainable.mistake(ONE_PAIR, lambda q: 2)
    buffers = part("Numbers in the buffers of the first batch normalisation", lambda q: 2 * q.f1 + 1)
    buffers.mistake(FORGOT_COUNTER, lambda q: 2 * q.f1)
    buffers.mistake(FORGOT_MEAN_OR_VARIANCE, lambda q: q.f1 + 1)
    network = part("Trainable parameters of the whole network", lambda q: q.weights + q.trainable + 2 * q.f2)
    network.mistake(STATISTICS_TRAINED, lambda q: q.weights + 4 * q.f1 + 4 * q.f2)
    network.mistake(BIASES_COUNTED, lambda q: q.weights + 3 * q.f1 + 3 * q.f2)
    network.mistake(NORM_IS_FREE, lambda q: q.weights)

    solution = r"""Batch normalisation of maps works per channel. It learns a scale $\gamma$ and a shift $\beta$ for
    each of the {{ f1 }} channels: $2\cdot{{ f1 }} = {{ trainable }}$ trainable parameters.

    In its buffers it keeps a running mean and a running variance for each channel, and one counter of batches:
    $2\cdot{{ f1 }} + 1 = {{ buffers }}$ numbers.

    The whole network:

    - first convolution ${{ f1 }}\cdot{{ k }}\cdot{{ k }}\cdot{{ c }} = {{ f1 * k * k * c }}$
    - first normalisation $2\cdot{{ f1 }} = {{ 2 * f1 }}$
    - second convolution ${{ f2 }}\cdot3\cdot3\cdot{{ f1 }} = {{ 9 * f1 * f2 }}$
    - second normalisation $2\cdot{{ f2 }} = {{ 2 * f2 }}$

    Together {{ network }} trainable parameters."""
