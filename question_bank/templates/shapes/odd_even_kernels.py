"""Odd and even kernels: where the middle of a window lies, and why most kernels are odd."""

from question_bank import Choice, Misconception, Real, integers, one_of, part, shuffled, template
from question_bank.maths.shapes import conv_out

TOOK_BOTH_TO_KEEP = Misconception(
    "took half the kernel to keep the size",
    r"You took a padding of $k/2$ to keep the size of an even kernel's output. It adds $k$ pixels in all, and the "
    r"convolution takes away only $k - 1$.",
)
NO_PADDING_SIDE = Misconception(
    "padding ignored",
    r"You left the padding out. With $p$ zeros on each side the window slides over $n + 2p$ pixels, not over $n$.",
)
FIRST_PIXEL = Misconception(
    "gave the first pixel of the window",
    r"You gave where the window starts. Its middle lies $(k - 1)/2$ pixels further, halfway between its first and its "
    r"last pixel.",
)
IGNORED_SHIFT = Misconception(
    "padding left out of the position",
    r"You let window $i$ start at pixel $i$ of the image. The padding comes first, so it starts $p$ pixels earlier.",
)
HALF_A_WINDOW_ON = Misconception(
    "k/2 instead of (k − 1)/2",
    r"You added $k/2$ to the first pixel. From the first to the last of $k$ pixels there are only $k - 1$ steps, so "
    r"the middle lies $(k - 1)/2$ further.",
)

EQUAL_LARGE = Misconception(
    "one pixel too many",
    r"With $k/2$ zeros on both sides the output grows by one pixel: $2p - k + 1 = 1$.",
)
EQUAL_SMALL = Misconception(
    "one pixel too few",
    r"With $k/2 - 1$ zeros on both sides the output shrinks by one pixel: $2p - k + 1 = -1$.",
)
KERNEL_ON_BOTH = Misconception(
    "shared out k − 1 on each side",
    r"You gave each side the $k - 1$ zeros that both sides need together.",
)


@template(topics=["cnn/shapes", "cnn/padding"], difficulty=3, minutes=5)
class OddEvenKernels:
    stem = r"""A row of {{ n }} pixels is convolved with stride 1, once with an odd kernel of {{ odd }} taps and once
    with an even kernel of {{ even }} taps. Each time the row is padded with zeros **on both sides**: {{ odd // 2 }}
    on each side for the odd kernel, {{ even // 2 }} on each side for the even one. Pixels and outputs are counted
    from 0; pixel $r$ lies at position $r$."""

    n: int = integers(24, 96)
    odd: int = one_of(3, 5, 7)
    even: int = one_of(4, 6)
    i: int = integers(8, 15)
    order: tuple[str, ...] = shuffled("after", "large", "small", "double")

    def text(self, which: str) -> str:
        half = self.even // 2
        pairs = {
            "after": (half - 1, half),
            "large": (half, half),
            "small": (half - 1, half - 1),
            "double": (2 * half - 1, 2 * half - 1),
        }
        before, after = pairs[which]
        return f"{before} zero{'s' * (before != 1)} before the row and {after} zero{'s' * (after != 1)} after it"

    @property
    def options(self) -> tuple[str, ...]:
        return tuple(self.text(which) for which in self.order)

    odd_length = part("Length of the output with the odd kernel", lambda q: conv_out(q.n, q.odd, 1, q.odd // 2))
    odd_length.mistake(NO_PADDING_SIDE, lambda q: conv_out(q.n, q.odd))
    even_length = part("Length of the output with the even kernel", lambda q: conv_out(q.n, q.even, 1, q.even // 2))
    even_length.mistake(TOOK_BOTH_TO_KEEP, lambda q: q.n)
    even_length.mistake(NO_PADDING_SIDE, lambda q: conv_out(q.n, q.even))
    odd_middle = part(
        "At which position of the row lies the middle of the odd kernel's window for output {{ i }}?",
        lambda q: q.i - q.odd // 2 + (q.odd - 1) / 2,
        Real(rel=0, abs=0.01),
    )
    odd_middle.mistake(IGNORED_SHIFT, lambda q: q.i + (q.odd - 1) / 2)
    odd_middle.mistake(FIRST_PIXEL, lambda q: q.i - q.odd // 2)
    odd_middle.mistake(HALF_A_WINDOW_ON, lambda q: q.i - q.odd // 2 + q.odd / 2)
    even_middle = part(
        "At which position of the row lies the middle of the even kernel's window for output {{ i }}? (It may lie "
        "between two pixels: 3.5 is halfway between pixels 3 and 4.)",
        lambda q: q.i - q.even // 2 + (q.even - 1) / 2,
        Real(rel=0, abs=0.01),
    )
    even_middle.mistake(IGNORED_SHIFT, lambda q: q.i + (q.even - 1) / 2)
    even_middle.mistake(FIRST_PIXEL, lambda q: q.i - q.even // 2)
    even_middle.mistake(HALF_A_WINDOW_ON, lambda q: q.i)
    keeps = part(
        "Which padding makes the output of the even kernel exactly as long as the row?",
        lambda q: q.text("after"),
        lambda q: Choice(q.options),
    )
    keeps.mistake(EQUAL_LARGE, lambda q: q.text("large"))
    keeps.mistake(EQUAL_SMALL, lambda q: q.text("small"))
    keeps.mistake(KERNEL_ON_BOTH, lambda q: q.text("double"))

    solution = r"""A row of $n$ pixels becomes $n + 2p - k + 1$ long:

    - odd: ${{ n }} + 2\cdot{{ odd // 2 }} - {{ odd }} + 1 = {{ odd_length }}$
    - even: ${{ n }} + 2\cdot{{ even // 2 }} - {{ even }} + 1 = {{ even_length }}$

    The window of output $i$ starts at pixel $i - p$, and its middle lies $(k - 1)/2$ further:

    - odd: ${{ i }} - {{ odd // 2 }} + {{ (odd - 1) // 2 }} = {{ odd_middle | latex }}$, on a pixel: output
      {{ i }} describes the surroundings of pixel {{ i }}
    - even: ${{ i }} - {{ even // 2 }} + {{ (even - 1) / 2 }} = {{ even_middle | latex }}$, between two pixels: maps
      drift by half a pixel a layer

    An odd kernel with $p = (k - 1)/2$ keeps size and position. An even one needs $k - 1 = {{ even - 1 }}$ zeros in
    all to keep the size, an odd number that two sides cannot share equally: {{ keeps }}, or the other way round. That
    is why most kernels are odd."""
