"""Two steps of gradient descent: plain, with momentum, with Nesterov's momentum."""

from question_bank import Misconception, Real, integers, one_of, part, template

NO_MEMORY = Misconception(
    "no memory",
    r"You made plain steps. With momentum, the second step also follows the first: $\mu$ times the old velocity is "
    r"added to the new gradient.",
)
DAMPENED = Misconception(
    "averaged gradient and velocity",
    r"You gave the gradient the weight $1 - \mu$. That is the running mean that Adam uses; momentum as stated here, "
    r"and in PyTorch, adds the **whole** gradient to $\mu$ times the velocity.",
)
OLD_GRADIENT = Misconception(
    "used the first gradient twice",
    r"You used the first gradient in the second step. It has to be computed anew at the weight that the first step led "
    r"to.",
)
WENT_UP = Misconception(
    "went uphill",
    r"You added the step. The gradient points to where the loss grows, so the step is subtracted.",
)
NESTEROV_IS_MOMENTUM = Misconception(
    "momentum without looking ahead",
    r"You gave the result of ordinary momentum. Nesterov's step uses $g + \mu v$ with the **new** velocity $v$, "
    r"already in the first step.",
)


def walk(q, step, mu=None):
    """The weight after two steps; `step` makes of (gradient, velocity) what is subtracted, times the rate."""
    w, v = float(q.w), 0.0
    for _ in range(2):
        g = q.a * w
        v = (q.mu if mu is None else mu) * v + g
        w -= q.rate * step(g, v)
    return w


def dampened(q):
    """Two steps with velocity (1 − μ) g + μ v."""
    w, v = float(q.w), 0.0
    for _ in range(2):
        v = q.mu * v + (1 - q.mu) * q.a * w
        w -= q.rate * v
    return w


@template(topics=["cnn/training"], difficulty=3, minutes=6)
class Momentum:
    stem = r"""The loss of a network with a single weight is $L(w) = {{ half() }}w^2$, so its gradient is
    $g = {{ a if a > 1 }}w$. Training starts at $w = {{ w }}$ with learning rate $\eta = {{ rate }}$. Three optimisers
    each make **two** steps from there:

    - plain gradient descent: $w \leftarrow w - \eta\,g$
    - momentum (PyTorch's form): $v \leftarrow \mu\,v + g$, then $w \leftarrow w - \eta\,v$
    - Nesterov's momentum (PyTorch's form): $v \leftarrow \mu\,v + g$, then $w \leftarrow w - \eta\,(g + \mu\,v)$

    with $\mu = {{ mu }}$ and $v = 0$ at the start. Give the weight after the second step, to four decimals."""

    a: int = one_of(1, 2, 4)
    w: int = integers(1, 12)
    rate: float = one_of(0.01, 0.02, 0.05, 0.1)
    mu: float = one_of(0.5, 0.8, 0.9)

    plain = part("Plain gradient descent", lambda q: walk(q, lambda g, v: g), Real(places=4))
    plain.mistake(OLD_GRADIENT, lambda q: q.w - 2 * q.rate * q.a * q.w)
    plain.mistake(WENT_UP, lambda q: q.w * (1 + q.rate * q.a) ** 2)
    momentum = part("Momentum", lambda q: walk(q, lambda g, v: v), Real(places=4))
    momentum.mistake(NO_MEMORY, lambda q: walk(q, lambda g, v: g))
    momentum.mistake(DAMPENED, dampened)
    momentum.mistake(OLD_GRADIENT, lambda q: q.w - (2 + q.mu) * q.rate * q.a * q.w)
    nesterov = part("Nesterov's momentum", lambda q: walk(q, lambda g, v: g + q.mu * v), Real(places=4))
    nesterov.mistake(NESTEROV_IS_MOMENTUM, lambda q: walk(q, lambda g, v: v))

    def half(q):
        """Half of a, as a coefficient."""
        return r"\tfrac{1}{2}\," if q.a == 1 else "" if q.a == 2 else q.a // 2

    def after_one(q):
        """The weight after one plain step, which is also momentum's first step, and after Nesterov's first step."""
        return q.w - q.rate * q.a * q.w, q.w - q.rate * (1 + q.mu) * q.a * q.w

    solution = r"""{% set w1, n1 = after_one() %}{% set g0 = a * w -%}
    The first gradient is ${{ a }}\cdot{{ w }} = {{ g0 }}$.

    **Plain:** ${{ w }} - {{ rate }}\cdot{{ g0 }} = {{ "%.4f" % w1 }}$; there the gradient is {{ "%.4f" % (a * w1) }},
    and the second step leads to ${{ "%.4f" % w1 }} - {{ rate }}\cdot{{ "%.4f" % (a * w1) }} = {{ "%.4f" % plain }}$.

    **Momentum:** with $v = 0$ the first step is the same. Then
    $v = {{ mu }}\cdot{{ g0 }} + {{ "%.4f" % (a * w1) }} = {{ "%.4f" % (mu * g0 + a * w1) }}$, and the second step leads
    to ${{ "%.4f" % w1 }} - {{ rate }}\cdot{{ "%.4f" % (mu * g0 + a * w1) }} = {{ "%.4f" % momentum }}$.

    **Nesterov:** at first $v = {{ g0 }}$ and
    $w = {{ w }} - {{ rate }}\cdot({{ g0 }} + {{ mu }}\cdot{{ g0 }}) = {{ "%.4f" % n1 }}$. There
    $g = {{ "%.4f" % (a * n1) }}$ and $v = {{ mu }}\cdot{{ g0 }} + g = {{ "%.4f" % (mu * g0 + a * n1) }}$, so that
    $w = {{ "%.4f" % n1 }} - {{ rate }}\cdot({{ "%.4f" % (a * n1) }} + {{ mu }}\cdot
    {{- "%.4f" % (mu * g0 + a * n1) }}) = {{ "%.4f" % nesterov }}$."""
