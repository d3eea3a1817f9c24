"""Cutting the padding off again: what a slice does where the padding is zero."""

from question_bank import Choice, Shape, integers, one_of, part, shuffled, template
from question_bank.misconceptions import Misconception

RIGHT = "`dxp[:, :, p:p + H, p:p + W]`"
CUT_AT_SIDE = "`dxp[:, :, p:H, p:W]`"
CUT_BELOW = "`dxp[:, :, :H, :W]`"
ONE_MORE = "`dxp[:, :, p:-p - 1, p:-p - 1]`"

MINUS_ZERO = Misconception(
    "thought that −0 is the end",
    r"You read `0:-0` as everything. Python knows no $-0$: it is `0:0`, from the start **to** the start, which is "
    r"empty. Without padding this line throws the gradient away.",
)
CUT_ONE_SIDE = Misconception(
    "cut one side only",
    r"You took $p$ rows and columns away once. The slice `p:-p` leaves out the first $p$ **and** the last $p$.",
)
CUT_NOTHING = Misconception(
    "did not cut",
    r"You gave the shape of `dxp`, the padded array. The slice leaves out $p$ rows and columns on each side.",
)
STOPPED_EARLY = Misconception(
    "took the stop for a length",
    r"A slice `a:b` ends **before** index $b$, wherever it starts. From `p` to `H` there are only $H - p$ rows.",
)
CUT_BELOW_ONLY = Misconception(
    "kept the padding above",
    r"This slice keeps the rows and columns of the padding above and on the left, and drops the last ones of the image "
    r"in their stead. The shape is right, the entries are shifted.",
)


def sliced(q):
    """What [p:-p] leaves of each side."""
    return (0, 0) if q.p == 0 else (q.height, q.width)


@template(topics=["cnn/backprop", "cnn/code"], difficulty=3, minutes=3)
class Unpad:
    stem = r"""In the backward pass of a convolution, the gradient `dxp` of the *padded* images has been computed. The
    images are an array of shape (N, C, H, W) = ({{ images }}, {{ channels }}, {{ height }}, {{ width }}), padded with
    `p` rows or columns of zeros on each of the four sides. The function ends with

    ```python
    dx = dxp[:, :, p:-p, p:-p]
    return dx
    ```

    and is now called with `p = {{ p }}`."""

    images: int = integers(2, 16)
    channels: int = integers(1, 8)
    height: int = integers(6, 32)
    width: int = integers(6, 32)
    p: int = one_of(0, 1, 2)
    options: tuple[str, ...] = shuffled(RIGHT, CUT_AT_SIDE, CUT_BELOW, ONE_MORE)

    padded = part(
        "The shape of `dxp`",
        lambda q: (q.images, q.channels, q.height + 2 * q.p, q.width + 2 * q.p),
        Shape(("images", "channels", "height", "width")),
    )
    padded.mistake(
        Misconception(
            "padding added once",
            r"You added the padding once. It lies on **both** sides of the image, so a side grows by $2p$.",
        ),
        lambda q: (q.images, q.channels, q.height + q.p, q.width + q.p),
        when=lambda q: q.p > 0,
    )
    shape = part(
        "The shape of what the function returns",
        lambda q: (q.images, q.channels, *sliced(q)),
        Shape(("images", "channels", "height", "width")),
        points=2,
    )
    shape.mistake(MINUS_ZERO, lambda q: (q.images, q.channels, q.height, q.width), when=lambda q: q.p == 0)
    shape.mistake(CUT_ONE_SIDE, lambda q: (q.images, q.channels, q.height + q.p, q.width + q.p), when=lambda q: q.p > 0)
    shape.mistake(
        CUT_NOTHING, lambda q: (q.images, q.channels, q.height + 2 * q.p, q.width + 2 * q.p), when=lambda q: q.p > 0
    )
    line = part(
        "Which line gives the gradient of the images for **every** `p` from 0 upwards?",
        lambda q: RIGHT,
        lambda q: Choice(q.options),
    )
    line.mistake(STOPPED_EARLY, lambda q: CUT_AT_SIDE)
    line.mistake(CUT_BELOW_ONLY, lambda q: CUT_BELOW)

    solution = r"""{% if p == 0 %}Without padding `dxp` is as large as the images: {{ padded }}.
    {%- else %}Padding adds {{ p }} row{{ "s" if p > 1 }} and column{{ "s" if p > 1 }} on each side, so `dxp` has the
    shape {{ padded }}.{% endif %}
    {% if p == 0 %}
    With `p = 0` the slice is `0:-0`. There is no $-0$ among Python's integers, so that is `0:0`: it starts at 0 and
    stops before 0. Height and width become 0, and the function returns an **empty** array of shape {{ shape }}.
    {% else %}
    The slice leaves these out again: {{ shape }}, as it should be. But
    with `p = 0` it would be `0:-0`, which is `0:0` and empty.
    {% endif %}
    The end has to be counted from the front: rows `p` to `p + H`, columns `p` to `p + W`, which is right for every
    `p`: {{ line }}."""
