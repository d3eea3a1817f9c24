"""A block of MobileNet and its width multiplier: parameters and work that are left."""

from fractions import Fraction

from question_bank import Rational, Real, one_of, part, template
from question_bank.maths.compute import separable_macs
from question_bank.misconceptions.architectures import ALPHA_ONCE, ALPHA_TWICE, THINNED_OUTPUT_ONLY
from question_bank.misconceptions.compute import DEPTHWISE_SEES_ALL, K2_ON_POINTWISE, LINEAR


@template(topics=["cnn/architectures", "cnn/compute"], minutes=6, where=lambda q: q.c <= q.f)
class MobilenetBlock:
    stem = r"""A block of MobileNet turns {{ c }} channels into {{ f }}: a depthwise $3\times3$ convolution with one
    filter for each of the {{ c }} channels, then a pointwise $1\times1$ convolution. Stride 1, a padding that keeps
    height and width, no biases; the normalisation is left out of account.

    The *width multiplier* $\alpha = {{ alpha() }}$ thins the whole network: every layer's number of channels is
    multiplied by $\alpha$. So this block then turns {{ thin_c() }} channels into {{ thin_f() }}."""

    c: int = one_of(32, 64, 128, 256, 512)
    f: int = one_of(64, 128, 256, 512, 1024)
    quarters: int = one_of(1, 2, 3)
    smaller: int = one_of(96, 128, 160, 192)

    full = part("Weights of the block without thinning", lambda q: separable_macs(q.c, q.f, 3, 1, 1))
    full.mistake(DEPTHWISE_SEES_ALL, lambda q: 9 * q.c * q.c + q.c * q.f)
    full.mistake(K2_ON_POINTWISE, lambda q: 9 * q.c + 9 * q.c * q.f)
    thin = part("Weights of the thinned block", lambda q: separable_macs(q.thin_c(), q.thin_f(), 3, 1, 1))
    thin.mistake(ALPHA_ONCE, lambda q: q.quarters * separable_macs(q.c, q.f, 3, 1, 1) // 4)
    thin.mistake(ALPHA_TWICE, lambda q: q.quarters**2 * separable_macs(q.c, q.f, 3, 1, 1) // 16)
    thin.mistake(THINNED_OUTPUT_ONLY, lambda q: 9 * q.c + q.c * q.thin_f())
    left = part("Thinned weights divided by the weights without thinning", lambda q: q.thin / q.full, Real())
    left.mistake(ALPHA_ONCE, lambda q: q.quarters / 4)
    work = part(
        "With images of {{ smaller }} instead of 224 pixels a side, height and width of every feature map are "
        r"multiplied by {{ smaller }}/224. By what factor does the number of multiply-accumulate operations change, "
        r"with $\alpha$ unchanged? Give a fraction.",
        lambda q: Fraction(q.smaller, 224) ** 2,
        Rational(),
    )
    work.mistake(LINEAR, lambda q: Fraction(q.smaller, 224))

    def alpha(q):
        """The width multiplier, as a text."""
        return {1: "1/4", 2: "1/2", 3: "3/4"}[q.quarters]

    def thin_c(q):
        """Channels before the thinned block."""
        return q.quarters * q.c // 4

    def thin_f(q):
        """Channels after the thinned block."""
        return q.quarters * q.f // 4

    solution = r"""The depthwise layer has 9 weights for each channel, the pointwise layer one for each pair of input
    and output channel.

    - Without thinning: $9\cdot{{ c }} + {{ c }}\cdot{{ f }} = {{ full }}$.
    - Thinned: $9\cdot{{ thin_c() }} + {{ thin_c() }}\cdot{{ thin_f() }} = {{ thin }}$.
    - Left: ${{ thin }}/{{ full }} = {{ left | latex }}$. The pointwise layer, which holds nearly all weights, shrinks
      by $\alpha^2$, the depthwise layer by $\alpha$.

    The work is proportional to the number of pixels, height times width: it is multiplied by $({{ smaller }}/224)^2$,
    that is {{ work }}."""
