"""Write batch normalisation of feature maps, forward: in training and in evaluation."""

import torch
import torch.nn.functional as F

from question_bank import array, code, one_of, template
from question_bank.misconceptions.normalisation import (
    BATCH_IN_EVALUATION,
    BIASED_VARIANCE,
    EPS_OUTSIDE,
    FORGOT_SCALE_AND_SHIFT,
    MOMENTUM_REVERSED,
    NEVER_UPDATED,
    PER_IMAGE,
    PER_POSITION,
    UNBIASED_VARIANCE,
    VARIANCE_FOR_DEVIATION,
)


def statistics(x, axes=(0, 2, 3), correction=0):
    """Mean and variance over these axes, to be broadcast against x."""
    return x.mean(axes, keepdim=True), x.var(axes, keepdim=True, correction=correction)


def scaled(q, x, gamma, beta, mean, variance, deviation=None):
    """Normalised, times gamma, plus beta; all of them broadcast."""
    deviation = (variance + q.eps).sqrt() if deviation is None else deviation
    return (x - mean) / deviation * gamma.view(-1, 1, 1) + beta.view(-1, 1, 1)


def moved(q, old, new, m=None):
    m = q.momentum if m is None else m
    return (1 - m) * old + m * new


def layer(q, x, gamma, beta, mean, variance, training):
    """What the variant asks for."""
    mean, variance = mean.clone(), variance.clone()
    y = F.batch_norm(x, mean, variance, gamma, beta, training, q.momentum, q.eps)
    return y, mean, variance


def otherwise(q, *given, axes=(0, 2, 3), correction=0, deviation=None):
    """The layer that normalises with other statistics in training; the running ones are right."""
    x, gamma, beta, _, _, training = given
    right = layer(q, *given)
    if not training:
        return right
    found_mean, found_variance = statistics(x, axes, correction)
    divisor = deviation(found_variance) if deviation else None
    return (scaled(q, x, gamma, beta, found_mean, found_variance, divisor), *right[1:])


def bare(q, x, gamma, beta, mean, variance, training):
    return layer(q, x, torch.ones_like(gamma), torch.zeros_like(beta), mean, variance, training)


def divided(q, *given, divisor):
    """The layer that divides by something else than the square root of variance + eps, always."""
    x, gamma, beta, mean, variance, training = given
    used = statistics(x) if training else (mean.view(-1, 1, 1), variance.view(-1, 1, 1))
    return (scaled(q, x, gamma, beta, *used, divisor(q, used[1])), *layer(q, *given)[1:])


def biased_running(q, *given):
    y, mean, right = layer(q, *given)
    found = given[0].var((0, 2, 3), correction=0)
    return y, mean, moved(q, given[4], found) if given[5] else right


def reversed_momentum(q, *given):
    x, _, _, mean, variance, training = given
    y, *right = layer(q, *given)
    if not training:
        return (y, *right)
    found = x.mean((0, 2, 3)), x.var((0, 2, 3))
    return y, moved(q, mean, found[0], 1 - q.momentum), moved(q, variance, found[1], 1 - q.momentum)


def never_updated(q, *given):
    return layer(q, *given)[0], given[3], given[4]


def always_training(q, *given):
    """Batch statistics in evaluation, too; the running ones stay as they are."""
    y = layer(q, *given[:5], True)[0]
    return (y, *layer(q, *given)[1:])


def maps(n, c, h, w, training, dtype="float64", **options):
    """What a case is given."""
    return {
        "x": array(n, c, h, w, dtype=dtype, **options),
        "gamma": array(c, dtype=dtype, low=0.5, high=2, whole=False),
        "beta": array(c, dtype=dtype),
        "mean": array(c, dtype=dtype, low=-1, high=1, whole=False),
        "variance": array(c, dtype=dtype, low=0.5, high=3, whole=False),
        "training": training,
    }


@template(topics=["cnn/code", "cnn/normalisation"], difficulty=4, minutes=30)
class BatchNorm:
    stem = r"""Write batch normalisation of feature maps, `batch_norm`. It normalises each channel of `x` with a mean
    and a variance, adds $\varepsilon = {{ eps }}$ to the variance before the root is taken, multiplies by `gamma` and
    adds `beta`.

    - In training (`training=True`) mean and variance are those of the channel over the **batch and all positions**, the
      variance divided by the number of values $m$. The running statistics move towards them:
      new = (1 − {{ momentum }}) · old + {{ momentum }} · batch, where the variance of the batch is the **unbiased**
      one, divided by $m - 1$, as in PyTorch.
    - In evaluation (`training=False`) the running mean and variance are used, and stay as they are.

    It returns three things: the normalised maps, the running mean, the running variance. Use tensor operations, not
    PyTorch's own normalisations. Your function will also be called on inputs that you have not seen: other batch sizes
    and channels, maps that are not square, tensors that are not contiguous in memory. It must leave its arguments as
    they are."""

    momentum: float = one_of(0.05, 0.1, 0.2, 0.25)
    eps: float = one_of(0.001, 0.01, 0.05)

    @code(
        points={"training": 2, "running statistics": 2, "evaluation": 1, "general": 1},
        banned=["torch.batch_norm", "torch.native_batch_norm", "torch.*batch_norm*", "torch.nn", "torch.*_norm"],
        rtol=1e-5,  # of the largest entry: differences of large numbers lose more than rounding does elsewhere
        gives=("maps", "running_mean", "running_variance"),
    )
    def batch_norm(
        q,
        x: torch.Tensor,
        gamma: torch.Tensor,
        beta: torch.Tensor,
        mean: torch.Tensor,
        variance: torch.Tensor,
        training: bool,
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Normalise x (N, C, H, W); return the maps (N, C, H, W), the running mean (C,) and the running variance (C,).

        gamma, beta (C,): scale and shift. mean, variance (C,): the running statistics as they were.
        """
        return layer(q, x, gamma, beta, mean, variance, training)

    batch_norm.visible("one channel, training", "training", **maps(2, 1, 2, 2, True))
    batch_norm.visible("one channel, evaluation", "evaluation", **maps(2, 1, 2, 2, False))
    batch_norm.hidden("batches and channels", "training", **maps(4, 3, 5, 5, True))
    batch_norm.hidden("maps that are not square", "training", **maps(3, 2, 4, 7, True))
    batch_norm.hidden("far from zero", "training", **maps(3, 2, 4, 4, True, low=20, high=21))
    batch_norm.hidden("running statistics of large maps", "running statistics", **maps(4, 3, 6, 6, True))
    batch_norm.hidden("running statistics of few values", "running statistics", **maps(2, 2, 1, 2, True))
    batch_norm.hidden("evaluation of a batch", "evaluation", **maps(4, 3, 5, 4, False))
    batch_norm.hidden("evaluation of one image", "evaluation", **maps(1, 4, 3, 3, False))
    batch_norm.hidden("maps of one pixel", "general", **maps(6, 3, 1, 1, True))
    batch_norm.hidden("one image", "general", **maps(1, 3, 4, 4, True))
    batch_norm.hidden("small variance", "general", **maps(3, 2, 4, 4, True, low=-0.05, high=0.05))
    batch_norm.hidden("not contiguous", "general", **maps(2, 3, 4, 5, True, layout="F"))
    batch_norm.hidden("single precision", "general", **maps(3, 2, 4, 4, True, dtype="float32"))
    batch_norm.again("an earlier call once more", of="batches and channels", group="general")

    batch_norm.mistake(UNBIASED_VARIANCE, lambda q, *given: otherwise(q, *given, correction=1))
    batch_norm.mistake(BIASED_VARIANCE, biased_running)
    batch_norm.mistake(MOMENTUM_REVERSED, reversed_momentum)
    batch_norm.mistake(NEVER_UPDATED, never_updated)
    batch_norm.mistake(BATCH_IN_EVALUATION, always_training)
    batch_norm.mistake(FORGOT_SCALE_AND_SHIFT, bare)
    batch_norm.mistake(VARIANCE_FOR_DEVIATION, lambda q, *given: divided(q, *given, divisor=lambda q, v: v + q.eps))
    batch_norm.mistake(EPS_OUTSIDE, lambda q, *given: divided(q, *given, divisor=lambda q, v: v.sqrt() + q.eps))
    batch_norm.mistake(PER_IMAGE, lambda q, *given: otherwise(q, *given, axes=(2, 3)))
    batch_norm.mistake(PER_POSITION, lambda q, *given: otherwise(q, *given, axes=(0,)))

    solution = """
    def batch_norm(x, gamma, beta, mean, variance, training):
        if training:
            batch_mean = x.mean(dim=(0, 2, 3))
            squares = (x - batch_mean[:, None, None]) ** 2
            batch_variance = squares.mean(dim=(0, 2, 3))
            m = x.numel() // x.shape[1]
            mean = (1 - {{ momentum }}) * mean + {{ momentum }} * batch_mean
            variance = (1 - {{ momentum }}) * variance + {{ momentum }} * batch_variance * m / (m - 1)
        else:
            batch_mean, batch_variance = mean, variance
        z = (x - batch_mean[:, None, None]) / torch.sqrt(batch_variance + {{ eps }})[:, None, None]
        return z * gamma[:, None, None] + beta[:, None, None], mean, variance
    """
