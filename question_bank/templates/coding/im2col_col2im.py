"""Write im2col and col2im: windows as columns, and back."""

import numpy as np
import torch.nn.functional as F

from question_bank import array, code, integers, one_of, template
from question_bank.misconceptions.coding import (
    COLUMN_BY_COLUMN,
    OVERWRITTEN,
    PIXELS_BEFORE_CHANNELS,
    STRIDE_MISSING_IN_START,
)
from question_bank.misconceptions.shapes import IGNORED_PADDING, IGNORED_STRIDE


def windows(q, n, k):
    """How many windows of k fit into a side of n."""
    return (n + 2 * q.p - k) // q.s + 1


def arranged(q, columns):
    """(N, C·KH·KW, L) as the variant wants it; its own inverse."""
    return columns if q.order == "columns" else columns.mT


def unfolded(q, x, kh, kw, s=None, p=None):
    return arranged(q, F.unfold(x, (kh, kw), padding=q.p if p is None else p, stride=s or q.s))


def pixels_first(q, x, kh, kw):
    columns = arranged(q, unfolded(q, x, kh, kw))
    return arranged(q, columns.unflatten(1, (-1, kh * kw)).transpose(1, 2).flatten(1, 2))


def column_by_column(q, x, kh, kw):
    columns = arranged(q, unfolded(q, x, kh, kw))
    sides = (windows(q, x.shape[2], kh), windows(q, x.shape[3], kw))
    return arranged(q, columns.unflatten(2, sides).transpose(2, 3).flatten(2, 3))


def folded(q, columns, height, width, kh, kw):
    return F.fold(arranged(q, columns), (height, width), (kh, kw), padding=q.p, stride=q.s)


def laid(q, columns, height, width, kh, kw, *, step, add=True):
    """Window by window, with starts `step` apart."""
    blocks = arranged(q, columns).unflatten(1, (-1, kh, kw))
    y = blocks.new_zeros(len(blocks), blocks.shape[1], height + 2 * q.p, width + 2 * q.p)
    across = windows(q, width, kw)
    for number in range(blocks.shape[-1]):
        i, j = divmod(number, across)
        seen = y[:, :, i * step : i * step + kh, j * step : j * step + kw]
        seen.copy_(blocks[..., number] + (seen if add else 0))
    return y[:, :, q.p : q.p + height, q.p : q.p + width]


def of_windows(n, c, height, width, kh, kw, **options):
    """Columns as im2col gives them for n images of c channels."""

    def spec(q):
        sizes = (c * kh * kw, windows(q, height, kh) * windows(q, width, kw))
        return array(n, *(sizes if q.order == "columns" else sizes[::-1]), **options)

    return spec


@template(topics=["cnn/code"], difficulty=4, minutes=25)
class Im2colCol2im:
    stem = r"""Write `im2col` and `col2im` in NumPy for stride {{ s }} and {% if p %}zero padding {{ p }} on all four
    sides{% else %}no padding{% endif %}. `im2col` lists all windows of $k_h\times k_w$ pixels, each as one
    {{ "column" if order == "columns" else "row" }} of $C k_h k_w$ entries: channel by channel, and within a channel row
    by row. The windows are listed in reading order, row by row; those that do not fit entirely are dropped. `col2im`
    goes back: each entry is **added** to the pixel that it came from, and what fell on the padding is dropped, so that
    `col2im(im2col(x, kh, kw), H, W, kh, kw)` is `x` times the number of windows that cover each pixel. Use NumPy alone
    (not PyTorch, not SciPy). Your functions will also be called on inputs that you have not seen: other sizes, not
    square, double precision, arrays that are not contiguous in memory. They must leave their arguments as they are."""

    s: int = one_of(1, 2, 3)
    p: int = integers(0, 2)
    order: str = one_of("columns", "rows")

    @code(points={"square": 2, "general": 2}, banned=["torch", "torch.*col*", "scipy", "skimage"], takes="numpy")
    def im2col(q, x: np.ndarray, kh: int, kw: int) -> np.ndarray:
        """The windows of x (N, C, H, W): {{ "(N, C·kh·kw, L)" if order == "columns" else "(N, L, C·kh·kw)" }}.

        L is the number of windows of kh × kw pixels; stride {{ s }}, padding {{ p }} on each side.
        """
        return unfolded(q, x, kh, kw)

    im2col.visible("one image, one channel", "square", x=(1, 1, 4, 4), kh=3, kw=3)
    im2col.hidden("images and channels", "square", x=(2, 3, 6, 6), kh=3, kw=3)
    im2col.hidden("images that are not square", "general", x=(2, 2, 5, 8), kh=3, kw=3)
    im2col.hidden("windows that are not square", "general", x=(2, 2, 6, 7), kh=2, kw=4)
    im2col.hidden("windows of one pixel", "general", x=(2, 3, 3, 4), kh=1, kw=1)
    im2col.hidden("double precision", "general", x=array(1, 2, 5, 6, dtype="float64"), kh=4, kw=2)
    im2col.hidden("not contiguous", "general", x=array(2, 3, 5, 6, layout="F"), kh=3, kw=2)
    im2col.hidden("the sizes of an earlier call", "general", x=(2, 3, 6, 6), kh=3, kw=3)
    im2col.again("an earlier call once more", of="images and channels", group="general")
    im2col.mistake(PIXELS_BEFORE_CHANNELS, pixels_first)
    im2col.mistake(COLUMN_BY_COLUMN, column_by_column)
    im2col.mistake(IGNORED_STRIDE, lambda q, x, kh, kw: unfolded(q, x, kh, kw, s=1), when=lambda q: q.s > 1)
    im2col.mistake(IGNORED_PADDING, lambda q, x, kh, kw: unfolded(q, x, kh, kw, p=0), when=lambda q: q.p > 0)

    @code(points={"square": 2, "general": 2}, banned=["torch", "torch.*col*", "scipy", "skimage"], takes="numpy")
    def col2im(q, columns: np.ndarray, height: int, width: int, kh: int, kw: int) -> np.ndarray:
        """Add each entry of columns to the pixel that it came from: (N, C, height, width).

        columns is {{ "(N, C·kh·kw, L)" if order == "columns" else "(N, L, C·kh·kw)" }}, as im2col gives it.
        """
        return folded(q, columns, height, width, kh, kw)

    for label, group, n, c, h, w, kh, kw, options in (
        ("one image, one channel", "square", 1, 1, 4, 4, 3, 3, {}),
        ("images and channels", "square", 2, 3, 6, 6, 3, 3, {}),
        ("images that are not square", "general", 2, 2, 5, 8, 3, 3, {}),
        ("windows that are not square", "general", 2, 2, 6, 7, 2, 4, {}),
        ("windows of one pixel", "general", 2, 3, 3, 4, 1, 1, {}),
        ("double precision", "general", 1, 2, 5, 6, 4, 2, {"dtype": "float64"}),
        ("not contiguous", "general", 2, 3, 5, 6, 3, 2, {"layout": "F"}),
        ("the sizes of an earlier call", "general", 2, 3, 6, 6, 3, 3, {}),
    ):
        (col2im.visible if n * c == 1 else col2im.hidden)(
            label, group, columns=of_windows(n, c, h, w, kh, kw, **options), height=h, width=w, kh=kh, kw=kw
        )
    col2im.again("an earlier call once more", of="images and channels", group="general")
    col2im.mistake(OVERWRITTEN, lambda q, *a: laid(q, *a, step=q.s, add=False))
    col2im.mistake(STRIDE_MISSING_IN_START, lambda q, *a: laid(q, *a, step=1), when=lambda q: q.s > 1)

    solution = """
    def places(height, width, kh, kw):
        for i in range(0, height + 2 * {{ p }} - kh + 1, {{ s }}):
            for j in range(0, width + 2 * {{ p }} - kw + 1, {{ s }}):
                yield slice(i, i + kh), slice(j, j + kw)


    def im2col(x, kh, kw):
        n, c, height, width = x.shape
        p = {{ p }}
        padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
        found = [padded[:, :, rows, columns].reshape(n, -1) for rows, columns in places(height, width, kh, kw)]
        return np.stack(found, axis={{ 2 if order == "columns" else 1 }})


    def col2im(columns, height, width, kh, kw):
        n, p = len(columns), {{ p }}
        {% if order == "columns" %}columns = columns.swapaxes(1, 2)
        {% endif %}c = columns.shape[2] // (kh * kw)
        padded = np.zeros((n, c, height + 2 * p, width + 2 * p), columns.dtype)
        for number, (rows, across) in enumerate(places(height, width, kh, kw)):
            padded[:, :, rows, across] += columns[:, number].reshape(n, c, kh, kw)
        return padded[:, :, p : p + height, p : p + width]
    """
