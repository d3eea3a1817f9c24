"""Inverted dropout: training, expectation, evaluation."""

from question_bank import Misconception, Real, Vector, integers, matrices, one_of, part, template
from question_bank.maths.images import Image

NOT_SCALED = Misconception(
    "did not scale what is kept",
    r"You set the dropped values to 0 and kept the others as they are. Inverted dropout also divides what it keeps by "
    r"$1 - p$, so that the expected value stays the same.",
)
KEPT_WITH_P = Misconception(
    "took p for the probability of keeping",
    r"You divided by $p$. As stated, $p$ is the probability that a value is **dropped**; it is kept with probability "
    r"$1 - p$.",
)
SCALED_AGAIN = Misconception(
    "scaled at test time, too",
    r"You multiplied by $1 - p$. The older form of dropout does that, because it does not scale in training. Inverted "
    r"dropout has scaled in training already, and in evaluation it does nothing.",
)
SCALED_UP = Misconception(
    "divided in evaluation, too",
    r"You divided by $1 - p$. In evaluation nothing is dropped, so there is nothing to make up for.",
)
EXPECTED_LESS = Misconception(
    "forgot that what is kept is scaled",
    r"You multiplied by the probability that the value is kept, but what is kept is also divided by it: the two "
    r"cancel.",
)


def dropped(q, factor):
    """The values after dropout."""
    return tuple(float(x * kept * factor) for x, kept in zip(q.x[0], q.mask[0], strict=True))


@template(
    topics=["cnn/training"],
    difficulty=2,
    minutes=3,
    where=lambda q: 1 <= sum(q.mask[0]) <= 3 and any(q.x[0][j] * q.mask[0][j] for j in range(4)) and 0 not in q.x[0],
)
class Dropout:
    stem = r"""A layer of inverted dropout (PyTorch's `nn.Dropout(p={{ p }})`) sets each value to 0 with probability
    $p = {{ p }}$, independently of the others. It receives the values

    $$x = {{ x | latex }}.$$

    In one step of training the values that are **kept** are marked with 1 in

    $${{ mask | latex }}.$$"""

    p: float = one_of(0.1, 0.2, 0.25, 0.4, 0.6, 0.75, 0.8)
    x: Image = matrices(1, 4, -6, 9)
    mask: Image = matrices(1, 4, 0, 1)
    which: int = integers(0, 3)

    y = part("The output in this step (two decimals)", lambda q: dropped(q, 1 / (1 - q.p)), Vector(abs=0.01))
    y.mistake(NOT_SCALED, lambda q: dropped(q, 1))
    y.mistake(KEPT_WITH_P, lambda q: dropped(q, 1 / q.p))
    expected = part(
        "The expected value, over many steps of training, of the output for $x_{ {{- which -}} }$ (counted from 0)",
        lambda q: float(q.x[0][q.which]),
        Real(rel=0, abs=0.001),
    )
    expected.mistake(EXPECTED_LESS, lambda q: q.x[0][q.which] * (1 - q.p))
    expected.mistake(KEPT_WITH_P, lambda q: q.x[0][q.which] * (1 - q.p) / q.p)
    test = part(
        "The output for $x_{ {{- which -}} }$ in evaluation (`eval()`)",
        lambda q: float(q.x[0][q.which]),
        Real(rel=0, abs=0.001),
    )
    test.mistake(SCALED_AGAIN, lambda q: q.x[0][q.which] * (1 - q.p))
    test.mistake(SCALED_UP, lambda q: q.x[0][q.which] / (1 - q.p))

    def factor(q):
        """The value in question behind a sign of multiplication."""
        x = q.x[0][q.which]
        return f"({x})" if x < 0 else x

    solution = r"""{% set keep = "%.3g" % (1 - p) -%}
    A value is kept with probability $1 - p = {{ keep }}$, and what is kept is divided by that:
    {% for value in y %}{{ ", " if not loop.first }}{{ "%.2f" % value if value else 0 }}{% endfor %}.

    Over many steps, $x_{ {{- which -}} } = {{ x[0][which] }}$ gives
    {{ "%.2f" % (x[0][which] / (1 - p)) }} with probability {{ keep }} and 0 otherwise. The expected value is
    ${{ keep }}\cdot{{ factor() }}/{{ keep }} = {{ expected | latex }}$: dividing keeps it as it was.

    That is why evaluation needs no correction. Nothing is dropped and nothing is scaled: {{ test | latex }}."""
