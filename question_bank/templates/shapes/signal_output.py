"""A convolution along a signal: length of the output, its shape, and the layer's parameters."""

from question_bank import Misconception, Shape, integers, one_of, part, template
from question_bank.maths.shapes import conv_out, kernel_span
from question_bank.misconceptions.parameters import FORGOT_BIAS, FORGOT_INPUT_CHANNELS
from question_bank.misconceptions.shapes import (
    FORGOT_PLUS_ONE,
    IGNORED_DILATION,
    IGNORED_STRIDE,
    KEPT_INPUT_CHANNELS,
    ONE_SIDED_PADDING,
)

SQUARE_KERNEL = Misconception(
    "squared the kernel",
    r"You counted $k\cdot k$ taps. A kernel along a signal is a row of $k$ taps, not a square.",
)
LENGTH_BEFORE_CHANNELS = Misconception(
    "length before channels",
    r"You put the length before the channels. PyTorch lays out a batch of signals as signals, channels, length.",
)


@template(topics=["cnn/shapes", "cnn/parameters"], minutes=4, where=lambda q: q.channels != q.filters)
class SignalOutput:
    stem = r"""A batch of {{ batch }} recordings, each with {{ channels }} channel{{ "s" if channels > 1 }} and
    {{ length }} samples, passes through a one-dimensional convolution (`Conv1d` in PyTorch) along time: {{ filters }}
    filters with {{ k }} taps, stride {{ s }},
    {% if p %}padding {{ p }} at each end{% else %}no padding{% endif %},
    {% if d > 1 %}dilation {{ d }} (neighbouring taps lie {{ d }} samples apart){% else %}no dilation{% endif %}.
    Windows that do not fit entirely are dropped. Every filter has a bias. Tensors are laid out as signals, channels,
    length."""

    batch: int = one_of(4, 10, 16, 32)
    length: int = integers(200, 900, step=10)
    channels: int = one_of(1, 2, 6, 12)
    filters: int = one_of(8, 16, 24, 40)
    k: int = one_of(3, 5, 9, 15)
    s: int = one_of(1, 2, 4)
    p: int = integers(0, 3)
    d: int = one_of(1, 2, 3)

    def out(self, k: int, s: int) -> int:
        return conv_out(self.length, k, s, self.p)

    samples = part("Length of the output", lambda q: q.out(kernel_span(q.k, q.d), q.s))
    samples.mistake(IGNORED_DILATION, lambda q: q.out(q.k, q.s), when=lambda q: q.d > 1)
    samples.mistake(IGNORED_STRIDE, lambda q: q.out(kernel_span(q.k, q.d), 1), when=lambda q: q.s > 1)
    samples.mistake(FORGOT_PLUS_ONE, lambda q: q.samples - 1, when=lambda q: q.p == 0)
    samples.mistake(
        ONE_SIDED_PADDING,
        lambda q: conv_out(q.length + q.p, kernel_span(q.k, q.d), q.s),
        when=lambda q: conv_out(q.length + q.p, kernel_span(q.k, q.d), q.s) < q.samples,
    )
    output = part(
        "Shape of the output tensor",
        lambda q: (q.batch, q.filters, q.samples),
        Shape(("first axis", "second axis", "third axis")),
    )
    output.mistake(LENGTH_BEFORE_CHANNELS, lambda q: (q.batch, q.samples, q.filters))
    output.mistake(KEPT_INPUT_CHANNELS, lambda q: (q.batch, q.channels, q.samples))
    total = part("Parameters of the layer", lambda q: q.filters * (q.k * q.channels + 1))
    total.mistake(FORGOT_BIAS, lambda q: q.filters * q.k * q.channels)
    total.mistake(FORGOT_INPUT_CHANNELS, lambda q: q.filters * (q.k + 1), when=lambda q: q.channels > 1)
    total.mistake(SQUARE_KERNEL, lambda q: q.filters * (q.k**2 * q.channels + 1))

    solution = r"""{% if d > 1 %}The {{ k }} taps span ${{ d }}\cdot({{ k }} - 1) + 1 = {{ d * (k - 1) + 1 }}$ samples.
    The{% else %}The{% endif %} output has $\lfloor({{ length }} + 2\cdot{{ p }} - {{ d * (k - 1) + 1 }})/{{ s }}\rfloor
    + 1 = {{ samples }}$ samples.

    Each filter gives one channel, and the batch stays: $({{ output | join(", ") }})$.

    A filter has ${{ k }}\cdot{{ channels }} = {{ k * channels }}$ weights and a bias, whatever stride, padding and
    dilation: ${{ filters }}\cdot({{ k * channels }} + 1) = {{ total }}$ parameters."""
