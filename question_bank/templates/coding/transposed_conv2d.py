"""Write a transposed convolution: stride, padding and what happens where windows overlap."""

import torch
import torch.nn.functional as F

from question_bank import array, code, integers, one_of, template
from question_bank.misconceptions.coding import (
    BIAS_PER_WINDOW,
    EMPTIED_BY_SLICE,
    IGNORED_BIAS,
    IGNORED_CROPPING,
    ONE_IMAGE_ONLY,
    OVERWRITTEN,
    STRIDE_MISSING_IN_START,
    WIDENED,
)
from question_bank.misconceptions.convolution import FLIPPED_KERNEL, SWAPPED_AXES


def transposed(q, x, w, b, p=None):
    return F.conv_transpose2d(x, by_channel(q, w), b, q.s, q.p if p is None else p)


def by_channel(q, w):
    """The kernels as torch wants them, (C, F, KH, KW)."""
    return w if q.order == "CF" else w.transpose(0, 1)


def painted(q, x, w, b, step, add=True):
    """The same, a window for each pixel, with starts `step` apart in an output of the right size."""
    w = by_channel(q, w)
    (height, width), (kh, kw) = x.shape[2:], w.shape[2:]
    y = x.new_zeros(len(x), w.shape[1], q.s * (height - 1) + kh, q.s * (width - 1) + kw)
    for i in range(height):
        for j in range(width):
            seen = y[:, :, i * step : i * step + kh, j * step : j * step + kw]
            seen.copy_(torch.tensordot(x[:, :, i, j], w, 1) + (seen if add else 0))
    return y[:, :, q.p : y.shape[2] - q.p, q.p : y.shape[3] - q.p] + b[:, None, None]


def bias_per_window(q, x, w, b):
    covered = transposed(q, torch.ones_like(x[:, :1]), torch.ones_like(w[:1, :1]), None)
    return transposed(q, x, w, None) + b[:, None, None] * covered


def widened(q, x, w, b):
    return F.pad(transposed(q, x, w, None, p=0), (q.p,) * 4) + b[:, None, None]


def kernels(c, f, h, w, **options):
    """Kernels for c channels of x and f channels of the result."""
    return lambda q: array(*((c, f) if q.order == "CF" else (f, c)), h, w, **options)


@template(topics=["cnn/code", "cnn/transposed"], difficulty=4, minutes=25)
class TransposedConv2d:
    stem = r"""Write `transposed_conv2d` for PyTorch tensors: every pixel of `x` multiplies the whole kernel, and the
    result is added to the window of the output that starts at row {{ s }} $\cdot\, i$ and column {{ s }}
    $\cdot\, j$ for pixel $(i, j)$. Where windows overlap their values add up. {% if p %}From the result {{ p }}
    row{{ "s" if p > 1 }} or column{{ "s" if p > 1 }} {{ "are" if p > 1 else "is" }} cut away on all four sides (padding
    {{ p }}).{% else %}Nothing is cut away (padding 0).{% endif %} The bias is added last, once
    to each output pixel. A side of $h$ becomes $s\,(h - 1) + k - 2p$. Use indexing and
    arithmetic: no function of PyTorch that convolves, folds or differentiates. Your function will also be called on
    inputs that you have not seen: other sizes, not square, double precision, tensors that are not contiguous in memory.
    It must leave its arguments as they are."""

    s: int = one_of(1, 2, 3)
    p: int = integers(0, 2)
    order: str = one_of("CF", "FC")

    @code(
        points={"basic": 3, "rectangles": 2, "general": 1},
        banned=["torch.nn", "torch.*conv*", "torch.ops", "torch.autograd", "*.fold", "*.col2im", "torch.einsum"],
        inference=True,
    )
    def transposed_conv2d(q, x: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
        """Transposed convolution of x (N, C, H, W): (N, F, H', W').

        w is ({{ "C, F" if order == "CF" else "F, C" }}, KH, KW), the biases b are (F,).

        Stride {{ s }}, padding {{ p }} (cut away on each side).
        """
        return transposed(q, x, w, b)

    transposed_conv2d.visible("one channel, one filter", "basic", x=(1, 1, 3, 3), w=kernels(1, 1, 3, 3), b=(1,))
    transposed_conv2d.visible("two channels, one filter", "basic", x=(1, 2, 3, 3), w=kernels(2, 1, 3, 3), b=(1,))
    transposed_conv2d.hidden("batches and channels", "basic", x=(3, 4, 4, 4), w=kernels(4, 3, 3, 3), b=(3,))
    transposed_conv2d.hidden("an even kernel", "basic", x=(2, 2, 5, 5), w=kernels(2, 3, 4, 4), b=(3,))
    transposed_conv2d.hidden("images that are not square", "rectangles", x=(2, 2, 4, 7), w=kernels(2, 3, 3, 3), b=(3,))
    transposed_conv2d.hidden("kernels that are not square", "rectangles", x=(2, 3, 5, 4), w=kernels(3, 2, 2, 5), b=(2,))
    transposed_conv2d.hidden("a small kernel", "rectangles", x=(1, 3, 7, 6), w=kernels(3, 2, 1, 2), b=(2,))
    transposed_conv2d.hidden("one pixel", "rectangles", x=(2, 3, 1, 1), w=kernels(3, 2, 5, 6), b=(2,))
    transposed_conv2d.hidden(
        "double precision",
        "general",
        x=array(2, 2, 4, 5, dtype="float64"),
        w=kernels(2, 3, 3, 3, dtype="float64"),
        b=array(3, dtype="float64"),
    )
    transposed_conv2d.hidden(
        "not contiguous", "general", x=array(2, 3, 4, 5, layout="F"), w=kernels(3, 2, 3, 3, layout="F"), b=(2,)
    )
    transposed_conv2d.hidden("the sizes of an earlier call", "general", x=(3, 4, 4, 4), w=kernels(4, 3, 3, 3), b=(3,))
    transposed_conv2d.again("an earlier call once more", of="batches and channels", group="general")
    transposed_conv2d.mistake(OVERWRITTEN, lambda q, x, w, b: painted(q, x, w, b, q.s, add=False))
    transposed_conv2d.mistake(
        STRIDE_MISSING_IN_START, lambda q, x, w, b: painted(q, x, w, b, 1), when=lambda q: q.s > 1
    )
    transposed_conv2d.mistake(FLIPPED_KERNEL, lambda q, x, w, b: transposed(q, x, w.flip(2, 3), b))
    transposed_conv2d.mistake(SWAPPED_AXES, lambda q, x, w, b: transposed(q, x, w.mT, b))
    transposed_conv2d.mistake(IGNORED_BIAS, lambda q, x, w, b: transposed(q, x, w, None))
    transposed_conv2d.mistake(BIAS_PER_WINDOW, bias_per_window)
    transposed_conv2d.mistake(ONE_IMAGE_ONLY, lambda q, x, w, b: transposed(q, x[:1].expand_as(x), w, b))
    transposed_conv2d.mistake(IGNORED_CROPPING, lambda q, x, w, b: transposed(q, x, w, b, p=0), when=lambda q: q.p > 0)
    transposed_conv2d.mistake(
        WIDENED,
        lambda q, x, w, b: F.pad(transposed(q, x, w, None, p=0), (q.p,) * 4) + b[:, None, None],
        when=lambda q: q.p > 0,
    )
    transposed_conv2d.mistake(
        EMPTIED_BY_SLICE, lambda q, x, w, b: transposed(q, x, w, b)[:, :, 0:-0, 0:-0], when=lambda q: q.p == 0
    )

    solution = """
    def transposed_conv2d(x, w, b):
        s, p = {{ s }}, {{ p }}
        {% if order == "FC" %}w = w.transpose(0, 1)
        {% endif %}height, width = x.shape[2:]
        f, kh, kw = w.shape[1:]
        y = x.new_zeros(len(x), f, s * (height - 1) + kh, s * (width - 1) + kw)
        for i in range(height):
            for j in range(width):
                y[:, :, s * i : s * i + kh, s * j : s * j + kw] += torch.tensordot(x[:, :, i, j], w, dims=1)
        return y[:, :, p : y.shape[2] - p, p : y.shape[3] - p] + b[:, None, None]
    """
