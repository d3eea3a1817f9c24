"""Errors about transposed convolutions and auto-encoders."""

from question_bank.misconceptions import Misconception

CONVOLUTION_FORMULA = Misconception(
    "used the formula of the convolution",
    r"You used the formula of a convolution, which divides by the stride. A transposed convolution goes the other way: "
    r"each input pixel places a window, $s$ pixels apart, so that the size is **multiplied** by the stride.",
)
TIMES_STRIDE = Misconception(
    "multiplied by the stride only",
    r"You multiplied the side by the stride. That holds only where kernel, padding and output padding happen to fit; "
    r"in general the output has $(n - 1)\,s$ steps and one kernel, less what the padding cuts off.",
)
FORGOT_OUTPUT_PADDING = Misconception(
    "output padding forgotten",
    r"You left the output padding out. It is added once to the side, at the bottom and at the right.",
)
ADDED_PADDING = Misconception(
    "added the padding",
    r"You added the padding. In a transposed convolution it cuts $p$ pixels **off** each side, undoing what the "
    r"padding of the convolution has put there.",
)
ONE_SIDED_CUT = Misconception(
    "cut the padding off one side only",
    r"You took the padding off once. It is cut off on **both** sides, so $2p$ is subtracted.",
)
OUTPUT_PADDING_TWICE = Misconception(
    "output padding on both sides",
    r"You added the output padding twice. Unlike the padding it belongs to **one** side only.",
)
OVERWROTE = Misconception(
    "overwrote where stamps overlap",
    r"Where the stamped kernels overlap you kept only the last one. They are **added**: an output pixel collects "
    r"what all the input pixels around it contribute.",
)
FLIPPED_STAMP = Misconception(
    "flipped the kernel before stamping it",
    r"You turned the kernel by 180° before you stamped it. Each input pixel stamps the kernel **as it is**; it is "
    r"turned only when the same operation is written as a convolution of the image with inserted zeros.",
)
STAMPED_SIDE_BY_SIDE = Misconception(
    "laid the stamps side by side",
    r"You laid the stamped kernels side by side. Their top left corners lie $s$ pixels apart, so kernels that are "
    r"larger than the stride overlap.",
)
SMALL_OUTPUT = Misconception(
    "computed an ordinary convolution",
    r"You slid the kernel over the input, as a convolution does, and the output got smaller. A transposed convolution "
    r"**enlarges**: each input pixel stamps a whole kernel on the output.",
)
COUNTED_CHANNELS_AS_PIXELS = Misconception(
    "left the channels out",
    r"You counted the pixels of one channel. A volume holds height × width × **channels** numbers.",
)
