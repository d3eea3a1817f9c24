"""Errors in convolutions by hand, and in writing them out."""

from question_bank.misconceptions import Misconception

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
NOT_FLIPPED = Misconception(
    "did not flip the kernel",
    r"You laid the kernel on the image as it is. That is the cross-correlation of deep-learning layers; a true "
    r"convolution turns the kernel by 180° first.",
)
FLIPPED_ONE_AXIS = Misconception(
    "flipped one axis only",
    r"You mirrored the kernel along one axis only. A convolution reverses **both** the order of the rows and the "
    r"order of the columns, which is a turn by 180°.",
)
TRANSPOSED_KERNEL = Misconception(
    "transposed the kernel",
    r"You swapped rows and columns of the kernel. Flipping it for a convolution is a turn by 180°: the last row comes "
    r"first, and each row is read backwards.",
)
STRIDE_IN_ONE_AXIS = Misconception(
    "stride in one direction only",
    r"You moved by the stride in one direction only. The window jumps by the stride to the right **and** downwards.",
)
STARTED_LATE = Misconception(
    "started at the second window",
    r"You left out the first window and started with the second. Window 0 starts in the top left corner of the "
    r"(padded) image, and the stride counts from there.",
)
BIAS_IN_SUM = Misconception(
    "bias added inside the sum",
    r"You added the bias to every product. It stands **outside** the sum: all products are added up first, over the "
    r"window and over the channels, and then the bias is added once.",
)
BIAS_PER_CHANNEL = Misconception(
    "bias added once per channel",
    r"You added the bias once for every input channel. A filter has **one** bias, which is added after the sums of its "
    r"channels have been put together.",
)
LEFT_OUT_BIAS = Misconception(
    "left the bias out",
    r"You left the bias out. It is added once to every entry of the output.",
)
FIRST_CHANNEL_ONLY = Misconception(
    "used the first channel only",
    r"You used the first channel only. A filter has a plane of weights for **every** channel of the input, and their "
    r"sums are added up.",
)
FORGOT_FACTOR = Misconception(
    "forgot the factor in front of the kernel",
    r"You added up the products and forgot the factor in front of the kernel. Without it the picture becomes many "
    r"times brighter.",
)
PADDING_AS_PIXELS = Misconception(
    "gave the padding indices of its own",
    r"You counted rows and columns from the corner of the padded image. The indices of $x$ are those of the image "
    r"itself: what lies in the padding has no index and contributes 0.",
)
