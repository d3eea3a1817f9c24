"""Back through max pooling with overlapping windows: gradients that meet are added."""

from question_bank import Integer, Matrix, figures, integers, matrices, one_of, part, template
from question_bank.maths.images import Image
from question_bank.maths.pooling import argmax_indices, has_ties
from question_bank.maths.shapes import conv_out
from question_bank.maths.unpooling import average_pool_backward, max_pool_backward
from question_bank.misconceptions import Misconception
from question_bank.misconceptions.pooling import ASSIGNED, SPREAD_EVENLY

ONE_PER_WINDOW = Misconception(
    "counted the windows, not the maxima",
    r"You counted one entry per window. Windows that overlap may share their maximum, and it is one entry.",
)
FIRST_ONLY = Misconception(
    "kept the first gradient only",
    r"Where windows share their maximum you kept only the first gradient. The entry takes part in several outputs, so "
    r"their gradients are **added**.",
)


def targets(q):
    """The flat index of each window's maximum, and the gradient that it gets."""
    indices = argmax_indices(q.image, q.k, q.s)
    return [pair for rows in zip(indices, q.upstream, strict=True) for pair in zip(*rows, strict=True)]


def assigned(q, pairs):
    """The gradient where a later one overwrites an earlier one."""
    last = dict(pairs)
    return tuple(tuple(last.get(i * q.columns + j, 0) for j in range(q.columns)) for i in range(q.rows))


def sensible(q):
    """No ties, no gradient of 0, not even as a sum, and at least one maximum that windows share."""
    if has_ties(q.image, q.k, q.s) or not all(entry for row in q.upstream for entry in row):
        return False
    return 2 <= q.receivers < len(targets(q)) and sum(entry != 0 for row in q.gradient for entry in row) == q.receivers


@template(topics=["cnn/pooling", "cnn/backprop"], difficulty=4, minutes=5, where=sensible)
class OverlappingBackward:
    stem = r"""In the forward pass the map $x$ went through max pooling over ${{ k }}\times{{ k }}$ windows with stride
    {{ s }}, so the windows overlap; there was no padding. In the backward pass the gradient of the loss $L$ by the
    output arrives, $\partial L/\partial y = g$.

    $$x = {{ image | latex }} \qquad g = {{ upstream | latex }}$$"""

    k: int = one_of(2, 3)
    s: int = integers(1, lambda q: q.k - 1)
    rows: int = integers(lambda q: q.k + q.s, lambda q: q.k + q.s)
    columns: int = integers(lambda q: q.k + q.s, lambda q: q.k + 2)
    image: Image = matrices(lambda q: q.rows, lambda q: q.columns, -9, 9)
    upstream: Image = matrices(lambda q: conv_out(q.rows, q.k, q.s), lambda q: conv_out(q.columns, q.k, q.s), -5, 9)

    def figure(q):
        marked = [(0, 0, q.k, q.k), (0, q.s, q.k, q.k)]
        return figures.grids(figures.grid(q.image, "x, the first two windows", marked), figures.grid(q.upstream, "g"))

    receivers = part(
        "How many entries of $x$ receive a gradient from at least one window?",
        lambda q: len({index for index, _ in targets(q)}),
        Integer(),
    )
    receivers.mistake(ONE_PER_WINDOW, lambda q: len(targets(q)))
    gradient = part(
        r"The gradient $\partial L/\partial x$",
        lambda q: max_pool_backward(q.image, q.upstream, q.k, q.s),
        Matrix(abs=0.005),
        points=3,
    )
    gradient.mistake(ASSIGNED, lambda q: assigned(q, targets(q)))
    gradient.mistake(FIRST_ONLY, lambda q: assigned(q, reversed(targets(q))))
    gradient.mistake(SPREAD_EVENLY, lambda q: average_pool_backward(q.upstream, q.k, q.s, q.rows, q.columns))

    def routes(q):
        """(gradient, row, column) of each window, in order; rows and columns from 1."""
        return [(value, index // q.columns + 1, index % q.columns + 1) for index, value in targets(q)]

    solution = r"""Each window passes its gradient to the entry that was its maximum. Window by window, left to right
    and top to bottom (rows and columns counted from 1):

    {% for value, row, column in routes() -%}
    - ${{ value }}$ goes to row {{ row }}, column {{ column }}
    {% endfor %}
    Some windows share their maximum, so {{ receivers }} entries receive a gradient. What arrives at the same entry is
    **added**: the entry takes part in several outputs, and the loss changes through all of them. In code:
    `dx[r, c] += g[i, j]`. All other entries get 0.

    $$\frac{\partial L}{\partial x} = {{ gradient | latex }}$$"""
