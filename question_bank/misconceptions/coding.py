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
SAME_FOR_BOTH_AXES = Misconception(
    "stride of the rows used for both axes",
    r"You used the vertical stride for the columns, too. The first number belongs to the rows, the second to the "
    r"columns.",
)
PADDED_ALIKE = Misconception(
    "padding of the rows used for both axes",
    r"You padded both axes alike. The first number belongs to the rows (above and below), the second to the columns "
    r"(left and right).",
)
AXES_EXCHANGED = Misconception(
    "stride and padding exchanged between the axes",
    r"You used the numbers of the rows for the columns and those of the columns for the rows. The first of each pair "
    r"is vertical, the second horizontal.",
)
IGNORED_DILATION = Misconception(
    "dilation ignored",
    r"You left the dilation out. With dilation $d$ neighbouring weights of the kernel look at pixels that are $d$ "
    r"apart, so a kernel of $k$ covers $d(k-1)+1$ pixels.",
)
FIRST_GROUP_ONLY = Misconception(
    "every filter looks at the first group",
    r"All of your filters look at the first channels. With $g$ groups the filters are split into $g$ blocks, and "
    r"block number $i$ looks at block number $i$ of the channels.",
)
DEALT_IN_TURN = Misconception(
    "filters dealt to the groups in turn",
    r"You gave filter $f$ to group $f \bmod g$. The groups are **blocks**: of $F$ filters the first $F/g$ belong to "
    r"group 0, the next $F/g$ to group 1, and so on.",
)
EMPTIED_BY_SLICE = Misconception(
    "padding removed with [p:-p]",
    r"Without padding, `[p:-p]` is `[0:-0]`, and that is **empty**: $-0$ is 0. Say where it ends: `[p : p + height]`.",
)
OVERWRITTEN = Misconception(
    "assigned where windows overlap",
    r"Where windows overlap you kept only the last of them. Each of them contributes to a pixel: **add** (`+=`), do "
    r"not assign (`=`).",
)
AVERAGED_OVER_BATCH = Misconception(
    "divided the gradients by the batch size",
    r"You divided by the number of images. If the loss is a mean, that division is already in `dy`; a layer's backward "
    r"pass only **sums** over the images.",
)
STRIDE_MISSING_IN_START = Misconception(
    "stride missing in the window's start",
    r"Your windows start at row $i$ and column $j$. Window $(i, j)$ starts at $(s\,i, s\,j)$.",
)
IGNORED_CROPPING = Misconception(
    "padding of the transposed convolution ignored",
    r"You did not cut the padding away. A convolution *adds* $p$ pixels on each side before it starts; its transpose "
    r"takes them away at the end: $s(h - 1) + k - 2p$.",
)
WIDENED = Misconception(
    "padded the result instead of cutting it",
    r"You added the padding around the result. In a transposed convolution padding makes the result **smaller**: $p$ "
    r"rows or columns are cut away on each side.",
)
BIAS_PER_WINDOW = Misconception(
    "bias added once per window",
    r"You added the bias with every window, so that pixels under several windows got it several times, and pixels "
    r"under none not at all. It is added once to each pixel of the finished output.",
)
PIXELS_BEFORE_CHANNELS = Misconception(
    "kernel positions before channels",
    r"Your entries are in another order: kernel position first, channel last. The channel is the slowest: all "
    r"$k_h k_w$ entries of channel 0 come first, row by row, then those of channel 1.",
)
COLUMN_BY_COLUMN = Misconception(
    "windows listed column by column",
    r"You listed the windows column by column. Reading order is row by row: the horizontal position changes fastest.",
)
