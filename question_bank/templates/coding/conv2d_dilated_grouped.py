"""Write a convolution with dilation and groups in PyTorch."""

import torch
import torch.nn.functional as F

from question_bank import array, code, integers, one_of, template
from question_bank.misconceptions.coding import (
    BIAS_IN_SUM,
    DEALT_IN_TURN,
    FIRST_GROUP_ONLY,
    IGNORED_BIAS,
    IGNORED_DILATION,
    ONE_IMAGE_ONLY,
)
from question_bank.misconceptions.convolution import FLIPPED_KERNEL
from question_bank.misconceptions.shapes import IGNORED_PADDING, IGNORED_STRIDE


def correlate(q, x, w, b, **other):
    """What the variant asks for, but for what is given."""
    return F.conv2d(x, w, b, **{"stride": q.s, "padding": q.p, "dilation": q.d, "groups": q.g} | other)


def first_group(q, x, w, b):
    return correlate(q, x[:, : w.shape[1]], w, b, groups=1)


def dealt_in_turn(q, x, w, b):
    """Filter f looks at group f mod g."""
    blocks = x.chunk(q.g, 1)
    found = [correlate(q, blocks[f % q.g], w[f : f + 1], b[f : f + 1], groups=1) for f in range(len(w))]
    return torch.cat(found, 1)


def sizes(n, c, h, w, **options):
    """A batch with c channels for each group."""
    return lambda q: array(n, c * q.g, h, w, **options)


def filters(f, c, h, w, **options):
    """Kernels: f for each group."""
    return lambda q: array(f * q.g, c, h, w, **options)


def biases(f, **options):
    return lambda q: array(f * q.g, **options)


@template(topics=["cnn/code"], difficulty=4, minutes=25)
class Conv2dDilatedGrouped:
    stem = r"""Write `conv2d` for PyTorch tensors with {{ g }} groups, dilation {{ d }}, stride {{ s }} and {% if p %}
    zero padding {{ p }} on all four sides{% else %}no padding{% endif %}. The $C$ channels of the image and the $F$
    filters are split into {{ g }} blocks of neighbours; the filters of a block look at the channels of the same
    block alone. Dilation {{ d }} means that neighbouring weights of a kernel look at pixels {{ d }} apart. The
    kernel is not flipped, and windows that do not fit entirely are dropped. Use indexing and arithmetic: no function
    of PyTorch that convolves or unfolds. Your function will also be called on inputs that you have not seen: other
    sizes, numbers of channels and filters (always multiples of {{ g }}), kernels that are not square, double
    precision, tensors that are not contiguous in memory. It must leave its arguments as they are."""

    g: int = one_of(2, 3, 4)
    d: int = one_of(2, 3)
    s: int = one_of(1, 2)
    p: int = integers(0, 2)

    @code(
        points={"one filter a group": 2, "several": 3, "general": 1},
        banned=["torch.nn", "torch.*conv*", "torch.ops", "*.unfold", "*.im2col"],
    )
    def conv2d(q, x: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
        """Cross-correlate x (N, C, H, W) with w (F, C / {{ g }}, KH, KW) and add b (F,): (N, F, H', W').

        {{ g }} groups, dilation {{ d }}, stride {{ s }}, padding {{ p }}; H' and W' are rounded down.
        """
        return correlate(q, x, w, b)

    conv2d.visible(
        "one channel and filter a group", "one filter a group", x=sizes(1, 1, 7, 7), w=filters(1, 1, 2, 2), b=biases(1)
    )
    conv2d.visible(
        "two channels and filters a group", "several", x=sizes(2, 2, 7, 7), w=filters(2, 2, 3, 3), b=biases(2)
    )
    conv2d.hidden("depthwise", "one filter a group", x=sizes(2, 1, 8, 8), w=filters(1, 1, 3, 3), b=biases(1))
    conv2d.hidden(
        "depthwise, not square", "one filter a group", x=sizes(2, 1, 7, 10), w=filters(1, 1, 2, 3), b=biases(1)
    )
    conv2d.hidden("several filters a channel", "several", x=sizes(2, 1, 8, 9), w=filters(3, 1, 3, 3), b=biases(3))
    conv2d.hidden("more channels than filters", "several", x=sizes(3, 3, 8, 7), w=filters(2, 3, 3, 2), b=biases(2))
    conv2d.hidden("a tall kernel", "several", x=sizes(1, 2, 11, 6), w=filters(2, 2, 3, 1), b=biases(2))
    conv2d.hidden("a kernel of one pixel", "several", x=sizes(2, 2, 5, 6), w=filters(2, 2, 1, 1), b=biases(2))
    conv2d.hidden(
        "double precision",
        "general",
        x=sizes(2, 2, 8, 7, dtype="float64"),
        w=filters(2, 2, 3, 2, dtype="float64"),
        b=biases(2, dtype="float64"),
    )
    conv2d.hidden("not contiguous", "general", x=sizes(2, 2, 7, 8, layout="F"), w=filters(2, 2, 3, 2), b=biases(2))
    conv2d.hidden("the sizes of an earlier call", "general", x=sizes(3, 3, 8, 7), w=filters(2, 3, 3, 2), b=biases(2))
    conv2d.again("an earlier call once more", of="more channels than filters", group="general")
    conv2d.mistake(IGNORED_DILATION, lambda q, x, w, b: correlate(q, x, w, b, dilation=1))
    conv2d.mistake(FIRST_GROUP_ONLY, first_group)
    conv2d.mistake(DEALT_IN_TURN, dealt_in_turn)
    conv2d.mistake(FLIPPED_KERNEL, lambda q, x, w, b: correlate(q, x, w.flip(-1, -2), b))
    conv2d.mistake(IGNORED_BIAS, lambda q, x, w, b: correlate(q, x, w, None))
    conv2d.mistake(BIAS_IN_SUM, lambda q, x, w, b: correlate(q, x, w, b * w[0].numel()))
    conv2d.mistake(ONE_IMAGE_ONLY, lambda q, x, w, b: correlate(q, x[:1].expand_as(x), w, b))
    conv2d.mistake(IGNORED_STRIDE, lambda q, x, w, b: correlate(q, x, w, b, stride=1), when=lambda q: q.s > 1)
    conv2d.mistake(IGNORED_PADDING, lambda q, x, w, b: correlate(q, x, w, b, padding=0), when=lambda q: q.p > 0)

    solution = """
    def conv2d(x, w, b):
        g, d, s, p = {{ g }}, {{ d }}, {{ s }}, {{ p }}
        n, c, height, width = x.shape
        f, _, kh, kw = w.shape
        padded = x.new_zeros(n, c, height + 2 * p, width + 2 * p)
        padded[:, :, p : p + height, p : p + width] = x
        rows = (height + 2 * p - d * (kh - 1) - 1) // s + 1
        columns = (width + 2 * p - d * (kw - 1) - 1) // s + 1
        blocks = padded.reshape(n, g, 1, c // g, *padded.shape[2:])
        kernels = w.reshape(g, f // g, c // g, kh, kw)
        y = x.new_zeros(n, g, f // g, rows, columns)
        for u in range(kh):
            for v in range(kw):
                seen = blocks[..., u * d : u * d + s * (rows - 1) + 1 : s, v * d : v * d + s * (columns - 1) + 1 : s]
                y += (seen * kernels[:, :, :, u, v, None, None]).sum(3)
        return y.reshape(n, f, rows, columns) + b[:, None, None]
    """
