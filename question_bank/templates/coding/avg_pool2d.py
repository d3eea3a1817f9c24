"""Write average pooling in NumPy, forward and backward, with windows that overlap."""

from itertools import product

import numpy as np
import torch
import torch.nn.functional as F

from question_bank import code, one_of, template
from question_bank.layers import every_so_many, gradient, gradients, images, only, strided_range
from question_bank.misconceptions.coding import (
    AVERAGED_OVER_BATCH,
    EMPTIED_BY_SLICE,
    LAST_IMAGE_ONLY,
    ONE_IMAGE_ONLY,
)
from question_bank.misconceptions.convolution import SWAPPED_AXES
from question_bank.misconceptions.pooling import (
    ASSIGNED,
    DIVIDED_BY_ALL,
    DIVIDED_BY_REAL,
    MAXIMUM_FOR_AVERAGE,
    NON_OVERLAPPING,
    NOT_DIVIDED,
    SQUARE_WINDOWS,
    STRIDE_IN_RANGE,
    SUM_FOR_AVERAGE,
)
from question_bank.misconceptions.shapes import IGNORED_PADDING, IGNORED_STRIDE


def pooled(q, x, size, s=None, p=None, counted=None):
    """What the variant asks for, or the same with another stride, padding or way to count."""
    counts = q.counted if counted is None else counted
    return F.avg_pool2d(x, tuple(size), s or q.s, q.p if p is None else p, count_include_pad=counts)


def summed(q, x, size):
    return F.avg_pool2d(x, tuple(size), q.s, q.p, divisor_override=1)


def backward(q, dy, x, size, counted=None):
    return gradient(lambda x: pooled(q, x, size, counted=counted), dy, x)


def assigned(q, dy, x, size):
    """The last window that covers an entry decides."""
    share = dy * pooled(q, torch.ones_like(x), size) / summed(q, torch.ones_like(x), size)
    (kh, kw), (sh, sw), (ph, pw) = size, q.s, q.p
    dx = F.pad(torch.zeros_like(x), (pw, pw, ph, ph))
    for i, j in product(range(dy.shape[2]), range(dy.shape[3])):
        dx[:, :, i * sh : i * sh + kh, j * sw : j * sw + kw] = share[:, :, i, j, None, None]
    return dx[:, :, ph : ph + x.shape[2], pw : pw + x.shape[3]]


def not_divided(q, dy, x, size):
    return gradient(lambda x: summed(q, x, size), dy, x)


def emptied(q, dy, x, size):
    """`dx[:, :, p:-p]` where p is 0."""
    return backward(q, dy, x, size)[:, :, : None if q.p[0] else 0, : None if q.p[1] else 0]


@template(topics=["cnn/code", "cnn/pooling"], difficulty=3, minutes=25, where=lambda q: any(q.p) or q.counted)
class AvgPool2d:
    stem = r"""Write average pooling in NumPy: `avg_pool2d` and its backward pass `avg_pool2d_backward`. Windows of
    `size` (rows, columns) start {{ s[0] }} row{{ "s" if s[0] > 1 }} and {{ s[1] }} column{{ "s" if s[1] > 1 }} apart,
    so they may overlap.
    {% if p == (0, 0) %}There is no padding.{% else %}The padding is {{ p[0] }} row{{ "s" if p[0] != 1 }} above and
    below and {{ p[1] }} column{{ "s" if p[1] != 1 }} on the left and on the right, of zeros.
    {% if counted %}The padded zeros **count**: each sum is divided by rows × columns of the window.{% else %}The padded
    zeros do **not** count: each sum is divided by the number of entries of the image under the window.{% endif %}
    {% endif %} Windows that do not fit entirely are dropped.

    The backward pass gets `dy`, the gradient of the loss with respect to the output, and returns the gradient with
    respect to `x`.

    Use NumPy alone. Your functions will also be called on inputs that you have not seen: other batch sizes, channels
    and windows, images that are not square, arrays that are not contiguous in memory. They must leave their arguments
    as they are."""

    s: tuple = one_of((1, 2), (2, 1), (2, 2), (2, 3), (3, 2), (1, 1))
    p: tuple = one_of((0, 0), (0, 1), (1, 0), (1, 1))
    counted: bool = one_of(True, False)

    @code(
        points={"basic": 2, "rectangles": 1, "general": 1},
        banned=["torch", "scipy", "skimage", "tensorflow", "jax"],
        takes="numpy",
    )
    def avg_pool2d(q, x: np.ndarray, size: tuple) -> np.ndarray:
        """The mean of each window of x (N, C, H, W): (N, C, H', W').

        size is (rows, columns) of a window. Stride ({{ s[0] }}, {{ s[1] }}), padding ({{ p[0] }}, {{ p[1] }}): rows,
        columns. H' and W' are rounded down.
        """
        return pooled(q, x, size)

    @code(
        points={"basic": 2, "overlap": 2, "general": 1},
        banned=["torch", "scipy", "skimage", "tensorflow", "jax"],
        takes="numpy",
        inference=True,
    )
    def avg_pool2d_backward(q, dy: np.ndarray, x: np.ndarray, size: tuple) -> np.ndarray:
        """The gradient with respect to x (N, C, H, W), for dy (N, C, H', W') that with respect to avg_pool2d(x, size).

        It has the shape of x.
        """
        return backward(q, dy, x, size)

    avg_pool2d.visible("one image, one channel", "basic", **images(1, 1, 4, 4, (2, 2), low=-9, high=9))
    avg_pool2d.visible("windows that are not square", "rectangles", **images(1, 2, 4, 5, (2, 3), low=-9, high=9))
    avg_pool2d.hidden("batches and channels", "basic", **images(3, 2, 7, 7, (3, 3)))
    avg_pool2d.hidden("negative entries", "basic", **images(2, 2, 6, 6, (3, 3), low=-5, high=-1))
    avg_pool2d.hidden("wide images, tall windows", "rectangles", **images(2, 2, 6, 9, (4, 2)))
    avg_pool2d.hidden("tall images, wide windows", "rectangles", **images(2, 3, 9, 6, (2, 4)))
    avg_pool2d.hidden("a window as large as the image", "rectangles", **images(2, 1, 3, 4, (3, 4)))
    avg_pool2d.hidden("double precision", "general", **images(2, 2, 6, 5, (3, 2), dtype="float64"))
    avg_pool2d.hidden("whole numbers", "general", **images(2, 1, 6, 6, (2, 2), whole=True))
    avg_pool2d.hidden("not contiguous", "general", **images(2, 3, 5, 7, (2, 3), layout="F"))
    avg_pool2d.hidden("the sizes of an earlier call", "general", **images(3, 2, 7, 7, (3, 3)))
    avg_pool2d_backward.visible("one image, one channel", "basic", **gradients(1, 1, 4, 4, (2, 2), low=-9, high=9))
    avg_pool2d_backward.visible("windows that overlap", "overlap", **gradients(1, 1, 4, 5, (2, 3), low=-9, high=9))
    avg_pool2d_backward.hidden("batches and channels", "basic", **gradients(3, 2, 6, 6, (2, 2)))
    avg_pool2d_backward.hidden("another window", "basic", **gradients(2, 2, 6, 6, (2, 3)))
    avg_pool2d_backward.hidden("large windows", "overlap", **gradients(2, 2, 7, 7, (4, 4)))
    avg_pool2d_backward.hidden("wide images, tall windows", "overlap", **gradients(2, 1, 6, 9, (5, 3)))
    avg_pool2d_backward.hidden("tall images, wide windows", "overlap", **gradients(1, 3, 9, 6, (3, 5)))
    avg_pool2d_backward.hidden("a window as large as the image", "general", **gradients(2, 1, 3, 4, (3, 4)))
    avg_pool2d_backward.hidden("not contiguous", "general", **gradients(2, 3, 6, 7, (3, 3), layout="F"))
    avg_pool2d_backward.hidden("single precision", "general", **gradients(2, 1, 5, 6, (3, 3), dtype="float32"))
    avg_pool2d_backward.hidden("the sizes of an earlier call", "general", **gradients(3, 2, 6, 6, (2, 2)))
    avg_pool2d.again("an earlier call once more", of="batches and channels", group="general")
    avg_pool2d_backward.again("an earlier call once more", of="batches and channels", group="general")

    avg_pool2d.mistake(SUM_FOR_AVERAGE, summed)
    avg_pool2d.mistake(MAXIMUM_FOR_AVERAGE, lambda q, x, size: F.max_pool2d(x, tuple(size), q.s, q.p))
    avg_pool2d.mistake(
        DIVIDED_BY_ALL, lambda q, x, size: pooled(q, x, size, counted=True), when=lambda q: any(q.p) and not q.counted
    )
    avg_pool2d.mistake(
        DIVIDED_BY_REAL, lambda q, x, size: pooled(q, x, size, counted=False), when=lambda q: any(q.p) and q.counted
    )
    avg_pool2d.mistake(NON_OVERLAPPING, lambda q, x, size: pooled(q, x, size, s=tuple(size)))
    avg_pool2d.mistake(SQUARE_WINDOWS, lambda q, x, size: pooled(q, x, (size[0], size[0])))
    avg_pool2d.mistake(SWAPPED_AXES, lambda q, x, size: pooled(q, x, size[::-1]))
    avg_pool2d.mistake(IGNORED_STRIDE, lambda q, x, size: pooled(q, x, size, s=1), when=lambda q: q.s != (1, 1))
    avg_pool2d.mistake(IGNORED_PADDING, lambda q, x, size: pooled(q, x, size, p=0), when=lambda q: any(q.p))
    avg_pool2d.mistake(
        STRIDE_IN_RANGE,
        lambda q, x, size: strided_range(pooled(q, x, size), pooled(q, x, size, s=1), q.s),
        when=lambda q: q.s != (1, 1),
    )
    avg_pool2d.mistake(
        STRIDE_IN_RANGE, lambda q, x, size: every_so_many(pooled(q, x, size), q.s), when=lambda q: q.s != (1, 1)
    )
    avg_pool2d.mistake(ONE_IMAGE_ONLY, lambda q, x, size: pooled(q, x[:1].expand_as(x), size))
    avg_pool2d.mistake(LAST_IMAGE_ONLY, lambda q, x, size: only(-1, pooled(q, x, size)))

    avg_pool2d_backward.mistake(NOT_DIVIDED, not_divided)
    avg_pool2d_backward.mistake(ASSIGNED, assigned)
    avg_pool2d_backward.mistake(
        DIVIDED_BY_ALL,
        lambda q, dy, x, size: backward(q, dy, x, size, counted=True),
        when=lambda q: any(q.p) and not q.counted,
    )
    avg_pool2d_backward.mistake(
        DIVIDED_BY_REAL,
        lambda q, dy, x, size: backward(q, dy, x, size, counted=False),
        when=lambda q: any(q.p) and q.counted,
    )
    avg_pool2d_backward.mistake(EMPTIED_BY_SLICE, emptied, when=lambda q: 0 in q.p)
    avg_pool2d_backward.mistake(
        STRIDE_IN_RANGE,
        lambda q, dy, x, size: backward(q, every_so_many(dy, q.s), x, size),
        when=lambda q: q.s != (1, 1),
    )
    avg_pool2d_backward.mistake(AVERAGED_OVER_BATCH, lambda q, dy, x, size: backward(q, dy, x, size) / len(x))
    avg_pool2d_backward.mistake(LAST_IMAGE_ONLY, lambda q, dy, x, size: only(-1, backward(q, dy, x, size)))

    solution = """
    def windows(x, size):
        \"\"\"Each place of the output, the rows and columns of x under it, and what their sum is divided by.\"\"\"
        (height, width), (kh, kw), (sh, sw), (ph, pw) = x.shape[2:], size, {{ s }}, {{ p }}
        for i in range((height + 2 * ph - kh) // sh + 1):
            for j in range((width + 2 * pw - kw) // sw + 1):
                top, left = i * sh - ph, j * sw - pw
                rows = slice(max(top, 0), min(top + kh, height))
                columns = slice(max(left, 0), min(left + kw, width))
                {% if counted %}count = kh * kw
                {% else %}count = (rows.stop - rows.start) * (columns.stop - columns.start)
                {% endif %}yield i, j, rows, columns, count


    def avg_pool2d(x, size):
        (height, width), (kh, kw), (sh, sw), (ph, pw) = x.shape[2:], size, {{ s }}, {{ p }}
        y = np.empty((*x.shape[:2], (height + 2 * ph - kh) // sh + 1, (width + 2 * pw - kw) // sw + 1), x.dtype)
        for i, j, rows, columns, count in windows(x, size):
            y[:, :, i, j] = x[:, :, rows, columns].sum(axis=(2, 3)) / count
        return y


    def avg_pool2d_backward(dy, x, size):
        dx = np.zeros(x.shape, x.dtype)
        for i, j, rows, columns, count in windows(x, size):
            dx[:, :, rows, columns] += dy[:, :, i, j, None, None] / count
        return dx
    """
