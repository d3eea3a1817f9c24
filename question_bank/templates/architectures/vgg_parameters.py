"""Parameters of the VGG configurations A to E, with other classes and image sizes."""

from question_bank import one_of, part, template
from question_bank.maths.architectures import params, vgg_layers, vgg_table
from question_bank.misconceptions.architectures import (
    C_AS_D,
    FLAT_BEFORE_POOLING,
    FLAT_WITHOUT_CHANNELS,
    LRN_HAS_WEIGHTS,
    THOUSANDS_FOR_MILLIONS,
)
from question_bank.misconceptions.compute import CONV_ONLY
from question_bank.misconceptions.parameters import BIAS_PER_PLANE, FORGOT_BIAS


@template(topics=["cnn/architectures", "cnn/parameters"], difficulty=3, minutes=10)
class VggParameters:
    stem = r"""The VGG network of configuration {{ config }} takes RGB images of ${{ side }}\times{{ side }}$ pixels:

    {{ blocks() }}
    {% if config == "A-LRN" %}
    After the convolution of block 1 there is a local response normalisation with fixed constants. {% endif %}
    All convolutions keep height and width; after every block a $2\times2$ max pooling with stride 2 halves both. Then
    come three fully connected layers with 4096, 4096 and {{ classes }} outputs. Every filter and every output has a
    bias. Use the notebook to add up."""

    config: str = one_of("A", "A-LRN", "B", "C", "D", "E")
    side: int = one_of(64, 96, 128, 160, 192, 224, 256)
    classes: int = one_of(10, 37, 100, 200, 257, 1000)

    conv = part("Parameters of all convolutions together", lambda q: params(q.layers()[:-3]))
    conv.mistake(FORGOT_BIAS, lambda q: q.conv - q.biases())
    conv.mistake(BIAS_PER_PLANE, lambda q: q.conv - q.biases() + q.planes())
    conv.mistake(C_AS_D, lambda q: params(vgg_layers("D")[:-3]), when=lambda q: q.config == "C")
    conv.mistake(LRN_HAS_WEIGHTS, lambda q: q.conv + 2 * 64, when=lambda q: q.config == "A-LRN")
    first = part("Parameters of the first fully connected layer", lambda q: q.layers()[-3].params)
    first.mistake(FORGOT_BIAS, lambda q: q.layers()[-3].params - 4096)
    first.mistake(FLAT_WITHOUT_CHANNELS, lambda q: 4096 * (q.last() ** 2 + 1))
    first.mistake(FLAT_BEFORE_POOLING, lambda q: 4096 * ((2 * q.last()) ** 2 * 512 + 1))
    total = part("Parameters of the whole network", lambda q: q.conv + q.first + params(q.layers()[-2:]))
    total.mistake(CONV_ONLY, lambda q: q.conv)
    total.mistake(C_AS_D, lambda q: params(vgg_layers("D", q.classes, q.side)), when=lambda q: q.config == "C")
    total.mistake(LRN_HAS_WEIGHTS, lambda q: q.total + 2 * 64, when=lambda q: q.config == "A-LRN")
    millions = part(
        "How many **million** parameters are that, rounded to the nearest million?",
        lambda q: (q.total + 500_000) // 1_000_000,
    )
    millions.mistake(THOUSANDS_FOR_MILLIONS, lambda q: (q.total + 500) // 1000)

    def layers(q):
        """All layers with weights."""
        return vgg_layers(q.config, q.classes, q.side)

    def blocks(q):
        """The blocks of the configuration."""
        return vgg_table(q.config)

    def biases(q):
        """Biases of the convolutions."""
        return sum(layer.filters for layer in q.layers()[:-3])

    def planes(q):
        """Pairs of input channel and filter of the convolutions."""
        return sum(layer.channels * layer.filters for layer in q.layers()[:-3])

    def last(q):
        """Side after the last pooling."""
        return q.side // 32

    def rows(q):
        """(name, formula, parameters) of each layer."""
        return [
            (
                layer.name.replace("_", "-"),
                rf"{layer.filters}\cdot({layer.k}\cdot{layer.k}\cdot{layer.channels} + 1)",
                layer.params,
            )
            for layer in q.layers()
        ]

    solution = r"""A layer with $F$ filters has $F(k\cdot k\cdot C + 1)$ parameters. Five poolings take the side from
    {{ side }} to {{ last() }}, so the first fully connected layer counts like a convolution with a
    ${{ last() }}\times{{ last() }}$ kernel on 512 channels.
    {%- if config == "A-LRN" %} The normalisation has no parameters.{% endif %}

    | layer | $F(k\cdot k\cdot C + 1)$ | parameters |
    |---|---|---|
    {% for name, formula, count in rows() -%}
    | {{ name }} | ${{ formula }}$ | {{ count }} |
    {% endfor %}
    - Convolutions: {{ conv }}.
    - First fully connected layer: {{ first }}.
    - The whole network: {{ total }}, about {{ millions }} million."""
