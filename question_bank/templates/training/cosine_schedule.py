"""A learning rate with a linear warm-up and half a cosine."""

from math import cos, pi

from question_bank import Misconception, Real, figures, integers, one_of, part, template
from question_bank.maths.training import cosine_rate

WARM_UP_FORGOTTEN = Misconception(
    "started the cosine at step 0",
    r"You let the cosine begin at the very start. It begins when the warm-up is over, so subtract the steps of the "
    r"warm-up above **and** below the fraction bar.",
)
NOT_HALVED = Misconception(
    "did not halve the cosine",
    r"You left out the factor $\tfrac12$. The bracket $1 + \cos$ runs from 2 to 0, and the rate must start at its "
    r"peak, not at twice that.",
)
LINEAR = Misconception(
    "fell in a straight line",
    r"You let the rate fall in a straight line. Half a cosine falls slowly at first, faster in the middle and slowly "
    r"again at the end.",
)
FROM_ZERO = Misconception(
    "counted the warm-up from 0",
    r"You divided $t$ by the length of the warm-up. With the stated formula the first step, $t = 0$, already has one "
    r"share of the peak.",
)
AT_THE_PEAK = Misconception(
    "left the warm-up out",
    r"You gave the peak. In the warm-up the rate rises to it step by step.",
)


def done(q, step):
    """How much of the cosine lies behind a step."""
    return (step - q.warm) / (q.total - q.warm)


@template(topics=["cnn/training"], difficulty=2, minutes=4, where=lambda q: abs(done(q, q.late) - 0.5) > 0.08)
class CosineSchedule:
    stem = r"""The learning rate of a training of $T = {{ total }}$ steps, counted from $t = 0$, rises in a warm-up of
    $W = {{ warm }}$ steps and then falls on half a cosine to 0; its peak is $\eta = {{ peak }}$:

    $$\eta_t = \eta\cdot\frac{t + 1}{W} \quad\text{for } t < W, \qquad
    \eta_t = \frac{\eta}{2}\left(1 + \cos\!\left(\pi\,\frac{t - W}{T - W}\right)\right) \quad\text{for } t \ge W.$$

    Give learning rates to three significant figures."""

    total: int = integers(100, 1000, 100)
    warm: int = one_of(10, 20, 40, 50)
    peak: float = one_of(0.1, 0.2, 0.4, 0.5)
    early: int = integers(1, lambda q: q.warm - 3)
    late: int = integers(lambda q: q.warm + q.total // 5, lambda q: q.total - q.total // 6)

    def figure(q):
        """The schedule, at about fifty steps."""
        steps = sorted({*range(0, q.total, q.total // 50), q.warm, q.total})
        rates = [q.peak * (t + 1) / q.warm if t < q.warm else cosine_rate(q.peak, 0, done(q, t)) for t in steps]
        alt = "The learning rate rises in a straight line and then falls on half a cosine to 0."
        return figures.curves({"learning rate": rates}, "step", "learning rate", steps, alt=alt)

    rising = part("The learning rate in step {{ early }}", lambda q: q.peak * (q.early + 1) / q.warm, Real(figures=3))
    rising.mistake(FROM_ZERO, lambda q: q.peak * q.early / q.warm)
    rising.mistake(AT_THE_PEAK, lambda q: q.peak)
    falling = part(
        "The learning rate in step {{ late }}", lambda q: cosine_rate(q.peak, 0, done(q, q.late)), Real(figures=3)
    )
    falling.mistake(WARM_UP_FORGOTTEN, lambda q: cosine_rate(q.peak, 0, q.late / q.total))
    falling.mistake(NOT_HALVED, lambda q: q.peak * (1 + cos(pi * done(q, q.late))))
    falling.mistake(LINEAR, lambda q: q.peak * (1 - done(q, q.late)))

    solution = r"""Step {{ early }} lies in the warm-up, and as steps are counted from 0 it is number {{ early + 1 }}:
    ${{ peak }}\cdot{{ early + 1 }}/{{ warm }} = {{ "%#.3g" % rising }}$.

    Step {{ late }} lies on the cosine. Of its ${{ total }} - {{ warm }} = {{ total - warm }}$ steps,
    ${{ late }} - {{ warm }} = {{ late - warm }}$ have passed, a share of
    {{ "%.4f" % ((late - warm) / (total - warm)) }}:

    $$\frac{ {{- peak -}} }{2}\,\bigl(1 + \cos({{ "%.4f" % ((late - warm) / (total - warm)) }}\,\pi)\bigr)
    = {{ "%#.3g" % falling }}$$"""
