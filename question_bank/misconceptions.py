"""Named errors that students make, with the feedback that they read when an answer shows one.

Feedback says what was done, why it is wrong and how to see it. It is Markdown with LaTeX and speaks to the student.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Misconception:
    """A named error. `name` stands in reports, `feedback` (Markdown) is what the student reads."""

    name: str
    feedback: str


# Output sizes
ONE_SIDED_PADDING = Misconception(
    "padding added on one side only",
    r"You added the padding once. It is added on **both** sides of the image, so $n$ grows by $2p$: "
    r"$\lfloor (n + 2p - k)/s \rfloor + 1$.",
)
IGNORED_PADDING = Misconception(
    "padding ignored",
    r"You left the padding out. With $p$ zeros on each side the window slides over $n + 2p$ pixels, not over $n$.",
)
IGNORED_STRIDE = Misconception(
    "stride ignored",
    r"You moved the window by one pixel at a time. With stride $s$ its start moves by $s$: divide by $s$ before you "
    r"add 1, and start window $i$ at pixel $s\,i$.",
)
FORGOT_PLUS_ONE = Misconception(
    "forgot the + 1",
    r"You counted the steps between windows, not the windows. The first window needs no step, hence the $+1$ in "
    r"$\lfloor (n + 2p - k)/s \rfloor + 1$. Try it with $n = k$: there is one window, not none.",
)
ROUNDED_UP = Misconception(
    "rounded up instead of down",
    r"You rounded the division up. A window that does not fit entirely is dropped, so the division is rounded "
    r"**down**.",
)
KEPT_INPUT_CHANNELS = Misconception(
    "kept the input's channels",
    r"You kept the number of channels of the input. Each filter sums over all input channels and gives **one** output "
    r"channel, so there are as many channels as filters.",
)
SWAPPED_SIDES = Misconception(
    "height and width swapped",
    r"Height and width are swapped. The question gives sizes as height × width.",
)

# Parameters
FORGOT_BIAS = Misconception(
    "forgot the biases",
    r"You counted the weights only. Each filter also has one bias: add as many as there are filters.",
)
ONE_BIAS_IN_ALL = Misconception(
    "one bias for the whole layer",
    r"You added a single bias for the whole layer. Each filter has a bias of its own.",
)
BIAS_PER_PLANE = Misconception(
    "one bias per input channel and filter",
    r"You added a bias for every pair of input channel and filter. The filter's sums over its input channels are added "
    r"up first, and **one** bias is added to that: one per filter.",
)
FORGOT_INPUT_CHANNELS = Misconception(
    "forgot the input channels",
    r"You counted one $k\times k$ plane per filter. A filter is as deep as its input: it has $k\cdot k\cdot C$ weights, "
    r"$C$ being the number of input channels.",
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

# Receptive fields
COUNTED_SIZES = Misconception(
    "counted the sizes, not the steps",
    r"You counted the image sizes along the way, the first one included. Each convolution takes one size to the next, "
    r"so there is one fewer.",
)
SUBTRACTED_K = Misconception(
    "subtracted k for each layer",
    r"You let the side shrink by $k$ a layer. A $k\times k$ convolution without padding takes away $k - 1$.",
)
SUBTRACTED_ONE = Misconception(
    "subtracted 1 for each layer",
    r"You let the side shrink by 1 a layer. A $k\times k$ convolution without padding takes away $k - 1$.",
)
ADDED_K = Misconception(
    "added k instead of k − 1",
    r"You added $k\cdot j$ for a layer. The windows of neighbouring pixels overlap: only $k - 1$ of the $k$ taps lie "
    r"beyond the first, so the field grows by $(k - 1)\cdot j$.",
)
IGNORED_JUMP = Misconception(
    "ignored the strides of earlier layers",
    r"You added $k - 1$ input pixels for every layer. After layers with strides, neighbours of a feature map lie $j$ "
    r"input pixels apart ($j$: the product of the strides so far), so the field grows by $(k - 1)\cdot j$.",
)
OWN_STRIDE_FIRST = Misconception(
    "used the layer's own stride too early",
    r"You multiplied the jump by the layer's own stride before adding $(k - 1)\cdot j$. A layer's taps are spaced by "
    r"the strides of the layers **before** it; its own stride counts from the next layer on.",
)

# Convolution and pooling by hand
FLIPPED_KERNEL = Misconception(
    "flipped the kernel",
    r"You turned the kernel by 180° before multiplying. That is the mathematician's convolution; deep-learning layers "
    r"compute the **cross-correlation**, where the kernel is laid on the image as it is.",
)
SWAPPED_AXES = Misconception(
    "swapped rows and columns",
    r"You swapped rows and columns. The first index counts rows from the top, the second columns from the left.",
)
WRONG_INDEX_BASE = Misconception(
    "indices off by one",
    r"Your indices are shifted by one. Check where they start: at 0 or, as in many textbooks, at 1.",
)
REPLICATED_EDGE = Misconception(
    "padded with the edge pixels",
    r"You repeated the edge pixels. Zero padding surrounds the image with zeros.",
)
NO_SUM = Misconception(
    "multiplied without adding up",
    r"You gave a product of single entries. Each output is the **sum** of all products under the window.",
)
AVERAGE_FOR_MAXIMUM = Misconception(
    "average instead of maximum",
    r"You took the average of each window. Max pooling keeps the largest entry.",
)
MAXIMUM_FOR_AVERAGE = Misconception(
    "maximum instead of average",
    r"You took the largest entry of each window. Average pooling takes the mean.",
)
SUM_FOR_AVERAGE = Misconception(
    "sum instead of average",
    r"You added each window up. Average pooling also divides by the number of entries in the window.",
)
NON_OVERLAPPING = Misconception(
    "windows laid side by side",
    r"You laid the windows side by side. They start $s$ pixels apart, so windows larger than the stride overlap.",
)
