"""Two steps of Adam by hand, with bias correction."""

from math import sqrt

from question_bank import Misconception, Real, integers, one_of, part, template

NO_CORRECTION = Misconception(
    "no bias correction",
    r"You used $m$ and $v$ as they are. Both start at 0 and are too small at first, $v$ more so than $m$; dividing by "
    r"$1 - \beta^t$ makes up for that. Without it the first steps are far too large.",
)
NO_ROOT = Misconception(
    "no square root",
    r"You divided by $\hat v$. It is a mean of **squared** gradients, so its square root has the scale of a gradient.",
)
PLAIN = Misconception(
    "plain gradient step",
    r"You subtracted the learning rate times the gradient. Adam divides by the size of recent gradients, so its first "
    r"step has about the length of the learning rate, whatever the gradient.",
)
FIRST_CORRECTION = Misconception(
    "corrected with t = 1 again",
    r"You divided by $1 - \beta$ in the second step, too. There $t = 2$: divide by $1 - \beta^2$.",
)
LATEST_ONLY = Misconception(
    "forgot the first gradient",
    r"You used the second gradient only. Both means still remember the first one.",
)


def moments(q):
    """m and v after the second gradient."""
    m = q.beta1 * (1 - q.beta1) * q.g1 + (1 - q.beta1) * q.g2
    v = q.beta2 * (1 - q.beta2) * q.g1**2 + (1 - q.beta2) * q.g2**2
    return m, v


def second_step(q, corrections):
    """What the second step subtracts, with these divisors of m and v."""
    m, v = moments(q)
    return q.rate * (m / corrections[0]) / sqrt(v / corrections[1])


def sign(number):
    """1 or −1."""
    return 1.0 if number > 0 else -1.0


def moves_less(q):
    """Whether the second step is clearly not as long as the learning rate."""
    return abs(second_step(q, (1 - q.beta1**2, 1 - q.beta2**2)) - q.rate * sign(q.g2)) > 0.004


@template(topics=["cnn/training"], difficulty=3, minutes=7, where=lambda q: abs(q.g1) != abs(q.g2))
class Adam:
    stem = r"""A weight starts at $w = {{ w }}$ and is trained with **Adam**: in step $t = 1, 2, \dots$ with gradient
    $g$,

    $$m \leftarrow \beta_1 m + (1 - \beta_1)\,g, \qquad v \leftarrow \beta_2 v + (1 - \beta_2)\,g^2,$$

    $$\hat m = \frac{m}{1 - \beta_1^t}, \qquad \hat v = \frac{v}{1 - \beta_2^t}, \qquad
    w \leftarrow w - \eta\,\frac{\hat m}{\sqrt{\hat v}},$$

    with $m = v = 0$ at the start, $\beta_1 = {{ beta1 }}$, $\beta_2 = {{ beta2 }}$ and learning rate
    $\eta = {{ rate }}$. (The small $\varepsilon$ in the denominator may be neglected.) The gradient is ${{ g1 }}$ in
    the first step and ${{ g2 }}$ in the second."""

    w: int = integers(-3, 5)
    g1: int = one_of(-4, -3, -2, 2, 3, 4)
    g2: int = one_of(-4, -3, -2, -1, 1, 2, 3, 4)
    beta1: float = one_of(0.8, 0.9)
    beta2: float = one_of(0.99, 0.999)
    rate: float = one_of(0.1, 0.05)

    first = part(
        "The weight after the first step (three decimals)", lambda q: q.w - q.rate * sign(q.g1), Real(places=3)
    )
    first.mistake(NO_CORRECTION, lambda q: q.w - q.rate * (1 - q.beta1) * q.g1 / sqrt((1 - q.beta2) * q.g1**2))
    first.mistake(PLAIN, lambda q: q.w - q.rate * q.g1)
    first.mistake(NO_ROOT, lambda q: q.w - q.rate / q.g1)
    second = part(
        "The weight after the second step (three decimals)",
        lambda q: float(q.first - second_step(q, (1 - q.beta1**2, 1 - q.beta2**2))),
        Real(rel=0, abs=0.001),
        points=2,
    )
    second.mistake(NO_CORRECTION, lambda q: float(q.first - second_step(q, (1, 1))))
    second.mistake(FIRST_CORRECTION, lambda q: float(q.first - second_step(q, (1 - q.beta1, 1 - q.beta2))))
    second.mistake(LATEST_ONLY, lambda q: float(q.first - q.rate * sign(q.g2)), when=moves_less)

    def numbers(q):
        """m, v and their corrected forms in the second step."""
        m, v = moments(q)
        return m, v, m / (1 - q.beta1**2), v / (1 - q.beta2**2)

    def b(q, number):
        """A number behind an operator: in brackets where it is negative."""
        return f"({number})" if str(number).startswith("-") else number

    solution = r"""{% set m, v, mhat, vhat = numbers() %}{% set rest1 = "%.1f" % (1 - beta1) -%}
    {% set rest2 = "%.3g" % (1 - beta2) -%}
    **Step 1.** $m = {{ rest1 }}\cdot{{ b(g1) }}$ and $v = {{ rest2 }}\cdot{{ b(g1) }}^2$. The correction divides by
    {{ rest1 }} and {{ rest2 }}, so that $\hat m = {{ g1 }}$ and $\sqrt{\hat v} = {{ g1 | abs }}$: the first step has
    the length of the learning rate, whatever the gradient.

    $$w = {{ w }} - {{ rate }}\cdot\frac{ {{- g1 -}} }{ {{- g1 | abs -}} } = {{ "%.3f" % first }}$$

    **Step 2.** Now $t = 2$:

    - $m = {{ beta1 }}\cdot{{ rest1 }}\cdot{{ b(g1) }} + {{ rest1 }}\cdot{{ b(g2) }} = {{ "%.4f" % m }}$,
      $\hat m = {{ "%.4f" % m }}/(1 - {{ beta1 }}^2) = {{ "%.4f" % mhat }}$
    - $v = {{ beta2 }}\cdot{{ rest2 }}\cdot{{ b(g1) }}^2 + {{ rest2 }}\cdot{{ b(g2) }}^2 = {{ "%.6f" % v }}$,
      $\hat v = {{ "%.6f" % v }}/(1 - {{ beta2 }}^2) = {{ "%.4f" % vhat }}$

    $$w = {{ "%.3f" % first }} - {{ rate }}\cdot\frac{ {{- "%.4f" % mhat -}} }{\sqrt{ {{- "%.4f" % vhat -}} }}
    = {{ "%.3f" % second }}$$"""
