"""Back through average pooling: the gradient is shared out, and added up where windows overlap."""

from fractions import Fraction

from question_bank import Matrix, integers, matrices, one_of, part, template
from question_bank.maths.images import Image
from question_bank.maths.unpooling import average_pool_backward, max_pool_backward
from question_bank.misconceptions import Misconception
from question_bank.misconceptions.pooling import ASSIGNED

FORGOT_SHARE = Misconception(
    "forgot to divide by the window",
    r"You passed the whole gradient to every entry of the window. Each entry counts in the mean with one divided by "
    r"the size of the window, so it gets that share.",
)
ONLY_MAXIMUM = Misconception(
    "gave it all to the maximum",
    r"You passed the gradient to the largest entry. That is max pooling; a mean depends on **all** entries of its "
    r"window, each to the same extent.",
)
AVERAGED_OVERLAP = Misconception(
    "averaged where windows overlap",
    r"Where windows overlap you averaged their gradients. An entry that takes part in several outputs gets the **sum** "
    r"of its shares.",
)


def shares(q, combine):
    """The gradient where the shares that an entry gets are combined so."""
    lists = [[[] for _ in range(q.columns)] for _ in range(q.rows)]
    for i, row in enumerate(q.upstream):
        for j, value in enumerate(row):
            for a in range(2):
                for b in range(2):
                    lists[q.s * i + a][q.s * j + b].append(Fraction(value, 4))
    return tuple(tuple(combine(entry) if entry else Fraction(0) for entry in row) for row in lists)


@template(
    topics=["cnn/pooling", "cnn/backprop"],
    difficulty=3,
    minutes=4,
    where=lambda q: q.rows != q.columns and all(entry for row in q.upstream for entry in row),
)
class AverageBackward:
    stem = r"""In the forward pass the map $x$ went through **average** pooling over $2\times2$ windows with stride
    {{ s }}, without padding. In the backward pass the gradient of the loss $L$ by the output arrives,
    $\partial L/\partial y = g$.

    $$x = {{ image | latex }} \qquad g = {{ upstream | latex }}$$

    Give entries as decimals or as fractions in quotes, such as "3/4"."""

    s: int = one_of(1, 2)
    high: int = integers(1, 2)
    wide: int = integers(2, 3)
    image: Image = matrices(lambda q: q.s * (q.high - 1) + 2, lambda q: q.s * (q.wide - 1) + 2, 0, 9)
    upstream: Image = matrices(lambda q: q.high, lambda q: q.wide, -8, 8)

    gradient = part(
        r"The gradient $\partial L/\partial x$",
        lambda q: average_pool_backward(q.upstream, 2, q.s, q.rows, q.columns),
        Matrix(abs=0.005),
        points=2,
    )
    gradient.mistake(FORGOT_SHARE, lambda q: shares(q, lambda parts: 4 * sum(parts)))
    gradient.mistake(ONLY_MAXIMUM, lambda q: max_pool_backward(q.image, q.upstream, 2, q.s))
    gradient.mistake(ASSIGNED, lambda q: shares(q, lambda parts: parts[-1]), when=lambda q: q.s == 1)
    gradient.mistake(
        AVERAGED_OVERLAP, lambda q: shares(q, lambda parts: sum(parts) / len(parts)), when=lambda q: q.s == 1
    )

    @property
    def rows(q):
        """The height of the map."""
        return q.s * (q.high - 1) + 2

    @property
    def columns(q):
        """The width of the map."""
        return q.s * (q.wide - 1) + 2

    def share(q, value):
        """A quarter of an entry."""
        return Fraction(value, 4)

    solution = r"""Each output is a quarter of the sum of its window, so each entry of the window gets a quarter of the
    output's gradient; the values of $x$ do not matter. The shares are

    $$\tfrac14\,g = \begin{pmatrix}
    {%- for row in upstream %} {% for entry in row %}{{ share(entry) | latex }}{{ " & " if not loop.last }}{% endfor %}
    {{- " \\\\" if not loop.last }}{% endfor %} \end{pmatrix}.$$

    {% if s == 1 -%} The windows overlap: an entry that lies in several of them gets the **sum** of their shares. Entry
    (1, 2), for instance, lies in the first two windows of the first row and gets
    ${{ share(upstream[0][0]) | latex }} + {{ "(" if upstream[0][1] < 0 }}{{ share(upstream[0][1]) | latex }}
    {{- ")" if upstream[0][1] < 0 }} = {{ gradient[0][1] | latex }}$.
    {%- else -%} The windows lie side by side, so each entry gets one share.{% endif %}

    $$\frac{\partial L}{\partial x} = {{ gradient | latex }}$$"""
