"""Which layers of a network have trainable parameters, and how many there are in all."""

from question_bank import Choices, Misconception, integers, one_of, part, template
from question_bank.maths.parameters import conv_params, dense_params
from question_bank.misconceptions.parameters import FORGOT_DENSE_BIAS, POOLING_HAS_WEIGHTS

POOLING_LEARNS = Misconception(
    "pooling learns something",
    r"You chose the pooling. It takes the maximum or the mean of a window, and there is nothing in that to be learned.",
)
NORM_LEARNS_NOTHING = Misconception(
    "batch normalisation learns nothing",
    r"You left batch normalisation out. It learns a scale and a shift for every channel.",
)
LRN_LEARNS = Misconception(
    "local response normalisation learns something",
    r"You chose local response normalisation. Its constants are fixed beforehand; only **batch** normalisation has a "
    r"scale and a shift that are learned.",
)
SLOPE_FORGOTTEN = Misconception(
    "took PReLU for ReLU",
    r"You left PReLU out. Unlike in ReLU, its slope for negative inputs is learned.",
)
DROPOUT_LEARNS = Misconception(
    "dropout learns something",
    r"You chose dropout. It sets values to zero at random, with a probability that is fixed beforehand.",
)
ONE_PIXEL_FLATTENED = Misconception(
    "one input per channel",
    r"You gave the fully connected layer one input per channel. Flattening keeps every pixel of every map: there are "
    r"$H\cdot W\cdot C$ inputs.",
)
PIXELS_LEFT_IN = Misconception(
    "kept the pixels",
    r"You gave the fully connected layer an input for every pixel. Global average pooling leaves a single number of "
    r"each map: there are $C$ inputs.",
)

NORMS = {"batch": "batch normalisation", "response": "local response normalisation"}
ACTIVATIONS = {"relu": "ReLU", "prelu": "PReLU with a learned slope for each channel"}
POOLS = {"max": "max pooling over $2\\times2$ windows, stride 2", "mean": "average pooling over $2\\times2$, stride 2"}
HEADS = {"flatten": "flattening", "global": "global average pooling"}


@template(topics=["cnn/parameters"], minutes=5)
class LayersWithoutParameters:
    stem = r"""Images of ${{ n }}\times{{ n }}$ pixels with 3 channels pass through these layers:

    1. {{ layers[0] }}
    2. {{ layers[1] }}
    3. {{ layers[2] }}
    4. {{ layers[3] }}
    5. {{ layers[4] }}
    6. {{ layers[5] }}
    7. {{ layers[6] }}
    8. softmax

    The convolution has stride 1 and is padded so that height and width stay the same; convolution and fully connected
    layer have biases."""

    n: int = integers(16, 48, step=4)
    filters: int = one_of(8, 12, 16, 24, 32)
    k: int = one_of(3, 5, 7)
    norm: str = one_of("batch", "response")
    activation: str = one_of("relu", "prelu")
    pool: str = one_of("max", "mean")
    head: str = one_of("flatten", "global")
    classes: int = one_of(5, 10, 20)

    @property
    def layers(self) -> tuple[str, ...]:
        return (
            f"convolution, {self.filters} filters of ${self.k}\\times{self.k}$",
            NORMS[self.norm],
            ACTIVATIONS[self.activation],
            POOLS[self.pool],
            HEADS[self.head],
            "dropout with probability 0.5",
            f"fully connected layer with {self.classes} outputs",
        )

    def chosen(self, *changed: int) -> tuple[str, ...]:
        """The layers that learn, where the layers with these numbers, from 0, are judged wrongly."""
        learns = {0, 6} | ({1} if self.norm == "batch" else set()) | ({2} if self.activation == "prelu" else set())
        return tuple(layer for number, layer in enumerate(self.layers) if number in learns ^ set(changed))

    @property
    def inputs(self) -> int:
        """Inputs of the fully connected layer."""
        return self.filters * ((self.n // 2) ** 2 if self.head == "flatten" else 1)

    @property
    def early(self) -> int:
        """Parameters before the fully connected layer."""
        pairs = 2 * (self.norm == "batch") + (self.activation == "prelu")
        return conv_params(3, self.filters, self.k) + pairs * self.filters

    learning = part(
        "Which of these layers have trainable parameters?", lambda q: q.chosen(), lambda q: Choices(q.layers)
    )
    learning.mistake(POOLING_LEARNS, lambda q: q.chosen(3))
    learning.mistake(NORM_LEARNS_NOTHING, lambda q: q.chosen(1), when=lambda q: q.norm == "batch")
    learning.mistake(LRN_LEARNS, lambda q: q.chosen(1), when=lambda q: q.norm == "response")
    learning.mistake(SLOPE_FORGOTTEN, lambda q: q.chosen(2), when=lambda q: q.activation == "prelu")
    learning.mistake(DROPOUT_LEARNS, lambda q: q.chosen(5))
    dense = part("Parameters of the fully connected layer", lambda q: dense_params(q.inputs, q.classes))
    dense.mistake(FORGOT_DENSE_BIAS, lambda q: q.inputs * q.classes)
    dense.mistake(ONE_PIXEL_FLATTENED, lambda q: dense_params(q.filters, q.classes), when=lambda q: q.head == "flatten")
    dense.mistake(
        PIXELS_LEFT_IN,
        lambda q: dense_params(q.filters * (q.n // 2) ** 2, q.classes),
        when=lambda q: q.head == "global",
    )
    total = part("Trainable parameters of the whole network", lambda q: q.early + q.dense)
    total.mistake(POOLING_HAS_WEIGHTS, lambda q: q.early + q.dense + 4)
    total.mistake(NORM_LEARNS_NOTHING, lambda q: q.early + q.dense - 2 * q.filters, when=lambda q: q.norm == "batch")
    total.mistake(SLOPE_FORGOTTEN, lambda q: q.early + q.dense - q.filters, when=lambda q: q.activation == "prelu")

    @property
    def fixed(self) -> str:
        """The layers that learn nothing, as a sentence has them."""
        names = ["softmax", "dropout", "pooling"]
        names += ["flattening"] * (self.head == "flatten") + ["ReLU"] * (self.activation == "relu")
        names += ["local response normalisation"] * (self.norm == "response")
        text = f"{', '.join(names[:-1])} and {names[-1]}"
        return text[0].upper() + text[1:]

    solution = r"""Something can be learned in: {{ learning | join("; ") }}. {{ fixed }} compute something that is fixed
    beforehand.

    {% if head == "flatten" %}The pooling leaves ${{ n // 2 }}\times{{ n // 2 }}$ pixels of each of the {{ filters }}
    maps, and flattening keeps them all: {{ inputs }} inputs.
    {%- else %}Global average pooling leaves a single number of each map: {{ inputs }} inputs.{% endif %}
    The fully connected layer has $({{ inputs }} + 1)\cdot{{ classes }} = {{ dense }}$ parameters.

    - convolution: ${{ filters }}\cdot({{ k }}\cdot{{ k }}\cdot3 + 1) = {{ filters * (k * k * 3 + 1) }}$
    {%- if norm == "batch" %}
    - batch normalisation: a scale and a shift per channel, $2\cdot{{ filters }} = {{ 2 * filters }}$
    {%- endif %}
    {%- if activation == "prelu" %}
    - PReLU: a slope per channel, {{ filters }}
    {%- endif %}
    - fully connected layer: {{ dense }}

    Together {{ total }}."""
