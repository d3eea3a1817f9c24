"""Write the gradient of one kernel weight as a sum over the positions of the kernel."""

from question_bank import Symbolic, figures, integers, one_of, part, template
from question_bank.misconceptions.backprop import AVERAGED, FLIPPED_OUTPUT_GRADIENT, ONE_POSITION
from question_bank.misconceptions.convolution import SWAPPED_AXES
from question_bank.misconceptions.shapes import IGNORED_STRIDE


def gradient(q, m, n, s, turn=False):
    """The sum of d[i, j] · x[si + m, sj + n] as a student would type it; `turn` reads d backwards."""
    rows, columns = q.size
    outputs = [(i, j) for i in range(rows) for j in range(columns)]
    pairs = zip(outputs, outputs[::-1] if turn else outputs, strict=True)
    return " + ".join(f"d[{a + q.base},{b + q.base}]*{pixel(q, i, j, m, n, s)}" for (i, j), (a, b) in pairs)


def pixel(q, i, j, m, n, s):
    """The pixel that weight (m, n) multiplies in output (i, j); all of these are counted from 0 here."""
    return f"x[{s * i + m + q.base},{s * j + n + q.base}]"


@template(topics=["cnn/backprop", "cnn/definition"], difficulty=3, minutes=5)
class WeightGradientSum:
    stem = r"""A layer cross-correlates an image $x$ with a kernel $w$ of ${{ kh }}\times{{ kw }}$ weights (which is not
    flipped), with stride {{ s }}, no padding and no bias. Its output $y$ has
    ${{ size[0] }}\times{{ size[1] }}$ entries, and $L$ is the loss. Write $d[i,j]$ for
    $\partial L/\partial y[i,j]$. Indices are (row, column) and start at **{{ base }}**: the top left entries are
    $x[{{ base }},{{ base }}]$, $w[{{ base }},{{ base }}]$, $y[{{ base }},{{ base }}]$ and
    $d[{{ base }},{{ base }}]$."""

    size: tuple[int, ...] = one_of((2, 2), (2, 3), (3, 2))
    kh: int = integers(2, 4)
    kw: int = integers(2, 4)
    s: int = integers(1, 3)
    base: int = one_of(0, 1)
    m: int = integers(0, lambda q: q.kh - 1)
    n: int = integers(0, lambda q: q.kw - 1)

    def figure(q):
        """The first window on the image, and what it meets."""
        height, width = (q.s * (outputs - 1) + k for outputs, k in zip(q.size, (q.kh, q.kw), strict=True))
        x = figures.grid([[None] * width] * height, "x", marked=[(0, 0, q.kh, q.kw)], base=q.base)
        w = figures.grid([[None] * q.kw] * q.kh, "w", base=q.base)
        return figures.grids(x, "⋆", w, "=", figures.grid([[None] * q.size[1]] * q.size[0], "y", base=q.base))

    dw = part(
        r"Write $\partial L/\partial w[{{ m + base }},{{ n + base }}]$ as a sum of products of entries of $d$ and $x$.",
        lambda q: gradient(q, q.m, q.n, q.s),
        Symbolic(),
        points=2,
    )
    dw.mistake(ONE_POSITION, lambda q: f"d[{q.base},{q.base}]*{pixel(q, 0, 0, q.m, q.n, q.s)}")
    dw.mistake(AVERAGED, lambda q: f"({gradient(q, q.m, q.n, q.s)})/{q.size[0] * q.size[1]}")
    dw.mistake(FLIPPED_OUTPUT_GRADIENT, lambda q: gradient(q, q.m, q.n, q.s, turn=True))
    dw.mistake(SWAPPED_AXES, lambda q: gradient(q, q.n, q.m, q.s), when=lambda q: q.m != q.n)
    dw.mistake(IGNORED_STRIDE, lambda q: gradient(q, q.m, q.n, 1), when=lambda q: q.s > 1)

    solution = r"""The weight $w[{{ m + base }},{{ n + base }}]$ is used once in every output. The window of an output
    that lies $i$ rows below and $j$ columns to the right of the first one starts
    {% if s > 1 %}${{ s }}i$ pixels below and ${{ s }}j$ pixels{% else %}$i$ pixels below and $j$ pixels{% endif %}
    to the right of the top left pixel. Inside the window our weight lies on the pixel {{ m }} down and {{ n }} to the
    right. So the derivative of that output by our weight is this pixel, and the chain rule adds up over all
    ${{ size[0] }}\cdot{{ size[1] }} = {{ size[0] * size[1] }}$ outputs, each with its $d$:

    $$\frac{\partial L}{\partial w[{{ m + base }},{{ n + base }}]} = {{ dw | replace("*", "\\,") }}$$

    In Python: `{{ dw }}`."""
