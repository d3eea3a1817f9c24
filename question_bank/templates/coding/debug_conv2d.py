"""Mend a conv2d that has two bugs."""

from itertools import combinations

import numpy as np
import torch.nn.functional as F

from question_bank import array, code, one_of, template
from question_bank.misconceptions.coding import BIAS_PER_CHANNEL, PADDED_ONE_AXIS, START_WITHOUT_STRIDE
from question_bank.misconceptions.convolution import FIRST_CHANNEL_ONLY, FLIPPED_KERNEL

BUGS = {
    "padding": PADDED_ONE_AXIS,
    "flip": FLIPPED_KERNEL,
    "bias": BIAS_PER_CHANNEL,
    "stride": START_WITHOUT_STRIDE,
    "channel": FIRST_CHANNEL_ONLY,
}


def correlate(q, x, w, b, bugs=()):
    """Cross-correlation with some of the bugs in it."""
    across = 0 if "padding" in bugs else q.p
    x = F.pad(x, (across, across, q.p, q.p))
    if "channel" in bugs:
        x = x[:, :1].expand_as(x)
    if "flip" in bugs:
        w = w.flip(2, 3)
    if "bias" in bugs:
        b = b * x.shape[1]
    if "stride" not in bugs:
        return F.conv2d(x, w, b, q.s)
    columns = (x.shape[3] - w.shape[3]) // q.s + 1
    return F.conv2d(x, w, b, (q.s, 1))[..., :columns]


def still(bug):
    """The function where only this bug is left."""
    return lambda q, x, w, b: correlate(q, x, w, b, (bug,))


def images(n, c, h, w, f, kh, kw, **options):
    """What a case is given."""
    return {"x": array(n, c, h, w, **options), "w": array(f, c, kh, kw, **options), "b": array(f, **options)}


@template(topics=["cnn/code", "cnn/debugging"], difficulty=3, minutes=20)
class DebugConv2d:
    stem = r"""A colleague has written `conv2d` in NumPy: cross-correlation with stride {{ s }}, with {{ p }}
    row{{ "s" if p > 1 }} or column{{ "s" if p > 1 }} of zeros on **each** of the four sides, and a bias for each
    filter. Windows that do not fit entirely are dropped. It runs, but what it returns is wrong: there are **two**
    bugs. Find and mend them.

    You may rewrite what you like, in NumPy. Your function will also be called on inputs that you have not seen, with
    other batch sizes, channels and filters. It must leave its arguments as they are."""

    bugs: tuple = one_of(*combinations(BUGS, 2))
    s: int = one_of(2, 3)
    p: int = one_of(1, 2)

    @code(
        points=4,
        banned=["torch", "scipy", "skimage", "tensorflow", "jax"],
        takes="numpy",
        given='''
        def conv2d(x, w, b):
            """Cross-correlate x (N, C, H, W) with w (F, C, KH, KW) and add b (F,): (N, F, H', W').

            Stride {{ s }}, padding {{ p }} on each side.
            """
            s, p = {{ s }}, {{ p }}
            n, channels = x.shape[:2]
            filters, _, kh, kw = w.shape
            x = np.pad(x, ((0, 0), (0, 0), (p, p), {% if "padding" in bugs %}(0, 0){% else %}(p, p){% endif %}))
            rows = (x.shape[2] - kh) // s + 1
            columns = (x.shape[3] - kw) // s + 1
            y = np.zeros((n, filters, rows, columns), x.dtype)
            for image in range(n):
                for f in range(filters):
                    for i in range(rows):
                        for j in range(columns):
                            top, left = i * s, j{% if "stride" not in bugs %} * s{% endif %}
                            for c in range(channels):
                                plane = x[image, {{ 0 if "channel" in bugs else "c" }}]
                                window = plane[top : top + kh, left : left + kw]
                                kernel = w[f, c{% if "flip" in bugs %}, ::-1, ::-1{% endif %}]
                                y[image, f, i, j] += (window * kernel).sum(){% if "bias" in bugs %} + b[f]
                            {%- else %}
                            y[image, f, i, j] += b[f]
                            {%- endif %}
            return y
        ''',
    )
    def conv2d(q, x: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
        """Cross-correlate x (N, C, H, W) with w (F, C, KH, KW) and add b (F,): (N, F, H', W')."""
        return correlate(q, x, w, b)

    conv2d.visible("two channels, one filter", **images(1, 2, 5, 7, 1, 3, 2))
    conv2d.hidden("batches, channels, filters", **images(3, 2, 9, 8, 4, 3, 3))
    conv2d.hidden("wide images", **images(2, 3, 7, 12, 2, 3, 3))
    conv2d.hidden("tall images", **images(2, 3, 13, 8, 2, 2, 3))
    conv2d.hidden("kernels that are not square", **images(2, 2, 8, 9, 3, 2, 4))
    conv2d.hidden("double precision", **images(1, 4, 8, 10, 2, 3, 3, dtype="float64"))
    conv2d.again("an earlier call once more", of="batches, channels, filters")

    conv2d.mistake(PADDED_ONE_AXIS, still("padding"), when=lambda q: "padding" in q.bugs)
    conv2d.mistake(FLIPPED_KERNEL, still("flip"), when=lambda q: "flip" in q.bugs)
    conv2d.mistake(BIAS_PER_CHANNEL, still("bias"), when=lambda q: "bias" in q.bugs)
    conv2d.mistake(START_WITHOUT_STRIDE, still("stride"), when=lambda q: "stride" in q.bugs)
    conv2d.mistake(FIRST_CHANNEL_ONLY, still("channel"), when=lambda q: "channel" in q.bugs)

    solution = """
    def conv2d(x, w, b):
        s, p = {{ s }}, {{ p }}
        n, channels = x.shape[:2]
        filters, _, kh, kw = w.shape
        x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p))){% if "padding" in bugs %}  # the columns, too{% endif %}
        rows = (x.shape[2] - kh) // s + 1
        columns = (x.shape[3] - kw) // s + 1
        y = np.zeros((n, filters, rows, columns), x.dtype)
        for image in range(n):
            for f in range(filters):
                for i in range(rows):
                    for j in range(columns):
                        top, left = i * s, j * s{% if "stride" in bugs %}  # windows start s columns apart{% endif %}
                        for c in range(channels):
                            window = x[image, c, top : top + kh, left : left + kw]
                            kernel = w[f, c]{% if "flip" in bugs %}  # as it is, not turned{% endif %}
                            y[image, f, i, j] += (window * kernel).sum()
                        y[image, f, i, j] += b[f]{% if "bias" in bugs %}  # once, not for each channel{% endif %}
        return y
    """
