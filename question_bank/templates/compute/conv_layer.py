"""MACs and FLOPs of a convolutional layer, forward and backward, for a batch."""

from question_bank import Quantity, figures, integers, one_of, part, template
from question_bank.maths.compute import conv_macs
from question_bank.maths.shapes import conv_out
from question_bank.misconceptions.compute import (
    BACKWARD_AS_FORWARD,
    FORGOT_CHANNELS,
    MAC_IS_FLOP,
    ONE_FILTER,
    ONE_IMAGE,
    ONLY_BACKWARD,
    USED_INPUT_SIZE,
)
from question_bank.misconceptions.shapes import IGNORED_PADDING, IGNORED_STRIDE


@template(
    topics=["cnn/compute"],
    minutes=5,
    where=lambda q: q.height != q.width and q.channels != q.filters,
)
class ConvLayer:
    stem = r"""A convolutional layer has {{ filters }} filters of ${{ k }}\times{{ k }}$, stride {{ s }} and padding
    {{ k // 2 }} on each of the four sides. It is applied to feature maps that are {{ height }} pixels high and
    {{ width }} pixels wide and have {{ channels }} channels; divisions are rounded down. A MAC is one multiplication
    and the addition of its product, and counts as 2 FLOPs. Products with the zeros of the padding count, biases do
    not.

    The backward pass computes the gradient of the weights and the gradient of the input. Each of the two takes as many
    operations as the forward pass."""

    height: int = integers(16, 64, step=4)
    width: int = integers(16, 64, step=4)
    channels: int = one_of(3, 16, 32, 64)
    filters: int = one_of(16, 32, 64, 128)
    k: int = one_of(3, 5, 7)
    s: int = one_of(1, 2)
    batch: int = one_of(16, 32, 64, 128)

    def figure(q):
        return figures.stacks(
            ("input", (q.height, q.width, q.channels)),
            f"conv {q.k}×{q.k}, {q.filters} filters, stride {q.s}, padding {q.k // 2}",
            ("output", None),
        )

    rows = part("Height of the output", lambda q: conv_out(q.height, q.k, q.s, q.k // 2))
    rows.mistake(IGNORED_STRIDE, lambda q: q.height, when=lambda q: q.s > 1)
    rows.mistake(IGNORED_PADDING, lambda q: conv_out(q.height, q.k, q.s))
    columns = part("Width of the output", lambda q: conv_out(q.width, q.k, q.s, q.k // 2))
    columns.mistake(IGNORED_STRIDE, lambda q: q.width, when=lambda q: q.s > 1)
    columns.mistake(IGNORED_PADDING, lambda q: conv_out(q.width, q.k, q.s))
    macs = part(
        "MACs of the forward pass for one image",
        lambda q: conv_macs(q.channels, q.filters, q.k, q.rows, q.columns),
    )
    macs.mistake(
        USED_INPUT_SIZE,
        lambda q: conv_macs(q.channels, q.filters, q.k, q.height, q.width),
        when=lambda q: q.s > 1,
    )
    macs.mistake(FORGOT_CHANNELS, lambda q: conv_macs(1, q.filters, q.k, q.rows, q.columns))
    macs.mistake(ONE_FILTER, lambda q: conv_macs(q.channels, 1, q.k, q.rows, q.columns))
    backward = part("FLOPs of the backward pass for one image", lambda q: 4 * q.macs)
    backward.mistake(BACKWARD_AS_FORWARD, lambda q: 2 * q.macs)
    backward.mistake(MAC_IS_FLOP, lambda q: q.macs)
    step = part(
        "A training step, forward and backward, for a batch of {{ batch }} images, in GFLOP ($10^9$ FLOPs)",
        lambda q: (2 * q.macs + q.backward) * q.batch / 1e9,
        Quantity("GFLOP"),
    )
    step.mistake(ONLY_BACKWARD, lambda q: q.backward * q.batch / 1e9)
    step.mistake(ONE_IMAGE, lambda q: (2 * q.macs + q.backward) / 1e9)

    solution = r"""A side $n$ becomes $\lfloor(n + 2p - k)/s\rfloor + 1$, so the output is {{ rows }} pixels high and
    {{ columns }} wide, with {{ filters }} channels. Each of its values takes
    $k\cdot k\cdot C = {{ k }}\cdot{{ k }}\cdot{{ channels }} = {{ k * k * channels }}$ MACs:

    $${{ rows }}\cdot{{ columns }}\cdot{{ filters }}\cdot{{ k * k * channels }} = {{ macs }}\ \text{MACs}.$$

    - Forward: $2\cdot{{ macs }} = {{ 2 * macs }}$ FLOPs.
    - Backward, two gradients: $2\cdot{{ 2 * macs }} = {{ backward }}$ FLOPs.
    - A step with {{ batch }} images: ${{ batch }}\cdot({{ 2 * macs }} + {{ backward }})$ FLOPs, which is
      {{ step | latex }} GFLOP: three times the forward pass."""
