"""MACs of a whole VGG network, and the share of its fully connected layers."""

from question_bank import Quantity, Real, integers, one_of, part, template
from question_bank.maths import architectures
from question_bank.maths.architectures import dense_layers, params, vgg_convs, vgg_layers, vgg_table
from question_bank.misconceptions.compute import CONV_ONLY, FULL_SIDE, MAC_IS_FLOP, SHARE_OF_WEIGHTS


def gigas(layers):
    """Their MACs, in 10⁹."""
    return architectures.macs(layers) / 1e9


@template(topics=["cnn/compute", "cnn/architectures"], difficulty=3, minutes=10)
class VggTotal:
    stem = r"""The VGG network of configuration {{ config }} takes RGB images of ${{ side }}\times{{ side }}$ pixels:

    {{ blocks() }}

    All convolutions have stride 1 and a padding that keeps height and width. After every block a $2\times2$ max
    pooling with stride 2 halves both. Then come three fully connected layers with 4096, 4096 and {{ classes }} outputs.

    Count multiply-accumulate operations (MACs) of the forward pass for one image: 1 GMAC is $10^9$ MACs. Products with
    the zeros of the padding count; biases, ReLU and pooling do not. Use the notebook to add up."""

    config: str = one_of("A", "B", "C", "D", "E")
    side: int = one_of(96, 128, 160, 192, 224, 256, 288, 320)
    classes: int = one_of(10, 100, 200, 1000)
    block: int = integers(2, 5)

    one = part(
        "The convolutions of block {{ block }}",
        lambda q: gigas(vgg_convs(q.config, q.side)[q.block - 1]),
        Quantity("GMAC"),
    )
    one.mistake(FULL_SIDE, lambda q: q.one * 4 ** (q.block - 1))
    one.mistake(MAC_IS_FLOP, lambda q: q.one * 2)
    dense = part(
        "The three fully connected layers together",
        lambda q: gigas(dense_layers(q.side // 32, 512, (4096, 4096, q.classes))),
        Quantity("GMAC"),
    )
    dense.mistake(FULL_SIDE, lambda q: gigas(dense_layers(q.side, 512, (4096, 4096, q.classes))))
    total = part("The whole network", lambda q: gigas(q.convs()) + q.dense, Quantity("GMAC"))
    total.mistake(CONV_ONLY, lambda q: gigas(q.convs()))
    share = part(
        "How many percent of the MACs fall to the fully connected layers?", lambda q: 100 * q.dense / q.total, Real()
    )
    share.mistake(
        SHARE_OF_WEIGHTS,
        lambda q: (
            100 * params(vgg_layers(q.config, q.classes, q.side)[-3:]) / params(vgg_layers(q.config, q.classes, q.side))
        ),
    )

    def convs(q):
        """All convolutions."""
        return vgg_layers(q.config, q.classes, q.side)[:-3]

    def blocks(q):
        """The blocks of the configuration."""
        return vgg_table(q.config)

    def rows(q):
        """(name, k, channels, filters, side, MACs in 10⁶) of each convolution."""
        return [(layer.name.replace("_", "-"), *layer[1:5], layer.macs / 1e6) for layer in q.convs()]

    solution = r"""A convolution takes $k\cdot k\cdot C\cdot F$ MACs for each pixel of its output, a fully connected
    layer one for each weight.

    | layer | $k$ | $C$ | $F$ | side | million MACs |
    |---|---|---|---|---|---|
    {% for name, k, channels, filters, side, macs in rows() -%}
    | {{ name }} | {{ k }} | {{ channels }} | {{ filters }} | {{ side }} | {{ "%.2f" % macs }} |
    {% endfor %}
    - Block {{ block }}: {{ one | latex }} GMAC.
    - Fully connected: ${{ side // 32 }}\cdot{{ side // 32 }}\cdot512\cdot4096 + 4096\cdot4096 +
      4096\cdot{{ classes }}$, which is {{ dense | latex }} GMAC.
    - The whole network: {{ total | latex }} GMAC, the fully connected layers included.

    Their share is ${{ dense | latex }}/{{ total | latex }}$, only {{ share | latex }} %, although they hold most of the
    weights."""
