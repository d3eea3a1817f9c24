"""The smallest image that a network can take, found backwards from a single output pixel."""

from question_bank import Misconception, figures, integers, one_of, part, template
from question_bank.maths.shapes import input_range
from question_bank.misconceptions.shapes import IGNORED_PADDING

STEP_TOO_MANY = Misconception(
    "a stride for every output",
    r"You multiplied the number of outputs by the stride. The first window needs no step: $m$ windows span "
    r"$(m - 1)\cdot s + k$ pixels.",
)
STRIDE_LEFT_OUT = Misconception(
    "stride left out on the way back",
    r"You let $m$ windows span $m - 1 + k$ pixels, as with stride 1. They start $s$ pixels apart: "
    r"$(m - 1)\cdot s + k$.",
)
WINDOWS_SIDE_BY_SIDE = Misconception(
    "windows laid side by side",
    r"You gave each output a window of its own. Windows overlap where they are larger than the stride: $m$ of them "
    r"span $(m - 1)\cdot s + k$ pixels.",
)
FIRST_SIZE_ONLY = Misconception(
    "pixels left over in the first layer only",
    r"You allowed for pixels that are left over in the first layer only. The later layers leave some over, too: work "
    r"backwards from an output of side 2, and subtract 1.",
)
FIRST_TOO_LARGE = Misconception(
    "gave the first size that is too large",
    r"You gave the side from which on the last output has a side of 2. The largest side that still gives a single "
    r"pixel is one less.",
)


@template(
    topics=["cnn/shapes", "cnn/receptive_field"],
    difficulty=4,
    minutes=6,
    where=lambda q: q.s1 <= q.k1 and q.p1 <= q.k1 // 2 and q.p3 <= q.k3 // 2,
)
class SmallestInput:
    stem = r"""Square images pass through four layers:

    1. convolution ${{ k1 }}\times{{ k1 }}$, stride {{ s1 }}, padding {{ p1 }}
    2. max pooling ${{ k2 }}\times{{ k2 }}$, stride 2, padding 0
    3. convolution ${{ k3 }}\times{{ k3 }}$, stride 1, padding {{ p3 }}
    4. max pooling $2\times2$, stride 2, padding 0

    Padding is added on each of the four sides, and windows that do not fit entirely are dropped. Where no window fits,
    the layer fails. We look for the smallest images for which the last layer still has an output of $1\times1$."""

    k1: int = one_of(3, 5, 7, 9, 11)
    s1: int = one_of(1, 2, 3, 4)
    p1: int = integers(0, 2)
    k2: int = one_of(2, 3)
    k3: int = one_of(3, 5, 7)
    p3: int = integers(0, 2)

    def figure(q):
        return figures.stacks(
            ("image", None),
            f"1. conv {q.k1}×{q.k1}, stride {q.s1}, padding {q.p1}",
            ("", None),
            f"2. max pool {q.k2}×{q.k2}, stride 2",
            ("", None),
            f"3. conv {q.k3}×{q.k3}, stride 1, padding {q.p3}",
            ("", None),
            "4. max pool 2×2, stride 2",
            ("output", (1, 1, None)),
        )

    def back(self, m: int) -> int:
        """The smallest side of the image for which the last output has side m."""
        for k, s, p in ((2, 2, 0), (self.k3, 1, self.p3), (self.k2, 2, 0), (self.k1, self.s1, self.p1)):
            m = input_range(m, k, s, p)[0]
        return m

    third = part("Smallest side of the input of layer 3", lambda q: 1 + q.k3 - 2 * q.p3)
    third.mistake(IGNORED_PADDING, lambda q: 1 + q.k3, when=lambda q: q.p3 > 0)
    third.mistake(STEP_TOO_MANY, lambda q: 2 + q.k3 - 2 * q.p3)
    second = part("Smallest side of the input of layer 2", lambda q: input_range(q.third, q.k2, 2)[0])
    second.mistake(STRIDE_LEFT_OUT, lambda q: q.third - 1 + q.k2)
    second.mistake(STEP_TOO_MANY, lambda q: q.third * 2 + q.k2)
    second.mistake(WINDOWS_SIDE_BY_SIDE, lambda q: q.third * q.k2, when=lambda q: q.k2 > 2)
    first = part("Smallest side of the image", lambda q: input_range(q.second, q.k1, q.s1, q.p1)[0])
    first.mistake(IGNORED_PADDING, lambda q: input_range(q.second, q.k1, q.s1)[0], when=lambda q: q.p1 > 0)
    first.mistake(STRIDE_LEFT_OUT, lambda q: input_range(q.second, q.k1, 1, q.p1)[0], when=lambda q: q.s1 > 1)
    first.mistake(STEP_TOO_MANY, lambda q: input_range(q.second + 1, q.k1, q.s1, q.p1)[0])
    largest = part("Largest side of the image for which the last output is still $1\\times1$", lambda q: q.back(2) - 1)
    largest.mistake(FIRST_TOO_LARGE, lambda q: q.back(2))
    largest.mistake(FIRST_SIZE_ONLY, lambda q: q.first + q.s1 - 1, when=lambda q: q.s1 > 1)

    solution = r"""Backwards: $m$ windows of $k$ pixels that start $s$ apart span $(m - 1)\cdot s + k$ pixels, of which
    $2p$ are padding. So a layer needs a side of $(m - 1)\cdot s + k - 2p$ for an output of side $m$.

    1. Layer 4 needs $(1 - 1)\cdot2 + 2 = 2$ for a single pixel.
    2. Layer 3 needs $(2 - 1)\cdot1 + {{ k3 }} - 2\cdot{{ p3 }} = {{ third }}$.
    3. Layer 2 needs $({{ third }} - 1)\cdot2 + {{ k2 }} = {{ second }}$.
    4. Layer 1 needs $({{ second }} - 1)\cdot{{ s1 }} + {{ k1 }} - 2\cdot{{ p1 }} = {{ first }}$.

    So the image has at least {{ first }} pixels a side.

    The same steps from an output of side 2 lead to an image of side {{ back(2) }}. One pixel fewer still gives
    $1\times1$: ${{ back(2) }} - 1 = {{ largest }}$."""
