"""Gradients of a cross-correlation, one channel and one filter; d is the gradient of the loss by its output."""

from __future__ import annotations

from question_bank.maths.images import Image, Number, Rows, slide, zero_pad


def weight_gradient(image: Rows, d: Rows, k: int, s: int = 1, p: int = 0) -> Image:
    """∂L/∂w of a k × k kernel: at [m, n] the sum of d[i, j] · x[si + m, sj + n] over all outputs, x padded by p."""
    padded, taps = zero_pad(image, p), range(k)
    outputs = [(i, j, value) for i, row in enumerate(d) for j, value in enumerate(row)]
    return tuple(tuple(sum(v * padded[s * i + m][s * j + n] for i, j, v in outputs) for n in taps) for m in taps)


def dilate(d: Rows, s: int) -> Image:
    """d with s − 1 rows and columns of zeros between neighbours."""
    rows, columns = s * (len(d) - 1) + 1, s * (len(d[0]) - 1) + 1
    return tuple(tuple(0 if i % s or j % s else d[i // s][j // s] for j in range(columns)) for i in range(rows))


def input_gradient(kernel: Rows, d: Rows, s: int = 1, p: int = 0) -> Image:
    """∂L/∂x of an image whose windows fill it: each window gets its d times the kernel, and overlaps are added."""
    k, columns = len(kernel), s * (len(d[0]) - 1) + len(kernel)
    full: list[list[Number]] = [[0] * columns for _ in range(s * (len(d) - 1) + k)]
    for i, row in enumerate(d):
        for j, value in enumerate(row):
            for m, weights in enumerate(kernel):
                for n, w in enumerate(weights, start=s * j):
                    full[s * i + m][n] += value * w
    return tuple(tuple(row[p : len(row) - p]) for row in full[p : len(full) - p])


def max_pool_gradient(image: Rows, d: Rows, k: int) -> Image:
    """Gradient by the input of k × k max pooling with stride k: each d goes to the first maximum of its window."""
    places = slide(image, k, k, lambda patch: max(range(k * k), key=lambda at: patch[at // k][at % k]))
    gradient: list[list[Number]] = [[0] * len(image[0]) for _ in image]
    for i, row in enumerate(places):
        for j, at in enumerate(row):
            gradient[k * i + int(at) // k][k * j + int(at) % k] = d[i][j]
    return tuple(map(tuple, gradient))
