"""The VGG configurations of the paper: weight layers, kernels, and which statements are true."""

from itertools import combinations

from question_bank import Choices, one_of, part, template
from question_bank.maths.architectures import VGG, params, vgg_layers
from question_bank.misconceptions.architectures import C_AS_D, CONVOLUTIONS_ONLY, COUNTED_DENSE, COUNTED_POOLINGS

DENSE = 3


def kernels(config):
    """The kernels of all convolutions."""
    return [k for block in VGG[config] for k in block]


def counts(config):
    """Convolutions, block by block."""
    return [len(block) for block in VGG[config]]


STATEMENTS = {
    r"All its convolutions are $3\times3$.": lambda config: set(kernels(config)) == {3},
    r"It has convolutions of $1\times1$.": lambda config: 1 in kernels(config),
    "It has a local response normalisation.": lambda config: config == "A-LRN",
    "It has 16 layers with weights.": lambda config: len(kernels(config)) + DENSE == 16,
    "It has 11 layers with weights.": lambda config: len(kernels(config)) + DENSE == 11,
    "All its blocks have equally many convolutions.": lambda config: len(set(counts(config))) == 1,
    "Its first block has a single convolution.": lambda config: counts(config)[0] == 1,
    "Its last block has three convolutions.": lambda config: counts(config)[-1] == 3,
    "It has more than 138 million parameters.": lambda config: params(vgg_layers(config)) > 138_000_000,
    "It has fewer than 133 million parameters.": lambda config: params(vgg_layers(config)) < 133_000_000,
    "It has five max poolings.": lambda config: len(VGG[config]) == 5,
    "Every block has twice the filters of the one before.": lambda config: False,
    "Its first convolution has a stride of 4.": lambda config: False,
    "It ends with three fully connected layers.": lambda config: True,
}
TEXTS = tuple(STATEMENTS)


@template(topics=["cnn/architectures"], minutes=4, where=lambda q: 0 < len(q.true_of(q.config)) < 5)
class VggConfigurations:
    stem = r"""Table 1 of the VGG paper (Simonyan and Zisserman, 2015) lists the configurations A, A-LRN, B, C, D and E.
    Look at **configuration {{ config }}**, for RGB images of $224\times224$ pixels and 1000 classes, with biases."""

    config: str = one_of("A", "A-LRN", "B", "C", "D", "E")
    picked: tuple[int, ...] = one_of(*combinations(range(len(TEXTS)), 5))

    layers = part("How many layers with weights does it have?", lambda q: len(kernels(q.config)) + DENSE)
    layers.mistake(CONVOLUTIONS_ONLY, lambda q: len(kernels(q.config)))
    layers.mistake(COUNTED_POOLINGS, lambda q: len(kernels(q.config)) + DENSE + 5)
    threes = part(r"How many of its convolutions are $3\times3$?", lambda q: kernels(q.config).count(3))
    threes.mistake(C_AS_D, lambda q: 13, when=lambda q: q.config == "C")
    threes.mistake(COUNTED_DENSE, lambda q: q.layers, when=lambda q: q.config != "C")
    statements = part(
        "Which of these statements are true of it?", lambda q: q.true_of(q.config), lambda q: Choices(q.texts())
    )
    statements.mistake(
        C_AS_D, lambda q: q.true_of("D"), when=lambda q: q.config == "C" and q.true_of("D") != q.true_of("C")
    )

    def texts(q):
        """The statements to choose from."""
        return tuple(TEXTS[index] for index in q.picked)

    def true_of(q, config):
        """Those that are true of a configuration."""
        return tuple(text for text in q.texts() if STATEMENTS[text](config))

    def blocks(q):
        """Convolutions, block by block, as a text."""
        return " + ".join(map(str, counts(q.config)))

    def total(q):
        """Parameters of the network."""
        return params(vgg_layers(q.config))

    solution = r"""Configuration {{ config }} has ${{ blocks() }}$ convolutions in its five blocks and three fully
    connected layers, {{ layers }} layers with weights. {% if config == "C" %}The third convolution of blocks 3, 4 and
    5 is $1\times1$, all others are $3\times3$: {{ threes }}.{% else %}All its {{ threes }} convolutions are $3\times3$.
    {%- endif %} {% if config == "A-LRN" %}It is A with a local response normalisation after the first convolution. {%
    endif
    -%} It has {{ total() }} parameters.

    {{ "This statement holds" if statements | length == 1 else "These statements hold" }}:

    {% for text in statements -%}
    - {{ text }}
    {% endfor %}"""
