"""Fold a batch normalisation layer into the convolution before it."""

from question_bank import Matrix, Misconception, Real, integers, matrices, one_of, part, template
from question_bank.maths.images import Image
from question_bank.misconceptions.normalisation import VARIANCE_FOR_DEVIATION

KEPT_BIAS = Misconception(
    "left the bias as it was",
    r"You kept the old bias. It passes through the normalisation like everything else: the mean is subtracted from it, "
    r"it is scaled, and $\beta$ is added.",
)
FORGOT_MEAN = Misconception(
    "did not subtract the mean",
    r"You scaled the bias and added $\beta$, but left the running mean out. It is subtracted **before** scaling, so it "
    r"has to be scaled as well.",
)
MEAN_UNSCALED = Misconception(
    "subtracted the mean after scaling",
    r"You subtracted the mean from the scaled bias. The layer subtracts it first and scales afterwards, so the mean is "
    r"scaled, too.",
)
FORGOT_SHIFT = Misconception(
    "left out the shift",
    r"You left $\beta$ out. The layer adds it at the very end.",
)
FORGOT_GAMMA = Misconception(
    "left out gamma",
    r"You divided by the standard deviation but did not multiply by $\gamma$.",
)


@template(
    topics=["cnn/normalisation", "cnn/parameters"],
    difficulty=3,
    minutes=5,
    where=lambda q: q.gamma != q.deviation and sum(v != 0 for row in q.kernel for v in row) >= 3,
)
class FoldIntoConv:
    stem = r"""A trained network holds a convolution with one input channel, one filter and the bias $b = {{ b }}$,

    $$w = {{ kernel | latex }},$$

    followed by batch normalisation with $\gamma = {{ gamma }}$, $\beta = {{ beta }}$, running mean
    $\mu = {{ mu | latex }}$ and running variance $\sigma^2 = {{ deviation ** 2 }}$ ($\varepsilon$ may be neglected).
    For use after training, where the running statistics no longer change, both are to be replaced by **one**
    convolution with kernel $w'$ and bias $b'$ that gives the same outputs."""

    kernel: Image = matrices(2, 2, -4, 4)
    b: int = integers(-3, 3)
    gamma: int = one_of(1, 2, 3, -1, -2)
    beta: int = one_of(-2, -1, 1, 2)
    mu: int = one_of(-4, -3, -2, -1, 1, 2, 3, 4)
    deviation: int = one_of(2, 4, 5)

    scale = part("The factor by which the layer multiplies its inputs", lambda q: q.gamma / q.deviation, Real())
    scale.mistake(VARIANCE_FOR_DEVIATION, lambda q: q.gamma / q.deviation**2)
    scale.mistake(FORGOT_GAMMA, lambda q: 1 / q.deviation, when=lambda q: q.gamma != 1)
    weights = part(
        "The kernel $w'$",
        lambda q: tuple(tuple(v * q.scale for v in row) for row in q.kernel),
        Matrix(abs=0.001),
    )
    weights.mistake(
        VARIANCE_FOR_DEVIATION, lambda q: tuple(tuple(v * q.gamma / q.deviation**2 for v in row) for row in q.kernel)
    )
    bias = part("The bias $b'$", lambda q: float((q.b - q.mu) * q.scale + q.beta), Real(rel=0, abs=0.001), points=2)
    bias.mistake(KEPT_BIAS, lambda q: float(q.b))
    bias.mistake(FORGOT_MEAN, lambda q: float(q.b * q.scale + q.beta))
    bias.mistake(MEAN_UNSCALED, lambda q: float(q.b * q.scale - q.mu + q.beta))
    bias.mistake(FORGOT_SHIFT, lambda q: float((q.b - q.mu) * q.scale))

    def term(q, number):
        """A number behind an operator: in brackets where it is negative."""
        return f"({number})" if number < 0 else number

    solution = r"""Write $w * x$ for what the convolution computes before its bias is added. The normalisation makes of
    it

    $$\gamma\,\frac{(w * x + b) - \mu}{\sigma} + \beta
    = \frac{\gamma}{\sigma}\,w * x + \frac{\gamma}{\sigma}\,(b - \mu) + \beta,$$

    which is a convolution again. The factor is
    $\gamma/\sigma = {{ gamma }}/\sqrt{ {{- deviation ** 2 -}} } = {{ scale | latex }}$, so

    $$w' = {{ scale | latex }}\,w = {{ weights | latex }}$$

    and the bias is

    $$b' = {{ scale | latex }}\cdot({{ b }} - {{ term(mu) }}) + {{ term(beta) }} = {{ bias | latex }}.$$"""
