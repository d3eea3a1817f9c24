"""Write one output of a cross-correlation, y[i, j], as an explicit sum of products."""

from question_bank import Symbolic, figures, integers, one_of, part, template
from question_bank.maths.expansions import sum_of_products, taps, under
from question_bank.maths.shapes import conv_out
from question_bank.misconceptions.convolution import FLIPPED_KERNEL, SWAPPED_AXES, WRONG_INDEX_BASE
from question_bank.misconceptions.shapes import IGNORED_STRIDE


def y(q, out, s, shift=0, step=1):
    """Output `out` (indices from the base) with stride s, all indices shifted; step=-1 reads the kernel backwards."""
    kernel = taps(q.k, q.k)
    start = tuple(index - q.base - shift for index in out)
    return sum_of_products(under(start, kernel, s), kernel[::step], q.base + shift)


@template(topics=["cnn/definition"], difficulty=2, minutes=3, where=lambda q: q.i != q.j, version=2)
class YijExpansion:
    stem = r"""A layer cross-correlates an image $x$ of ${{ n }}\times{{ n }}$ pixels with a ${{ k }}\times{{ k }}$
    kernel $w$ (which is not flipped), with stride {{ s }}, no padding and no bias. The output is $y$. Indices are (row,
    column) and start at **{{ base }}**: the top left pixel is $x[{{ base }},{{ base }}]$, and likewise for $w$ and
    $y$."""

    n: int = integers(5, 9)
    k: int = integers(2, 3)
    s: int = one_of(1, 2, 3)
    base: int = one_of(0, 1)
    i: int = integers(lambda q: q.base, lambda q: q.base + conv_out(q.n, q.k, q.s) - 1)
    j: int = integers(lambda q: q.base, lambda q: q.base + conv_out(q.n, q.k, q.s) - 1)

    def figure(q):
        """The first window: never the one that is asked for, because i is not j."""
        x = figures.grid([[None] * q.n] * q.n, "x", marked=[(0, 0, q.k, q.k)], base=q.base)
        return figures.grids(x, figures.grid([[None] * q.k] * q.k, "w", base=q.base))

    y_ij = part(
        "Write $y[{{ i }},{{ j }}]$ as a sum of products of entries of $x$ and $w$.",
        lambda q: y(q, (q.i, q.j), q.s),
        Symbolic(),
    )
    y_ij.mistake(FLIPPED_KERNEL, lambda q: y(q, (q.i, q.j), q.s, step=-1))
    y_ij.mistake(
        WRONG_INDEX_BASE,
        lambda q: y(q, (q.i, q.j), q.s, shift=1 - 2 * q.base),
        when=lambda q: q.base == 1 or q.s == 1 or min(q.i, q.j) > 0,  # elsewhere it would give negative indices
    )
    y_ij.mistake(SWAPPED_AXES, lambda q: y(q, (q.j, q.i), q.s), when=lambda q: q.i != q.j)
    y_ij.mistake(
        IGNORED_STRIDE,
        lambda q: y(q, (q.i, q.j), 1),
        when=lambda q: q.s > 1 and (q.i, q.j) != (q.base, q.base),
    )

    solution = r"""{% set row = s * (i - base) + base %}{% set column = s * (j - base) + base -%}
    The window of $y[{{ i }},{{ j }}]$ starts ${{ s }}\cdot{{ i - base }} = {{ row - base }}$ rows below and
    ${{ s }}\cdot{{ j - base }} = {{ column - base }}$ columns to the right of the first window. So its top left pixel
    is $x[{{ row }},{{ column }}]$ and its bottom right pixel $x[{{ row + k - 1 }},{{ column + k - 1 }}]$. Lay the
    kernel on it as it is, multiply what lies on top of each other, and add up, row by row:

    $$\begin{array}{rl} y[{{ i }},{{ j }}] =\;
    {%- for a in range(k) %} & {{ "+\\; " if a }}
    {%- for b in range(k) -%}
    x[{{ row + a }},{{ column + b }}]\,w[{{ base + a }},{{ base + b }}]{{ " + " if not loop.last }}
    {%- endfor %}{{ " \\\\" if not loop.last }}{% endfor %} \end{array}$$

    As text: `{{ y_ij }}`."""
