"""One filter over an image with several channels, by hand: sums over channels, bias added once."""

from question_bank import Matrix, figures, matrices, one_of, part, template
from question_bank.maths.images import Image, correlate_channels, cross_correlate, flip, window, written_out
from question_bank.misconceptions.convolution import (
    BIAS_IN_SUM,
    BIAS_PER_CHANNEL,
    FIRST_CHANNEL_ONLY,
    FLIPPED_KERNEL,
    LEFT_OUT_BIAS,
)

NAMES = {1: ("",), 2: ("first", "second"), 3: ("red", "green", "blue")}


def planes(stacked, channels):
    """The channels of an image whose channels were drawn one below the other."""
    height = len(stacked) // channels
    return tuple(stacked[c * height : (c + 1) * height] for c in range(channels))


def response(q, bias, turn=lambda kernel: kernel):
    """The output with another bias, or with turned kernels."""
    return correlate_channels(q.x(), [turn(w) for w in q.w()], bias)


def humane(q):
    """No plane of weights is empty or the same when it is turned."""
    return all(2 <= sum(e != 0 for row in w for e in row) <= 3 and w != flip(w) for w in q.w())


@template(topics=["cnn/definition"], difficulty=3, minutes=5, where=humane)
class ChannelsAndBias:
    stem = r"""An image with {{ channels }} channels enters a convolutional layer. One of its filters has a
    $2\times2$ plane of weights for each channel and the bias $b = {{ bias }}$. The layer cross-correlates (nothing is
    flipped) with stride 1 and no padding.

    {% for c in range(channels) -%}
    $$x_{\text{ {{- names()[c] -}} } } = {{ x()[c] | latex }} \qquad
    w_{\text{ {{- names()[c] -}} } } = {{ w()[c] | latex }}$$

    {% endfor %}"""

    channels: int = one_of(2, 3)
    image: Image = matrices(lambda q: 3 * q.channels, lambda q: 6 - q.channels, 0, 4)
    kernels: Image = matrices(lambda q: 2 * q.channels, 2, -2, 2)
    bias: int = one_of(-5, -4, -3, -2, 2, 3, 4, 5)

    def figure(q):
        """Each channel and its plane of weights, the first window marked."""
        panels = []
        for name, x, w in zip(q.names(), q.x(), q.w(), strict=True):
            panels += [figures.grid(x, f"x, {name}", [(0, 0, 2, 2)]), "⋆", figures.grid(w, "w"), "+"]
        return figures.grids(*panels, "b")

    first = part(
        "What does the first channel contribute, before anything is added?",
        lambda q: cross_correlate(q.x()[0], q.w()[0]),
        Matrix(),
    )
    first.mistake(FLIPPED_KERNEL, lambda q: cross_correlate(q.x()[0], flip(q.w()[0])))
    output = part("The filter's output", lambda q: response(q, q.bias), Matrix(), points=2)
    output.mistake(BIAS_IN_SUM, lambda q: response(q, 4 * q.channels * q.bias))
    output.mistake(BIAS_PER_CHANNEL, lambda q: response(q, q.channels * q.bias))
    output.mistake(LEFT_OUT_BIAS, lambda q: response(q, 0))
    output.mistake(FIRST_CHANNEL_ONLY, lambda q: correlate_channels(q.x()[:1], q.w()[:1], q.bias))
    output.mistake(FLIPPED_KERNEL, lambda q: response(q, q.bias, flip))

    def names(q):
        """What the channels are called."""
        return NAMES[q.channels]

    def x(q):
        """The channels of the image."""
        return planes(q.image, q.channels)

    def w(q):
        """The planes of weights."""
        return planes(q.kernels, q.channels)

    def parts(q):
        """What each channel contributes."""
        return [cross_correlate(x, w) for x, w in zip(q.x(), q.w(), strict=True)]

    def products(q):
        """The sums behind the first entry, a channel each."""
        return [written_out(window(x, 0, 0, 2), w) for x, w in zip(q.x(), q.w(), strict=True)]

    def sign(q):
        """The bias with its sign, to be added."""
        return f"+ {q.bias}" if q.bias > 0 else f"- {-q.bias}"

    solution = r"""Each plane of weights is laid on its own channel:

    $${% for part in parts() %}{{ part | latex }}{{ ",\\quad " if not loop.last }}{% endfor %}$$

    The first of these is the contribution of the first channel, ${{ first | latex }}$. The contributions are added up
    entry by entry, and then the bias is added, **once**. For the top left entry (weights of 0 left out, a
    bracket for each channel):

    $${% for sum in products() %}({{ sum }}){{ " + " if not loop.last }}{% endfor %} {{ sign() }} = {{ output[0][0] }}$$

    One filter gives one map, whatever the number of channels:

    $$y = {{ output | latex }}$$"""
