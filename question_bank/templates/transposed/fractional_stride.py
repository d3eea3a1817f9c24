"""A transposed convolution as an ordinary one: insert zeros, pad, turn the kernel, slide with stride 1."""

from question_bank import Integer, Matrix, integers, matrices, one_of, part, template
from question_bank.maths.images import Image, cross_correlate, flip, zero_pad
from question_bank.maths.transposed import insert_zeros, transposed_conv
from question_bank.misconceptions import Misconception

S_ZEROS = Misconception(
    "inserted s zeros",
    r"You inserted $s$ zeros between neighbours. Neighbours are to lie $s$ pixels apart, so $s - 1$ zeros come "
    r"between them.",
)
ZEROS_OUTSIDE = Misconception(
    "inserted zeros after the last pixel, too",
    r"You inserted zeros after the last row and column as well. They belong **between** pixels; what comes outside "
    r"is the padding.",
)
SAME_PADDING = Misconception(
    "kept the padding of the transposed convolution",
    r"You used $p$ itself. For $p = 0$ every overlap of the kernel with the image counts, which needs $k - 1$ zeros "
    r"on each side; each unit of $p$ takes one of them away.",
)
FORGOT_P = Misconception(
    "left the padding out",
    r"You padded with $k - 1$, as for $p = 0$. The padding of a transposed convolution takes $p$ away from that on "
    r"each side.",
)
NOT_TURNED = Misconception(
    "did not turn the kernel",
    r"You laid the kernel on the image as it is. To give what stamping gives, the sliding kernel has to be turned by "
    r"180°: the window before a pixel meets it with its last weight.",
)


def spread(q, outside=0):
    """The image with zeros between its pixels, and perhaps after the last ones."""
    rows = insert_zeros(q.image, q.s)
    wide = tuple(row + (0,) * outside for row in rows)
    return wide + ((0,) * len(wide[0]),) * outside


def slid(q, kernel):
    """A kernel slid over the image with zeros inserted and around it."""
    return cross_correlate(zero_pad(spread(q), q.k - 1 - q.p), kernel)


@template(
    topics=["cnn/transposed"],
    difficulty=4,
    minutes=6,
    where=lambda q: (
        q.kernel != flip(q.kernel)
        and all(entry for row in q.image for entry in row)
        and sum(weight == 0 for row in q.kernel for weight in row) <= 2 * (q.k - 2)
    ),
)
class FractionalStride:
    stem = r"""A transposed convolution with stride {{ s }}, padding {{ p }}, kernel $w$ and no bias can be computed as
    an ordinary cross-correlation with **stride 1** (hence "fractional stride"): zeros are inserted between the pixels
    of $x$, zeros are padded around the result, and $w$, turned by 180°, slides over it.

    $$x = {{ image | latex }} \qquad w = {{ kernel | latex }}$$"""

    k: int = one_of(2, 3)
    s: int = one_of(2, 3)
    p: int = integers(0, 1)
    columns: int = integers(2, 3)
    image: Image = matrices(2, lambda q: q.columns, 1, 5)
    kernel: Image = matrices(lambda q: q.k, lambda q: q.k, -2, 3)

    spaced = part("$x$ with zeros inserted between its pixels, before any padding", spread, Matrix())
    spaced.mistake(S_ZEROS, lambda q: insert_zeros(q.image, q.s + 1))
    spaced.mistake(ZEROS_OUTSIDE, lambda q: spread(q, q.s - 1))
    around = part("How many rows of zeros are padded on each side of that?", lambda q: q.k - 1 - q.p, Integer())
    around.mistake(SAME_PADDING, lambda q: q.p, when=lambda q: 2 * q.p != q.k - 1)
    around.mistake(FORGOT_P, lambda q: q.k - 1, when=lambda q: q.p > 0)
    output = part("The output", lambda q: transposed_conv(q.image, q.kernel, q.s, q.p), Matrix(), points=2)
    output.mistake(NOT_TURNED, lambda q: slid(q, q.kernel))

    def turned(q):
        """The kernel as it slides."""
        return flip(q.kernel)

    solution = r"""Neighbouring pixels have to lie {{ s }} apart, so {{ s - 1 }} zero{{ "s" if s > 2 }}
    come{{ "s" if s == 2 }} between them:

    $${{ spaced | latex }}$$

    Around it are padded $k - 1 - p = {{ k }} - 1 - {{ p }} = {{ around }}$ rows and columns of zeros on each side. Over
    this slides the turned kernel, with stride 1:

    $${{ turned() | latex }}$$

    Or, which gives the same: each pixel of $x$ stamps $w$ as it is, {{ s }} pixels
    apart{{ ", overlaps are added" if k > s }} {{- ", and " ~ p ~ " is cut off each side" if p }}.

    $$y = {{ output | latex }}$$"""
