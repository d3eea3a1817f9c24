"""Weight decay and an L2 penalty: the same for SGD, not for Adam."""

from question_bank import Misconception, Real, one_of, part, template

NO_DECAY = Misconception(
    "left the decay out",
    r"You took the plain gradient step. The penalty pulls the weight towards 0 as well.",
)
DECAY_NOT_SCALED = Misconception(
    "decay not multiplied by the learning rate",
    r"You subtracted $\lambda w$ itself. It is part of the step, so it is multiplied by the learning rate.",
)
AWAY_FROM_ZERO = Misconception(
    "pushed away from zero",
    r"You subtracted the penalty's gradient from the loss's gradient. The two are added: the penalty grows with $|w|$, "
    r"so descending it makes the weight smaller.",
)
AS_IN_SGD = Misconception(
    "treated Adam like SGD",
    r"You subtracted the learning rate times the gradient. Adam divides by the size of the gradient: its first step "
    r"has the length of the learning rate, whatever the gradient, and a penalty in the gradient is divided away as "
    r"well.",
)
AS_L2 = Misconception(
    "decay inside Adam's gradient",
    r"You put the decay into the gradient, where Adam divides it away. AdamW is *decoupled*: it shrinks the weight by "
    r"$\eta\lambda w$ in addition to Adam's step.",
)
DECAY_INSIDE = Misconception(
    "let the decay survive in Adam",
    r"You shrank the weight in addition to Adam's step, as AdamW does. Here the penalty is part of the gradient, and "
    r"Adam divides that by its own size.",
)


def sign(number):
    """1, 0 or −1."""
    return (number > 0) - (number < 0)


@template(
    topics=["cnn/training"],
    difficulty=3,
    minutes=5,
    where=lambda q: sign(q.g) == sign(q.g + q.decay * q.w) and abs(q.g) != 1,
)
class WeightDecay:
    stem = r"""A weight has the value $w = {{ w }}$, and the gradient of the data loss there is $g = {{ g }}$. Three
    optimisers make their **first** step, each with learning rate $\eta = {{ rate }}$ and $\lambda = {{ decay }}$:

    1. SGD with an L2 penalty: $\tfrac{\lambda}{2}w^2$ is added to the loss, so that the gradient becomes
       $g + \lambda w$.
    2. Adam with the same L2 penalty: the gradient $g + \lambda w$ goes into Adam. In the very first step, with bias
       correction and $\varepsilon$ neglected, Adam subtracts $\eta$ times the **sign** of its gradient.
    3. AdamW: Adam's step for the gradient $g$ alone, and in addition $\eta\lambda w$ is subtracted, where $w$ is the
       old value.

    Give the new weights to four decimals."""

    w: int = one_of(-8, -6, -5, -4, 4, 5, 6, 8)
    g: int = one_of(-4, -3, -2, 2, 3, 4)
    rate: float = one_of(0.1, 0.05, 0.02)
    decay: float = one_of(0.1, 0.2, 0.05)

    sgd = part("SGD with an L2 penalty", lambda q: q.w - q.rate * (q.g + q.decay * q.w), Real(places=4))
    sgd.mistake(NO_DECAY, lambda q: q.w - q.rate * q.g)
    sgd.mistake(DECAY_NOT_SCALED, lambda q: q.w - q.rate * q.g - q.decay * q.w)
    sgd.mistake(AWAY_FROM_ZERO, lambda q: q.w - q.rate * (q.g - q.decay * q.w))
    adam = part("Adam with an L2 penalty", lambda q: q.w - q.rate * sign(q.g + q.decay * q.w), Real(places=4))
    adam.mistake(AS_IN_SGD, lambda q: q.w - q.rate * (q.g + q.decay * q.w))
    adam.mistake(DECAY_INSIDE, lambda q: q.w - q.rate * sign(q.g) - q.rate * q.decay * q.w)
    adamw = part("AdamW", lambda q: q.w - q.rate * sign(q.g) - q.rate * q.decay * q.w, Real(places=4))
    adamw.mistake(AS_L2, lambda q: q.w - q.rate * sign(q.g + q.decay * q.w))
    adamw.mistake(DECAY_NOT_SCALED, lambda q: q.w - q.rate * sign(q.g) - q.decay * q.w)
    adamw.mistake(AS_IN_SGD, lambda q: q.w - q.rate * (q.g + q.decay * q.w))

    def b(q, number):
        """A number behind an operator: in brackets where it is negative."""
        return f"({number})" if str(number).startswith("-") else number

    solution = r"""{% set total = "%.4g" % (g + decay * w) %}{% set direction = 1 if g > 0 else -1 -%}
    With the penalty the gradient is
    $g + \lambda w = {{ g }} + {{ decay }}\cdot{{ b(w) }} = {{ total }}$.

    1. SGD: ${{ w }} - {{ rate }}\cdot{{ b(total) }} = {{ "%.4f" % sgd }}$.
    2. Adam: only the sign of {{ total }} counts in the first step,
       ${{ w }} - {{ rate }}\cdot{{ b(direction) }} = {{ "%.4f" % adam }}$. The penalty has no effect at all: Adam
       divides it away together with the gradient.
    3. AdamW: the sign of {{ g }} gives the same step, and the weight is shrunk besides:
       ${{ w }} - {{ rate }}\cdot{{ b(direction) }} - {{ rate }}\cdot{{ decay }}\cdot{{ b(w) }} =
       {{ "%.4f" % adamw }}$."""
