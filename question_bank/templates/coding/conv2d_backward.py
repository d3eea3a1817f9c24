"""Write the backward pass of a convolution: the gradients of image, weights and biases."""

import numpy as np
import torch
import torch.nn.functional as F

from question_bank import array, code, integers, one_of, template
from question_bank.misconceptions.coding import (
    AVERAGED_OVER_BATCH,
    EMPTIED_BY_SLICE,
    LAST_IMAGE_ONLY,
    OVERWRITTEN,
    STRIDE_MISSING_IN_START,
)
from question_bank.misconceptions.convolution import FLIPPED_KERNEL


def gradients(q, dy, x, w):
    """dx, dw and db, as torch differentiates."""
    dx = torch.nn.grad.conv2d_input(x.shape, w, dy, q.s, q.p)
    return dx, torch.nn.grad.conv2d_weight(x, w.shape, dy, q.s, q.p), dy.sum((0, 2, 3))


def by_windows(q, dy, x, w, step, add=True):
    """The same window by window, with starts `step` apart."""
    (kh, kw), (height, width) = w.shape[2:], x.shape[2:]
    padded = F.pad(x, (q.p,) * 4)
    dx, dw = torch.zeros_like(padded), torch.zeros_like(w)
    for i in range(dy.shape[2]):
        for j in range(dy.shape[3]):
            rows, columns = slice(i * step, i * step + kh), slice(j * step, j * step + kw)
            g = dy[:, :, i, j]
            dx[:, :, rows, columns] = torch.tensordot(g, w, 1) + (dx[:, :, rows, columns] if add else 0)
            dw += torch.tensordot(g.T, padded[:, :, rows, columns], 1)
    return dx[:, :, q.p : q.p + height, q.p : q.p + width], dw, dy.sum((0, 2, 3))


def emptied(q, dy, x, w):
    dx, dw, db = gradients(q, dy, x, w)
    return dx[:, :, 0:-0, 0:-0], dw, db


def of_last_image(q, dy, x, w):
    _, dw, db = gradients(q, dy[-1:], x[-1:], w)
    return gradients(q, dy, x, w)[0], dw, db


def averaged(q, dy, x, w):
    dx, dw, db = gradients(q, dy, x, w)
    return dx, dw / len(x), db / len(x)


def of_output(n, f, h, w, kh, kw, **options):
    """dy for an image of h × w pixels and kernels of kh × kw."""
    return lambda q: array(n, f, (h + 2 * q.p - kh) // q.s + 1, (w + 2 * q.p - kw) // q.s + 1, **options)


@template(topics=["cnn/code", "cnn/backpropagation"], difficulty=4, minutes=30)
class Conv2dBackward:
    stem = r"""A convolution $y = w \star x + b$ has stride {{ s }} and
    {% if p %}zero padding {{ p }} on all four sides{% else %}no padding{% endif %}; the kernel is not flipped, and
    windows that do not fit entirely are dropped. Given `dy`, the gradient of a loss with respect to the output $y$,
    write `conv2d_backward` in NumPy, which returns the gradients of the same loss with respect to `x`, `w` and `b`,
    in this order. Sum over the images of the batch, do not average. Use NumPy alone (not PyTorch, not SciPy, no
    package that differentiates). Your function will also be called on inputs that you have not seen: other sizes,
    not square, larger batches; it must leave its arguments as they are and use nothing but them: no variables of the
    notebook."""

    s: int = one_of(1, 2, 3)
    p: int = integers(0, 3)

    @code(
        points={"one image": 3, "batches": 3, "general": 2},
        banned=["torch", "torch.*conv*", "torch.autograd", "scipy", "tensorflow", "jax", "autograd"],
        takes="numpy",
        gives=("dx", "dw", "db"),
        inference=True,
    )
    def conv2d_backward(q, dy: np.ndarray, x: np.ndarray, w: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Gradients of a convolution: dx (N, C, H, W), dw (F, C, KH, KW) and db (F,).

        dy is (N, F, H', W'), x is (N, C, H, W), w is (F, C, KH, KW). Stride {{ s }}, padding {{ p }} on each side.
        """
        return gradients(q, dy, x, w)

    conv2d_backward.visible(
        "one image, one channel", "one image", dy=of_output(1, 1, 5, 5, 3, 3), x=(1, 1, 5, 5), w=(1, 1, 3, 3)
    )
    conv2d_backward.visible(
        "two images, two channels", "batches", dy=of_output(2, 2, 4, 4, 2, 2), x=(2, 2, 4, 4), w=(2, 2, 2, 2)
    )
    for label, group, n, c, f, h, width, kh, kw, dtype, layout in (
        ("one image, channels and filters", "one image", 1, 3, 2, 7, 7, 3, 3, "float64", "C"),
        ("an image that is not square", "one image", 1, 2, 3, 6, 9, 3, 3, "float64", "C"),
        ("a kernel that is not square", "one image", 1, 2, 2, 7, 6, 4, 2, "float64", "C"),
        ("pixels that no window reaches", "one image", 1, 2, 2, 8, 9, 2, 3, "float64", "C"),
        ("a batch", "batches", 3, 2, 4, 6, 6, 3, 3, "float64", "C"),
        ("a batch of images that are not square", "batches", 2, 3, 2, 8, 5, 2, 3, "float64", "C"),
        ("a kernel of one pixel", "general", 2, 2, 3, 5, 4, 1, 1, "float64", "C"),
        ("a kernel as large as the image", "general", 2, 2, 3, 4, 5, 4, 5, "float64", "C"),
        ("single precision", "general", 2, 2, 2, 6, 7, 3, 3, "float32", "C"),
        ("not contiguous", "general", 2, 3, 2, 7, 6, 3, 2, "float64", "F"),
        ("the sizes of an earlier call", "general", 3, 2, 4, 6, 6, 3, 3, "float64", "C"),
    ):
        conv2d_backward.hidden(
            label,
            group,
            dy=of_output(n, f, h, width, kh, kw, dtype=dtype, layout=layout),
            x=array(n, c, h, width, dtype=dtype, layout=layout),
            w=array(f, c, kh, kw, dtype=dtype, layout=layout),
        )
    conv2d_backward.again("an earlier call once more", of="a batch", group="general")
    conv2d_backward.mistake(EMPTIED_BY_SLICE, emptied, when=lambda q: q.p == 0)
    conv2d_backward.mistake(OVERWRITTEN, lambda q, dy, x, w: by_windows(q, dy, x, w, q.s, add=False))
    conv2d_backward.mistake(
        STRIDE_MISSING_IN_START, lambda q, dy, x, w: by_windows(q, dy, x, w, 1), when=lambda q: q.s > 1
    )
    conv2d_backward.mistake(LAST_IMAGE_ONLY, of_last_image)
    conv2d_backward.mistake(AVERAGED_OVER_BATCH, averaged)
    conv2d_backward.mistake(
        FLIPPED_KERNEL, lambda q, dy, x, w: (gradients(q, dy, x, w.flip(2, 3))[0], *gradients(q, dy, x, w)[1:])
    )

    solution = """
    def conv2d_backward(dy, x, w):
        s, p = {{ s }}, {{ p }}
        height, width = x.shape[2:]
        kh, kw = w.shape[2:]
        padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
        dx, dw = np.zeros_like(padded), np.zeros_like(w)
        for i in range(dy.shape[2]):
            for j in range(dy.shape[3]):
                rows, columns = slice(s * i, s * i + kh), slice(s * j, s * j + kw)
                g = dy[:, :, i, j]  # (N, F): what each image hands back to each filter here
                dx[:, :, rows, columns] += np.tensordot(g, w, axes=1)
                dw += np.tensordot(g.T, padded[:, :, rows, columns], axes=1)
        return dx[:, :, p : p + height, p : p + width], dw, dy.sum(axis=(0, 2, 3))
    """
