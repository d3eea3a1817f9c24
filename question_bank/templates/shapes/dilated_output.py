"""The output of a dilated convolution, and the largest dilation that fits."""

from question_bank import Misconception, Shape, integers, one_of, part, template
from question_bank.maths.shapes import conv_out, kernel_span
from question_bank.misconceptions.shapes import IGNORED_DILATION, IGNORED_PADDING, KERNEL_TIMES_DILATION

FORGOT_FIRST_TAP = Misconception(
    "counted the gaps, not the pixels",
    r"You counted the steps between the first tap and the last. The window spans one pixel more than there are steps: "
    r"with $d = 1$ it has to come out as $k$.",
)
DIVIDED_BY_K = Misconception(
    "divided by k",
    r"You looked for the largest $d$ with $k\cdot d$ not above the padded side. The $k$ taps have only $k - 1$ steps "
    r"between them: it is $d(k - 1) + 1$ that must fit.",
)
PADDING_LEFT_OUT = Misconception(
    "left the padding out of what fits",
    r"You let the kernel fit on the bare image. It slides over the **padded** image, so $2p$ pixels more are there.",
)


@template(
    topics=["cnn/shapes", "cnn/dilation"],
    difficulty=3,
    minutes=4,
    where=lambda q: q.height != q.width and kernel_span(q.k, q.d) <= min(q.height, q.width) and min(q.output) > 1,
)
class DilatedOutput:
    stem = r"""A convolution with kernels of ${{ k }}\times{{ k }}$, dilation {{ d }} (neighbouring taps lie {{ d }}
    pixels apart), stride {{ s }} and {% if p %}padding {{ p }} on each of the four sides{% else %}no
    padding{% endif %} is applied to maps that are {{ height }} pixels high and {{ width }} pixels wide. Windows that
    do not fit entirely are dropped."""

    height: int = integers(20, 64)
    width: int = integers(20, 64)
    k: int = one_of(3, 5)
    d: int = one_of(2, 3, 4)
    s: int = one_of(1, 2)
    p: int = integers(0, 3)

    def sides(self, span: int) -> tuple[int, int]:
        return conv_out(self.height, span, self.s, self.p), conv_out(self.width, span, self.s, self.p)

    span = part("How many pixels wide is the window that the kernel spans?", lambda q: kernel_span(q.k, q.d))
    span.mistake(KERNEL_TIMES_DILATION, lambda q: q.k * q.d)
    span.mistake(FORGOT_FIRST_TAP, lambda q: q.d * (q.k - 1))
    output = part("Height and width of the output", lambda q: q.sides(q.span), Shape(("height", "width")))
    output.mistake(IGNORED_DILATION, lambda q: q.sides(q.k))
    output.mistake(
        IGNORED_PADDING,
        lambda q: (conv_out(q.height, q.span, q.s), conv_out(q.width, q.span, q.s)),
        when=lambda q: q.p > 0,
    )
    largest = part(
        "The largest dilation with which this kernel still fits on the padded maps",
        lambda q: (min(q.height, q.width) + 2 * q.p - 1) // (q.k - 1),
    )
    largest.mistake(DIVIDED_BY_K, lambda q: (min(q.height, q.width) + 2 * q.p) // q.k)
    largest.mistake(
        PADDING_LEFT_OUT,
        lambda q: (min(q.height, q.width) - 1) // (q.k - 1),
        when=lambda q: q.p > 0 and (min(q.height, q.width) - 1) // (q.k - 1) != q.largest,
    )

    solution = r"""The {{ k }} taps have {{ k - 1 }} steps of {{ d }} pixels between them, so the window spans
    $d(k - 1) + 1 = {{ d }}\cdot{{ k - 1 }} + 1 = {{ span }}$ pixels. It moves like a kernel of that size:

    - height $\lfloor({{ height }} + 2\cdot{{ p }} - {{ span }})/{{ s }}\rfloor + 1 = {{ output[0] }}$
    - width $\lfloor({{ width }} + 2\cdot{{ p }} - {{ span }})/{{ s }}\rfloor + 1 = {{ output[1] }}$

    The shorter side, padded, has ${{ [height, width] | min }} + 2\cdot{{ p }} = {{ [height, width] | min + 2 * p }}$
    pixels. The kernel fits while ${{ k - 1 }}\,d + 1 \le {{ [height, width] | min + 2 * p }}$, that is up to $d =
    \lfloor{{ [height, width] | min + 2 * p - 1 }}/{{ k - 1 }}\rfloor = {{ largest }}$."""
