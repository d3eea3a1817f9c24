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
