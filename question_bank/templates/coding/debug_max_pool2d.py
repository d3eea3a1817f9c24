"""Mend a max pooling that has two bugs."""

from itertools import combinations

import numpy as np
import torch
import torch.nn.functional as F

from question_bank import array, code, one_of, template
from question_bank.maths.shapes import conv_out
from question_bank.misconceptions.coding import START_WITHOUT_STRIDE
from question_bank.misconceptions.pooling import (
    COLUMNS_FROM_HEIGHT,
    FIRST_CHANNEL_POOLED,
    STARTED_AT_ZERO,
    ZERO_WINS,
)
from question_bank.misconceptions.shapes import FORGOT_PLUS_ONE

BUGS = {
    "padding": ZERO_WINS,
    "start": STARTED_AT_ZERO,
    "stride": START_WITHOUT_STRIDE,
    "count": FORGOT_PLUS_ONE,
    "columns": COLUMNS_FROM_HEIGHT,
    "channel": FIRST_CHANNEL_POOLED,
}
MASKED = ("padding", "start")  # a maximum that starts at 0 hides that the padding is 0


def pooled(q, x, bugs=()):
    """Max pooling with some of the bugs in it."""
    rows, columns = (conv_out(side, k, q.s, q.p) for side, k in zip(x.shape[2:], q.k, strict=True))
    if "columns" in bugs:
        found = conv_out(x.shape[2], q.k[1], q.s, q.p)
        if found > columns:
            raise IndexError("windows beyond the image")
        columns = found
    if "channel" in bugs:
        x = x[:, :1].expand_as(x)
    x = F.pad(x, (q.p,) * 4, value=0 if "padding" in bugs else -torch.inf)
    y = F.max_pool2d(x, q.k, (q.s, 1 if "stride" in bugs else q.s))[:, :, :rows, :columns]
    if "count" in bugs:
        y = y[:, :, :-1, :-1]
    return y.clamp(min=0) if "start" in bugs else y


def still(bug):
    """The function where only this bug is left."""
    return lambda q, x: pooled(q, x, (bug,))


def negative(*shape, **options):
    """What a case is given: most entries are below zero, so that a window without any other is at every border."""
    return {"x": array(*shape, **({"low": -6, "high": 1} | options))}


@template(
    topics=["cnn/code", "cnn/debugging", "cnn/pooling"], difficulty=3, minutes=20, where=lambda q: 2 * q.p <= min(q.k)
)
class DebugMaxPool2d:
    stem = r"""A colleague has written `max_pool2d` in NumPy. Windows of {{ k[0] }} rows and {{ k[1] }} columns start
    {{ s }} rows and {{ s }} columns apart. There {{ "are" if p > 1 else "is" }} {{ p }} row{{ "s" if p > 1 }} or
    column{{ "s" if p > 1 }} of padding on **each** of the four sides, and the padding never wins, whatever the entries
    are. Windows that do not fit entirely are dropped. The function is wrong: there are **two** bugs. Find and mend
    them.

    You may rewrite what you like, in NumPy. Your function will also be called on inputs that you have not seen, with
    other batch sizes, channels and images, wide and tall. It must leave its arguments as they are."""

    bugs: tuple = one_of(*(pair for pair in combinations(BUGS, 2) if pair != MASKED))
    k: tuple = one_of((2, 3), (3, 2), (3, 3), (4, 5), (5, 4))
    s: int = one_of(2, 3)
    p: int = one_of(1, 2)

    @code(
        points=4,
        banned=["torch", "scipy", "skimage", "tensorflow", "jax"],
        takes="numpy",
        given='''
        def max_pool2d(x):
            """The largest entry of each window of x (N, C, H, W): (N, C, H', W').

            Windows of {{ k }}, stride {{ s }}, padding {{ p }} on each side.
            """
            (kh, kw), s, p = {{ k }}, {{ s }}, {{ p }}
            n, channels, height, width = x.shape
            {% if "padding" in bugs -%}
            x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
            {%- else -%}
            x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
            {%- endif %}
            rows = (height + 2 * p - kh) // s{% if "count" not in bugs %} + 1{% endif %}
            columns = ({{ "height" if "columns" in bugs else "width" }} + 2 * p - kw) // s
            {%- if "count" not in bugs %} + 1{% endif %}
            y = np.zeros((n, channels, rows, columns), x.dtype)
            for image in range(n):
                for c in range(channels):
                    plane = x[image, {{ 0 if "channel" in bugs else "c" }}]
                    for i in range(rows):
                        for j in range(columns):
                            top, left = i * s, j{% if "stride" not in bugs %} * s{% endif %}
                            largest = {{ 0 if "start" in bugs else "-np.inf" }}
                            for a in range(kh):
                                for b in range(kw):
                                    largest = max(largest, plane[top + a, left + b])
                            y[image, c, i, j] = largest
            return y
        ''',
    )
    def max_pool2d(q, x: np.ndarray) -> np.ndarray:
        """The largest entry of each window of x (N, C, H, W): (N, C, H', W')."""
        return pooled(q, x)

    max_pool2d.visible("two channels", **negative(1, 2, 5, 7, low=-9, high=3))
    max_pool2d.hidden("batches and channels", **negative(3, 2, 9, 13))
    max_pool2d.hidden("wide images", **negative(2, 3, 7, 14))
    max_pool2d.hidden("tall images", **negative(2, 3, 13, 8))
    max_pool2d.hidden("negative entries", **negative(2, 2, 8, 12, low=-5, high=-1))
    max_pool2d.hidden("far below zero", **negative(1, 2, 7, 11, low=-3e30, high=-1e30))
    max_pool2d.hidden("double precision", **negative(2, 4, 8, 11, dtype="float64"))
    max_pool2d.hidden("not contiguous", **negative(3, 2, 7, 12, layout="F"))
    max_pool2d.again("an earlier call once more", of="batches and channels")

    max_pool2d.mistake(ZERO_WINS, still("padding"))
    max_pool2d.mistake(STARTED_AT_ZERO, still("start"))
    max_pool2d.mistake(START_WITHOUT_STRIDE, still("stride"))
    max_pool2d.mistake(FORGOT_PLUS_ONE, still("count"))
    max_pool2d.mistake(COLUMNS_FROM_HEIGHT, still("columns"))
    max_pool2d.mistake(FIRST_CHANNEL_POOLED, still("channel"))

    solution = """
    def max_pool2d(x):
        (kh, kw), s, p = {{ k }}, {{ s }}, {{ p }}
        n, channels, height, width = x.shape
        {%- if "padding" in bugs %}
        # a padded 0 would beat what is negative
        {%- endif %}
        x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
        rows = (height + 2 * p - kh) // s + 1{% if "count" in bugs %}  # the first window counts, too{% endif %}
        columns = (width + 2 * p - kw) // s + 1{% if "columns" in bugs %}  # of the width, not the height{% endif %}
        y = np.zeros((n, channels, rows, columns), x.dtype)
        for image in range(n):
            for c in range(channels):
                plane = x[image, c]{% if "channel" in bugs %}  # each channel by itself{% endif %}
                for i in range(rows):
                    for j in range(columns):
                        top, left = i * s, j * s{% if "stride" in bugs %}  # windows start s columns apart{% endif %}
                        largest = -np.inf{% if "start" in bugs %}  # below every entry, negative ones too{% endif %}
                        for a in range(kh):
                            for b in range(kw):
                                largest = max(largest, plane[top + a, left + b])
                        y[image, c, i, j] = largest
        return y
    """
