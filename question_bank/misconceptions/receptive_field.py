"""Errors about receptive fields."""

from question_bank.misconceptions import Misconception

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
