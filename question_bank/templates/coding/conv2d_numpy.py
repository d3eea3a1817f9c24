"""Write conv2d in NumPy: stride, padding and kernels that differ by axis."""

import numpy as np
import torch.nn.functional as F

from question_bank import array, code, one_of, template
from question_bank.misconceptions.coding import (
    AXES_EXCHANGED,
    BIAS_IN_SUM,
    BIAS_PER_CHANNEL,
    IGNORED_BIAS,
    ONE_IMAGE_ONLY,
    PADDED_ALIKE,
    SAME_FOR_BOTH_AXES,
)
from question_bank.misconceptions.convolution import FLIPPED_KERNEL
from question_bank.misconceptions.shapes import IGNORED_PADDING, IGNORED_STRIDE


def correlate(q, x, w, b, s=None, p=None):
    """What the variant asks for, with its own stride and padding or with others."""
    if q.layout == "NHWC":
        x, w = x.permute(0, 3, 1, 2), w.permute(3, 2, 0, 1)
    y = F.conv2d(x, w, b, s or q.s, q.p if p is None else p)
    return y.permute(0, 2, 3, 1) if q.layout == "NHWC" else y


def flipped(q, w):
    return w.flip(0, 1) if q.layout == "NHWC" else w.flip(2, 3)


def channels(q, w):
    return w.shape[2] if q.layout == "NHWC" else w.shape[1]


def images(n, c, h, w, **options):
    """A batch in the variant's layout."""
    return lambda q: array(*((n, h, w, c) if q.layout == "NHWC" else (n, c, h, w)), **options)


def kernels(f, c, h, w, **options):
    """Kernels in the variant's layout."""
    return lambda q: array(*((h, w, c, f) if q.layout == "NHWC" else (f, c, h, w)), **options)


@template(topics=["cnn/code"], difficulty=3, minutes=20)
class Conv2dNumpy:
    stem = r"""Write `conv2d` in NumPy for images in the layout {{ layout }}, with stride {{ s[0] }} for the rows and
    {{ s[1] }} for the columns (windows start {{ s[0] }} rows and {{ s[1] }} columns apart), and zero padding:
    {{ p[0] }} rows above and as many below, {{ p[1] }} columns on the left and as many on the right. The kernel is not
    flipped, and windows that do not fit entirely are dropped. Use NumPy alone (not PyTorch, not SciPy). Your function
    will also be called on inputs that you have not seen: other batch sizes, channels and filters, images and kernels
    that are not square, double precision, arrays that are not contiguous in memory. It must leave its arguments as
    they are."""

    layout: str = one_of("NCHW", "NHWC")
    s: tuple = one_of((1, 2), (2, 1), (2, 3), (3, 2), (1, 3), (3, 1))
    p: tuple = one_of((0, 1), (1, 0), (1, 2), (2, 1), (0, 2), (2, 0))

    @code(
        points={"basic": 2, "rectangles": 3, "general": 1},
        banned=["torch", "torch.*conv*", "scipy", "tensorflow", "jax", "cv2", "skimage"],
        takes="numpy",
    )
    def conv2d(q, x: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
        """Cross-correlate x with w and add b (F,).

        {% if layout == "NHWC" -%}
        x is (N, H, W, C), w is (KH, KW, C, F), the result (N, H', W', F).
        {%- else -%}
        x is (N, C, H, W), w is (F, C, KH, KW), the result (N, F, H', W').
        {%- endif %}
        Strides ({{ s[0] }}, {{ s[1] }}), padding ({{ p[0] }}, {{ p[1] }}): rows, columns. H' and W' are rounded down.
        """
        return correlate(q, x, w, b)

    conv2d.visible("one channel, one filter", "basic", x=images(1, 1, 6, 6), w=kernels(1, 1, 3, 3), b=(1,))
    conv2d.visible("two images, three filters", "basic", x=images(2, 2, 5, 5), w=kernels(3, 2, 3, 3), b=(3,))
    conv2d.hidden("batches and channels", "basic", x=images(3, 4, 8, 8), w=kernels(5, 4, 3, 3), b=(5,))
    conv2d.hidden("wide images", "rectangles", x=images(2, 2, 6, 11), w=kernels(3, 2, 3, 3), b=(3,))
    conv2d.hidden("tall images", "rectangles", x=images(2, 3, 11, 6), w=kernels(2, 3, 3, 3), b=(2,))
    conv2d.hidden("wide kernels", "rectangles", x=images(2, 3, 8, 8), w=kernels(2, 3, 2, 4), b=(2,))
    conv2d.hidden("tall kernels", "rectangles", x=images(1, 2, 9, 7), w=kernels(3, 2, 4, 1), b=(3,))
    conv2d.hidden("a kernel of one pixel", "rectangles", x=images(2, 3, 5, 6), w=kernels(4, 3, 1, 1), b=(4,))
    conv2d.hidden(
        "double precision",
        "general",
        x=images(2, 2, 6, 7, dtype="float64"),
        w=kernels(3, 2, 3, 2, dtype="float64"),
        b=array(3, dtype="float64"),
    )
    conv2d.hidden("not contiguous", "general", x=images(2, 3, 6, 8, layout="F"), w=kernels(2, 3, 3, 2), b=(2,))
    conv2d.hidden("the sizes of an earlier call", "general", x=images(3, 4, 8, 8), w=kernels(5, 4, 3, 3), b=(5,))
    conv2d.again("an earlier call once more", of="batches and channels", group="general")
    conv2d.mistake(FLIPPED_KERNEL, lambda q, x, w, b: correlate(q, x, flipped(q, w), b))
    conv2d.mistake(IGNORED_BIAS, lambda q, x, w, b: correlate(q, x, w, 0 * b))
    conv2d.mistake(BIAS_IN_SUM, lambda q, x, w, b: correlate(q, x, w, b * w.numel() / len(b)))
    conv2d.mistake(BIAS_PER_CHANNEL, lambda q, x, w, b: correlate(q, x, w, b * channels(q, w)))
    conv2d.mistake(ONE_IMAGE_ONLY, lambda q, x, w, b: correlate(q, x[:1].expand_as(x), w, b))
    conv2d.mistake(IGNORED_STRIDE, lambda q, x, w, b: correlate(q, x, w, b, s=1))
    conv2d.mistake(IGNORED_PADDING, lambda q, x, w, b: correlate(q, x, w, b, p=0))
    conv2d.mistake(SAME_FOR_BOTH_AXES, lambda q, x, w, b: correlate(q, x, w, b, s=q.s[0]), when=lambda q: q.s[0] > 1)
    conv2d.mistake(PADDED_ALIKE, lambda q, x, w, b: correlate(q, x, w, b, p=q.p[0]), when=lambda q: q.p[0] > 0)
    conv2d.mistake(AXES_EXCHANGED, lambda q, x, w, b: correlate(q, x, w, b, s=q.s[::-1], p=q.p[::-1]))

    solution = """
    def conv2d(x, w, b):
        {% if layout == "NHWC" %}n, height, width, c = x.shape
        kh, kw, _, f = w.shape{% else %}n, c, height, width = x.shape
        f, _, kh, kw = w.shape{% endif %}
        (sh, sw), (ph, pw) = {{ s }}, {{ p }}
        rows = (height + 2 * ph - kh) // sh + 1
        columns = (width + 2 * pw - kw) // sw + 1
        {% if layout == "NHWC" %}padded = np.pad(x, ((0, 0), (ph, ph), (pw, pw), (0, 0)))
        y = np.empty((n, rows, columns, f), np.result_type(x, w, b))
        for i in range(rows):
            for j in range(columns):
                patch = padded[:, i * sh : i * sh + kh, j * sw : j * sw + kw]
                y[:, i, j] = np.tensordot(patch, w, axes=3) + b
        {% else %}padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
        y = np.empty((n, f, rows, columns), np.result_type(x, w, b))
        for i in range(rows):
            for j in range(columns):
                patch = padded[:, :, i * sh : i * sh + kh, j * sw : j * sw + kw]
                y[:, :, i, j] = np.tensordot(patch, w, axes=([1, 2, 3], [1, 2, 3])) + b
        {% endif %}return y
    """
