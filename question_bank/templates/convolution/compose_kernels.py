"""Two convolutions in a row as a single one: the kernel that does both."""

from question_bank import Integer, Matrix, matrices, one_of, part, template
from question_bank.maths.images import Image, flip
from question_bank.maths.transposed import transposed_conv
from question_bank.misconceptions import Misconception

PRODUCT = Misconception(
    "multiplied the sides",
    r"You multiplied the sides of the two kernels. The second kernel sees several windows of the first that overlap: "
    r"each further pixel adds one row or column.",
)
ADDED_SIDES = Misconception(
    "added the sides",
    r"You added the sides of the two kernels. One row and one column are shared: where the second kernel lies on its "
    r"first pixel, the first kernel is already complete.",
)
ENTRYWISE = Misconception(
    "multiplied the kernels entry by entry",
    r"You multiplied the kernels entry by entry. The output of the first is laid under **every** weight of the second: "
    r"copies of the first kernel, shifted and weighted, are added up.",
)
TURNED_ONE = Misconception(
    "turned one of the kernels",
    r"You turned one of the kernels by 180°. To cross-correlate twice without flipping, both stay as they are: weight "
    r"$(a, b)$ of the second kernel shifts the first by $a$ rows and $b$ columns.",
)
SUMMED = Misconception(
    "added the kernels",
    r"You added the kernels. That would belong to two layers side by side whose outputs are added; here one follows "
    r"the other.",
)


def padded_sum(q):
    """The sum of the two kernels, laid on each other at the top left."""
    side = max(q.k1, q.k2)
    at = lambda w, a, b: w[a][b] if a < len(w) and b < len(w) else 0  # noqa: E731
    return tuple(tuple(at(q.first, a, b) + at(q.second, a, b) for b in range(side)) for a in range(side))


def entrywise(q):
    """The products of entries at the same place."""
    return tuple(tuple(a * b for a, b in zip(*rows, strict=False)) for rows in zip(q.first, q.second, strict=False))


@template(
    topics=["cnn/definition"],
    difficulty=4,
    minutes=6,
    where=lambda q: (
        q.k1 + q.k2 <= 5
        and q.first != flip(q.first)
        and q.second != flip(q.second)
        and all(weight for row in q.second for weight in row)
        and sum(weight == 0 for row in q.first for weight in row) <= 3
    ),
)
class ComposeKernels:
    stem = r"""An image is cross-correlated with the kernel $u$, and the result with the kernel $v$ (neither is
    flipped), both with stride 1, no padding and no bias, and with **no activation** in between. A single kernel $w$
    does the same.

    $$u = {{ first | latex }} \qquad v = {{ second | latex }}$$"""

    k1: int = one_of(2, 3)
    k2: int = one_of(2, 3)
    first: Image = matrices(lambda q: q.k1, lambda q: q.k1, -2, 3)
    second: Image = matrices(lambda q: q.k2, lambda q: q.k2, -2, 2)

    side = part("How many rows does $w$ have?", lambda q: q.k1 + q.k2 - 1, Integer())
    side.mistake(PRODUCT, lambda q: q.k1 * q.k2)
    side.mistake(ADDED_SIDES, lambda q: q.k1 + q.k2, when=lambda q: q.k1 + q.k2 != q.k1 * q.k2)
    kernel = part("The kernel $w$", lambda q: transposed_conv(q.first, q.second), Matrix(), points=3)
    kernel.mistake(TURNED_ONE, lambda q: transposed_conv(q.first, flip(q.second)))
    kernel.mistake(ENTRYWISE, entrywise)
    kernel.mistake(SUMMED, padded_sum)

    def product(q, a, b):
        """Two factors, negative ones in brackets."""
        return r"\cdot".join(f"({n})" if n < 0 else str(n) for n in (a, b))

    solution = r"""An output of the second layer is a sum over the weights $v_{ab}$, each times an output of the first,
    $a$ rows further down and $b$ columns further to the right. So $w$ is a sum of copies of $u$: for each weight
    $v_{ab}$, the copy $v_{ab}\,u$ shifted by $a$ rows and $b$ columns. It has ${{ k1 }} + {{ k2 }} - 1 = {{ side }}$
    rows and columns. For example, $w_{00} = v_{00}\,u_{00} = {{ second[0][0] * first[0][0] }}$ and, where two copies
    overlap,

    $$w_{01} = v_{00}\,u_{01} + v_{01}\,u_{00} = {{ product(second[0][0], first[0][1]) }} +
    {{ product(second[0][1], first[0][0]) }} = {{ kernel[0][1] }}.$$

    With an activation in between this would not be possible; without one, two layers can do no more than one.

    $$w = {{ kernel | latex }}$$"""
