"""The forward pass of a layer by hand: Z = W∗X + b, then A = a(Z)."""

from fractions import Fraction

from question_bank import Matrix, integers, matrices, one_of, part, template
from question_bank.answers import number_text
from question_bank.maths.images import Image, cross_correlate, flip, window, written_out
from question_bank.misconceptions import Misconception
from question_bank.misconceptions.convolution import BIAS_IN_SUM, FLIPPED_KERNEL, LEFT_OUT_BIAS

ABSOLUTE = Misconception(
    "dropped the minus signs",
    r"You turned negative entries into positive ones. That is the absolute value; ReLU replaces negative entries by 0.",
)
CUT_TO_ZERO = Misconception(
    "used the plain ReLU",
    r"You set negative entries to 0, as the plain ReLU does. The leaky ReLU multiplies them by its small slope.",
)
SLOPE_EVERYWHERE = Misconception(
    "applied the slope to all entries",
    r"You multiplied the positive entries by the slope, too. A leaky ReLU leaves positive entries as they are.",
)
KEPT_POSITIVE = Misconception(
    "kept the positive values",
    r"You kept the positive entries as they are, as ReLU does. The step function only says **whether** an entry is "
    r"positive: 1 or 0.",
)
SIGNS = Misconception(
    "gave the signs",
    r"You gave $-1$ for negative entries. That is the sign; the step function gives 0 for them.",
)
FORMULAS = {
    "ReLU": r"a(z) = \max(0, z)",
    "leaky ReLU": r"a(z) = z \text{ for } z > 0,\; a(z) = {slope}\,z \text{ otherwise}",
    "step": r"a(z) = 1 \text{ for } z > 0,\; a(z) = 0 \text{ otherwise}",
}


def mapped(z, positive, negative):
    """`z` with its entries above 0, and all others, replaced so."""
    return tuple(tuple(positive(entry) if entry > 0 else negative(entry) for entry in row) for row in z)


def activated(q):
    """The activation of the student's own or the right Z."""
    if q.activation == "ReLU":
        return mapped(q.z, lambda e: e, lambda e: 0)
    if q.activation == "leaky ReLU":
        return mapped(q.z, lambda e: e, lambda e: e * q.slope if e else 0)
    return mapped(q.z, lambda e: 1, lambda e: 0)


def layer(q, bias, turn=lambda kernel: kernel):
    """Z with another bias or a turned kernel."""
    return tuple(tuple(entry + bias for entry in row) for row in cross_correlate(q.image, turn(q.kernel)))


def sensible(q):
    """Both signs occur in Z, more than once, and no zero; the kernel is not the same when it is turned."""
    if q.kernel == flip(q.kernel) or sum(weight == 0 for row in q.kernel for weight in row) > 1:
        return False
    entries = [entry for row in q.z for entry in row]
    return 0 not in entries and 2 <= sum(entry > 0 for entry in entries) <= 4


@template(topics=["cnn/definition", "cnn/activations"], difficulty=2, minutes=5, where=sensible)
class ForwardPass:
    stem = r"""A layer computes $Z = W * X + b$ and then $A = a(Z)$, entry by entry. Here $*$ is the cross-correlation
    (the kernel is not flipped) with stride 1 and no padding, $b = {{ bias }}$, and the activation is
    {{ "the " + activation + " function" if activation == "step" else activation }}: ${{ formula() }}$.

    $$X = {{ image | latex }} \qquad W = {{ kernel | latex }}$$"""

    activation: str = one_of("ReLU", "leaky ReLU", "step")
    tenths: int = integers(lambda q: q.activation == "leaky ReLU", lambda q: 5 * (q.activation == "leaky ReLU"))
    image: Image = matrices(3, 4, -2, 4)
    kernel: Image = matrices(2, 2, -2, 2)
    bias: int = one_of(-4, -3, -2, -1, 1, 2, 3, 4)

    z = part("The matrix $Z$, before the activation", lambda q: layer(q, q.bias), Matrix(), points=2)
    z.mistake(LEFT_OUT_BIAS, lambda q: layer(q, 0))
    z.mistake(BIAS_IN_SUM, lambda q: layer(q, 4 * q.bias))
    z.mistake(FLIPPED_KERNEL, lambda q: layer(q, q.bias, flip))
    a = part("The matrix $A$, after the activation", activated, Matrix(abs=0.005))
    a.mistake(ABSOLUTE, lambda q: mapped(q.z, abs, abs), when=lambda q: q.activation == "ReLU")
    a.mistake(CUT_TO_ZERO, lambda q: mapped(q.z, lambda e: e, lambda e: 0), when=lambda q: q.activation == "leaky ReLU")
    a.mistake(
        SLOPE_EVERYWHERE,
        lambda q: mapped(q.z, *[lambda e: e * q.slope] * 2),
        when=lambda q: q.activation == "leaky ReLU",
    )
    a.mistake(KEPT_POSITIVE, lambda q: mapped(q.z, lambda e: e, lambda e: 0), when=lambda q: q.activation == "step")
    a.mistake(SIGNS, lambda q: mapped(q.z, lambda e: 1, lambda e: -1), when=lambda q: q.activation == "step")

    @property
    def slope(q):
        """What negative entries are multiplied by in a leaky ReLU."""
        return Fraction(q.tenths, 10)

    def formula(q):
        """The activation, in LaTeX."""
        return FORMULAS[q.activation].replace("{slope}", number_text(q.slope))

    def products(q, j):
        """The sum of products behind entry j of the first row."""
        return written_out(window(q.image, 0, j, 2), q.kernel)

    def sign(q):
        """The bias with its sign, to be added."""
        return f"+ {q.bias}" if q.bias > 0 else f"- {-q.bias}"

    solution = r"""The window moves over $2\times3$ places. The first two entries of $Z$, with the bias added once to
    each:

    $$({{ products(0) }}) {{ sign() }} = {{ z[0][0] }} \qquad ({{ products(1) }}) {{ sign() }} = {{ z[0][1] }}$$

    All together:

    $$Z = {{ z | latex }}$$

    The activation looks at each entry on its own.
    {%- if activation == "ReLU" %} Negative entries become 0, positive ones stay.
    {%- elif activation == "step" %} Positive entries become 1, all others 0.
    {%- else %} Positive entries stay, negative ones are multiplied by {{ slope | latex }}.{% endif %}

    $$A = {{ a | latex }}$$"""
