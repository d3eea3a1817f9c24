"""Write the gradient-descent step of a tied weight in symbols."""

from question_bank import Symbolic, integers, one_of, part, template
from question_bank.misconceptions.backprop import (
    AVERAGED,
    COPIES_APART,
    FLIPPED_OUTPUT_GRADIENT,
    ONE_POSITION,
    WENT_UPHILL,
)
from question_bank.misconceptions.shapes import IGNORED_STRIDE


def terms(q, s=None, turn=False):
    """The products d · x behind the gradient of weight `tap`, as a student would type them."""
    order = range(q.outputs)[::-1] if turn else range(q.outputs)
    step = q.s if s is None else s
    return [f"d[{i + q.base}]*x[{step * at + q.tap + q.base}]" for at, i in enumerate(order)]


def gradient(q, **options):
    """The sum of the products."""
    return " + ".join(terms(q, **options))


def step(q, gradient, sign="-"):
    """The new weight."""
    return f"w[{q.tap + q.base}] {sign} g*{gradient}"


@template(topics=["cnn/backprop"], difficulty=3, minutes=5)
class TiedWeightsUpdate:
    stem = r"""A layer slides a kernel $w$ of {{ taps }} weights over a signal $x$ (without flipping it), with
    stride {{ s }}, no padding and no bias; it has {{ outputs }} outputs $y$. All indices start at **{{ base }}**, so
    that

    $$y[{{ base }}] = {% for m in range(taps) %}{{ " + " if m }}w[{{ m + base }}]\,x[{{ m + base }}]{% endfor %}.$$

    Write `d[i]` for $\partial L/\partial y[i]$, the gradient of the loss $L$ by an output, and `g` for the learning
    rate $\gamma$."""

    taps: int = integers(2, 5)
    outputs: int = integers(3, 6)
    s: int = integers(1, 3)
    base: int = one_of(0, 1)
    tap: int = integers(0, lambda q: q.taps - 1)

    dw = part(
        r"Write $\partial L/\partial w[{{ tap + base }}]$ as a sum of products of entries of $d$ and $x$.",
        gradient,
        Symbolic(),
    )
    dw.mistake(ONE_POSITION, lambda q: terms(q)[0])
    dw.mistake(AVERAGED, lambda q: f"({gradient(q)})/{q.outputs}")
    dw.mistake(FLIPPED_OUTPUT_GRADIENT, lambda q: gradient(q, turn=True))
    dw.mistake(IGNORED_STRIDE, lambda q: gradient(q, s=1), when=lambda q: q.s > 1)
    updated = part(
        "Write what $w[{{ tap + base }}]$ becomes in one step of gradient descent.",
        lambda q: step(q, f"({q.dw})"),
        Symbolic(),
    )
    updated.mistake(WENT_UPHILL, lambda q: step(q, f"({q.dw})", "+"))
    updated.mistake(AVERAGED, lambda q: step(q, f"({q.dw})/{q.outputs}"))
    updated.mistake(COPIES_APART, lambda q: step(q, terms(q)[0]))

    solution = r"""Output number $i$, counted from {{ base }}, starts {% if s > 1 %}{{ s }} pixels{% else %}one pixel
    {%- endif %} to the right of the one before it, and the weight $w[{{ tap + base }}]$ lies {{ tap }}
    pixel{{ "s" if tap != 1 }} from its start. So it meets the pixels
    {% for i in range(outputs) %}{{ ", " if i }}$x[{{ s * i + tap + base }}]${% endfor %}. The weight is shared, so the
    gradients of all {{ outputs }} outputs by it are added:

    $$\frac{\partial L}{\partial w[{{ tap + base }}]} = {{ dw | replace("*", "\\,") }}$$

    In Python: `{{ dw }}`. Gradient descent subtracts the learning rate times this sum. All copies of the
    weight move together: `{{ updated }}`."""
