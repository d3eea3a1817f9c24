"""Rows and columns at the border that no window of a convolution reads."""

from question_bank import Misconception, Shape, Vector, integers, one_of, part, template
from question_bank.maths.shapes import conv_out
from question_bank.misconceptions.shapes import FORGOT_PLUS_ONE, ONE_SIDED_PADDING

ALL_READ = Misconception(
    "took the windows to cover everything",
    r"You took every row and column to be read. Where the stride does not divide $n + 2p - k$, the last window stops "
    r"short of the border and the rest is never looked at.",
)
REMAINDER_OF_SIDE = Misconception(
    "remainder of the side by the stride",
    r"You divided the side of the image by the stride. The first window already takes $k$ pixels, and only what is "
    r"left of the padded side is walked in steps of $s$: take the remainder of $n + 2p - k$.",
)
WHOLE_STRIDE = Misconception(
    "a whole stride more",
    r"You added a whole stride. Rows and columns that are left over count towards the next window: only what is "
    r"missing to the stride has to be added.",
)
REST_AGAIN = Misconception(
    "gave what is left over",
    r"You gave what is left over. That is already there: what is missing is the rest up to a whole stride.",
)
COUNTED_PADDING = Misconception(
    "counted rows of padding",
    r"You counted rows or columns of padding as pixels of the image. The border that is not read starts with the "
    r"padding; only what is left after that belongs to the image.",
)


@template(
    topics=["cnn/shapes"],
    difficulty=3,
    minutes=5,
    where=lambda q: q.height != q.width and q.s <= q.k and q.p <= q.k // 2 and sum(q.rest) > 0,
)
class UnusedPixels:
    stem = r"""A convolution with kernels of ${{ k }}\times{{ k }}$, stride {{ s }} and {% if p %}padding {{ p }} on
    each of the four sides{% else %}no padding{% endif %} is applied to an image that is {{ height }} pixels high and
    {{ width }} pixels wide. The first window lies in the top left corner of the
    {% if p %}padded {% endif %}image; a window that does not fit entirely is dropped."""

    height: int = integers(20, 99)
    width: int = integers(20, 99)
    k: int = one_of(3, 5, 7)
    s: int = one_of(2, 3, 4)
    p: int = integers(0, 2)

    @property
    def rest(self) -> tuple[int, int]:
        return (self.height + 2 * self.p - self.k) % self.s, (self.width + 2 * self.p - self.k) % self.s

    output = part(
        "Height and width of the output",
        lambda q: (conv_out(q.height, q.k, q.s, q.p), conv_out(q.width, q.k, q.s, q.p)),
        Shape(("height", "width")),
    )
    output.mistake(
        FORGOT_PLUS_ONE, lambda q: (conv_out(q.height, q.k, q.s, q.p) - 1, conv_out(q.width, q.k, q.s, q.p) - 1)
    )
    output.mistake(
        ONE_SIDED_PADDING,
        lambda q: (conv_out(q.height + q.p, q.k, q.s), conv_out(q.width + q.p, q.k, q.s)),
        when=lambda q: q.p > 0,
    )
    unread = part(
        "How many rows at the bottom and columns on the right of the image (not counting padding) does no window read?",
        lambda q: (
            max(q.height + q.p - (q.output[0] - 1) * q.s - q.k, 0),
            max(q.width + q.p - (q.output[1] - 1) * q.s - q.k, 0),
        ),
        Vector(names=("rows", "columns")),
    )
    unread.mistake(ALL_READ, lambda q: (0, 0), when=lambda q: sum(q.unread) > 0)
    unread.mistake(COUNTED_PADDING, lambda q: q.rest, when=lambda q: q.p > 0)
    unread.mistake(
        REMAINDER_OF_SIDE,
        lambda q: (q.height % q.s, q.width % q.s),
        when=lambda q: (q.height % q.s, q.width % q.s) not in ((0, 0), q.rest, q.unread),
    )
    missing = part(
        "How many rows and columns would the image need in addition, at least, for the output to have one row and one "
        "column more?",
        lambda q: (
            q.output[0] * q.s + q.k - q.height - 2 * q.p,
            q.output[1] * q.s + q.k - q.width - 2 * q.p,
        ),
        Vector(names=("rows", "columns")),
    )
    missing.mistake(WHOLE_STRIDE, lambda q: (q.s, q.s))
    missing.mistake(REST_AGAIN, lambda q: q.rest, when=lambda q: q.missing not in (q.rest, (q.s, q.s)))

    solution = r"""The output is $\lfloor({{ height }} + 2\cdot{{ p }} - {{ k }})/{{ s }}\rfloor + 1 = {{ output[0] }}$
    high and $\lfloor({{ width }} + 2\cdot{{ p }} - {{ k }})/{{ s }}\rfloor + 1 = {{ output[1] }}$ wide: the shape is
    ${{ output | join("\\times") }}$.

    The windows of a side start {{ s }} apart and the last is {{ k }} long. Together they cover

    - $({{ output[0] }} - 1)\cdot{{ s }} + {{ k }} = {{ (output[0] - 1) * s + k }}$ of the ${{ height }} + 2\cdot{{ p }}
      = {{ height + 2 * p }}$ rows: {{ rest[0] }} left,
    - $({{ output[1] }} - 1)\cdot{{ s }} + {{ k }} = {{ (output[1] - 1) * s + k }}$ of the ${{ width }} + 2\cdot{{ p }}
      = {{ width + 2 * p }}$ columns: {{ rest[1] }} left.

    {% if p %}The last {{ p }} of the rows and of the columns {{ "are" if p > 1 else "is" }} padding. Of the image
    itself no window reads{% else %}There is no padding, so no window reads{% endif %} {{ unread[0] }}
    row{{ "s" if unread[0] != 1 }} and {{ unread[1] }} column{{ "s" if unread[1] != 1 }}.

    A further window starts {{ s }} later, and what is left over is already there. So ${{ s }} - {{ rest[0] }} =
    {{ missing[0] }}$ row{{ "s" if missing[0] != 1 }} and ${{ s }} - {{ rest[1] }} = {{ missing[1] }}$
    column{{ "s" if missing[1] != 1 }} have to be added."""
