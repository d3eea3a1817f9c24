"""Which transposed convolutions leave a checkerboard, and how often each output pixel is hit."""

from question_bank import Choices, Integer, Vector, integers, one_of, part, template
from question_bank.misconceptions import Misconception

S_GREATER_ONE = Misconception(
    "blamed every stride above 1",
    r"You chose all layers with a stride above 1. Where the kernel's side is a **multiple** of the stride, every "
    r"output pixel (away from the border) is hit equally often, and nothing uneven remains.",
)
OPPOSITE = Misconception(
    "chose the even ones",
    r"You chose those layers whose kernel is divisible by the stride. There the overlap is even; the checkerboard "
    r"comes where it is **not**.",
)
NO_OVERLAP = Misconception(
    "let every pixel be hit once",
    r"You let every output pixel be hit once, as if the stamps lay side by side. They start $s$ pixels apart and are "
    r"$k$ pixels wide.",
)
SAME_EVERYWHERE = Misconception(
    "let all output pixels be hit equally often",
    r"You gave every output pixel the largest count. Draw the stamps below each other and count how many cover each "
    r"pixel.",
)
ADDED_COUNTS = Misconception(
    "gave the counts of one direction",
    r"You gave the count of one row. In two dimensions rows and columns are counted independently, so the counts are "
    r"**multiplied**.",
)
PAIRS = ((2, 2), (3, 2), (4, 2), (5, 2), (3, 3), (4, 3), (5, 3), (6, 3), (3, 1), (4, 4), (6, 4), (6, 2))


def named(pair):
    """A layer, as an option names it."""
    return f"kernel {pair[0]}×{pair[0]}, stride {pair[1]}"


def hits(n, k, s):
    """How many of n stamps of k pixels, s apart, cover each pixel."""
    return tuple(sum(s * i <= at < s * i + k for i in range(n)) for at in range(s * (n - 1) + k))


def apart(q):
    """Both kinds occur, a stride above 1 that is even as well, and no layer twice."""
    layers = q.layers()
    even = [k % s == 0 for k, s in layers]
    return len(set(layers)) == 4 and any(even) and not all(even) and any(s > 1 and k % s == 0 for k, s in layers)


@template(topics=["cnn/transposed"], difficulty=3, minutes=5, where=apart)
class Checkerboard:
    stem = r"""In a transposed convolution each input pixel stamps a $k\times k$ kernel on the output, and the stamps
    start $s$ pixels apart. If all weights were 1 and the input 1 everywhere, an output pixel would be the number of
    stamps that cover it. Where this number alternates, networks tend to produce a checkerboard. There is no padding."""

    n: int = integers(3, 4)
    s: int = one_of(2, 3)
    k: int = integers(lambda q: q.s + 1, 5)
    first: int = integers(0, 11)
    second: int = integers(0, 11)
    third: int = integers(0, 11)
    fourth: int = integers(0, 11)

    counts = part(
        "In **one** dimension {{ n }} input pixels are enlarged with $k = {{ k }}$, $s = {{ s }}$. How many stamps "
        "cover each output pixel, from left to right?",
        lambda q: hits(q.n, q.k, q.s),
        Vector(),
    )
    counts.mistake(NO_OVERLAP, lambda q: (1,) * len(q.counts))
    counts.mistake(SAME_EVERYWHERE, lambda q: (max(q.counts),) * len(q.counts), when=lambda q: max(q.counts) > 1)
    most = part(
        "In **two** dimensions, with the same $k$ and $s$ and ${{ n }}\\times{{ n }}$ input pixels: what is the "
        "largest number of stamps that cover one output pixel?",
        lambda q: max(q.counts) ** 2,
        Integer(),
    )
    most.mistake(ADDED_COUNTS, lambda q: max(q.counts))
    uneven = part(
        "Which of these layers cover the inside of a large output unevenly?",
        lambda q: tuple(named((k, s)) for k, s in q.layers() if k % s),
        lambda q: Choices(tuple(map(named, q.layers()))),
    )
    uneven.mistake(S_GREATER_ONE, lambda q: tuple(named((k, s)) for k, s in q.layers() if s > 1))
    uneven.mistake(OPPOSITE, lambda q: tuple(named((k, s)) for k, s in q.layers() if k % s == 0))

    def layers(q):
        """The four layers to choose from, as (k, s)."""
        return tuple(PAIRS[number] for number in (q.first, q.second, q.third, q.fourth))

    solution = r"""Stamp $i$ (from 0) covers the pixels from ${{ s }}\,i$ to ${{ s }}\,i + {{ k - 1 }}$. Counted pixel
    by pixel: $({{ counts | join(",\\; ") }})$.

    In two dimensions a pixel is covered by every combination of a row and a column of stamps, so the counts are
    multiplied; the largest is ${{ counts | max }}\cdot{{ counts | max }} = {{ most }}$.

    Away from the border the counts are all equal exactly where $k$ is a multiple of $s$: then every pixel is covered
    $k/s$ times in each direction. Uneven are, of the four layers: {{ uneven | join("; ") }}."""
