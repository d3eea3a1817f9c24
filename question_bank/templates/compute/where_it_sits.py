"""Which layer of a network has most weights, most work and the largest output."""

from question_bank import Choice, figures, one_of, part, template
from question_bank.maths.architectures import Layer, dense_layers
from question_bank.misconceptions.compute import MOST_CHANNELS, SAME_LAYER_FOR_ALL, WEIGHTS_ARE_WORK

LAYERS = ("convolution 1", "convolution 2", "convolution 3", "fully connected 1", "fully connected 2")


def top(numbers):
    """The layer with the largest number."""
    return LAYERS[numbers.index(max(numbers))]


def clear(numbers):
    """Whether the largest number leads by a tenth at least."""
    second, first = sorted(numbers)[-2:]
    return first >= 1.1 * second


@template(
    topics=["cnn/compute", "cnn/parameters"],
    difficulty=3,
    minutes=6,
    where=lambda q: clear(q.params()) and clear(q.macs()) and clear(q.values()),
)
class WhereItSits:
    stem = r"""An RGB image of ${{ n }}\times{{ n }}$ pixels passes through

    1. convolution 1: {{ f1 }} filters of ${{ k1 }}\times{{ k1 }}$, then $2\times2$ max pooling with stride 2
    2. convolution 2: {{ f2 }} filters of $3\times3$, then $2\times2$ max pooling with stride 2
    3. convolution 3: {{ f3 }} filters of $3\times3$, then $2\times2$ max pooling with stride 2
    4. fully connected 1: {{ hidden }} outputs
    5. fully connected 2: 100 outputs

    The convolutions have stride 1 and a padding that keeps height and width. Work is counted in multiply-accumulate
    operations (MACs) of the forward pass, without biases. Outputs are meant before the pooling."""

    n: int = one_of(16, 32, 64, 96)
    f1: int = one_of(8, 16, 32)
    k1: int = one_of(3, 7, 11)
    f2: int = one_of(32, 64, 128)
    f3: int = one_of(64, 128, 256)
    hidden: int = one_of(64, 256, 1024)

    def figure(q):
        pool = ("max pool, 2×2", "pool")
        return figures.strip(
            ("image", "input", (q.n, q.n, 3)),
            (f"convolution 1, {q.k1}×{q.k1}, {q.f1} filters", "conv"),
            pool,
            (f"convolution 2, 3×3, {q.f2} filters", "conv"),
            pool,
            (f"convolution 3, 3×3, {q.f3} filters", "conv"),
            pool,
            (f"fully connected 1, {q.hidden}", "fc"),
            ("fully connected 2, 100", "fc"),
        )

    weights = part("Which layer has most weights?", lambda q: top(q.params()), Choice(LAYERS))
    weights.mistake(SAME_LAYER_FOR_ALL, lambda q: top(q.macs()), when=lambda q: top(q.macs()) != top(q.params()))
    work = part("Which layer takes most MACs?", lambda q: top(q.macs()), Choice(LAYERS))
    work.mistake(MOST_CHANNELS, lambda q: LAYERS[2], when=lambda q: top(q.macs()) != LAYERS[2])
    work.mistake(
        WEIGHTS_ARE_WORK,
        lambda q: top(q.params()),
        when=lambda q: top(q.params()) not in (top(q.macs()), LAYERS[2]),
    )
    memory = part("Which layer has the largest output?", lambda q: top(q.values()), Choice(LAYERS))
    memory.mistake(SAME_LAYER_FOR_ALL, lambda q: top(q.macs()), when=lambda q: top(q.macs()) != top(q.values()))

    def layers(q):
        """The five layers."""
        return (
            Layer("conv1", q.k1, 3, q.f1, q.n),
            Layer("conv2", 3, q.f1, q.f2, q.n // 2),
            Layer("conv3", 3, q.f2, q.f3, q.n // 4),
            *dense_layers(q.n // 8, q.f3, (q.hidden, 100)),
        )

    def params(q):
        """Weights of each layer."""
        return [layer.params - layer.filters for layer in q.layers()]

    def macs(q):
        """MACs of each layer."""
        return [layer.macs for layer in q.layers()]

    def values(q):
        """Numbers in the output of each layer."""
        return [layer.values for layer in q.layers()]

    def rows(q):
        """The table of the solution."""
        return list(zip(LAYERS, q.params(), q.macs(), q.values(), strict=True))

    solution = r"""Weights: $k\cdot k\cdot C\cdot F$, for a fully connected layer inputs times outputs. Each weight of a
    convolution is used once for every output pixel, each weight of a fully connected layer once.

    | layer | weights | MACs | numbers in the output |
    |---|---|---|---|
    {% for name, params, macs, values in rows() -%}
    | {{ name }} | {{ params }} | {{ macs }} | {{ values }} |
    {% endfor %}
    Most weights: {{ weights }}. Most work: {{ work }}. Largest output: {{ memory }}."""
