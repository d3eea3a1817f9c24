"""MACs of a depthwise separable convolution against an ordinary one."""

from question_bank import Real, figures, integers, one_of, part, template
from question_bank.maths.compute import conv_macs
from question_bank.misconceptions.compute import (
    DEPTHWISE_SEES_ALL,
    FORGOT_CHANNELS,
    K2_ON_POINTWISE,
    ONE_OVER_F,
    ONE_OVER_K2,
)


@template(topics=["cnn/compute", "cnn/architectures"], where=lambda q: q.channels != q.filters)
class Separable:
    stem = r"""A layer turns ${{ n }}\times{{ n }}$ feature maps with {{ channels }} channels into
    ${{ n }}\times{{ n }}$ feature maps with {{ filters }} channels (stride 1, a padding that keeps height and width).
    An ordinary ${{ k }}\times{{ k }}$ convolution is compared with a depthwise separable one: a depthwise
    ${{ k }}\times{{ k }}$ convolution, one filter for each of the {{ channels }} channels, and then a pointwise
    $1\times1$ convolution to {{ filters }} channels. Count multiply-accumulate operations (MACs) for one image.
    Products with the zeros of the padding count, biases do not."""

    n: int = one_of(7, 14, 28, 56)
    channels: int = integers(32, 512, step=32)
    filters: int = integers(64, 512, step=64)
    k: int = one_of(3, 5)

    def figure(q):
        return figures.stacks(
            ("input", (q.n, q.n, q.channels)),
            f"depthwise, {q.k}×{q.k}",
            ("", (q.n, q.n, q.channels)),
            "pointwise, 1×1",
            ("output", (q.n, q.n, q.filters)),
        )

    ordinary = part("MACs of the ordinary convolution", lambda q: conv_macs(q.channels, q.filters, q.k, q.n, q.n))
    ordinary.mistake(FORGOT_CHANNELS, lambda q: conv_macs(1, q.filters, q.k, q.n, q.n))
    depthwise = part(
        "MACs of the depthwise convolution",
        lambda q: conv_macs(q.channels, q.channels, q.k, q.n, q.n, groups=q.channels),
    )
    depthwise.mistake(DEPTHWISE_SEES_ALL, lambda q: conv_macs(q.channels, q.channels, q.k, q.n, q.n))
    pointwise = part("MACs of the pointwise convolution", lambda q: conv_macs(q.channels, q.filters, 1, q.n, q.n))
    pointwise.mistake(K2_ON_POINTWISE, lambda q: conv_macs(q.channels, q.filters, q.k, q.n, q.n))
    ratio = part(
        "MACs of the separable convolution divided by those of the ordinary one",
        lambda q: (q.depthwise + q.pointwise) / q.ordinary,
        Real(rel=2e-3),
    )
    ratio.mistake(ONE_OVER_K2, lambda q: 1 / q.k**2)
    ratio.mistake(ONE_OVER_F, lambda q: 1 / q.filters)

    solution = r"""The output has ${{ n }}\cdot{{ n }} = {{ n * n }}$ pixels.

    - Ordinary: ${{ n * n }}\cdot{{ filters }}\cdot{{ k }}\cdot{{ k }}\cdot{{ channels }} = {{ ordinary }}$.
    - Depthwise, each filter sees one channel: ${{ n * n }}\cdot{{ channels }}\cdot{{ k }}\cdot{{ k }} =
      {{ depthwise }}$.
    - Pointwise, $1\times1$: ${{ n * n }}\cdot{{ filters }}\cdot{{ channels }} = {{ pointwise }}$.

    The ratio is $({{ depthwise }} + {{ pointwise }})/{{ ordinary }}$. Most factors cancel: it is
    $1/F + 1/k^2 = 1/{{ filters }} + 1/{{ k * k }} = {{ ratio | latex }}$, whatever the image and the input channels."""
