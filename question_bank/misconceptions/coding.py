"""Errors in code."""

from question_bank.misconceptions import Misconception

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
BIAS_PER_CHANNEL = Misconception(
    "bias added once per input channel",
    r"You added the bias inside the loop over the input channels. A filter sums over all of its channels first, and "
    r"**then** its bias is added, once.",
)
LAST_IMAGE_ONLY = Misconception(
    "only the last image of the batch",
    r"Only the last image of the batch comes out right. Your loop over the images overwrites one result: give each "
    r"image its own place in the output.",
)
REMEMBERED = Misconception(
    "kept something between calls",
    r"Your function keeps something from an earlier call. Its result may depend on its arguments alone: no global "
    r"variables, no caches.",
)
