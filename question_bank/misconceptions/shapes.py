"""Errors about the sizes of outputs."""

from question_bank.misconceptions import Misconception

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
ROUNDED_DOWN = Misconception(
    "rounded down instead of up",
    r"You rounded the division down. With `ceil_mode=True` it is rounded **up**: a last window that reaches beyond the "
    r"border is kept.",
)
KERNEL_TIMES_DILATION = Misconception(
    "multiplied the kernel by the dilation",
    r"You took the kernel to span $k\cdot d$ pixels. Its $k$ taps have $k - 1$ gaps between them, and each step from "
    r"tap to tap is $d$ pixels: it spans $d(k - 1) + 1$.",
)
IGNORED_DILATION = Misconception(
    "dilation ignored",
    r"You used $k$ as if the taps of the kernel were neighbours. They lie $d$ pixels apart, so the kernel spans "
    r"$d(k - 1) + 1$ pixels.",
)
OTHER_LAYOUT = Misconception(
    "axes in the other layout",
    r"Your numbers are right but stand in the other order of axes. NCHW has the channels right after the images, NHWC "
    r"has them last.",
)
INPUT_SIZE_KEPT = Misconception(
    "kept the input's height and width",
    r"You kept the height and width of the input. The layers shrink the maps on the way: work through them one by one.",
)
FORGOT_CHANNELS = Misconception(
    "forgot the channels",
    r"You counted the pixels of one map only. The volume has as many maps as channels, and all of their values count: "
    r"multiply by the number of channels.",
)
POOLED_SIDE_BY_SIDE = Misconception(
    "pooling windows laid side by side",
    r"You let the pooling's stride be its kernel. They are two numbers: windows overlap where the stride is smaller.",
)
