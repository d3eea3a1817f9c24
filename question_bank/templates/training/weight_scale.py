"""Standard deviations for the first weights of a convolution: He and Xavier."""

from math import sqrt

from question_bank import Misconception, Real, integers, one_of, part, template
from question_bank.maths.training import he_deviation, xavier_deviation

CHANNELS_ONLY = Misconception(
    "left out the size of the kernel",
    r"You took the number of channels alone. An output sums over $k\cdot k$ pixels of each input channel, so its "
    r"fan-in is $k\cdot k\cdot C$.",
)
FILTERS_FOR_CHANNELS = Misconception(
    "took the output channels for the input",
    r"You multiplied by the number of filters. Fan-in counts what goes **into** one output: $k\cdot k$ pixels of every "
    r"*input* channel.",
)
VARIANCE = Misconception(
    "variance instead of standard deviation",
    r"You gave the variance. The standard deviation is its square root.",
)
NO_GAIN = Misconception(
    "left out the factor for ReLU",
    r"You used $\sqrt{1/\text{fan-in}}$. ReLU sets about half of the values to 0; the factor 2 under the root makes up "
    r"for it.",
)
FAN_IN_ONLY = Misconception(
    "used the fan-in only",
    r"You used the fan-in alone. Xavier's rule is a compromise between forward and backward and has fan-in **plus** "
    r"fan-out below.",
)


@template(topics=["cnn/training"], difficulty=2, minutes=4, where=lambda q: q.channels != q.filters)
class WeightScale:
    stem = r"""A convolution has {{ filters }} filters of ${{ k }}\times{{ k }}$ over {{ channels }} input
    channel{{ "s" if channels > 1 }}, without groups. Its first weights are drawn from a normal distribution with mean
    0.

    - He: standard deviation $\sqrt{2/\text{fan-in}}$
    - Xavier: standard deviation $\sqrt{2/(\text{fan-in} + \text{fan-out})}$

    Fan-in is the number of values that one output is computed from, fan-out the number of outputs that one input value
    takes part in (stride 1, far from the edges). Give standard deviations to three significant figures."""

    k: int = one_of(3, 5, 7)
    channels: int = one_of(1, 3, 16, 32, 48, 64, 96, 128)
    filters: int = integers(16, 256, 16)

    fan_in = part("The fan-in", lambda q: q.k**2 * q.channels)
    fan_in.mistake(CHANNELS_ONLY, lambda q: q.channels)
    fan_in.mistake(FILTERS_FOR_CHANNELS, lambda q: q.k**2 * q.filters)
    he = part("He's standard deviation", lambda q: he_deviation(q.fan_in), Real(figures=3))
    he.mistake(VARIANCE, lambda q: 2 / q.fan_in)
    he.mistake(NO_GAIN, lambda q: sqrt(1 / q.fan_in))
    fan_out = part("The fan-out", lambda q: q.k**2 * q.filters)
    fan_out.mistake(
        Misconception(
            "left out the size of the kernel in the fan-out",
            r"You took the number of filters alone. A pixel lies under each of the $k\cdot k$ weights of every filter "
            r"once, so it takes part in $k\cdot k\cdot K$ outputs.",
        ),
        lambda q: q.filters,
    )
    xavier = part("Xavier's standard deviation", lambda q: xavier_deviation(q.fan_in, q.fan_out), Real(figures=3))
    xavier.mistake(VARIANCE, lambda q: 2 / (q.fan_in + q.fan_out))
    xavier.mistake(FAN_IN_ONLY, lambda q: sqrt(1 / q.fan_in))

    solution = r"""An output is computed from ${{ k }}\cdot{{ k }}$ pixels of {{ channels }}
    channel{{ "s" if channels > 1 }}: fan-in ${{ k }}\cdot{{ k }}\cdot{{ channels }} = {{ fan_in }}$. He:
    $\sqrt{2/{{ fan_in }}} = {{ "%#.3g" % he }}$.

    A pixel lies under each of the ${{ k }}\cdot{{ k }}$ weights of each of the {{ filters }} filters once: fan-out
    ${{ k }}\cdot{{ k }}\cdot{{ filters }} = {{ fan_out }}$. Xavier:

    $$\sqrt{\frac{2}{ {{- fan_in }} + {{ fan_out -}} }} = {{ "%#.3g" % xavier }}$$"""
