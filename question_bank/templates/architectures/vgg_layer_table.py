"""A block of a VGG network: shapes, parameters, and where most of the network's parameters sit."""

from question_bank import Choice, Shape, integers, one_of, part, template
from question_bank.maths.architectures import VGG_FILTERS, params, vgg_convs, vgg_layers, vgg_table
from question_bank.misconceptions.architectures import (
    C_AS_D,
    CONVOLUTIONS_HOLD_MOST,
    FIRST_DENSE_ALWAYS,
    OUTPUT_CHANNELS_TWICE,
    SIZE_BEFORE_BLOCK,
)
from question_bank.misconceptions.parameters import BIAS_PER_PLANE, COUNTED_ONE_LAYER, FORGOT_BIAS
from question_bank.misconceptions.shapes import KEPT_INPUT_CHANNELS

HOLDERS = (
    "all convolutions together",
    "the first fully connected layer",
    "the second fully connected layer",
    "the third fully connected layer",
)


@template(topics=["cnn/architectures", "cnn/parameters", "cnn/shapes"], difficulty=3, minutes=8)
class VggLayerTable:
    stem = r"""The VGG network of configuration {{ config }} takes RGB images of ${{ side }}\times{{ side }}$ pixels:

    {{ blocks() }}

    All convolutions keep height and width; after every block a $2\times2$ max pooling with stride 2 halves both. Then
    come three fully connected layers with 4096, 4096 and {{ classes }} outputs. Every filter and every output has a
    bias. Look at block {{ block }}. Give shapes as height, width, channels."""

    config: str = one_of("A", "B", "C", "D", "E")
    side: int = one_of(32, 64, 96, 128, 160, 224)
    classes: int = one_of(10, 1000, 21841)
    block: int = integers(2, 5)

    before = part("Shape of the input of block {{ block }}", lambda q: (q.inside(), q.inside(), q.filters(-1)), Shape())
    before.mistake(SIZE_BEFORE_BLOCK, lambda q: (2 * q.inside(), 2 * q.inside(), q.filters(-1)))
    after = part(
        "Shape after the pooling of block {{ block }}",
        lambda q: (q.before[0] // 2, q.before[1] // 2, q.filters()),
        Shape(),
    )
    after.mistake(SIZE_BEFORE_BLOCK, lambda q: (*q.before[:2], q.filters()))
    after.mistake(KEPT_INPUT_CHANNELS, lambda q: (*q.after[:2], q.filters(-1)), when=lambda q: q.block < 5)
    first = part("Parameters of the first convolution of block {{ block }}", lambda q: q.convs()[0].params)
    first.mistake(FORGOT_BIAS, lambda q: q.convs()[0].params - q.filters())
    first.mistake(BIAS_PER_PLANE, lambda q: 10 * q.filters(-1) * q.filters())
    first.mistake(OUTPUT_CHANNELS_TWICE, lambda q: q.filters() * (9 * q.filters() + 1), when=lambda q: q.block < 5)
    whole = part("Parameters of all convolutions of block {{ block }}", lambda q: q.first + params(q.convs()[1:]))
    whole.mistake(COUNTED_ONE_LAYER, lambda q: q.first, when=lambda q: len(q.convs()) > 1)
    whole.mistake(
        C_AS_D, lambda q: params(vgg_convs("D", q.side)[q.block - 1]), when=lambda q: q.config == "C" and q.block > 2
    )
    most = part("What holds most parameters of the network?", lambda q: q.holder(), Choice(HOLDERS))
    most.mistake(FIRST_DENSE_ALWAYS, lambda q: HOLDERS[1], when=lambda q: q.holder() != HOLDERS[1])
    most.mistake(CONVOLUTIONS_HOLD_MOST, lambda q: HOLDERS[0], when=lambda q: q.holder() != HOLDERS[0])

    def blocks(q):
        """The blocks of the configuration."""
        return vgg_table(q.config)

    def convs(q):
        """The convolutions of the block."""
        return vgg_convs(q.config, q.side)[q.block - 1]

    def inside(q):
        """Side of the maps in the block."""
        return q.side // 2 ** (q.block - 1)

    def filters(q, offset=0):
        """Filters of the block, or of another beside it."""
        return VGG_FILTERS[q.block - 1 + offset]

    def shares(q):
        """Parameters of the convolutions together and of each fully connected layer."""
        layers = vgg_layers(q.config, q.classes, q.side)
        return (params(layers[:-3]), *(layer.params for layer in layers[-3:]))

    def holder(q):
        """What holds most parameters."""
        return HOLDERS[q.shares().index(max(q.shares()))]

    solution = r"""{% set poolings = block - 1 -%}
    Before block {{ block }} the side was halved {{ ["", "once", "twice", "three times", "four times"][poolings] }}:
    the input is ${{ before | join("\\times") }}$. The pooling after the block halves it again:
    ${{ after | join("\\times") }}$.

    A filter has $k\cdot k\cdot C$ weights and one bias:

    {% for layer in convs() -%}
    {% set inputs = layer.k * layer.k * layer.channels -%}
    - convolution {{ loop.index }}: ${{ layer.filters }}\cdot({{ inputs }} + 1) = {{ layer.params }}$
    {% endfor %}
    So the first convolution has {{ first }} parameters, and all convolutions of the block have {{ whole }}. In the
    whole network:

    - all convolutions together: {{ shares()[0] }}
    - the first fully connected layer: {{ shares()[1] }}
    - the second: {{ shares()[2] }}
    - the third: {{ shares()[3] }}

    Most parameters sit in {{ most }}."""
