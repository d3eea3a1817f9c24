"""The output of a pooling layer, rounded down and with PyTorch's ceil_mode."""

from question_bank import Misconception, Shape, integers, one_of, part, template
from question_bank.maths.shapes import conv_out, pool_out
from question_bank.misconceptions.shapes import IGNORED_STRIDE, MERGED_CHANNELS, ROUNDED_DOWN, ROUNDED_UP

KEPT_OUTSIDE_WINDOW = Misconception(
    "kept a window that starts in the padding",
    r"You rounded up and stopped there. A last window that would start in the padding at the bottom or on the right "
    r"sees no pixel at all; PyTorch drops it again.",
)


@template(
    topics=["cnn/shapes", "cnn/pooling"],
    difficulty=3,
    minutes=5,
    where=lambda q: q.height != q.width and q.s <= q.k and 2 * q.p <= q.k and q.rounded(q.s) != q.floor,
)
class PoolRounding:
    stem = r"""A volume that is {{ height }} pixels high and {{ width }} pixels wide, with {{ channels }} channels,
    is max-pooled with windows of ${{ k }}\times{{ k }}$ and stride {{ s }},
    {% if p %}after padding by {{ p }} pixel on each of the four sides{% else %}without padding{% endif %}.

    - `ceil_mode=False`: a window that does not fit entirely is dropped.
    - `ceil_mode=True`: the division is rounded up, so that a last window may reach beyond the border. A window that
      would *start* in the padding on the right or at the bottom, or further out, is dropped all the same (PyTorch's
      rule).

    Give shapes as height, width, channels."""

    height: int = integers(15, 120)
    width: int = integers(15, 120)
    channels: int = one_of(16, 24, 48, 64, 96)
    k: int = one_of(2, 3, 4)
    s: int = one_of(2, 3)
    p: int = integers(0, 1)

    def rounded(self, s: int) -> tuple[int, int, int]:
        """The shape where every division is rounded up and no window is dropped."""
        height, width = (-((self.k - n - 2 * self.p) // s) + 1 for n in (self.height, self.width))
        return height, width, self.channels

    floor = part(
        "Shape with `ceil_mode=False`",
        lambda q: (conv_out(q.height, q.k, q.s, q.p), conv_out(q.width, q.k, q.s, q.p), q.channels),
        Shape(),
    )
    floor.mistake(ROUNDED_UP, lambda q: q.rounded(q.s))
    floor.mistake(IGNORED_STRIDE, lambda q: q.rounded(1))
    floor.mistake(MERGED_CHANNELS, lambda q: (*q.floor[:2], 1))
    ceiling = part(
        "Shape with `ceil_mode=True`",
        lambda q: (pool_out(q.height, q.k, q.s, q.p, True), pool_out(q.width, q.k, q.s, q.p, True), q.channels),
        Shape(),
    )
    ceiling.mistake(
        ROUNDED_DOWN,
        lambda q: (conv_out(q.height, q.k, q.s, q.p), conv_out(q.width, q.k, q.s, q.p), q.channels),
        when=lambda q: q.ceiling != q.floor,
    )
    ceiling.mistake(KEPT_OUTSIDE_WINDOW, lambda q: q.rounded(q.s), when=lambda q: q.ceiling != q.rounded(q.s))

    solution = r"""The divisions are

    - height: $({{ height }} + 2\cdot{{ p }} - {{ k }})/{{ s }} = {{ height + 2 * p - k }}/{{ s }}
      {%- if (height + 2 * p - k) % s %} \approx{% else %} ={% endif %}
      {{ "%.4g" % ((height + 2 * p - k) / s) }}$
    - width: $({{ width }} + 2\cdot{{ p }} - {{ k }})/{{ s }} = {{ width + 2 * p - k }}/{{ s }}
      {%- if (width + 2 * p - k) % s %} \approx{% else %} ={% endif %}
      {{ "%.4g" % ((width + 2 * p - k) / s) }}$

    Pooling looks at each channel on its own, so there are {{ channels }} channels in any case.

    Rounded down, plus 1: ${{ floor | join("\\times") }}$.

    Rounded up, plus 1: ${{ rounded(s) | join("\\times") }}$.
    {%- if p %} The last window of a side must start before pixel $n + p$ of the padded side (counted from 0), else it
    sees no pixel of the image. Along the height it would start at $({{ rounded(s)[0] }} - 1)\cdot{{ s }} =
    {{ (rounded(s)[0] - 1) * s }}$, which is
    {{ "less than" if (rounded(s)[0] - 1) * s < height + p else "not less than" }} ${{ height }} + {{ p }} =
    {{ height + p }}$: it is {{ "kept" if (rounded(s)[0] - 1) * s < height + p else "dropped" }}. Along the width it
    would start at $({{ rounded(s)[1] }} - 1)\cdot{{ s }} = {{ (rounded(s)[1] - 1) * s }}$, which is
    {{ "less than" if (rounded(s)[1] - 1) * s < width + p else "not less than" }} ${{ width }} + {{ p }} =
    {{ width + p }}$: it is {{ "kept" if (rounded(s)[1] - 1) * s < width + p else "dropped" }}.
    {%- else %} Without padding the last window always starts on the image, so none is dropped.{% endif %}

    With `ceil_mode=True` the output is ${{ ceiling | join("\\times") }}$."""
