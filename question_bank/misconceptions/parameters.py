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
FORGOT_DENSE_BIAS = Misconception(
    "forgot the biases of the fully connected layer",
    r"You counted the weights only. Each output of a fully connected layer also has a bias: $n$ inputs and $m$ outputs "
    r"make $(n + 1)\cdot m$ parameters.",
)
ONE_DENSE_BIAS = Misconception(
    "one bias for the whole fully connected layer",
    r"You counted a single bias. Each output of a fully connected layer has one of its own.",
)
BIAS_PER_INPUT = Misconception(
    "one bias per input",
    r"You counted a bias for every input. A bias is added to each **output**: there are as many as outputs.",
)
KERNEL_ON_POINTWISE = Misconception(
    "counted k × k weights in a 1×1 convolution",
    r"You gave the $1\times1$ convolution the weights of the large kernel. It looks at one pixel only: a filter has "
    r"one weight per input channel.",
)
THOUSANDS_FOR_MILLIONS = Misconception(
    "off by a factor of 1000",
    r"You are off by a factor of 1000. A million is $10^6$, that is a 1 with six zeros: count the digits in groups of "
    r"three.",
)
KERNELS_ONLY = Misconception(
    "compared the kernels only",
    r"You counted the taps of the kernels and left the channels out. Each filter has these taps for every input "
    r"channel, and there is a filter for every output channel.",
)
BIAS_AGAINST_THE_FLAG = Misconception(
    "bias counted where there is none",
    r"You counted a bias for every convolution. Where the layer says 0 there is none, as before a batch normalisation, "
    r"which takes it away anyway.",
)
COUNTED_RUNNING_STATISTICS = Misconception(
    "running statistics counted",
    r"You counted four numbers per channel of a batch normalisation. Its running mean and variance are kept, not "
    r"**learned**: no gradient changes them. Two are learned, scale and shift.",
)
