"""Backwards: which input sizes give this output?"""

from question_bank import Interval, Misconception, integers, one_of, part, template
from question_bank.maths.shapes import input_range
from question_bank.misconceptions.shapes import IGNORED_PADDING

ONLY_SMALLEST = Misconception(
    "gave the smallest size only",
    r"You gave one size. The division is rounded down, so up to $s - 1$ pixels more change nothing: they are too few "
    r"for a further window.",
)
OUTPUTS_FOR_STEPS = Misconception(
    "as many steps as outputs",
    r"You counted a step for every output. The first window needs no step: from the first to the last it is one step "
    r"fewer than there are outputs.",
)
DOUBLED_ENDS = Misconception(
    "doubled both ends",
    r"You doubled both ends. At the upper end one pixel more is left over by the pooling and changes nothing.",
)
DIFFERENCE_OF_ENDS = Misconception(
    "difference of the ends",
    r"You subtracted the ends. Both belong to the range, so there is one size more: from 5 to 7 there are 3 numbers.",
)


@template(
    topics=["cnn/shapes"],
    difficulty=3,
    minutes=5,
    where=lambda q: q.s <= q.k and q.p <= q.k // 2,
)
class InputRange:
    stem = r"""An image passes through two layers:

    1. max pooling with windows of $2\times2$ and stride 2, no padding
    2. convolution with kernels of ${{ k }}\times{{ k }}$, stride {{ s }} and
       {% if p %}padding {{ p }} on each of the four sides{% else %}no padding{% endif %}

    Windows that do not fit entirely are dropped. The output of the convolution is ${{ out }}\times{{ out }}$. Sides
    are whole numbers of pixels, and everything is square."""

    out: int = integers(5, 60)
    k: int = one_of(3, 4, 5, 7)
    s: int = one_of(2, 3, 4)
    p: int = integers(0, 2)

    maps = part(
        "Range of sides that the input of the **convolution** may have",
        lambda q: input_range(q.out, q.k, q.s, q.p),
        Interval(whole=True),
    )
    maps.mistake(ONLY_SMALLEST, lambda q: (q.maps[0], q.maps[0]))
    maps.mistake(IGNORED_PADDING, lambda q: input_range(q.out, q.k, q.s), when=lambda q: q.p > 0)
    maps.mistake(OUTPUTS_FOR_STEPS, lambda q: input_range(q.out + 1, q.k, q.s, q.p))
    image = part(
        "Range of sides that the **image** may have",
        lambda q: (2 * q.maps[0], 2 * q.maps[1] + 1),
        Interval(whole=True),
    )
    image.mistake(DOUBLED_ENDS, lambda q: (2 * q.maps[0], 2 * q.maps[1]))
    sizes = part("How many different sides may the image have?", lambda q: q.image[1] - q.image[0] + 1)
    sizes.mistake(DIFFERENCE_OF_ENDS, lambda q: q.image[1] - q.image[0])

    solution = r"""A side $n$ gives {{ out }} windows where $\lfloor(n + 2\cdot{{ p }} - {{ k }})/{{ s }}\rfloor + 1 =
    {{ out }}$, that is where $n{% if p %} + {{ 2 * p }}{% endif %} - {{ k }}$ lies from $({{ out }} - 1)\cdot{{ s }} =
    {{ (out - 1) * s }}$ to ${{ (out - 1) * s }} + {{ s - 1 }} = {{ (out - 1) * s + s - 1 }}$. So $n$ lies from
    ${{ (out - 1) * s }} + {{ k }}{% if p %} - {{ 2 * p }}{% endif %} = {{ maps[0] }}$ to ${{ maps[1] }}$.

    The pooling halves and rounds down. Its output is {{ maps[0] }} from a side of $2\cdot{{ maps[0] }} =
    {{ image[0] }}$ on, and {{ maps[1] }} up to a side of $2\cdot{{ maps[1] }} + 1 = {{ image[1] }}$. The image may have
    any side from {{ image[0] }} to {{ image[1] }}.

    These are ${{ image[1] }} - {{ image[0] }} + 1 = {{ sizes }}$ different sides."""
