"""Local response normalisation of one value: the paper's form and PyTorch's."""

from question_bank import Misconception, Real, Vector, integers, matrices, one_of, part, template
from question_bank.maths.images import Image
from question_bank.maths.normalisation import lrn_neighbours

NOT_CLIPPED = Misconception(
    "moved the window inwards",
    r"You kept $n$ channels by moving the window inwards. It stays centred on the channel, and what would lie beyond "
    r"the first or the last channel is simply missing.",
)
ONE_SIDE_ONLY = Misconception(
    "looked to one side",
    r"You took the $n$ channels that begin with the channel itself. The window is centred: $(n - 1)/2$ channels on "
    r"each side of it.",
)
NO_SQUARES = Misconception(
    "added the values, not their squares",
    r"You added up the values. The formula adds up their squares.",
)
LEFT_ITSELF_OUT = Misconception(
    "left the channel itself out",
    r"You added up the neighbours only. The channel itself belongs to the sum.",
)
FORGOT_BETA = Misconception(
    "left out the exponent",
    r"You divided by the bracket itself. It has to be raised to the power of $\beta$ first.",
)
FORM_OF_PYTORCH = Misconception(
    "divided alpha by n",
    r"You divided $\alpha$ by $n$. That is what PyTorch's layer does; the formula of the paper, which is asked for "
    r"here, multiplies the sum with $\alpha$ itself.",
)
FORM_OF_THE_PAPER = Misconception(
    "the paper's alpha in PyTorch",
    r"You gave the paper's value. PyTorch multiplies the **mean** over $n$ with $\alpha$: its $\alpha$ acts as "
    r"$\alpha/n$.",
)
DIVIDED_BY_THOSE_THERE = Misconception(
    "divided by the channels that are there",
    r"You divided by the number of channels in the clipped window. PyTorch pads with zeros and always divides by $n$.",
)


def near(q):
    """First and last channel that count."""
    return lrn_neighbours(q.channel, 5, q.n)


def shifted(q):
    """The n channels where the window is moved inwards."""
    first = min(max(0, q.channel - q.n // 2), 5 - q.n)
    return first, first + q.n - 1


def bracket(q, alpha=None):
    """k + α Σ a²."""
    return q.k + (q.alpha if alpha is None else alpha) * q.total


def squares(q, window):
    """The sum of the squares over a range of channels, both ends included."""
    return sum(a * a for a in q.a[0][window[0] : window[1] + 1])


@template(topics=["cnn/normalisation", "cnn/alexnet"], difficulty=3, minutes=5)
class LocalResponse:
    stem = r"""At one pixel, the five channels of a feature map have the values

    $$a_0, \dots, a_4 = {{ a | latex }}.$$

    Local response normalisation, as in the paper on AlexNet, replaces the value $a_c$ of channel $c$ by

    $$b_c = \frac{a_c}{\left(k + \alpha \sum_j a_j^2\right)^{\beta}},$$

    where $j$ runs over the $n$ channels centred on $c$, as far as they exist. Channels are counted from 0. Here
    $n = {{ n }}$, $k = {{ k }}$, $\alpha = {{ alpha }}$, $\beta = {{ beta }}$, and $c = {{ channel }}$."""

    a: Image = matrices(1, 5, 1, 10)
    channel: int = integers(0, 4)
    n: int = one_of(3, 5)
    k: int = one_of(1, 2)
    alpha: float = one_of(0.1, 0.5, 1.0)
    beta: float = one_of(0.5, 0.75)

    window = part("First and last channel that $j$ takes", near, Vector(names=("first", "last")))
    window.mistake(NOT_CLIPPED, shifted, when=lambda q: shifted(q) != near(q))
    window.mistake(
        ONE_SIDE_ONLY,
        lambda q: (q.channel, min(4, q.channel + q.n - 1)),
        when=lambda q: q.channel > 0 and (q.channel, min(4, q.channel + q.n - 1)) != shifted(q),
    )
    total = part("The sum $\\sum_j a_j^2$", lambda q: squares(q, near(q)))
    total.mistake(NOT_CLIPPED, lambda q: squares(q, shifted(q)), when=lambda q: shifted(q) != near(q))
    total.mistake(NO_SQUARES, lambda q: sum(q.a[0][near(q)[0] : near(q)[1] + 1]))
    total.mistake(LEFT_ITSELF_OUT, lambda q: squares(q, near(q)) - q.a[0][q.channel] ** 2)
    b = part(
        "The value $b_{ {{- channel -}} }$ (three significant figures)",
        lambda q: float(q.a[0][q.channel] / bracket(q) ** q.beta),
        Real(figures=3),
    )
    b.mistake(FORGOT_BETA, lambda q: q.a[0][q.channel] / bracket(q))
    b.mistake(FORM_OF_PYTORCH, lambda q: q.a[0][q.channel] / bracket(q, q.alpha / q.n) ** q.beta)
    torch = part(
        "What `torch.nn.LocalResponseNorm({{ n }}, alpha={{ alpha }}, beta={{ beta }}, k={{ k }})` gives for this "
        r"channel. It uses $\alpha/n$ in place of $\alpha$, also where the window is cut off (three significant "
        r"figures)",
        lambda q: float(q.a[0][q.channel] / bracket(q, q.alpha / q.n) ** q.beta),
        Real(figures=3),
    )
    torch.mistake(FORM_OF_THE_PAPER, lambda q: q.a[0][q.channel] / bracket(q) ** q.beta)
    torch.mistake(
        DIVIDED_BY_THOSE_THERE,
        lambda q: q.a[0][q.channel] / bracket(q, q.alpha / (near(q)[1] - near(q)[0] + 1)) ** q.beta,
        when=lambda q: near(q) != shifted(q),
    )

    solution = r"""{% set centre = a[0][channel] -%}
    The window reaches $({{ n }} - 1)/2 = {{ n // 2 }}$ channel{{ "s" if n > 3 }} to each side of channel
    {{ channel }}, as far as there are channels: from {{ window[0] }} to {{ window[1] }}. The squares in it add up to

    $${% for j in range(window[0], window[1] + 1) %}{{ " + " if not loop.first }}{{ a[0][j] }}^2{% endfor %}
    = {{ total }}.$$

    Hence

    $$b_{ {{- channel -}} } = \frac{ {{- centre -}} }{({{ k }} + {{ alpha }}\cdot{{ total }})^{ {{- beta -}} }}
    = {{ "%#.3g" % b }}.$$

    PyTorch uses $\alpha/n = {{ alpha }}/{{ n }}$, in which $n$ is the nominal size of the window:

    $$\frac{ {{- centre -}} }{({{ k }} + {{ alpha }}\cdot{{ total }}/{{ n }})^{ {{- beta -}} }}
    = {{ "%#.3g" % torch }}$$"""
