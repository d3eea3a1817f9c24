"""Batch normalisation of feature maps: what is averaged over what."""

from math import sqrt

from question_bank import Integer, Misconception, Real, integers, matrices, one_of, part, template
from question_bank.maths.images import Image
from question_bank.maths.normalisation import mean, variance
from question_bank.misconceptions.normalisation import UNBIASED_VARIANCE, VARIANCE_FOR_DEVIATION

PER_IMAGE = Misconception(
    "averaged over one image",
    r"You averaged over the pixels of one image. That is *instance* normalisation; batch normalisation takes the maps "
    r"of that channel in **all** images of the batch together.",
)
PER_PIXEL = Misconception(
    "averaged over the images only",
    r"You treated each pixel on its own and averaged over the images. In a convolutional layer the statistics belong "
    r"to a **channel**: they are taken over images, rows and columns.",
)
ALL_CHANNELS = Misconception(
    "averaged over the channels, too",
    r"You put both channels together. Every channel has a mean and a variance of its own.",
)


def flat(*maps):
    """All entries of some maps, as one list."""
    return [entry for rows in maps for row in rows for entry in row]


def own(q):
    """The maps of the channel in question, image 0 and image 1."""
    return (q.a0, q.a1) if q.channel == 0 else (q.b0, q.b1)


def pixel(q):
    """The value of image 0 that is normalised."""
    return own(q)[0][q.i][q.j]


def sensible(q):
    """The mean ends after two decimals, the value lies off it."""
    values = flat(*own(q))
    return sum(values) * 4 % len(values) == 0 and variance(values) >= 1 and abs(pixel(q) - mean(values)) >= 1


@template(topics=["cnn/normalisation"], difficulty=3, minutes=7, where=sensible)
class BatchNormMaps:
    stem = r"""A mini-batch of two images passes through a batch normalisation layer in training. The layer's input $x$
    has the shape (N, C, H, W) = (2, 2, 2, {{ width }}):

    | | channel 0 | channel 1 |
    |---|---|---|
    | image 0 | ${{ a0 | latex }}$ | ${{ b0 | latex }}$ |
    | image 1 | ${{ a1 | latex }}$ | ${{ b1 | latex }}$ |

    The variance is the one that divides by the number of values. Take $\gamma = 1$, $\beta = 0$, and neglect
    $\varepsilon$. Indices start at 0."""

    width: int = one_of(2, 3)
    a0: Image = matrices(2, lambda q: q.width, -4, 6)
    b0: Image = matrices(2, lambda q: q.width, -4, 6)
    a1: Image = matrices(2, lambda q: q.width, -4, 6)
    b1: Image = matrices(2, lambda q: q.width, -4, 6)
    channel: int = integers(0, 1)
    i: int = integers(0, 1)
    j: int = integers(0, lambda q: q.width - 1)

    count = part("How many values is the mean of channel {{ channel }} taken over?", lambda q: 4 * q.width, Integer())
    count.mistake(PER_IMAGE, lambda q: 2 * q.width)
    count.mistake(PER_PIXEL, lambda q: 2)
    count.mistake(ALL_CHANNELS, lambda q: 8 * q.width)
    mu = part("The mean of channel {{ channel }} (two decimals)", lambda q: float(mean(flat(*own(q)))), Real(places=2))
    mu.mistake(PER_IMAGE, lambda q: float(mean(flat(own(q)[0]))))
    mu.mistake(PER_PIXEL, lambda q: float(mean([maps[q.i][q.j] for maps in own(q)])))
    mu.mistake(ALL_CHANNELS, lambda q: float(mean(flat(q.a0, q.a1, q.b0, q.b1))))
    var = part(
        "The variance of channel {{ channel }} (two decimals)",
        lambda q: float(variance(flat(*own(q)))),
        Real(rel=0, abs=0.01),
    )
    var.mistake(UNBIASED_VARIANCE, lambda q: float(variance(flat(*own(q)), unbiased=True)))
    var.mistake(PER_IMAGE, lambda q: float(variance(flat(own(q)[0]))))
    var.mistake(ALL_CHANNELS, lambda q: float(variance(flat(q.a0, q.a1, q.b0, q.b1))))
    y = part(
        "The output for image 0, channel {{ channel }}, row {{ i }}, column {{ j }} (two decimals)",
        lambda q: (pixel(q) - q.mu) / sqrt(q.var),
        Real(rel=0, abs=0.01),
    )
    y.mistake(VARIANCE_FOR_DEVIATION, lambda q: (pixel(q) - q.mu) / q.var)
    y.mistake(UNBIASED_VARIANCE, lambda q: (pixel(q) - q.mu) / sqrt(q.var * 4 * q.width / (4 * q.width - 1)))

    def values(q):
        """The values of the channel."""
        return flat(*own(q))

    def squares(q):
        """The sum of the squared distances from the mean."""
        return float(variance(flat(*own(q))) * 4 * q.width)

    def x(q):
        """The value that is normalised."""
        return pixel(q)

    solution = r"""Each channel has statistics of its own, taken over the images and over all pixels of their maps:
    $N\cdot H\cdot W = 2\cdot2\cdot{{ width }} = {{ count }}$ values. Those of channel {{ channel }} add up to
    ${{ values() | sum }}$, so

    $$\mu = \frac{ {{- values() | sum -}} }{ {{- count -}} } = {{ "%.2f" % mu }}.$$

    The squares of their distances from $\mu$ add up to {{ "%.2f" % squares() }}:

    $$\sigma^2 = \frac{ {{- "%.2f" % squares() -}} }{ {{- count -}} } = {{ "%.2f" % var }}.$$

    The value in question is {{ x() }}. It becomes

    $$\frac{ {{- x() }} - {{ "(%.2f)" % mu if mu < 0 else "%.2f" % mu }} }{\sqrt{ {{- "%.2f" % var -}} }}
    = {{ "%.2f" % y }}.$$"""
