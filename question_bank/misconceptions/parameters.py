"""Errors in counting parameters."""

from question_bank.misconceptions import Misconception

FORGOT_BIAS = Misconception(
    "forgot the biases",
    r"You counted the weights only. Each filter also has one bias: add as many as there are filters.",
)
ONE_BIAS_IN_ALL = Misconception(
    "one bias for the whole layer",
    r"You counted a single bias for the whole layer. Each filter has a bias of its own.",
)
BIAS_PER_PLANE = Misconception(
    "one bias per input channel and filter",
    r"You counted a bias for every pair of input channel and filter. The filter's sums over its input channels are "
    r"added up first, and **one** bias is added to that: one per filter.",
)
FORGOT_INPUT_CHANNELS = Misconception(
    "forgot the input channels",
    r"You counted one $k\times k$ plane per filter. A filter is as deep as its input: it has $k\cdot k\cdot C$ "
    r"weights, $C$ being the number of input channels.",
)
COUNTED_POSITIONS = Misconception(
    "counted the weights once per position",
    r"You multiplied by the number of output pixels. The weights are **shared**: the same filter is used at every "
    r"position and counted once.",
)
USED_FIRST_INPUT = Misconception(
    "used the network's input channels for every layer",
    r"You used the channels of the network's input. A layer's input channels are the filters of the layer before it.",
)

POOLING_HAS_WEIGHTS = Misconception(
    "gave the pooling layers weights",
    r"You counted $k\times k$ weights for each pooling layer. Taking the largest entry of a window needs no weights: "
    r"pooling and ReLU learn nothing, and only the convolutions count.",
)
COUNTED_ONE_LAYER = Misconception(
    "counted one layer of the stack",
    r"You counted one layer only. The stack has several, each with weights of its own: add them up.",
)
PERCENT_OF_THE_SMALLER = Misconception(
    "took the percentage of the smaller number",
    r"You divided the saving by the weights of the stack. What is saved is a share of what you would have paid: "
    r"divide by the weights of the single large kernel.",
)
SHARE_LEFT = Misconception(
    "gave what is left, not what is saved",
    r"You gave the share of the weights that is **left**. What is saved is the rest, up to 100 %.",
)
