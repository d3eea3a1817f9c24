"""Where the maxima of a pooling stand: flat indices, as PyTorch returns them."""

from question_bank import Matrix, figures, integers, matrices, one_of, part, template
from question_bank.maths.images import Image, window
from question_bank.maths.pooling import argmax_indices, has_ties, max_pool, min_pool
from question_bank.misconceptions.pooling import (
    COLUMN_BY_COLUMN,
    COUNTED_FROM_ONE,
    INDEX_IN_WINDOW,
    MINIMUM_FOR_MAXIMUM,
    NON_OVERLAPPING,
)


def inside(q):
    """The index of each maximum within its own window."""
    outputs = range(len(q.indices)), range(len(q.indices[0]))
    return tuple(
        tuple(argmax_indices(window(q.image, i, j, q.k, q.s), q.k, q.s)[0][0] for j in outputs[1]) for i in outputs[0]
    )


def telling(q):
    """Whether the windows have at least three different maxima among them."""
    return len({entry for row in q.pooled for entry in row}) >= 3


@template(
    topics=["cnn/pooling"],
    difficulty=2,
    minutes=3,
    where=lambda q: q.rows != q.columns and not has_ties(q.image, q.k, q.s) and telling(q),
)
class ArgmaxIndices:
    stem = r"""A feature map of ${{ rows }}\times{{ columns }}$ entries passes through max pooling over
    ${{ k }}\times{{ k }}$ windows with stride {{ s }} and no padding. The layer also returns, for each window, the
    **flat index** of its largest entry: the places of the whole map are numbered row by row, starting with 0 at the top
    left, as `return_indices=True` does in PyTorch.

    $$x = {{ image | latex }}$$"""

    k: int = one_of(2, 3)
    s: int = one_of(1, 2)
    rows: int = integers(lambda q: q.k + q.s, lambda q: q.k + 2 * q.s)
    columns: int = integers(lambda q: q.k + q.s, lambda q: q.k + 2 * q.s)
    image: Image = matrices(lambda q: q.rows, lambda q: q.columns, -9, 9)

    def figure(q):
        marked = [(0, 0, q.k, q.k), (0, q.s, q.k, q.k)]
        return figures.grids(figures.grid(q.image, "x, the first two windows", marked, base=0))

    pooled = part("The output of the pooling", lambda q: max_pool(q.image, q.k, q.s), Matrix())
    pooled.mistake(NON_OVERLAPPING, lambda q: max_pool(q.image, q.k, q.k), when=lambda q: q.s < q.k)
    pooled.mistake(MINIMUM_FOR_MAXIMUM, lambda q: min_pool(q.image, q.k, q.s))
    indices = part("The flat indices", lambda q: argmax_indices(q.image, q.k, q.s), Matrix())
    indices.mistake(INDEX_IN_WINDOW, inside)
    indices.mistake(COUNTED_FROM_ONE, lambda q: tuple(tuple(index + 1 for index in row) for row in q.indices))
    indices.mistake(
        COLUMN_BY_COLUMN,
        lambda q: tuple(tuple(index % q.columns * q.rows + index // q.columns for index in row) for row in q.indices),
    )

    def numbers(q):
        """The flat indices of all places."""
        return tuple(tuple(range(i * q.columns, (i + 1) * q.columns)) for i in range(q.rows))

    solution = r"""The largest entries of the windows are

    $${{ pooled | latex }}.$$

    Row $r$, column $c$ (both from 0) has the flat index ${{ columns }}\,r + c$:

    $${{ numbers() | latex }}$$
    {% set at = indices[0][0] %}
    The first maximum, ${{ pooled[0][0] }}$, stands in row {{ at // columns }}, column {{ at % columns }}, hence
    ${{ columns }}\cdot{{ at // columns }} + {{ at % columns }} = {{ at }}$. All together:

    $${{ indices | latex }}$$"""
