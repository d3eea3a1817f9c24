"""Write the backward pass of batch normalisation."""

import numpy as np
import torch
import torch.nn.functional as F

from question_bank import array, code, one_of, template
from question_bank.misconceptions.coding import AVERAGED_OVER_BATCH
from question_bank.misconceptions.normalisation import (
    CONSTANT_MEAN,
    CONSTANT_STATISTICS,
    CONSTANT_VARIANCE,
    FORGOT_GAMMA,
    GAMMA_OF_RAW,
    PER_IMAGE,
)


def backward(q, dy, x, gamma):
    """What the variant asks for, by automatic differentiation."""
    with torch.enable_grad():
        x, gamma = x.detach().requires_grad_(), gamma.detach().requires_grad_()
        beta = torch.zeros_like(gamma, requires_grad=True)
        y = F.batch_norm(x, None, None, gamma, beta, training=True, eps=q.eps)
        return torch.autograd.grad(y, (x, gamma, beta), dy)


def by_hand(q, dy, x, gamma, *, mean=True, variance=True, scale=True, axes=(0, 2, 3)):
    """The gradient with respect to x, with the paths through mean and variance, or without one of them."""
    deviation = (x.var(axes, keepdim=True, correction=0) + q.eps).sqrt()
    z = (x - x.mean(axes, keepdim=True)) / deviation
    dz = dy * gamma.view(-1, 1, 1) if scale else dy
    found = dz
    if mean:
        found = found - dz.mean(axes, keepdim=True)
    if variance:
        found = found - z * (dz * z).mean(axes, keepdim=True)
    return found / deviation


def other_dx(q, dy, x, gamma, **how):
    return (by_hand(q, dy, x, gamma, **how), *backward(q, dy, x, gamma)[1:])


def raw_gamma(q, dy, x, gamma):
    dx, _, dbeta = backward(q, dy, x, gamma)
    return dx, (dy * x).sum((0, 2, 3)), dbeta


def averaged(q, dy, x, gamma):
    dx, dgamma, dbeta = backward(q, dy, x, gamma)
    return dx, dgamma / len(x), dbeta / len(x)


def per_image(q, dy, x, gamma):
    return other_dx(q, dy, x, gamma, axes=(2, 3))


def maps(n, c, h, w, dtype="float64", **options):
    """What a case is given."""
    gamma = array(c, dtype=dtype, low=0.5, high=2, whole=False)
    return {"dy": array(n, c, h, w, dtype=dtype), "x": array(n, c, h, w, dtype=dtype, **options), "gamma": gamma}


@template(topics=["cnn/code", "cnn/normalisation", "cnn/backprop"], difficulty=5, minutes=40)
class BatchNormBackward:
    stem = r"""Write the backward pass of batch normalisation in training, `batch_norm_backward`, in NumPy. Forward,
    each channel $c$ of the batch is normalised over the batch and all positions,

    $$y = \gamma_c\,\frac{x - \mu_c}{\sqrt{\sigma_c^2 + \varepsilon}} + \beta_c,\qquad \varepsilon = {{ eps }},$$

    where $\mu_c$ and $\sigma_c^2$ are the mean and the (biased) variance of the channel's $m$ values, and depend on `x`
    themselves. `dy` is the gradient of the loss with respect to $y$. Return the gradients with respect to `x`, `gamma`
    and `beta`, which are sums over all places that use the number, not means.

    Your function will also be called on inputs that you have not seen: other batch sizes and channels, maps that are
    not square, arrays that are not contiguous in memory. It must leave its arguments as they are."""

    eps: float = one_of(0.001, 0.01, 0.02, 0.05, 0.1, 0.2)

    @code(
        points={"gamma and beta": 2, "x": 3, "general": 1},
        banned=["torch", "tensorflow", "jax", "autograd"],
        rtol=1e-5,  # of the largest entry: differences of large numbers lose more than rounding does elsewhere
        takes="numpy",
        gives=("dx", "dgamma", "dbeta"),
        inference=True,
    )
    def batch_norm_backward(
        q, dy: np.ndarray, x: np.ndarray, gamma: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The gradients with respect to x (N, C, H, W), gamma (C,) and beta (C,), for dy (N, C, H, W) that to y."""
        return backward(q, dy, x, gamma)

    batch_norm_backward.visible("one channel", "gamma and beta", **maps(2, 1, 2, 2))
    batch_norm_backward.hidden("two channels, one image", "gamma and beta", **maps(1, 2, 4, 4))
    batch_norm_backward.hidden("batches and channels", "x", **maps(4, 3, 5, 5))
    batch_norm_backward.hidden("maps that are not square", "x", **maps(3, 2, 4, 7))
    batch_norm_backward.hidden("far from zero", "x", **maps(3, 2, 4, 4, low=20, high=22))
    batch_norm_backward.hidden("maps of one pixel", "general", **maps(6, 3, 1, 1))
    batch_norm_backward.hidden("small variance", "general", **maps(3, 2, 4, 4, low=-0.2, high=0.2))
    batch_norm_backward.hidden("not contiguous", "general", **maps(2, 3, 4, 5, layout="F"))
    batch_norm_backward.hidden("single precision", "general", **maps(3, 2, 4, 4, dtype="float32"))
    batch_norm_backward.again("an earlier call once more", of="batches and channels", group="general")

    batch_norm_backward.mistake(CONSTANT_STATISTICS, lambda q, *given: other_dx(q, *given, mean=False, variance=False))
    batch_norm_backward.mistake(CONSTANT_VARIANCE, lambda q, *given: other_dx(q, *given, variance=False))
    batch_norm_backward.mistake(CONSTANT_MEAN, lambda q, *given: other_dx(q, *given, mean=False))
    batch_norm_backward.mistake(FORGOT_GAMMA, lambda q, *given: other_dx(q, *given, scale=False))
    batch_norm_backward.mistake(GAMMA_OF_RAW, raw_gamma)
    batch_norm_backward.mistake(AVERAGED_OVER_BATCH, averaged)
    batch_norm_backward.mistake(PER_IMAGE, per_image)

    solution = """
    def batch_norm_backward(dy, x, gamma):
        axes = (0, 2, 3)
        deviation = np.sqrt(x.var(axis=axes, keepdims=True) + {{ eps }})
        z = (x - x.mean(axis=axes, keepdims=True)) / deviation
        dz = dy * gamma[:, None, None]
        # Mean and variance depend on x, too: that takes away what all entries share, and what goes along with z.
        dx = (dz - dz.mean(axis=axes, keepdims=True) - z * (dz * z).mean(axis=axes, keepdims=True)) / deviation
        return dx, (dy * z).sum(axis=axes), dy.sum(axis=axes)
    """
