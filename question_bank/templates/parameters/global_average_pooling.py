"""Global average pooling in place of flattening, before the last fully connected layer."""

from question_bank import Misconception, Real, figures, integers, one_of, part, template
from question_bank.maths.parameters import dense_params
from question_bank.misconceptions.parameters import FORGOT_DENSE_BIAS, THOUSANDS_FOR_MILLIONS

PIXELS_KEPT = Misconception(
    "kept the pixels",
    r"You kept the pixels of the maps. Global average pooling replaces each map by its mean: one number per channel is "
    r"left.",
)
CHANNELS_AVERAGED = Misconception(
    "averaged over the channels",
    r"You averaged over the channels. The mean is taken over the **pixels** of each map; the channels stay.",
)
CHANNELS_ONLY = Misconception(
    "one input per channel",
    r"You gave the layer one input per channel. Flattening keeps every pixel of every map: $H\cdot W\cdot C$ inputs.",
)
AVERAGE_HAS_WEIGHTS = Misconception(
    "gave the pooling weights",
    r"You counted a weight per pixel for the averaging. All pixels count the same there, and nothing is learned.",
)


@template(topics=["cnn/parameters", "cnn/pooling"], minutes=4, where=lambda q: q.height != q.width)
class GlobalAveragePooling:
    stem = r"""The last maps of a network are {{ height }} pixels high and {{ width }} pixels wide, with {{ channels }}
    channels. A fully connected layer with biases gives a value for each of {{ classes }} classes. Either the maps are
    flattened before it, or global average pooling replaces each map by the mean of its pixels."""

    height: int = integers(5, 16)
    width: int = integers(5, 16)
    channels: int = one_of(256, 384, 512, 768, 1024, 2048)
    classes: int = one_of(100, 200, 365, 500, 1000)

    def figure(q):
        maps = ("last maps", (q.height, q.width, q.channels))
        return figures.stacks(maps, "flattening or averaging", ("", None), "fully connected", ("", (q.classes,)))

    flattened = part(
        "Parameters of the fully connected layer after flattening",
        lambda q: dense_params(q.height * q.width * q.channels, q.classes),
    )
    flattened.mistake(FORGOT_DENSE_BIAS, lambda q: q.height * q.width * q.channels * q.classes)
    flattened.mistake(CHANNELS_ONLY, lambda q: dense_params(q.channels, q.classes))
    inputs = part("Inputs of the fully connected layer after global average pooling", lambda q: q.channels)
    inputs.mistake(PIXELS_KEPT, lambda q: q.height * q.width * q.channels)
    inputs.mistake(CHANNELS_AVERAGED, lambda q: q.height * q.width)
    averaged = part(
        "Parameters of the fully connected layer after global average pooling",
        lambda q: dense_params(q.inputs, q.classes),
    )
    averaged.mistake(FORGOT_DENSE_BIAS, lambda q: q.channels * q.classes)
    averaged.mistake(AVERAGE_HAS_WEIGHTS, lambda q: dense_params(q.channels, q.classes) + q.height * q.width)
    saved = part(
        "How many **millions** of parameters does global average pooling save? (two decimals)",
        lambda q: (q.flattened - q.averaged) / 10**6,
        Real(rel=0, abs=0.006),
    )
    saved.mistake(THOUSANDS_FOR_MILLIONS, lambda q: (q.flattened - q.averaged) / 1000)

    solution = r"""A fully connected layer with $n$ inputs and $m$ outputs has $(n + 1)\cdot m$ parameters.

    - flattened: ${{ height }}\cdot{{ width }}\cdot{{ channels }} = {{ height * width * channels }}$ inputs, so
      $({{ height * width * channels }} + 1)\cdot{{ classes }} = {{ flattened }}$
    - averaged: one number per channel, {{ inputs }} inputs, so $({{ inputs }} + 1)\cdot{{ classes }} = {{ averaged }}$;
      the averaging itself learns nothing

    That saves ${{ flattened }} - {{ averaged }} = {{ flattened - averaged }}$ parameters, {{ "%.2f" % saved }}
    million."""
