"""Parameters of the fully connected layers at the end of a network."""

from question_bank import Misconception, integers, one_of, part, template
from question_bank.maths.parameters import dense_params
from question_bank.misconceptions.parameters import BIAS_PER_INPUT, FORGOT_DENSE_BIAS, ONE_DENSE_BIAS

ADDED_SIZES = Misconception(
    "added the sizes",
    r"You added inputs and outputs. Every output is connected to **every** input, so the weights are their product.",
)
FIRST_INPUTS_ALWAYS = Misconception(
    "used the features for every layer",
    r"You used the features as inputs of a later layer. A layer's inputs are the outputs of the layer before it.",
)
LAST_LAYER_LEFT_OUT = Misconception(
    "left the output layer out",
    r"You left the last layer out. The layer that gives a value per class has weights and biases like any other.",
)


@template(topics=["cnn/parameters"], difficulty=1, minutes=4)
class DenseLayers:
    stem = r"""The last maps of a network are flattened to {{ features }} features. They pass through three fully
    connected layers with {{ hidden1 }}, {{ hidden2 }} and {{ classes }} outputs, one after another; the last gives a
    value for each of the {{ classes }} classes. Every output has a bias. Activations between the layers have no
    parameters."""

    features: int = one_of(256, 400, 512, 576, 784, 1024)
    hidden1: int = one_of(100, 120, 128, 200, 256)
    hidden2: int = one_of(50, 64, 84, 96)
    classes: int = integers(2, 40)

    first = part("Parameters of the first layer", lambda q: dense_params(q.features, q.hidden1))
    first.mistake(FORGOT_DENSE_BIAS, lambda q: q.features * q.hidden1)
    first.mistake(ONE_DENSE_BIAS, lambda q: q.features * q.hidden1 + 1)
    first.mistake(BIAS_PER_INPUT, lambda q: q.features * (q.hidden1 + 1))
    first.mistake(ADDED_SIZES, lambda q: q.features + q.hidden1)
    second = part("Parameters of the second layer", lambda q: dense_params(q.hidden1, q.hidden2))
    second.mistake(FORGOT_DENSE_BIAS, lambda q: q.hidden1 * q.hidden2)
    second.mistake(FIRST_INPUTS_ALWAYS, lambda q: dense_params(q.features, q.hidden2))
    third = part("Parameters of the third layer", lambda q: dense_params(q.hidden2, q.classes))
    third.mistake(FORGOT_DENSE_BIAS, lambda q: q.hidden2 * q.classes)
    third.mistake(BIAS_PER_INPUT, lambda q: q.hidden2 * (q.classes + 1))
    total = part("Parameters of the three layers together", lambda q: q.first + q.second + q.third)
    total.mistake(LAST_LAYER_LEFT_OUT, lambda q: q.first + q.second)

    solution = r"""Each of $m$ outputs has a weight for each of $n$ inputs, and a bias: $(n + 1)\cdot m$ parameters.

    - first: $({{ features }} + 1)\cdot{{ hidden1 }} = {{ first }}$
    - second: $({{ hidden1 }} + 1)\cdot{{ hidden2 }} = {{ second }}$
    - third: $({{ hidden2 }} + 1)\cdot{{ classes }} = {{ third }}$

    Together ${{ first }} + {{ second }} + {{ third }} = {{ total }}$."""
