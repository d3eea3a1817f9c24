"""A convolution whose kernel, stride and padding differ between height and width."""

from question_bank import Misconception, integers, one_of, part, template
from question_bank.maths.shapes import conv_out
from question_bank.misconceptions.parameters import FORGOT_BIAS, FORGOT_INPUT_CHANNELS
from question_bank.misconceptions.shapes import ONE_SIDED_PADDING

WIDTH_FIRST = Misconception(
    "took width before height",
    r"You took the first number of each pair for the width. Pairs are given as height × width, like the rows and "
    r"columns of a matrix.",
)
FIRST_FOR_BOTH = Misconception(
    "took the first number for both sides",
    r"You took the numbers of the height for the width too. The second number of each pair belongs to the width.",
)
SQUARE_KERNEL = Misconception(
    "squared one side of the kernel",
    r"You counted a square kernel. This one has height times width weights for each input channel.",
)


@template(
    topics=["cnn/shapes", "cnn/parameters"],
    minutes=4,
    where=lambda q: (
        q.height != q.width
        and q.kh != q.kw
        and (q.sh, q.ph) != (q.sw, q.pw)
        and q.ph <= q.kh // 2
        and q.pw <= q.kw // 2
        and q.filters != q.channels
    ),
)
class RectangularKernel:
    stem = r"""Spectrograms that are {{ height }} pixels high and {{ width }} pixels wide, with {{ channels }}
    channel{{ "s" if channels > 1 }}, pass through a convolutional layer with {{ filters }} filters. Pairs are given as
    height, width: the kernel is $({{ kh }}, {{ kw }})$, the stride $({{ sh }}, {{ sw }})$, and the padding on each
    side $({{ ph }}, {{ pw }})$, that is {{ ph }} at the top and at the bottom, {{ pw }} on the left and on the right.
    Windows that do not fit entirely are dropped. Every filter has a bias."""

    height: int = integers(24, 80)
    width: int = integers(40, 120)
    channels: int = one_of(1, 2, 4, 8)
    filters: int = one_of(6, 10, 12, 16)
    kh: int = one_of(1, 3, 5, 7)
    kw: int = one_of(1, 3, 5, 7)
    sh: int = one_of(1, 2)
    sw: int = one_of(1, 2, 3)
    ph: int = integers(0, 2)
    pw: int = integers(0, 3)

    rows = part("Height of the output", lambda q: conv_out(q.height, q.kh, q.sh, q.ph))
    rows.mistake(WIDTH_FIRST, lambda q: conv_out(q.height, q.kw, q.sw, q.pw), when=lambda q: q.swapped != q.rows)
    rows.mistake(
        ONE_SIDED_PADDING,
        lambda q: conv_out(q.height + q.ph, q.kh, q.sh),
        when=lambda q: q.ph > 0 and conv_out(q.height + q.ph, q.kh, q.sh) not in (q.rows, q.swapped),
    )
    columns = part("Width of the output", lambda q: conv_out(q.width, q.kw, q.sw, q.pw))
    columns.mistake(FIRST_FOR_BOTH, lambda q: conv_out(q.width, q.kh, q.sh, q.ph), when=lambda q: q.first != q.columns)
    columns.mistake(
        ONE_SIDED_PADDING,
        lambda q: conv_out(q.width + q.pw, q.kw, q.sw),
        when=lambda q: q.pw > 0 and conv_out(q.width + q.pw, q.kw, q.sw) not in (q.columns, q.first),
    )
    total = part("Parameters of the layer", lambda q: q.filters * (q.kh * q.kw * q.channels + 1))
    total.mistake(FORGOT_BIAS, lambda q: q.filters * q.kh * q.kw * q.channels)
    total.mistake(FORGOT_INPUT_CHANNELS, lambda q: q.filters * (q.kh * q.kw + 1), when=lambda q: q.channels > 1)
    total.mistake(SQUARE_KERNEL, lambda q: q.filters * (q.kh**2 * q.channels + 1))

    @property
    def swapped(self) -> int:
        return conv_out(self.height, self.kw, self.sw, self.pw)

    @property
    def first(self) -> int:
        return conv_out(self.width, self.kh, self.sh, self.ph)

    solution = r"""Each side goes by its own numbers, $\lfloor(n + 2p - k)/s\rfloor + 1$:

    - height $\lfloor({{ height }} + 2\cdot{{ ph }} - {{ kh }})/{{ sh }}\rfloor + 1 = {{ rows }}$
    - width $\lfloor({{ width }} + 2\cdot{{ pw }} - {{ kw }})/{{ sw }}\rfloor + 1 = {{ columns }}$

    A filter has ${{ kh }}\cdot{{ kw }}\cdot{{ channels }} = {{ kh * kw * channels }}$ weights and a bias; stride and
    padding do not matter. In all: ${{ filters }}\cdot({{ kh * kw * channels }} + 1) = {{ total }}$."""
