"""Write conv2d with loops: stride, padding and biases, checked against PyTorch."""

import torch
import torch.nn.functional as F

from question_bank import array, code, integers, one_of, template
from question_bank.misconceptions.coding import (
    BIAS_IN_SUM,
    BIAS_PER_CHANNEL,
    IGNORED_BIAS,
    LAST_IMAGE_ONLY,
    ONE_IMAGE_ONLY,
)
from question_bank.misconceptions.convolution import FLIPPED_KERNEL, SWAPPED_AXES
from question_bank.misconceptions.shapes import IGNORED_PADDING, IGNORED_STRIDE


def only(kept, y):
    """The batch y with zeros for all images but one."""
    found = torch.zeros_like(y)
    found[kept] = y[kept]
    return found


@template(topics=["cnn/code"], difficulty=3, minutes=20, version=2)
class ImplementConv2d:
    stem = r"""Write `conv2d` for PyTorch tensors with stride {{ s }} and {% if p %}zero padding {{ p }} on all four
    sides{% else %}no padding{% endif %}, using loops, indexing and elementwise arithmetic only: no function of
    PyTorch that convolves or unfolds. The kernel is not flipped, and windows that do not fit entirely are dropped.
    Your function will also be called on inputs that you have not seen: other batch sizes, numbers of channels and
    filters, images and kernels that are not square, double precision, tensors that are not contiguous in memory. It
    must leave its arguments as they are."""

    s: int = one_of(1, 2, 3)
    p: int = integers(0, 2)

    @code(
        points={"basic": 3, "rectangles": 2, "general": 1},
        banned=["torch.nn", "torch.*conv*", "torch.ops", "torch.einsum", "torch.tensordot", "*.unfold", "*.im2col"],
    )
    def conv2d(q, x: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
        """Cross-correlate x (N, C, H, W) with w (F, C, KH, KW) and add b (F,): (N, F, H', W').

        Stride {{ s }}, {{ p }} rows or columns of zeros on each side; H' and W' are rounded down.
        """
        return F.conv2d(x, w, b, q.s, q.p)

    conv2d.visible("one channel, one filter", "basic", x=(1, 1, 6, 6), w=(1, 1, 3, 3), b=(1,))
    conv2d.visible("two images, two channels, three filters", "basic", x=(2, 2, 5, 5), w=(3, 2, 3, 3), b=(3,))
    conv2d.hidden("batches and channels", "basic", x=(3, 4, 9, 9), w=(5, 4, 3, 3), b=(5,))
    conv2d.hidden("an even kernel", "basic", x=(2, 3, 8, 8), w=(2, 3, 4, 4), b=(2,))
    conv2d.hidden("images that are not square", "rectangles", x=(2, 2, 7, 10), w=(3, 2, 3, 3), b=(3,))
    conv2d.hidden("kernels that are not square", "rectangles", x=(2, 3, 8, 8), w=(2, 3, 2, 4), b=(2,))
    conv2d.hidden("a kernel of one pixel", "rectangles", x=(2, 3, 5, 6), w=(4, 3, 1, 1), b=(4,))
    conv2d.hidden("a kernel as large as the image", "rectangles", x=(1, 2, 4, 5), w=(3, 2, 4, 5), b=(3,))
    conv2d.hidden(
        "double precision",
        "general",
        x=array(2, 2, 6, 7, dtype="float64"),
        w=array(3, 2, 3, 2, dtype="float64"),
        b=array(3, dtype="float64"),
    )
    conv2d.hidden("not contiguous", "general", x=array(2, 3, 6, 8, layout="F"), w=array(2, 3, 3, 2, layout="F"), b=(2,))
    conv2d.hidden("the sizes of an earlier call, other numbers", "general", x=(3, 4, 9, 9), w=(5, 4, 3, 3), b=(5,))
    conv2d.again("an earlier call once more", of="batches and channels", group="general")
    conv2d.mistake(FLIPPED_KERNEL, lambda q, x, w, b: F.conv2d(x, w.flip(-1, -2), b, q.s, q.p))
    conv2d.mistake(SWAPPED_AXES, lambda q, x, w, b: F.conv2d(x, w.mT, b, q.s, q.p))
    conv2d.mistake(IGNORED_BIAS, lambda q, x, w, b: F.conv2d(x, w, None, q.s, q.p))
    conv2d.mistake(BIAS_IN_SUM, lambda q, x, w, b: F.conv2d(x, w, b * w[0].numel(), q.s, q.p))
    conv2d.mistake(BIAS_PER_CHANNEL, lambda q, x, w, b: F.conv2d(x, w, b * w.shape[1], q.s, q.p))
    conv2d.mistake(ONE_IMAGE_ONLY, lambda q, x, w, b: F.conv2d(x[:1], w, b, q.s, q.p).expand(len(x), -1, -1, -1))
    conv2d.mistake(LAST_IMAGE_ONLY, lambda q, x, w, b: only(-1, F.conv2d(x, w, b, q.s, q.p)))
    conv2d.mistake(IGNORED_STRIDE, lambda q, x, w, b: F.conv2d(x, w, b, 1, q.p), when=lambda q: q.s > 1)
    conv2d.mistake(IGNORED_PADDING, lambda q, x, w, b: F.conv2d(x, w, b, q.s), when=lambda q: q.p > 0)

    solution = """
    def conv2d(x, w, b):
        kh, kw = w.shape[2:]
        height, width = x.shape[2:]
        s, p = {{ s }}, {{ p }}
        padded = x.new_zeros(*x.shape[:2], height + 2 * p, width + 2 * p)
        padded[:, :, p : p + height, p : p + width] = x
        rows = (height + 2 * p - kh) // s + 1
        columns = (width + 2 * p - kw) // s + 1
        y = x.new_empty(len(x), len(w), rows, columns)
        for i in range(rows):
            for j in range(columns):
                patch = padded[:, None, :, s * i : s * i + kh, s * j : s * j + kw]
                y[:, :, i, j] = (patch * w).sum(dim=(2, 3, 4)) + b
        return y
    """
