"""Max, min or average pooling of a small feature map by hand; windows may overlap."""

from question_bank import Matrix, figures, integers, matrices, one_of, part, template
from question_bank.maths.images import Image, window
from question_bank.maths.pooling import average_pool, has_ties, max_pool, min_pool
from question_bank.misconceptions.pooling import (
    AVERAGE_FOR_MAXIMUM,
    MAXIMUM_FOR_AVERAGE,
    MAXIMUM_FOR_MINIMUM,
    MINIMUM_FOR_MAXIMUM,
    NON_OVERLAPPING,
    SUM_FOR_AVERAGE,
    WROTE_WHOLE_WINDOW,
)
from question_bank.misconceptions.shapes import IGNORED_STRIDE

POOLS = {"max": max_pool, "min": min_pool, "average": average_pool}


def pool(q, k, s):
    """The pooling that is asked for, over other windows."""
    return POOLS[q.kind](q.image, k, s)


def whole_windows(q):
    """What comes out where each result is written over its whole window, in order."""
    canvas = [list(row) for row in q.image]
    for i, row in enumerate(q.output):
        for j, entry in enumerate(row):
            for line in canvas[q.s * i : q.s * i + q.k]:
                line[q.s * j : q.s * j + q.k] = [entry] * q.k
    return tuple(map(tuple, canvas))


def sensible(q):
    """Three different outputs; averages of four numbers, which end after two decimals; no ties in a maximum."""
    if len({entry for row in q.output for entry in row}) < 3:
        return False
    if q.kind == "average":
        return q.k == 2
    sign = -1 if q.kind == "min" else 1
    return not has_ties([[sign * entry for entry in row] for row in q.image], q.k, q.s)


@template(topics=["cnn/pooling"], difficulty=2, minutes=3, where=sensible, version=2)
class ByHand:
    stem = r"""A feature map passes through **{{ kind }} pooling** over ${{ k }}\times{{ k }}$ windows with stride
    {{ s }} and no padding. A window that does not fit entirely on the map is dropped.

    $${{ image | latex }}$$"""

    kind: str = one_of("max", "min", "average")
    k: int = one_of(2, 3)
    s: int = one_of(1, 2)
    rows: int = integers(lambda q: q.k + q.s, lambda q: q.k + 2 * q.s)
    columns: int = integers(lambda q: q.k + q.s, lambda q: q.k + 2 * q.s)
    image: Image = matrices(lambda q: q.rows, lambda q: q.columns, -9, 9)

    def figure(q):
        return figures.grids(figures.grid(q.image, "the map and its first window", marked=[(0, 0, q.k, q.k)]))

    output = part("The output", lambda q: pool(q, q.k, q.s), Matrix(abs=0.005), points=2)
    output.mistake(NON_OVERLAPPING, lambda q: pool(q, q.k, q.k), when=lambda q: q.s < q.k)
    output.mistake(IGNORED_STRIDE, lambda q: pool(q, q.k, 1), when=lambda q: q.s > 1)
    output.mistake(WROTE_WHOLE_WINDOW, whole_windows)
    output.mistake(AVERAGE_FOR_MAXIMUM, lambda q: average_pool(q.image, q.k, q.s), when=lambda q: q.kind == "max")
    output.mistake(MINIMUM_FOR_MAXIMUM, lambda q: min_pool(q.image, q.k, q.s), when=lambda q: q.kind == "max")
    output.mistake(MAXIMUM_FOR_MINIMUM, lambda q: max_pool(q.image, q.k, q.s), when=lambda q: q.kind == "min")
    output.mistake(MAXIMUM_FOR_AVERAGE, lambda q: max_pool(q.image, q.k, q.s), when=lambda q: q.kind == "average")
    output.mistake(
        SUM_FOR_AVERAGE,
        lambda q: tuple(tuple(4 * entry for entry in row) for row in q.output),
        when=lambda q: q.kind == "average",
    )

    def under(q, j):
        """The window under entry j of the first row."""
        return window(q.image, 0, j, q.k, q.s)

    solution = r"""There are $\lfloor({{ rows }} - {{ k }})/{{ s }}\rfloor + 1 = {{ output | length }}$ windows from
    top to bottom and $\lfloor({{ columns }} - {{ k }})/{{ s }}\rfloor + 1 = {{ output[0] | length }}$ from left to
    right. Their top left corners lie {{ s }} pixel{{ "s" if s > 1 }} apart{{ ", so they overlap" if k > s }}.
    {%- if kind == "average" %} The entries of each are added up and divided by $2\cdot2 = 4$.
    {%- else %} Of each, the {{ "largest" if kind == "max" else "smallest" }} entry is kept.
    {%- endif %} The first two windows:

    $${{ under(0) | latex }} \to {{ output[0][0] | latex }} \qquad
    {{ under(1) | latex }} \to {{ output[0][1] | latex }}$$

    All together:

    $${{ output | latex }}$$"""
