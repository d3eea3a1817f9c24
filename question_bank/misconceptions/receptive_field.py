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

MULTIPLIED_KERNELS = Misconception(
    "multiplied the kernels",
    r"You multiplied the sides of the kernels. Each layer **adds** $k - 1$ pixels to the field: two $3\times3$ layers "
    r"see $5\times5$ pixels, not $9\times9$, because neighbouring windows overlap.",
)
STARTED_AGAIN = Misconception(
    "forgot the layers before",
    r"You counted the second group of layers as if it stood on the image itself. It stands on a map whose pixels see "
    r"a whole field already: add its growth to that.",
)
SIDE_FOR_AREA = Misconception(
    "gave the side, not the number of pixels",
    r"You gave the side of the field. The field is a square: its number of pixels is the side squared.",
)
RESULT_FOR_IMAGE = Misconception(
    "took the size after the step",
    r"You gave the size **after** this step. What enters step $t$ is the result of step $t - 1$.",
)
ONE_STEP_SHORT = Misconception(
    "one step too few",
    r"You stopped one step early. The field of a step's result includes the growth of that step itself: after step 1 "
    r"it is $k$, not 1.",
)
TIMES_DILATION = Misconception(
    "multiplied the kernel by the dilation",
    r"You took $d\cdot k$ as the side of the dilated kernel. Between $k$ taps there are only $k - 1$ gaps, so it spans "
    r"$d(k - 1) + 1$ pixels. Draw three taps two pixels apart: they span 5 pixels, not 6.",
)
IGNORED_DILATION = Misconception(
    "ignored the dilation",
    r"You treated the dilated kernel as an ordinary one. Its taps lie $d$ pixels apart, so it spans "
    r"$d(k - 1) + 1$ pixels.",
)
FIELD_ROUNDED_DOWN = Misconception(
    "rounded down",
    r"You rounded the number of layers down. With that many layers the field is still too small: round **up**.",
)
DIVIDED_BY_K = Misconception(
    "divided by k",
    r"You divided by $k$. The field starts at one pixel and each layer adds $k - 1$, so divide what is missing, the "
    r"wanted side less one, by $k - 1$.",
)
FORGOT_FIRST_LAYER = Misconception(
    "forgot the first layer",
    r"You counted only the layers that come after the first. The first one is needed as well: add 1.",
)
DOUBLED_FIELD = Misconception(
    "doubled the field instead of the dilation",
    r"You let the field itself double with every layer, starting at one pixel. What doubles is the **growth**: the "
    r"layers add $k - 1$, $2(k - 1)$, $4(k - 1)$, … pixels.",
)
ONE_LAYER_SHORT = Misconception(
    "one layer too few",
    r"You stopped one layer early. Add the growth up once more: with your number of layers the field is still smaller "
    r"than asked for.",
)
NOT_SHIFTED = Misconception(
    "forgot that padding shifts the windows",
    r"You let the first window start at the first pixel of the image. With padding $p$ it starts $p$ pixels before "
    r"it, so window $i$ starts at $s\,i - p$.",
)
NOT_CLIPPED = Misconception(
    "did not cut off the padding",
    r"You counted places outside the image. The zeros of the padding are no pixels: cut the range off at the border.",
)
STRIDE_LEFT_OUT = Misconception(
    "left the stride out",
    r"You let the windows start one pixel apart. Window $i$ starts at $s\,i - p$: from one output to the next the "
    r"window moves by $s$ pixels.",
)
COUNTED_PADDING = Misconception(
    "counted the zeros of the padding",
    r"You counted all $k\cdot k$ places of the window. Those that lie on the padding hold zeros that belong to no "
    r"pixel.",
)
AS_IN_THE_MIDDLE = Misconception(
    "as in the middle of the image",
    r"You counted as if the pixel lay in the middle of an image with stride 1, where $k$ windows cover it along each "
    r"side. At a border, or with a larger stride, there are fewer.",
)
IGNORED_POOLING = Misconception(
    "poolings add nothing",
    r"You let poolings leave the field as it is. A pooling window of $2\times2$ sees one pixel more of the map before "
    r"it, and that is one jump more in the image.",
)
ONE_PATH = Misconception(
    "followed one path only",
    r"You followed one path from each pixel to the output. A pixel reaches it through **every** entry of the map in "
    r"between whose window holds it: add the products of the weights along all these paths.",
)
EQUAL_SHARES = Misconception(
    "all pixels count alike",
    r"You shared the influence out equally. Pixels in the middle of the field reach the output on more paths than "
    r"those at its ends, so they count for more: the *effective* receptive field is smaller than the whole.",
)
BACKWARD_WEIGHTS = Misconception(
    "turned one kernel round",
    r"You read one of the kernels backwards. Write both layers out: $z_0 = \sum_m v_m y_m$ and "
    r"$y_m = \sum_a u_a x_{m+a}$, so pixel $x_t$ counts with the sum of $v_m u_a$ over all $m + a = t$.",
)
