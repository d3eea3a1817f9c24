"""TensorFlow's "same" padding, which need not be the same on both sides."""

from question_bank import Misconception, Shape, Vector, integers, one_of, part, template
from question_bank.maths.shapes import same_padding
from question_bank.misconceptions.shapes import IGNORED_STRIDE

ROUNDED_SIDE_DOWN = Misconception(
    "rounded n/s down",
    r"You rounded $n/s$ down. With `same` every pixel is to be covered: the last window may need padding, but it is "
    r"not dropped, so $n/s$ is rounded **up**.",
)
STRIDE_ONE_TOTAL = Misconception(
    "k − 1 zeros, as for stride 1",
    r"You took $k - 1$ zeros, which is right for stride 1 only. With a larger stride the last window starts earlier: "
    r"it needs $(\lceil n/s\rceil - 1)\cdot s + k$ pixels in all.",
)
EXTRA_ZERO_FIRST = Misconception(
    "the odd zero before, not after",
    r"You put the odd row or column of zeros at the top or on the left. TensorFlow puts it at the bottom or on the "
    r"right.",
)
SYMMETRIC_HALVES = Misconception(
    "equal padding on both sides",
    r"You padded both sides alike. An odd number of zeros cannot be shared equally: one side gets one more.",
)


@template(
    topics=["cnn/shapes"],
    difficulty=4,
    minutes=6,
    where=lambda q: q.height != q.width and q.s <= q.k and min(q.zeros) > 0 and (q.zeros[0] % 2 or q.zeros[1] % 2),
)
class SamePaddingUneven:
    stem = r"""In TensorFlow a convolution with `padding="same"` and stride $s$ makes $\lceil n/s\rceil$ windows of a
    side of $n$ pixels. It adds as many zeros as the last window needs, and no more: half of them before the side and
    half after it. Where their number is odd, the odd one goes **after** (at the bottom, on the right).

    Here the input is {{ height }} pixels high and {{ width }} pixels wide, the kernel is ${{ k }}\times{{ k }}$ and
    the stride is {{ s }}."""

    height: int = integers(11, 64)
    width: int = integers(11, 64)
    k: int = one_of(2, 3, 4, 5, 6)
    s: int = one_of(1, 2, 3)

    @property
    def zeros(self) -> tuple[int, int]:
        """The zeros along the height and along the width."""
        return sum(same_padding(self.height, self.k, self.s)), sum(same_padding(self.width, self.k, self.s))

    output = part(
        "Height and width of the output",
        lambda q: (-(-q.height // q.s), -(-q.width // q.s)),
        Shape(("height", "width")),
    )
    output.mistake(
        ROUNDED_SIDE_DOWN,
        lambda q: (q.height // q.s, q.width // q.s),
        when=lambda q: q.height % q.s or q.width % q.s,
    )
    output.mistake(IGNORED_STRIDE, lambda q: (q.height, q.width), when=lambda q: q.s > 1)
    total = part(
        "How many rows of zeros are added in all?",
        lambda q: max((q.output[0] - 1) * q.s + q.k - q.height, 0),
    )
    total.mistake(STRIDE_ONE_TOTAL, lambda q: q.k - 1, when=lambda q: q.zeros[0] != q.k - 1)
    vertical = part(
        "Rows of zeros at the top and at the bottom",
        lambda q: (q.total // 2, q.total - q.total // 2),
        Vector(names=("top", "bottom")),
    )
    vertical.mistake(EXTRA_ZERO_FIRST, lambda q: (q.total - q.total // 2, q.total // 2), when=lambda q: q.zeros[0] % 2)
    vertical.mistake(SYMMETRIC_HALVES, lambda q: (q.total - q.total // 2,) * 2, when=lambda q: q.zeros[0] % 2)
    horizontal = part(
        "Columns of zeros on the left and on the right",
        lambda q: same_padding(q.width, q.k, q.s),
        Vector(names=("left", "right")),
    )
    horizontal.mistake(EXTRA_ZERO_FIRST, lambda q: same_padding(q.width, q.k, q.s)[::-1], when=lambda q: q.zeros[1] % 2)
    horizontal.mistake(
        SYMMETRIC_HALVES, lambda q: (same_padding(q.width, q.k, q.s)[1],) * 2, when=lambda q: q.zeros[1] % 2
    )

    solution = r"""The output is $\lceil{{ height }}/{{ s }}\rceil = {{ output[0] }}$ high and
    $\lceil{{ width }}/{{ s }}\rceil = {{ output[1] }}$ wide.

    - Height: {{ output[0] }} windows span $({{ output[0] }} - 1)\cdot{{ s }} + {{ k }} = {{ (output[0] - 1) * s + k }}$
      rows. There are {{ height }}, so {{ total }} row{{ "s are" if total != 1 else " is" }} missing: {{ vertical[0] }}
      at the top, {{ vertical[1] }} at the bottom.
    - Width: {{ output[1] }} windows span $({{ output[1] }} - 1)\cdot{{ s }} + {{ k }} =
      {{ (output[1] - 1) * s + k }}$ columns. There are {{ width }}, so {{ zeros[1] }}
      column{{ "s are" if zeros[1] != 1 else " is" }} missing: {{ horizontal[0] }} on the left, {{ horizontal[1] }} on
      the right."""
