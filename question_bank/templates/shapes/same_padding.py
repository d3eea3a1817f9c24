"""The padding that keeps height and width, for an odd kernel with dilation."""

from question_bank import Misconception, integers, one_of, part, template
from question_bank.maths.shapes import conv_out, kernel_span
from question_bank.misconceptions.shapes import IGNORED_DILATION, IGNORED_PADDING, KERNEL_TIMES_DILATION

TOTAL_PADDING = Misconception(
    "gave both sides together",
    r"You gave the zeros of both sides together. What is lost at the borders is made up for by **both** sides, so each "
    r"gets half of it.",
)
ROUNDED_HALF_UP = Misconception(
    "half the window, rounded up",
    r"You took half of the window and rounded up. Only the pixels beside the middle one stick out at the border, and "
    r"half of them on each side: subtract 1 before you halve.",
)
HALVED = Misconception(
    "half the side, rounded down",
    r"You halved the side of the image and rounded down. With this padding the first window has its middle on the "
    r"first pixel, the next on the third, and so on: an odd number of pixels gives one window more than half of them, "
    r"rounded down.",
)


@template(topics=["cnn/shapes"], minutes=3, where=lambda q: q.n > 2 * kernel_span(q.k, q.d))
class SamePadding:
    stem = r"""A convolution with kernels of ${{ k }}\times{{ k }}$, dilation {{ d }}
    {%- if d == 1 %} (the taps are neighbours){% else %} (neighbouring taps lie {{ d }} pixels apart){% endif %} and
    stride 1 is to keep the height and width of ${{ n }}\times{{ n }}$ maps. It pads with the same number of zeros on
    each of the four sides. Windows that do not fit entirely are dropped."""

    n: int = integers(33, 97)
    k: int = one_of(3, 5, 7)
    d: int = one_of(1, 2, 3, 4)

    span = part("How many pixels wide is the window that the kernel spans?", lambda q: kernel_span(q.k, q.d))
    span.mistake(IGNORED_DILATION, lambda q: q.k, when=lambda q: q.d > 1)
    span.mistake(KERNEL_TIMES_DILATION, lambda q: q.k * q.d, when=lambda q: q.d > 1)
    padding = part("Padding on each side", lambda q: (q.span - 1) // 2)
    padding.mistake(TOTAL_PADDING, lambda q: q.span - 1)
    padding.mistake(IGNORED_DILATION, lambda q: (q.k - 1) // 2, when=lambda q: q.d > 1)
    padding.mistake(ROUNDED_HALF_UP, lambda q: (q.span + 1) // 2, when=lambda q: q.span > 3)
    strided = part(
        "Side of the output where the layer keeps this padding but has stride 2",
        lambda q: conv_out(q.n, kernel_span(q.k, q.d), 2, q.padding),
    )
    strided.mistake(IGNORED_PADDING, lambda q: conv_out(q.n, kernel_span(q.k, q.d), 2))
    strided.mistake(HALVED, lambda q: q.n // 2, when=lambda q: q.n % 2)

    solution = r"""The {{ k }} taps have {{ k - 1 }} steps between them, each of {{ d }} pixel{{ "s" if d > 1 }}:
    the window spans ${{ d }}\cdot({{ k }} - 1) + 1 = {{ span }}$ pixels.

    With stride 1 a side of $n$ becomes $n + 2p - {{ span }} + 1$. That is $n$ where $2p = {{ span }} - 1 =
    {{ span - 1 }}$, hence $p = {{ padding }}$ on each side.

    With stride 2: $\lfloor({{ n }} + 2\cdot{{ padding }} - {{ span }})/2\rfloor + 1 =
    \lfloor{{ n + 2 * padding - span }}/2\rfloor + 1 = {{ strided }}$."""
