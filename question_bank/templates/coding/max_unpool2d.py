"""Write max unpooling in NumPy: values go back to where the maxima stood."""

import numpy as np
import torch
import torch.nn.functional as F

from question_bank import code, made, one_of, plain, template
from question_bank.layers import only
from question_bank.misconceptions.coding import LAST_IMAGE_ONLY
from question_bank.misconceptions.pooling import (
    ADDED_TWICE,
    COLUMN_BY_COLUMN,
    COPIED_EVERYWHERE,
    ONE_CHANNEL_S_INDICES,
    SIZE_IGNORED,
    TOP_LEFT_ALWAYS,
)


def placed(y, indices, sides, add=False):
    """The values at their flat indices, zeros elsewhere."""
    x = y.new_zeros(*y.shape[:2], sides[0] * sides[1])
    values, places = y.flatten(2), indices.flatten(2)
    x = x.scatter_add(2, places, values) if add else x.scatter(2, places, values)
    return x.unflatten(2, tuple(sides))


def down_the_columns(q, y, indices, size):
    """Each index is taken for column × height + row."""
    return placed(y, indices, size[::-1]).mT


def top_left(q, y, indices, size):
    x = y.new_zeros(*y.shape[:2], *size)
    rows, columns = y.shape[2:]
    x[:, :, : rows * q.s : q.s, : columns * q.s : q.s] = y
    return x


def copied(q, y, indices, size):
    """Each value fills its window; later windows win."""
    x = y.new_zeros(*y.shape[:2], *size)
    for i in range(y.shape[2]):
        for j in range(y.shape[3]):
            x[:, :, i * q.s : i * q.s + q.k, j * q.s : j * q.s + q.k] = y[:, :, i, j, None, None]
    return x


def reached(q, y, indices, size):
    """Cut to what the windows cover; where an index lies outside it is an error, as in NumPy."""
    sides = [(n - 1) * q.s + q.k for n in y.shape[2:]]
    return placed(y, indices, sides)


def pooled(n, c, h, w, low=-20, high=20):
    """What a case is given: maxima of drawn maps, and where they stood."""

    def maps(q, pick):
        x = np.array([pick(low, high) for _ in range(n * c * h * w)], np.float32).reshape(n, c, h, w)
        # No two entries of a map are equal, so that its maxima stand in one place each.
        x += np.arange(h * w, dtype=np.float32).reshape(h, w) / 256
        return F.max_pool2d(torch.from_numpy(x), q.k, q.s, return_indices=True)

    return {
        "y": made(lambda q, pick: maps(q, pick)[0].numpy(), of="maps"),
        "indices": made(lambda q, pick: maps(q, pick)[1].numpy(), of="maps"),
        "size": plain((h, w)),
    }


@template(topics=["cnn/code", "cnn/pooling"], difficulty=3, minutes=20)
class MaxUnpool2d:
    stem = r"""Write max unpooling in NumPy: `max_unpool2d`. A map was pooled with windows of ${{ k }}\times{{ k }}$
    that start {{ s }} pixel{{ "s" if s > 1 }} apart, without padding. `y` holds the maxima, `indices` where they stood:
    flat indices into the channel's own map, counted from 0 along the rows, row × width + column. Put each value back to
    its place in a map of `size` (rows, columns); all other entries are 0.
    {% if k > s %}Windows overlap, so an entry may have been the maximum of several: then `y` holds it several times,
    with the same index, and it stands in the result once.{% endif %} What no window covered is 0, too.

    Use NumPy alone. Your function will also be called on inputs that you have not seen: other batch sizes, channels and
    sizes, maps that are not square. It must leave its arguments as they are."""

    k: int = one_of(2, 3)
    s: int = one_of(1, 2, 3)

    @code(
        points={"basic": 2, "rectangles": 2, "general": 1},
        banned=["torch", "tensorflow", "jax"],
        takes="numpy",
    )
    def max_unpool2d(q, y: np.ndarray, indices: np.ndarray, size: tuple) -> np.ndarray:
        """The maps (N, C, *size) that hold the values y (N, C, H, W) at the flat indices (N, C, H, W)."""
        return placed(y, indices, size)

    max_unpool2d.visible("one channel", "basic", **pooled(1, 1, 4, 4))
    max_unpool2d.visible("a map that is not square", "rectangles", **pooled(1, 1, 3, 6))
    max_unpool2d.hidden("batches and channels", "basic", **pooled(3, 2, 6, 6))
    max_unpool2d.hidden("negative values", "basic", **pooled(2, 2, 6, 6, low=-40, high=-2))
    max_unpool2d.hidden("wide maps", "rectangles", **pooled(2, 2, 5, 9))
    max_unpool2d.hidden("tall maps", "rectangles", **pooled(2, 3, 8, 4))
    max_unpool2d.hidden("a row and a column that no window covers", "general", **pooled(2, 2, 8, 8))
    max_unpool2d.hidden("and with other sides", "general", **pooled(1, 3, 7, 10))
    max_unpool2d.hidden("one window", "general", **pooled(2, 2, 3, 3))
    max_unpool2d.hidden("the sizes of an earlier call", "general", **pooled(3, 2, 6, 6))
    max_unpool2d.again("an earlier call once more", of="batches and channels", group="general")

    max_unpool2d.mistake(TOP_LEFT_ALWAYS, top_left)
    max_unpool2d.mistake(COPIED_EVERYWHERE, copied)
    max_unpool2d.mistake(COLUMN_BY_COLUMN, down_the_columns)
    max_unpool2d.mistake(
        ADDED_TWICE, lambda q, y, indices, size: placed(y, indices, size, add=True), when=lambda q: q.k > q.s
    )
    max_unpool2d.mistake(
        ONE_CHANNEL_S_INDICES, lambda q, y, indices, size: placed(y, indices[:, :1].expand_as(indices), size)
    )
    max_unpool2d.mistake(LAST_IMAGE_ONLY, lambda q, y, indices, size: only(-1, placed(y, indices, size)))
    max_unpool2d.mistake(
        SIZE_IGNORED,
        reached,
        when=lambda q: q.s > 1,
    )

    solution = """
    def max_unpool2d(y, indices, size):
        n, c = y.shape[:2]
        x = np.zeros((n, c, size[0] * size[1]), y.dtype)
        np.put_along_axis(x, indices.reshape(n, c, -1), y.reshape(n, c, -1), axis=2)
        return x.reshape(n, c, *size)
    """
