"""Write a gradient check: differences instead of derivatives, and how far the two are apart."""

import numpy as np
import torch

from question_bank import array, code, one_of, template
from question_bank.misconceptions.coding import (
    DIVIDED_BY_H,
    EXACT_GRADIENT,
    FORWARD_DIFFERENCE,
    MOVED_TOGETHER,
    NOT_A_NUMBER,
    NOT_RELATIVE,
    SIGN_COUNTED,
    STEP_LEFT_IN,
)

LOSSES = {
    "cubes": (lambda u: u**3, r"\sum_i (w_i \cdot x)^3", "((w @ x) ** 3).sum()"),
    "exponentials": (torch.exp, r"\sum_i e^{w_i \cdot x}", "np.exp(w @ x).sum()"),
    "sines": (torch.sin, r"\sum_i \sin(w_i \cdot x)", "np.sin(w @ x).sum()"),
    "logistic": (lambda u: u.exp().log1p(), r"\sum_i \ln(1 + e^{w_i \cdot x})", "np.log(1 + np.exp(w @ x)).sum()"),
}


def loss(q, w, x):
    return LOSSES[q.loss][0](w @ x).sum()


def steps(x, h):
    """x, once for each entry, with that entry moved by h."""
    return x + h * torch.eye(len(x), dtype=x.dtype)


def differences(q, w, x, h):
    """Central differences, one entry at a time."""
    x = x.to(torch.float64)
    pairs = zip(steps(x, h), steps(x, -h), strict=True)
    return torch.stack([(loss(q, w, up) - loss(q, w, down)) / (2 * h) for up, down in pairs])


def forward(q, w, x, h):
    x = x.to(torch.float64)
    return torch.stack([(loss(q, w, up) - loss(q, w, x)) / h for up in steps(x, h)])


def exact(q, w, x, h):
    return torch.func.grad(lambda x: loss(q, w, x))(x.to(torch.float64))


def together(q, w, x, h):
    x = x.to(torch.float64)
    return ((loss(q, w, x + h) - loss(q, w, x - h)) / (2 * h)).expand(len(x)).clone()


def left_in(q, w, x, h):
    """Each entry stays at x − h when the next one is moved."""
    x, found = x.to(torch.float64).clone(), []
    for i in range(len(x)):
        x[i] += h
        up = loss(q, w, x)
        x[i] -= 2 * h
        found.append((up - loss(q, w, x)) / (2 * h))
    return torch.stack(found)


def apart(q, a, b):
    if not (a.any() or b.any()):
        return torch.tensor(0.0, dtype=torch.float64)
    return unguarded(q, a, b)


def unguarded(q, a, b):
    if q.norm == "largest":
        return (a - b).abs().max() / torch.maximum(a.abs().max(), b.abs().max())
    return (a - b).norm() / (a.norm() + b.norm())


def absolute(q, a, b):
    return (a - b).abs().max() if q.norm == "largest" else (a - b).norm()


def signed(q, a, b):
    return (a - b).max() / torch.maximum(a.abs().max(), b.abs().max()) if a.any() or b.any() else a.sum()


def point(m, n, h, **options):
    """What a case of the numerical gradient is given."""
    options = {"dtype": "float64", "low": -1, "high": 1, "whole": False, **options}
    return {"w": array(m, n, dtype="float64", low=-1, high=1, whole=False), "x": array(n, **options), "h": h}


def two(n, **options):
    """Two gradients."""
    return {"analytic": array(n, dtype="float64", **options), "numeric": array(n, dtype="float64", **options)}


@template(topics=["cnn/code", "cnn/backprop"], difficulty=3, minutes=25)
class GradientCheck:
    stem = r"""Write a gradient check in NumPy. The loss is

    $$f(x) = {{ formula }},$$

    where $w_i$ are the rows of the matrix `w`.

    - `numerical_gradient(w, x, h)` gives the gradient of $f$ at `x` by **central differences** with step `h`, one entry
      of `x` at a time. `h` may be large: the result is then not the derivative, and is what is asked for.
    - `relative_error(analytic, numeric)` says how far two gradients $a$ and $b$ are apart:
      {% if norm == "largest" %}the largest $|a_i - b_i|$, divided by the largest of all $|a_i|$ and $|b_i|$
      {%- else %}$\lVert a - b \rVert / (\lVert a \rVert + \lVert b \rVert)$ with Euclidean norms{% endif %}; 0 where
      both are zero.

    `x` may hold whole numbers. Your functions will also be called on inputs that you have not seen. They must leave
    their arguments as they are."""

    loss: str = one_of(*LOSSES)
    norm: str = one_of("largest", "lengths")

    @property
    def formula(q):
        return LOSSES[q.loss][1]

    @property
    def source(q):
        return LOSSES[q.loss][2]

    @code(
        points={"differences": 3}, banned=["torch", "scipy", "jax", "autograd", "tensorflow"], rtol=1e-6, takes="numpy"
    )
    def numerical_gradient(q, w: np.ndarray, x: np.ndarray, h: float) -> np.ndarray:
        """The gradient (n,) at x (n,) by central differences with step h, for w (m, n)."""
        return differences(q, w, x, h)

    @code(points={"errors": 2}, banned=["torch", "scipy", "jax", "tensorflow"], rtol=1e-6, takes="numpy")
    def relative_error(q, analytic: np.ndarray, numeric: np.ndarray) -> float:
        """How far two gradients (n,) are apart, from 0 on."""
        return apart(q, analytic, numeric)

    numerical_gradient.visible("two entries, a large step", "differences", **point(2, 2, 0.5))
    numerical_gradient.hidden("four entries", "differences", **point(3, 4, 0.25))
    numerical_gradient.hidden("one entry", "differences", **point(2, 1, 0.5))
    numerical_gradient.hidden("a step of 1", "differences", **point(4, 3, 1.0))
    numerical_gradient.hidden("a small step", "differences", **point(3, 5, 0.01))
    numerical_gradient.hidden("whole numbers", "differences", **point(3, 4, 0.5, dtype="int64", low=-2, high=2))
    numerical_gradient.again("an earlier call once more", of="four entries")
    relative_error.visible("three entries", "errors", **two(3))
    relative_error.hidden("more entries", "errors", **two(8, whole=False))
    relative_error.hidden("small gradients", "errors", **two(5, low=-1e-6, high=1e-6, whole=False))
    relative_error.hidden(
        "far below zero",
        "errors",
        analytic=array(4, dtype="float64", low=-9, high=-8, whole=False),
        numeric=array(4, dtype="float64", low=1, high=2, whole=False),
    )
    relative_error.hidden("both zero", "errors", **two(4, low=0, high=0, whole=True))

    numerical_gradient.mistake(FORWARD_DIFFERENCE, forward)
    numerical_gradient.mistake(DIVIDED_BY_H, lambda q, *given: 2 * differences(q, *given))
    numerical_gradient.mistake(EXACT_GRADIENT, exact)
    numerical_gradient.mistake(MOVED_TOGETHER, together)
    numerical_gradient.mistake(STEP_LEFT_IN, left_in)
    relative_error.mistake(NOT_RELATIVE, absolute)
    relative_error.mistake(NOT_A_NUMBER, unguarded)
    relative_error.mistake(SIGN_COUNTED, signed, when=lambda q: q.norm == "largest")

    solution = """
    def f(w, x):
        return {{ source }}


    def numerical_gradient(w, x, h):
        x = x.astype(float)  # whole numbers cannot be moved by h
        gradient = np.zeros(len(x))
        for i in range(len(x)):
            step = np.zeros(len(x))
            step[i] = h
            gradient[i] = (f(w, x + step) - f(w, x - step)) / (2 * h)
        return gradient


    def relative_error(analytic, numeric):
        {% if norm == "largest" %}scale = max(np.abs(analytic).max(), np.abs(numeric).max())
        return np.abs(analytic - numeric).max() / scale if scale else 0.0
        {% else %}scale = np.linalg.norm(analytic) + np.linalg.norm(numeric)
        return np.linalg.norm(analytic - numeric) / scale if scale else 0.0
        {% endif %}
    """
