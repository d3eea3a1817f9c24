"""Write max pooling in NumPy, forward and backward, with windows that overlap."""

from itertools import product

import numpy as np
import torch
import torch.nn.functional as F

from question_bank import code, one_of, template
from question_bank.layers import every_so_many, gradient, gradients, images, only, strided_range
from question_bank.misconceptions.coding import EMPTIED_BY_SLICE, LAST_IMAGE_ONLY, ONE_IMAGE_ONLY
from question_bank.misconceptions.convolution import SWAPPED_AXES
from question_bank.misconceptions.pooling import (
    ASSIGNED,
    AVERAGE_FOR_MAXIMUM,
    EVERYONE_GETS_ALL,
    NON_OVERLAPPING,
    SPREAD_EVENLY,
    SQUARE_WINDOWS,
    STARTED_AT_ZERO,
    STRIDE_IN_RANGE,
    ZERO_WINS,
)
from question_bank.misconceptions.shapes import IGNORED_PADDING, IGNORED_STRIDE


def pooled(q, x, size, s=None, p=None):
    """What the variant asks for, with its own stride and padding or with others."""
    return F.max_pool2d(x, tuple(size), s or q.s, q.p if p is None else p)


def framed(q, x):
    """The images with zeros around them."""
    return F.pad(x, (q.p[1], q.p[1], q.p[0], q.p[0]))


def from_zero(q, x, size):
    """A running maximum that starts at 0; a comparison with NaN is never true."""
    return pooled(q, x.nan_to_num(-torch.inf), size).clamp(min=0)


def backward(q, dy, x, size):
    """What the variant asks for."""
    return gradient(lambda x: pooled(q, x, size), dy, x)


def assigned(q, dy, x, size):
    """The last window that has an entry for its maximum decides."""
    places = F.max_pool2d(x, tuple(size), q.s, q.p, return_indices=True)[1]
    dx = torch.zeros_like(x).flatten(2)
    for i, j in product(range(dy.shape[2]), range(dy.shape[3])):
        dx.scatter_(2, places[:, :, i, j, None], dy[:, :, i, j, None])
    return dx.view(x.shape)


def spread(q, dy, x, size, share):
    """Every entry of a window gets that share of its gradient."""
    summed = size[0] * size[1] * share
    return gradient(lambda x: summed * F.avg_pool2d(x, tuple(size), q.s, q.p), dy, x)


@template(topics=["cnn/code", "cnn/pooling"], difficulty=4, minutes=30)
class MaxPool2d:
    stem = r"""Write max pooling in NumPy: `max_pool2d` and its backward pass `max_pool2d_backward`. Windows of `size`
    (rows, columns) start {{ s[0] }} row{{ "s" if s[0] > 1 }} and {{ s[1] }} column{{ "s" if s[1] > 1 }} apart, so they
    may overlap.
    {% if p == (0, 0) %}There is no padding.{% else %}The padding is {{ p[0] }} row{{ "s" if p[0] != 1 }} above and
    below and {{ p[1] }} column{{ "s" if p[1] != 1 }} on the left and on the right; it never wins, whatever the entries
    are.{% endif %} Windows that do not fit entirely are dropped. A window that holds NaN gives NaN.

    The backward pass gets `dy`, the gradient of the loss with respect to the output, and returns the gradient with
    respect to `x`. Where the maximum stands several times in a window, the first one (row by row) gets the gradient.

    Use NumPy alone. Your functions will also be called on inputs that you have not seen: other batch sizes, channels
    and windows, images that are not square, arrays that are not contiguous in memory. They must leave their arguments
    as they are."""

    s: tuple = one_of((1, 2), (2, 1), (2, 2), (2, 3), (3, 2), (1, 1))
    p: tuple = one_of((0, 0), (0, 1), (1, 0), (1, 1))

    @code(
        points={"basic": 2, "rectangles": 1, "general": 1},
        banned=["torch", "scipy", "skimage", "tensorflow", "jax"],
        takes="numpy",
    )
    def max_pool2d(q, x: np.ndarray, size: tuple) -> np.ndarray:
        """The largest entry of each window of x (N, C, H, W): (N, C, H', W').

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
    def max_pool2d_backward(q, dy: np.ndarray, x: np.ndarray, size: tuple) -> np.ndarray:
        """The gradient with respect to x (N, C, H, W), for dy (N, C, H', W') that with respect to max_pool2d(x, size).

        It has the shape of x.
        """
        return backward(q, dy, x, size)

    max_pool2d.visible("one image, one channel", "basic", **images(1, 1, 4, 4, (2, 2), low=-9, high=9))
    max_pool2d.visible("windows that are not square", "rectangles", **images(1, 2, 4, 5, (2, 3), low=-9, high=9))
    max_pool2d.hidden("batches and channels", "basic", **images(3, 2, 7, 7, (3, 3)))
    max_pool2d.hidden("negative entries", "basic", **images(2, 2, 6, 6, (3, 3), low=-5, high=-1))
    max_pool2d.hidden("wide images, tall windows", "rectangles", **images(2, 2, 6, 9, (4, 2)))
    max_pool2d.hidden("tall images, wide windows", "rectangles", **images(2, 3, 9, 6, (2, 4)))
    max_pool2d.hidden("a window as large as the image", "rectangles", **images(2, 1, 3, 4, (3, 4)))
    max_pool2d.hidden("double precision", "general", **images(2, 2, 6, 5, (3, 2), dtype="float64"))
    max_pool2d.hidden("not contiguous", "general", **images(2, 3, 5, 7, (2, 3), layout="F"))
    max_pool2d.hidden("a NaN", "general", **images(2, 1, 5, 5, (3, 3), nan=1))
    max_pool2d.hidden("the sizes of an earlier call", "general", **images(3, 2, 7, 7, (3, 3)))
    max_pool2d_backward.visible("one image, one channel", "basic", **gradients(1, 1, 4, 4, (2, 2), low=-9, high=9))
    max_pool2d_backward.visible("windows that overlap", "overlap", **gradients(1, 1, 4, 5, (2, 3), low=-9, high=9))
    max_pool2d_backward.hidden("batches and channels", "basic", **gradients(3, 2, 6, 6, (2, 2)))
    max_pool2d_backward.hidden("negative entries", "basic", **gradients(2, 2, 6, 6, (2, 3), low=-5, high=-1))
    max_pool2d_backward.hidden("large windows", "overlap", **gradients(2, 2, 7, 7, (4, 4)))
    max_pool2d_backward.hidden("wide images, tall windows", "overlap", **gradients(2, 1, 6, 9, (5, 3)))
    max_pool2d_backward.hidden("tall images, wide windows", "overlap", **gradients(1, 3, 9, 6, (3, 5)))
    max_pool2d_backward.hidden("a window as large as the image", "general", **gradients(2, 1, 3, 4, (3, 4)))
    max_pool2d_backward.hidden("not contiguous", "general", **gradients(2, 3, 6, 7, (3, 3), layout="F"))
    max_pool2d_backward.hidden("single precision", "general", **gradients(2, 1, 5, 6, (3, 3), dtype="float32"))
    max_pool2d_backward.hidden("the sizes of an earlier call", "general", **gradients(3, 2, 6, 6, (2, 2)))
    max_pool2d.again("an earlier call once more", of="batches and channels", group="general")
    max_pool2d_backward.again("an earlier call once more", of="batches and channels", group="general")

    max_pool2d.mistake(STARTED_AT_ZERO, from_zero)
    max_pool2d.mistake(ZERO_WINS, lambda q, x, size: pooled(q, framed(q, x), size, p=0), when=lambda q: any(q.p))
    max_pool2d.mistake(AVERAGE_FOR_MAXIMUM, lambda q, x, size: F.avg_pool2d(x, tuple(size), q.s, q.p))
    max_pool2d.mistake(NON_OVERLAPPING, lambda q, x, size: pooled(q, x, size, s=tuple(size)))
    max_pool2d.mistake(SQUARE_WINDOWS, lambda q, x, size: pooled(q, x, (size[0], size[0])))
    max_pool2d.mistake(SWAPPED_AXES, lambda q, x, size: pooled(q, x, size[::-1]))
    max_pool2d.mistake(IGNORED_STRIDE, lambda q, x, size: pooled(q, x, size, s=1), when=lambda q: q.s != (1, 1))
    max_pool2d.mistake(IGNORED_PADDING, lambda q, x, size: pooled(q, x, size, p=0), when=lambda q: any(q.p))
    max_pool2d.mistake(
        STRIDE_IN_RANGE,
        lambda q, x, size: strided_range(pooled(q, x, size), pooled(q, x, size, s=1), q.s),
        when=lambda q: q.s != (1, 1),
    )
    max_pool2d.mistake(
        STRIDE_IN_RANGE, lambda q, x, size: every_so_many(pooled(q, x, size), q.s), when=lambda q: q.s != (1, 1)
    )
    max_pool2d.mistake(ONE_IMAGE_ONLY, lambda q, x, size: pooled(q, x[:1].expand_as(x), size))
    max_pool2d.mistake(LAST_IMAGE_ONLY, lambda q, x, size: only(-1, pooled(q, x, size)))

    max_pool2d_backward.mistake(ASSIGNED, assigned)
    max_pool2d_backward.mistake(EVERYONE_GETS_ALL, lambda q, dy, x, size: spread(q, dy, x, size, 1))
    max_pool2d_backward.mistake(SPREAD_EVENLY, lambda q, dy, x, size: spread(q, dy, x, size, 1 / (size[0] * size[1])))
    max_pool2d_backward.mistake(
        ZERO_WINS,
        lambda q, dy, x, size: gradient(lambda x: pooled(q, framed(q, x), size, p=0), dy, x),
        when=lambda q: any(q.p),
    )
    max_pool2d_backward.mistake(
        STRIDE_IN_RANGE,
        lambda q, dy, x, size: backward(q, every_so_many(dy, q.s), x, size),
        when=lambda q: q.s != (1, 1),
    )
    max_pool2d_backward.mistake(
        EMPTIED_BY_SLICE,
        lambda q, dy, x, size: backward(q, dy, x, size)[:, :, : None if q.p[0] else 0, : None if q.p[1] else 0],
        when=lambda q: 0 in q.p,
    )
    max_pool2d_backward.mistake(LAST_IMAGE_ONLY, lambda q, dy, x, size: only(-1, backward(q, dy, x, size)))

    solution = """
    def windows(x, size):
        \"\"\"Each place of the output, and the rows and columns of x that its window covers.\"\"\"
        (height, width), (kh, kw), (sh, sw), (ph, pw) = x.shape[2:], size, {{ s }}, {{ p }}
        for i in range((height + 2 * ph - kh) // sh + 1):
            for j in range((width + 2 * pw - kw) // sw + 1):
                top, left = i * sh - ph, j * sw - pw
                yield i, j, slice(max(top, 0), top + kh), slice(max(left, 0), left + kw)


    def max_pool2d(x, size):
        (height, width), (kh, kw), (sh, sw), (ph, pw) = x.shape[2:], size, {{ s }}, {{ p }}
        rows, columns = (height + 2 * ph - kh) // sh + 1, (width + 2 * pw - kw) // sw + 1
        y = np.empty((*x.shape[:2], rows, columns), x.dtype)
        for i, j, across, along in windows(x, size):
            y[:, :, i, j] = x[:, :, across, along].max(axis=(2, 3))
        return y


    def max_pool2d_backward(dy, x, size):
        dx = np.zeros(x.shape, x.dtype)
        for i, j, across, along in windows(x, size):
            for n, c in np.ndindex(x.shape[:2]):
                window = x[n, c, across, along]
                row, column = np.unravel_index(window.argmax(), window.shape)
                dx[n, c, across.start + row, along.start + column] += dy[n, c, i, j]
        return dx
    """
