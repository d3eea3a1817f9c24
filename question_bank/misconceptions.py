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
    r"You added the padding once. It is added on **both** sides of the image, so a side of $n$ "
    r"becomes $n + 2p$: "
    r"$\lfloor (n + 2p - k)/s \rfloor + 1$.",
)
IGNORED_PADDING = Misconception(
    "padding ignored",
    r"You left the padding out. With $p$ zeros on each side the window slides over $n + 2p$ pixels, not over $n$.",
)
IGNORED_STRIDE = Misconception(
    "stride ignored",
    r"You moved the window by one pixel at a time. With stride $s$ its start moves by $s$: divide by $s$ before you "
    r"add 1. Counted from 0, window $i$ starts at pixel $s\,i$.",
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
MERGED_CHANNELS = Misconception(
    "pooling merged the channels",
    r"You let the pooling merge all channels into one. It looks at each channel on its own, so there are as many "
    r"channels after it as before.",
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
    r"You let a layer add $k$ steps to the field. Of the $k$ pixels in its window one was there before, so only "
    r"$k - 1$ are new: the field grows by $(k - 1)\cdot j$, where $j$ is the product of the strides of the layers "
    r"before (1 where there are none). Try two $3\times3$ layers of stride 1 on paper: together they see 5 pixels, "
    r"not 6.",
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

SAW_WHOLE_INPUT = Misconception(
    "gave the side of the whole input",
    r"You gave the side of the input. One output pixel sees all of it only where the output is a single pixel; here "
    r"neighbouring output pixels see windows that are shifted by one pixel, so each sees less than the whole.",
)
ADDED_STRIDES = Misconception(
    "added the strides",
    r"You added the strides. A step of one pixel after this layer is $s$ steps before it, and each of those is already "
    r"$j$ input pixels wide: jumps are **multiplied**.",
)
OWN_STRIDE_ONLY = Misconception(
    "gave the layer's own stride as the jump",
    r"You gave the stride of this layer alone. It counts in pixels of the feature map before it, and these already lie "
    r"several input pixels apart: multiply by the jump so far.",
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
KEPT_SIZE = Misconception(
    "padded where no padding was asked for",
    r"Your output is as large as the image, as if it had been padded with zeros. Without padding the kernel must lie "
    r"entirely on the image, so a side of $n$ becomes $n - k + 1$.",
)
REPLICATED_EDGE = Misconception(
    "padded with the edge pixels",
    r"You repeated the edge pixels. Zero padding surrounds the image with zeros.",
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

# Code
IGNORED_BIAS = Misconception(
    "bias left out",
    r"Your outputs lack the bias. Every output of filter $f$ is its sum of products **plus** `b[f]`.",
)
BIAS_IN_SUM = Misconception(
    "bias added inside the sum",
    r"You added the bias once for every product. It is added **once** to each output, after the products are summed.",
)
ONE_IMAGE_ONLY = Misconception(
    "only the first image of the batch",
    r"Only the first image of the batch comes out right. The first axis of `x` counts images, and each of them needs "
    r"an output: check how you index it.",
)
