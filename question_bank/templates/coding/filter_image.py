"""Write a filter for grey images, and find edges with Sobel kernels."""

import numpy as np
import torch
import torch.nn.functional as F

from question_bank import array, code, one_of, template
from question_bank.maths.kernels import SOBEL_X, SOBEL_Y
from question_bank.misconceptions.coding import (
    ABSOLUTE_SUM,
    HEIGHT_FOR_WIDTH,
    LENGTH_FOR_SUM,
    NO_BORDER,
    ONE_DIRECTION,
    REPEATED_BORDER,
    ZERO_BORDER,
)
from question_bank.misconceptions.convolution import FLIPPED_KERNEL, NOT_FLIPPED, TRANSPOSED_KERNEL

MODES = {"zeros": "constant", "the nearest pixel": "replicate", "its mirror image": "reflect"}


def filtered(q, image, kernel, *, border=None, flip=None, half=None):
    """What the variant asks for, or the same with another border or orientation."""
    kernel = kernel.to(torch.float64)
    if q.flip if flip is None else flip:
        kernel = kernel.flip(0, 1)
    rows, columns = half or (kernel.shape[0] // 2, kernel.shape[1] // 2)
    x = image.to(torch.float64)[None, None]
    x = F.pad(x, (columns, columns, rows, rows), MODES[border or q.border])
    return F.conv2d(x, kernel[None, None])[0, 0]


def edges_of(q, image, *, border=None, root=None, second=True):
    across = filtered(q, image, torch.tensor(SOBEL_X), border=border)
    down = filtered(q, image, torch.tensor(SOBEL_Y), border=border) if second else torch.zeros_like(across)
    if q.length if root is None else root:
        return (across.square() + down.square()).sqrt()
    return across.abs() + down.abs()


def inside(q, image, kernel):
    return filtered(q, image, kernel, half=(0, 0))


def picture(h, w, **options):
    return array(h, w, **{"low": 0, "high": 9, "whole": True, **options})


def pair(h, w, kh, kw, **options):
    return {"image": picture(h, w, **options), "kernel": array(kh, kw, low=-3, high=3, whole=True)}


@template(topics=["cnn/code", "cnn/convolution", "cnn/kernels"], difficulty=3, minutes=25)
class FilterImage:
    stem = r"""Write two functions in NumPy for grey images (rows, columns).

    - `filter_image(image, kernel)` filters the image with a kernel whose sides are odd, so that it has a middle, which
      need not be square. {% if flip %}It is a true **convolution**: the kernel is turned by 180° before it is laid on
      the image.{% else %}It is a **cross-correlation**: the kernel is laid on the image as it is.{% endif %} The result
      is as large as the image. Where the kernel hangs over, the image is continued by **{{ border }}**
      {%- if border == "its mirror image" %} (the pixels at the edge are not repeated: `c b | a b c | b a`){% endif %}.
    - `edges(image)` filters with the two Sobel kernels, with the same border, and gives at each pixel
      {% if length %}the length of the gradient, the root of the sum of the two squares{% else %}the sum of the two
      absolute values{% endif %}:

    $$S_x = \begin{pmatrix} -1 & 0 & 1 \\ -2 & 0 & 2 \\ -1 & 0 & 1 \end{pmatrix},\qquad
    S_y = \begin{pmatrix} -1 & -2 & -1 \\ 0 & 0 & 0 \\ 1 & 2 & 1 \end{pmatrix}.$$

    Pixels may be whole numbers of type uint8, from 0 to 255; results are floating-point numbers all the same, and may
    be negative or above 255. Your functions will also be called on images that you have not seen. They must leave their
    arguments as they are."""

    border: str = one_of(*MODES)
    flip: bool = one_of(False, True)
    length: bool = one_of(True, False)

    @code(
        points={"kernels": 2, "borders": 1},
        banned=["torch", "scipy", "skimage", "cv2", "PIL", "tensorflow", "jax"],
        rtol=1e-5,
        takes="numpy",
    )
    def filter_image(q, image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
        """The image (H, W), filtered with a kernel (KH, KW) of odd sides: (H, W)."""
        return filtered(q, image, kernel)

    @code(
        points={"edges": 2},
        banned=["torch", "scipy", "skimage", "cv2", "PIL", "tensorflow", "jax"],
        rtol=1e-5,
        takes="numpy",
    )
    def edges(q, image: np.ndarray) -> np.ndarray:
        """How steep the image (H, W) is at each pixel: (H, W)."""
        return edges_of(q, image)

    filter_image.visible("a kernel of 3 × 3", "kernels", **pair(4, 5, 3, 3))
    filter_image.hidden("wide images", "kernels", **pair(6, 11, 3, 3, whole=False))
    filter_image.hidden("a wide kernel", "kernels", **pair(8, 9, 3, 5))
    filter_image.hidden("a tall kernel", "kernels", **pair(9, 7, 5, 1))
    filter_image.hidden("pixels of type uint8", "kernels", **pair(7, 6, 3, 3, dtype="uint8", high=255))
    filter_image.hidden("a kernel of 1 × 1", "borders", **pair(5, 4, 1, 1))
    filter_image.hidden("a large kernel", "borders", **pair(6, 7, 7, 7))
    filter_image.hidden("a small image", "borders", **pair(3, 4, 3, 5))
    filter_image.hidden("not contiguous", "borders", **pair(6, 9, 3, 3, layout="F"))
    filter_image.again("an earlier call once more", of="a wide kernel")
    edges.visible("a small image", "edges", image=picture(4, 5))
    edges.hidden("a wide image", "edges", image=picture(6, 11, whole=False))
    edges.hidden("a tall image", "edges", image=picture(12, 5))
    edges.hidden("pixels of type uint8", "edges", image=picture(7, 8, dtype="uint8", high=255))
    edges.again("an earlier call once more", of="a wide image")

    filter_image.mistake(FLIPPED_KERNEL, lambda q, *given: filtered(q, *given, flip=True), when=lambda q: not q.flip)
    filter_image.mistake(NOT_FLIPPED, lambda q, *given: filtered(q, *given, flip=False), when=lambda q: q.flip)
    filter_image.mistake(TRANSPOSED_KERNEL, lambda q, image, kernel: filtered(q, image, kernel.T))
    filter_image.mistake(
        ZERO_BORDER, lambda q, *given: filtered(q, *given, border="zeros"), when=lambda q: q.border != "zeros"
    )
    filter_image.mistake(
        REPEATED_BORDER,
        lambda q, *given: filtered(q, *given, border="the nearest pixel"),
        when=lambda q: q.border != "the nearest pixel",
    )
    filter_image.mistake(NO_BORDER, inside)
    filter_image.mistake(
        HEIGHT_FOR_WIDTH, lambda q, image, kernel: filtered(q, image, kernel, half=(kernel.shape[0] // 2,) * 2)
    )
    edges.mistake(ABSOLUTE_SUM, lambda q, image: edges_of(q, image, root=False), when=lambda q: q.length)
    edges.mistake(LENGTH_FOR_SUM, lambda q, image: edges_of(q, image, root=True), when=lambda q: not q.length)
    edges.mistake(ONE_DIRECTION, lambda q, image: edges_of(q, image, second=False))
    edges.mistake(ZERO_BORDER, lambda q, image: edges_of(q, image, border="zeros"), when=lambda q: q.border != "zeros")

    solution = """
    def filter_image(image, kernel):
        rows, columns = image.shape
        up, left = kernel.shape[0] // 2, kernel.shape[1] // 2
        mode = "{{ {"zeros": "constant", "the nearest pixel": "edge"}.get(border, "reflect") }}"
        x = np.pad(image.astype(float), ((up, up), (left, left)), mode)
        {% if flip %}kernel = kernel[::-1, ::-1]
        {% endif %}y = np.zeros((rows, columns))
        for a in range(kernel.shape[0]):
            for b in range(kernel.shape[1]):
                y += kernel[a, b] * x[a : a + rows, b : b + columns]
        return y


    def edges(image):
        across = filter_image(image, np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]))
        down = filter_image(image, np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]))
        return {% if length %}np.sqrt(across**2 + down**2){% else %}np.abs(across) + np.abs(down){% endif %}
    """
