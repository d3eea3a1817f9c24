"""The running statistics of batch normalisation, and what the layer does in evaluation."""

from math import sqrt

from question_bank import Misconception, Real, integers, matrices, one_of, part, template
from question_bank.maths.images import Image
from question_bank.maths.normalisation import mean, variance
from question_bank.misconceptions.normalisation import BIASED_VARIANCE, MOMENTUM_REVERSED

LAST_BATCH = Misconception(
    "used the last batch in evaluation",
    r"You normalised with the mean and variance of the last batch. In evaluation the layer uses its **running** "
    r"statistics, so that the output for an image does not depend on which others it comes with.",
)
ONE_UPDATE = Misconception(
    "forgot the start",
    r"You left out what was there before. The running value keeps the share $1 - m$ of its old value.",
)
NO_UPDATE = Misconception(
    "thought that evaluation starts afresh",
    r"You took the initial statistics, 0 and 1. Evaluation uses what training has left in the layer.",
)


def mixed(q, old, new, reverse=False):
    """The running value after one update."""
    m = 1 - q.momentum if reverse else q.momentum
    return float((1 - m) * old + m * new)


@template(
    topics=["cnn/normalisation"],
    difficulty=3,
    minutes=6,
    where=lambda q: sum(q.batch[0]) % 4 == 0 and sum(q.batch[0]) != 0 and variance(q.batch[0]) >= 2,
)
class RunningStatistics:
    stem = r"""A batch normalisation layer has one channel. Its running mean is {{ mean0 }} and its running variance is
    {{ var0 }}. In training it now receives one more mini-batch, whose four values are

    $$x = {{ batch | latex }}.$$

    The layer is PyTorch's, with momentum $m = {{ momentum }}$: a running value becomes
    $(1 - m)\cdot\text{old} + m\cdot\text{new}$, and the new variance that goes in is the **unbiased** one (divided by
    the number of values less one). Then the layer is switched to evaluation (`eval()`). $\gamma = 1$, $\beta = 0$, and
    $\varepsilon$ may be neglected."""

    mean0: int = integers(-2, 4)
    var0: int = integers(1, 6)
    batch: Image = matrices(1, 4, -4, 9)
    momentum: float = one_of(0.1, 0.2, 0.3)
    value: int = integers(-9, 9)

    mu = part(
        "The running mean after the batch (three decimals)",
        lambda q: mixed(q, q.mean0, mean(q.batch[0])),
        Real(places=3),
    )
    mu.mistake(MOMENTUM_REVERSED, lambda q: mixed(q, q.mean0, mean(q.batch[0]), reverse=True))
    mu.mistake(ONE_UPDATE, lambda q: mixed(q, 0, mean(q.batch[0])), when=lambda q: q.mean0 != 0)
    var = part(
        "The running variance after the batch (three decimals)",
        lambda q: mixed(q, q.var0, variance(q.batch[0], unbiased=True)),
        Real(places=3),
    )
    var.mistake(BIASED_VARIANCE, lambda q: mixed(q, q.var0, variance(q.batch[0])))
    var.mistake(MOMENTUM_REVERSED, lambda q: mixed(q, q.var0, variance(q.batch[0], unbiased=True), reverse=True))
    y = part(
        "What the layer in evaluation makes of the value ${{ value }}$ (two decimals)",
        lambda q: (q.value - q.mu) / sqrt(q.var),
        Real(rel=0, abs=0.01),
    )
    y.mistake(LAST_BATCH, lambda q: float(q.value - mean(q.batch[0])) / sqrt(variance(q.batch[0])))
    y.mistake(NO_UPDATE, lambda q: (q.value - q.mean0) / sqrt(q.var0))

    def new_mean(q):
        """The mean of the batch."""
        return int(mean(q.batch[0]))

    def squares(q):
        """The sum of the squared distances from the mean."""
        return int(variance(q.batch[0]) * 4)

    def term(q, number):
        """A number that is subtracted or multiplied: in brackets where it is negative."""
        return f"({number})" if str(number).startswith("-") else number

    solution = r"""{% set keep = "%.1f" % (1 - momentum) -%}
    The batch has the mean ${{ new_mean() }}$. The squared distances from it add up to {{ squares() }}, so its unbiased
    variance is ${{ squares() }}/3 = {{ "%.3f" % (squares() / 3) }}$. Hence

    - running mean: ${{ keep }}\cdot{{ term(mean0) }} + {{ momentum }}\cdot{{ term(new_mean()) }} = {{ "%.3f" % mu }}$
    - running variance: ${{ keep }}\cdot{{ var0 }} + {{ momentum }}\cdot{{ "%.3f" % (squares() / 3) }}
      = {{ "%.3f" % var }}$

    In evaluation the layer looks at no batch any more and uses these two:

    $$\frac{ {{- value }} - {{ term("%.3f" % mu) }} }{\sqrt{ {{- "%.3f" % var -}} }} = {{ "%.2f" % y }}$$"""
