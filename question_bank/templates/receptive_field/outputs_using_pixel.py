"""In how many outputs of a convolution one pixel takes part, at the border and inside."""

from question_bank import figures, integers, one_of, part, template
from question_bank.maths.receptive_field import windows_over
from question_bank.misconceptions.receptive_field import AS_IN_THE_MIDDLE, STRIDE_LEFT_OUT


def over(q, row, n):
    """Windows along a side of n pixels that hold this one."""
    return windows_over(row, n, q.k, q.s, q.p)


def unstrided(q, row, n):
    """The same with stride 1."""
    return windows_over(row, n, q.k, 1, q.p)


def asked(q):
    """A pixel near a border that some windows hold, unlike in its two directions."""
    down, across = over(q, q.i, q.height), over(q, q.j, q.width)
    near = min(q.i, q.height - 1 - q.i) < q.k - 1 or min(q.j, q.width - 1 - q.j) < q.k - 1
    return q.height != q.width and near and down != across and min(down, across) > 0


@template(topics=["cnn/receptive_field", "cnn/definition"], difficulty=3, where=asked)
class OutputsUsingPixel:
    stem = r"""A convolution with a ${{ k }}\times{{ k }}$ kernel, stride {{ s }} and
    {% if p %}zero padding {{ p }} on each of the four sides{% else %}no padding{% endif %} is applied to an image $x$
    that is {{ height }} pixels high and {{ width }} pixels wide. Only windows that fit entirely on the
    {{ "padded " if p }}image count. Indices are (row, column) and start at 0. Look at the pixel
    $x_{ {{- i }},{{ j -}} }$."""

    height: int = integers(8, 16)
    width: int = integers(8, 16)
    k: int = one_of(3, 5)
    s: int = one_of(1, 2)
    p: int = one_of(0, 1)
    i: int = integers(0, lambda q: q.height - 1)
    j: int = integers(0, lambda q: q.width - 1)

    def figure(q):
        pixel = (q.i + q.p, q.j + q.p, 1, 1)
        return figures.grids(figures.grid([[0] * q.width] * q.height, "x", [pixel], blank=True, base=0, padding=q.p))

    down = part("How many rows of outputs have windows that reach row {{ i }}?", lambda q: over(q, q.i, q.height))
    down.mistake(AS_IN_THE_MIDDLE, lambda q: q.k, when=lambda q: over(q, q.i, q.height) != q.k)
    down.mistake(
        STRIDE_LEFT_OUT,
        lambda q: unstrided(q, q.i, q.height),
        when=lambda q: unstrided(q, q.i, q.height) not in (over(q, q.i, q.height), q.k),
    )
    across = part(
        "How many columns of outputs have windows that reach column {{ j }}?", lambda q: over(q, q.j, q.width)
    )
    across.mistake(AS_IN_THE_MIDDLE, lambda q: q.k, when=lambda q: over(q, q.j, q.width) != q.k)
    across.mistake(
        STRIDE_LEFT_OUT,
        lambda q: unstrided(q, q.j, q.width),
        when=lambda q: unstrided(q, q.j, q.width) not in (over(q, q.j, q.width), q.k),
    )
    outputs = part("In how many outputs does the pixel take part, for one filter?", lambda q: q.down * q.across)
    outputs.mistake(AS_IN_THE_MIDDLE, lambda q: q.k * q.k)

    def starts(q, row, n):
        """Where the windows start that hold this row, as a text."""
        first = [start for start in range(-q.p, n + q.p - q.k + 1, q.s) if start <= row < start + q.k]
        return ", ".join(map(str, first))

    solution = r"""Windows start at {{ -p }}, {{ s - p }}, {{ 2 * s - p }}, … and the last possible start is
    $n {{ "+ 1 " if p }}- {{ k }}$. A window holds row $r$ if it starts between $r - {{ k - 1 }}$ and $r$.

    - Row {{ i }} lies in the windows that start at {{ starts(i, height) }}: {{ down }}.
    - Column {{ j }} lies in the windows that start at {{ starts(j, width) }}: {{ across }}.

    Each of these rows goes with each of these columns: ${{ down }}\cdot{{ across }} = {{ outputs }}$ outputs, where a
    pixel in the middle would take part in
    {% if s == 1 %}${{ k }}\cdot{{ k }} = {{ k * k }}${% else %}about ${{ k }}\cdot{{ k }}/4${% endif %}."""
