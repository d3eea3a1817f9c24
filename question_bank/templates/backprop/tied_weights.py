"""A 1-D convolution as a network with tied weights: gradients per position, their sum, the step."""

from question_bank import Real, Vector, integers, matrices, one_of, part, template
from question_bank.maths.images import Image
from question_bank.misconceptions.backprop import (
    AVERAGED,
    COPIES_APART,
    FLIPPED_OUTPUT_GRADIENT,
    ONE_POSITION,
    WENT_UPHILL,
)

NAMES = ("first", "second", "third")


def humane(q):
    """At least three positions count."""
    return sum(g != 0 for g in q.gradients) >= 3


@template(topics=["cnn/backprop"], difficulty=3, minutes=5, where=humane)
class TiedWeights:
    stem = r"""A layer computes, from a signal $x$, with the weights $w_0, w_1, w_2$ and without bias,

    $$y_i = w_0\,x_i + w_1\,x_{i+1} + w_2\,x_{i+2}, \qquad i = 0, \dots, {{ outputs - 1 }}.$$

    It may be seen as a fully connected layer whose weights are **tied**: each output has a copy of $w_0$, $w_1$ and
    $w_2$, and the copies are kept equal. Let $d_i = \partial L/\partial y_i$ be the gradients of the loss:

    $$x = {{ x | latex }} \qquad d = {{ d | latex }}$$

    (both counted from index 0). At present $w_{ {{- tap -}} } = {{ weight }}$; the learning rate is
    $\gamma = {{ rate }}$."""

    outputs: int = one_of(4, 5)
    x: Image = matrices(1, lambda q: q.outputs + 2, -4, 5)
    d: Image = matrices(1, lambda q: q.outputs, -3, 3)
    tap: int = integers(0, 2)
    weight: int = integers(-3, 3)
    rate: float = one_of(0.1, 0.2, 0.5)

    gradients = part(
        r"The gradients of $L$ by the single copies of $w_{ {{- tap -}} }$, from output 0 to output {{ outputs - 1 }}, "
        "as if the copies were not tied",
        lambda q: tuple(d * q.x[0][i + q.tap] for i, d in enumerate(q.d[0])),
        Vector(),
        points=2,
    )
    gradients.mistake(
        FLIPPED_OUTPUT_GRADIENT, lambda q: tuple(d * q.x[0][i + q.tap] for i, d in enumerate(q.d[0][::-1]))
    )
    total = part(
        r"$\partial L/\partial w_{ {{- tap -}} }$ for the tied weight",
        lambda q: float(sum(q.gradients)),
        Real(rel=0, abs=0.001),
    )
    total.mistake(AVERAGED, lambda q: sum(q.gradients) / q.outputs)
    total.mistake(ONE_POSITION, lambda q: q.gradients[0])
    updated = part(
        r"The value of $w_{ {{- tap -}} }$ after one step of gradient descent",
        lambda q: float(q.weight - q.rate * q.total),
        Real(rel=0, abs=0.001),
    )
    updated.mistake(WENT_UPHILL, lambda q: q.weight + q.rate * q.total)
    updated.mistake(AVERAGED, lambda q: q.weight - q.rate * q.total / q.outputs)
    updated.mistake(COPIES_APART, lambda q: q.weight - q.rate * q.gradients[0])

    def bracketed(q, number):
        """A number as a factor or a further term: in brackets where it is negative."""
        return f"({number})" if number < 0 else number

    solution = r"""In output $i$ the copy of $w_{ {{- tap -}} }$ multiplies
    $x_{i{{ "+%d" % tap if tap }}}$, so its gradient is $d_i\,x_{i{{ "+%d" % tap if tap }}}$:

    {% for g in gradients -%}
    - output {{ loop.index0 }}: ${{ d[0][loop.index0] }}\cdot
    {{- bracketed(x[0][loop.index0 + tap]) }} = {{ g }}$
    {% endfor %}
    As a list: {{ gradients | list }}. The copies are one and the same weight, and a change of it changes all outputs at
    once: their gradients are **added**,

    $$\frac{\partial L}{\partial w_{ {{- tap -}} }} = {% for g in gradients %}
    {{- " + " if not loop.first }}{{ g if loop.first else bracketed(g) }}{% endfor %} = {{ total | latex }}.$$

    The step is $w_{ {{- tap -}} } \leftarrow w_{ {{- tap -}} } - \gamma\,\partial L/\partial w_{ {{- tap -}} }
    = {{ weight }} - {{ rate }}\cdot{{ bracketed(total | int) }} = {{ updated | latex }}$."""
