"""Batch normalisation of one unit over a small batch, in training."""

from math import sqrt

from question_bank import Misconception, Real, Vector, integers, matrices, one_of, part, template
from question_bank.maths.images import Image
from question_bank.maths.normalisation import mean, variance
from question_bank.misconceptions.normalisation import (
    FORGOT_SCALE_AND_SHIFT,
    UNBIASED_VARIANCE,
    VARIANCE_FOR_DEVIATION,
)

MEAN_OF_SQUARES = Misconception(
    "mean of the squares",
    r"You took the mean of the squares of the values. The variance is the mean of the squared distances **from the "
    r"mean**: subtract the mean first.",
)
SUM_OF_SQUARES = Misconception(
    "sum instead of mean of the squares",
    r"You added the squared distances up. The variance is their mean.",
)


def normalised(q, divisor):
    """The batch, centred, divided, scaled and shifted."""
    return tuple(q.gamma * (float(x - q.mu) / divisor) + q.beta for x in q.batch[0])


@template(
    topics=["cnn/normalisation"],
    difficulty=2,
    minutes=6,
    where=lambda q: sum(q.batch[0]) % len(q.batch[0]) == 0 and variance(q.batch[0]) >= 1,
)
class BatchNormVector:
    stem = r"""In training, a unit has these values for the {{ batch[0] | length }} examples of a mini-batch:

    $$x = {{ batch | latex }}$$

    A batch normalisation layer follows, with the scale $\gamma = {{ gamma }}$ and the shift $\beta = {{ beta }}$. It
    uses the variance of the batch that divides by the number of examples. The small $\varepsilon$ that is added to the
    variance may be neglected."""

    size: int = integers(4, 5)
    batch: Image = matrices(1, lambda q: q.size, -5, 9)
    gamma: int = one_of(2, 3, -1)
    beta: int = one_of(-2, -1, 1, 2)

    mu = part("The mean of the batch", lambda q: int(mean(q.batch[0])))
    var = part("The variance of the batch (two decimals)", lambda q: float(variance(q.batch[0])), Real(places=2))
    var.mistake(UNBIASED_VARIANCE, lambda q: float(variance(q.batch[0], unbiased=True)))
    var.mistake(MEAN_OF_SQUARES, lambda q: sum(x * x for x in q.batch[0]) / q.size, when=lambda q: mean(q.batch[0]))
    var.mistake(SUM_OF_SQUARES, lambda q: float(variance(q.batch[0]) * q.size))
    y = part(
        "The outputs for the examples, in order (two decimals)",
        lambda q: normalised(q, sqrt(q.var)),
        Vector(abs=0.01),
        points=2,
    )
    y.mistake(UNBIASED_VARIANCE, lambda q: normalised(q, sqrt(q.var * q.size / (q.size - 1))))
    y.mistake(VARIANCE_FOR_DEVIATION, lambda q: normalised(q, q.var))
    y.mistake(FORGOT_SCALE_AND_SHIFT, lambda q: tuple(float(x - q.mu) / sqrt(q.var) for x in q.batch[0]))

    def distances(q):
        """Each value less the mean."""
        return tuple(x - int(mean(q.batch[0])) for x in q.batch[0])

    def decimals(q, values):
        """Numbers with two decimals, and no minus before a zero."""
        return ", ".join(f"{round(value, 2) + 0.0:.2f}" for value in values)

    solution = r"""The mean is ${{ mu }}$. The values less the mean are
    {% for x in distances() %}{{ ", " if not loop.first }}${{ x }}$
    {%- endfor %}, and the mean of their squares is

    $$\sigma^2 = \frac{ {% for x in distances() %}{{ "+ " if not loop.first }}{{ x * x }} {% endfor %} }{ {{- size -}} }
    = {{ "%.2f" % var }}.$$

    Dividing by $\sigma = \sqrt{ {{- "%.2f" % var -}} } \approx {{ "%.4f" % var ** 0.5 }}$ gives the normalised values.
    Each is then multiplied by $\gamma = {{ gamma }}$ and shifted by $\beta = {{ beta }}$: the first one becomes

    $$\gamma\cdot\frac{ {{- distances()[0] -}} }{\sigma} + \beta \approx {{ decimals(y[:1]) }},$$

    and all of them $[{{ decimals(y) }}]$."""
