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
PADDED_ONE_AXIS = Misconception(
    "only the rows padded",
    r"Zeros stand above and below the image, but not on its left and right. `np.pad` takes a pair for **each** axis: "
    r"the last two are the rows and the columns.",
)
START_WITHOUT_STRIDE = Misconception(
    "stride missing for the columns",
    r"Your windows start at column $j$. Output column $j$ belongs to the window that starts at column $s\,j$, as the "
    r"rows do.",
)
ZERO_BORDER = Misconception(
    "zeros around the image",
    r"You surrounded the image with zeros. Here the border is continued in another way: an image in zeros looks as if "
    r"it had an edge all around.",
)
REPEATED_BORDER = Misconception(
    "edge pixels repeated",
    r"You repeated the pixels at the edge. Here the border is continued in another way.",
)
NO_BORDER = Misconception(
    "border left out",
    r"Your result is smaller than the image: you dropped the places where the kernel hangs over. Continue the image "
    r"there as the question says.",
)
HEIGHT_FOR_WIDTH = Misconception(
    "kernel taken for square",
    r"You used the kernel's height for its width, too. It may be wide or tall: `kernel.shape` has **two** numbers.",
)
ONE_DIRECTION = Misconception(
    "only one direction",
    r"You took the derivative along one axis only. Edges run in all directions: combine the responses to **both** "
    r"Sobel kernels.",
)
ABSOLUTE_SUM = Misconception(
    "sum of absolute values instead of the length",
    r"You added the absolute values of the two responses. The question asks for the length of the gradient, the root "
    r"of the sum of squares.",
)
LENGTH_FOR_SUM = Misconception(
    "length instead of the sum of absolute values",
    r"You took the root of the sum of squares. The question asks for the cheaper measure, the sum of the absolute "
    r"values.",
)
FORWARD_DIFFERENCE = Misconception(
    "one-sided difference",
    r"You took $(f(x + h) - f(x))/h$. Its error is of order $h$; the **central** difference "
    r"$(f(x + h) - f(x - h))/2h$ has one of order $h^2$.",
)
DIVIDED_BY_H = Misconception(
    "central difference divided by h",
    r"Your differences are twice as large as they should be. From $x - h$ to $x + h$ it is $2h$.",
)
EXACT_GRADIENT = Misconception(
    "derivative by formula",
    r"You differentiated by formula. The point of the check is a **second** way to the gradient, by differences with "
    r"the step $h$ that is given.",
)
MOVED_TOGETHER = Misconception(
    "all entries moved at once",
    r"You moved all entries of $x$ at once. Each entry has its own partial derivative: move **one**, keep the others.",
)
STEP_LEFT_IN = Misconception(
    "step not taken back",
    r"You left each entry moved when you went on to the next. Put it back first: the others are to stay at $x$.",
)
NOT_RELATIVE = Misconception(
    "absolute instead of relative error",
    r"You gave the error as it is. Whether 0.001 is much depends on how large the gradients are: divide.",
)
NOT_A_NUMBER = Misconception(
    "zero divided by zero",
    r"Where both gradients are zero you divided 0 by 0. They agree: the error is 0.",
)
SIGN_COUNTED = Misconception(
    "largest difference with its sign",
    r"You took the largest difference, so one far below zero counts for nothing. Take **absolute** values first.",
)
