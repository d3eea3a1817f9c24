"""A stack of small convolutions against one large kernel, as formulas in the number of channels."""

from question_bank import Misconception, Symbolic, integers, one_of, part, template
from question_bank.maths.receptive_field import stacked_field
from question_bank.misconceptions.parameters import COUNTED_ONE_LAYER, FORGOT_BIAS, KERNELS_ONLY
from question_bank.misconceptions.receptive_field import ADDED_K

ONE_FACTOR = Misconception(
    "one factor for the channels",
    r"You have the number of channels only once. There are as many filters as output channels, **and** each filter is "
    r"as deep as its input: with equal numbers in and out it is squared.",
)
BIAS_ONCE = Misconception(
    "the biases of one layer only",
    r"You counted the biases of one layer. Each layer of the stack has a bias for each of its filters.",
)
WORDS = {2: "Two", 3: "Three", 4: "Four"}


def _polynomial(square: int, linear: int, symbol: str) -> str:
    """square·C² + linear·C, as a student could type it."""
    rest = "" if not linear else f" + {symbol}" if linear == 1 else f" + {linear}*{symbol}"
    return f"{square}*{symbol}**2{rest}"


@template(topics=["cnn/parameters", "cnn/receptive_field"], difficulty=3, minutes=6)
class StackedExpression:
    stem = r"""{{ words }} convolutional layers with kernels of ${{ k }}\times{{ k }}$ and stride 1 follow one another.
    Input and output of each have ${{ symbol }}$ channels. They are compared with a single layer, also from
    ${{ symbol }}$ to ${{ symbol }}$ channels, whose kernel has the receptive field of the whole stack.
    {% if biases %}Every filter has a bias.{% else %}There are no biases.{% endif %} Give formulas in ${{ symbol }}$."""

    layers: int = one_of(2, 3, 4)
    k: int = one_of(3, 5)
    biases: bool = one_of(True, False)
    symbol: str = one_of("C", "F", "K")
    channels: int = integers(16, 256, step=8)

    @property
    def words(self) -> str:
        return WORDS[self.layers]

    def formula(self, layers: int, k: int) -> str:
        return _polynomial(layers * k**2, layers * self.biases, self.symbol)

    field = part("Side of the stack's receptive field", lambda q: stacked_field(q.k, q.layers))
    field.mistake(ADDED_K, lambda q: q.k * q.layers)
    stack = part("Parameters of the stack", lambda q: q.formula(q.layers, q.k), Symbolic())
    stack.mistake(ONE_FACTOR, lambda q: f"{q.layers * (q.k**2 + q.biases)}*{q.symbol}")
    stack.mistake(KERNELS_ONLY, lambda q: str(q.layers * q.k**2))
    stack.mistake(COUNTED_ONE_LAYER, lambda q: q.formula(1, q.k))
    stack.mistake(FORGOT_BIAS, lambda q: f"{q.layers * q.k**2}*{q.symbol}**2", when=lambda q: q.biases)
    stack.mistake(BIAS_ONCE, lambda q: _polynomial(q.layers * q.k**2, 1, q.symbol), when=lambda q: q.biases)
    single = part("Parameters of the single layer", lambda q: q.formula(1, q.field), Symbolic())
    single.mistake(ONE_FACTOR, lambda q: f"{stacked_field(q.k, q.layers) ** 2 + q.biases}*{q.symbol}")
    single.mistake(KERNELS_ONLY, lambda q: str(stacked_field(q.k, q.layers) ** 2))
    single.mistake(FORGOT_BIAS, lambda q: f"{stacked_field(q.k, q.layers) ** 2}*{q.symbol}**2", when=lambda q: q.biases)
    fewer = part(
        "How many parameters fewer has the stack where ${{ symbol }} = {{ channels }}$?",
        lambda q: (q.field**2 - q.layers * q.k**2) * q.channels**2 - (q.layers - 1) * q.biases * q.channels,
    )
    fewer.mistake(KERNELS_ONLY, lambda q: q.field**2 - q.layers * q.k**2)
    fewer.mistake(ONE_FACTOR, lambda q: (q.field**2 - q.layers * q.k**2) * q.channels)

    solution = r"""Each layer after the first widens the receptive field by $k - 1 = {{ k - 1 }}$: it has side
    ${{ k }} + {{ layers - 1 }}\cdot{{ k - 1 }} = {{ field }}$.

    A $k\times k$ layer from ${{ symbol }}$ to ${{ symbol }}$ channels has ${{ symbol }}$ filters of $k\cdot k\cdot
    {{ symbol }}$ weights{% if biases %}, and ${{ symbol }}$ biases{% endif %}.

    - stack: `{{ stack }}`, that is ${{ layers }}\cdot {{ k * k }}\,{{ symbol }}^2{% if biases %} +
      {{ layers }}\,{{ symbol }}{% endif %}$
    - single layer: `{{ single }}`, that is ${{ field }}\cdot {{ field }}\,{{ symbol }}^2{% if biases %} +
      {{ symbol }}{% endif %}$

    The stack has ${{ field * field - layers * k * k }}\,{{ symbol }}^2
    {%- if biases %} - {% if layers > 2 %}{{ layers - 1 }}\,{% endif %}{{ symbol }}{% endif %}$ fewer; with
    ${{ symbol }} = {{ channels }}$ that is ${{ fewer }}$."""
