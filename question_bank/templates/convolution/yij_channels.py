"""Write one output of a filter over several channels, bias included, as an explicit sum."""

from question_bank import Symbolic, integers, one_of, part, template
from question_bank.maths.expansions import taps, under
from question_bank.maths.shapes import conv_out
from question_bank.misconceptions.convolution import (
    BIAS_IN_SUM,
    BIAS_PER_CHANNEL,
    FIRST_CHANNEL_ONLY,
    FLIPPED_KERNEL,
    LEFT_OUT_BIAS,
)
from question_bank.misconceptions.shapes import IGNORED_STRIDE


def y(q, bias, s, channels, step=1):
    """The output with another bias, stride or number of channels; step=-1 reads the kernel's planes backwards."""
    kernel = taps(2, 2)
    pairs = list(zip(under((q.i, q.j), kernel, s), kernel[::step], strict=True))
    products = [
        f"x[{c + q.base},{m + q.base},{n + q.base}]*w[{c + q.base},{a + q.base},{b + q.base}]"
        for c in range(channels)
        for (m, n), (a, b) in pairs
    ]
    return " + ".join([*products, *[bias] * bool(bias)])


@template(topics=["cnn/definition"], difficulty=3, minutes=4, where=lambda q: q.height != q.width)
class YijChannels:
    stem = r"""A layer cross-correlates an image $x$ with {{ channels }} channels of ${{ height }}\times{{ width }}$
    pixels with filters of ${{ channels }}\times2\times2$ weights (which are not flipped), stride {{ s }}, no padding.
    Look at one filter, with weights $w$ and bias $b$; its output is $y$. Indices start at **{{ base }}** and are
    (channel, row, column) for $x$ and $w$ and (row, column) for $y$."""

    channels: int = one_of(2, 3)
    height: int = integers(3, 6)
    width: int = integers(3, 6)
    s: int = one_of(1, 2)
    base: int = one_of(0, 1)
    i: int = integers(0, lambda q: conv_out(q.height, 2, q.s) - 1)
    j: int = integers(0, lambda q: conv_out(q.width, 2, q.s) - 1)

    y_ij = part(
        "Write $y[{{ i + base }},{{ j + base }}]$ in terms of entries of $x$ and $w$, and $b$.",
        lambda q: y(q, "b", q.s, q.channels),
        Symbolic(),
    )
    y_ij.mistake(BIAS_IN_SUM, lambda q: y(q, f"{4 * q.channels}*b", q.s, q.channels))
    y_ij.mistake(BIAS_PER_CHANNEL, lambda q: y(q, f"{q.channels}*b", q.s, q.channels))
    y_ij.mistake(LEFT_OUT_BIAS, lambda q: y(q, "", q.s, q.channels))
    y_ij.mistake(FIRST_CHANNEL_ONLY, lambda q: y(q, "b", q.s, 1))
    y_ij.mistake(FLIPPED_KERNEL, lambda q: y(q, "b", q.s, q.channels, step=-1))
    y_ij.mistake(IGNORED_STRIDE, lambda q: y(q, "b", 1, q.channels), when=lambda q: q.s > 1 and q.i + q.j > 0)

    solution = r"""{% set row = s * i + base %}{% set column = s * j + base -%}
    In every channel the window has its top left corner in row {{ row }}, column {{ column }}. Each channel of the image
    meets its own plane of weights; all {{ 4 * channels }} products are added up, and then the bias, once:

    $$\begin{array}{rl} y[{{ i + base }},{{ j + base }}] =\;
    {%- for c in range(base, base + channels) %} & {{ "+\\; " if not loop.first }}
    {%- for a in range(2) -%}{%- for b in range(2) -%}
    {{ " + " if a + b }}x[{{ c }},{{ row + a }},{{ column + b }}]\,w[{{ c }},{{ base + a }},{{ base + b }}]
    {%- endfor %}{% endfor %} \\ {% endfor %} & +\; b \end{array}$$

    As text: `{{ y_ij }}`."""
