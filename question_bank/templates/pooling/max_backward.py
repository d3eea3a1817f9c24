"""Back through max pooling: the gradient goes to the entries that were the maxima."""

from question_bank import Matrix, integers, matrices, one_of, part, template
from question_bank.maths.images import Image
from question_bank.maths.pooling import argmax_indices, has_ties, max_pool, min_pool
from question_bank.maths.unpooling import average_pool_backward, bed_of_nails, max_pool_backward, repeat_pixels
from question_bank.misconceptions import Misconception
from question_bank.misconceptions.pooling import EVERYONE_GETS_ALL, MINIMUM_FOR_MAXIMUM, SPREAD_EVENLY, TOP_LEFT_ALWAYS

TIMES_VALUE = Misconception(
    "multiplied by the maximum",
    r"You multiplied the gradient by the maximum. The output **is** the maximum, so its derivative by that entry is 1: "
    r"the gradient is passed on unchanged.",
)


@template(
    topics=["cnn/pooling", "cnn/backprop"],
    difficulty=3,
    minutes=4,
    where=lambda q: all(entry for row in q.upstream for entry in row) and not has_ties(q.image, q.k, q.k),
)
class MaxBackward:
    stem = r"""In the forward pass the map $x$ went through max pooling over ${{ k }}\times{{ k }}$ windows that lie
    side by side (stride {{ k }}), without padding: $y = \text{maxpool}(x)$. In the backward pass the gradient of the
    loss $L$ by the output arrives, $\partial L/\partial y = g$.

    $$x = {{ image | latex }} \qquad g = {{ upstream | latex }}$$"""

    k: int = one_of(2, 3)
    high: int = integers(1, lambda q: 4 - q.k)
    image: Image = matrices(lambda q: q.k * q.high, lambda q: 2 * q.k, -9, 9)
    upstream: Image = matrices(lambda q: q.high, 2, -5, 5)

    pooled = part("The output $y$ of the forward pass", lambda q: max_pool(q.image, q.k, q.k), Matrix())
    pooled.mistake(MINIMUM_FOR_MAXIMUM, lambda q: min_pool(q.image, q.k, q.k))
    gradient = part(
        r"The gradient $\partial L/\partial x$",
        lambda q: max_pool_backward(q.image, q.upstream, q.k, q.k),
        Matrix(abs=0.005),
        points=2,
    )
    gradient.mistake(EVERYONE_GETS_ALL, lambda q: repeat_pixels(q.upstream, q.k))
    gradient.mistake(SPREAD_EVENLY, lambda q: average_pool_backward(q.upstream, q.k, q.k, q.k * q.high, 2 * q.k))
    gradient.mistake(TOP_LEFT_ALWAYS, lambda q: bed_of_nails(q.upstream, q.k))
    gradient.mistake(TIMES_VALUE, lambda q: max_pool_backward(q.image, scaled(q), q.k, q.k))

    def places(q):
        """(row, column), from 1, of each maximum, window by window."""
        flat = [index for row in argmax_indices(q.image, q.k, q.k) for index in row]
        return [(index // (2 * q.k) + 1, index % (2 * q.k) + 1) for index in flat]

    solution = r"""Each output is the largest entry of its window:

    $$y = {{ pooled | latex }}$$

    A small change of that entry changes the output just as much; a small change of any other entry of the window does
    not change it at all. So each entry of $g$ goes, unchanged, to the place of its maximum, and everything else gets 0.
    From left to right, top to bottom, the maxima stand at (row, column, counted from 1)
    {% for place in places() %}$({{ place | join(",") }})${{ ", " if not loop.last }}{% endfor %}:

    $$\frac{\partial L}{\partial x} = {{ gradient | latex }}$$"""


def scaled(q):
    """The incoming gradient times the maxima."""
    maxima = max_pool(q.image, q.k, q.k)
    return tuple(tuple(a * b for a, b in zip(*rows, strict=True)) for rows in zip(q.upstream, maxima, strict=True))
