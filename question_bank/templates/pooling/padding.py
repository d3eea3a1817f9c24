"""What padding means in max and in average pooling: −∞, zeros that count, zeros that do not."""

from fractions import Fraction
from typing import Any

from question_bank import Matrix, figures, integers, matrices, one_of, part, template
from question_bank.maths.images import Image, constant_pad, window, zero_pad
from question_bank.maths.pooling import average_pool, max_pool
from question_bank.misconceptions.pooling import DIVIDED_BY_ALL, DIVIDED_BY_REAL, ZERO_WINS
from question_bank.misconceptions.shapes import IGNORED_PADDING

INFINITE: Any = float("inf")


def average(q, counted):
    """The average pooling with padded zeros counted in the divisor, or not."""
    sums = [[4 * entry for entry in row] for row in average_pool(zero_pad(q.image, 1), 2, 2)]
    places = average_pool(zero_pad([[1] * q.columns] * q.rows, 1), 2, 2)
    real = [[4 if counted else 4 * share for share in row] for row in places]
    return tuple(tuple(Fraction(a) / b for a, b in zip(*pair, strict=True)) for pair in zip(sums, real, strict=True))


@template(topics=["cnn/pooling"], difficulty=3, minutes=5, where=lambda q: q.rows != q.columns)
class Padding:
    stem = r"""A feature map of ${{ rows }}\times{{ columns }}$ entries passes through a pooling layer with
    $2\times2$ windows, stride 2 and padding 1 (on each of the four sides). A window that does not fit entirely on the
    padded map is dropped.

    $$x = {{ image | latex }}$$

    In **max pooling** the padding is $-\infty$, as in PyTorch. In **average pooling** it is zeros, which
    {% if counted %}count in the divisor (`count_include_pad=True`){% else %}do **not** count in the divisor
    (`count_include_pad=False`){% endif %}. Give averages to two decimals."""

    counted: bool = one_of(True, False)
    rows: int = integers(2, 4)
    columns: int = integers(3, 5)
    image: Image = matrices(lambda q: q.rows, lambda q: q.columns, -9, 2)

    def figure(q):
        """The padded map and its first two windows; what stands in the padding is left open."""
        marked = [(0, 0, 2, 2), (0, 2, 2, 2)]
        return figures.grids(figures.grid(q.image, "x, padded", marked, padding=1, padded_with=None))

    largest = part("The output of max pooling", lambda q: max_pool(constant_pad(q.image, 1, -INFINITE), 2, 2), Matrix())
    largest.mistake(ZERO_WINS, lambda q: max_pool(zero_pad(q.image, 1), 2, 2))
    largest.mistake(IGNORED_PADDING, lambda q: max_pool(q.image, 2, 2))
    mean = part("The output of average pooling", lambda q: average(q, q.counted), Matrix(abs=0.006))
    mean.mistake(DIVIDED_BY_ALL, lambda q: average(q, True), when=lambda q: not q.counted)
    mean.mistake(DIVIDED_BY_REAL, lambda q: average(q, False), when=lambda q: q.counted)
    mean.mistake(IGNORED_PADDING, lambda q: average_pool(q.image, 2, 2))

    def under(q, i, j):
        """The real entries of a window, row by row."""
        patch = window(constant_pad(q.image, 1, INFINITE), i, j, 2, 2)
        return [entry for row in patch for entry in row if entry != INFINITE]

    def total(q, i, j):
        """The sum of a window's real entries, written out."""
        first, *others = q.under(i, j)
        return " + ".join([str(first), *(f"({entry})" if entry < 0 else str(entry) for entry in others)])

    solution = r"""With one row or column more on each side the map is ${{ rows + 2 }}\times{{ columns + 2 }}$, which
    gives ${{ largest | length }}\times{{ largest[0] | length }}$ windows. The window in the corner holds one real entry
    only, ${{ image[0][0] }}$; the next one in the first row holds two, ${{ under(0, 1) | join(",\\;") }}$.

    **Max pooling.** Nothing loses against $-\infty$, so the largest *real* entry of each window is kept, negative or
    not:

    $${{ largest | latex }}$$

    **Average pooling.** Padded zeros add nothing to a sum. The divisor is
    {%- if counted %} 4 for every window, since they count.{% else %} the number of real entries, since they do not
    count.{% endif %} The first row starts with
    ${{ total(0, 0) }}$, divided by {{ 4 if counted else 1 }}, and $({{ total(0, 1) }})$, divided by
    {{ 4 if counted else 2 }}. All together:

    $${{ mean | latex }}$$"""
