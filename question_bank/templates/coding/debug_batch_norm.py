"""Mend a batch normalisation that has two bugs."""

from itertools import combinations

import torch

from question_bank import array, code, one_of, template
from question_bank.misconceptions.normalisation import (
    BIASED_VARIANCE,
    EPS_OUTSIDE,
    MOMENTUM_REVERSED,
    PER_POSITION,
    SCALED_THE_SHIFT,
    UNBIASED_VARIANCE,
)

BUGS = {
    "axes": PER_POSITION,
    "correction": UNBIASED_VARIANCE,
    "eps": EPS_OUTSIDE,
    "shift": SCALED_THE_SHIFT,
    "running": BIASED_VARIANCE,
    "momentum": MOMENTUM_REVERSED,
}
MAPS = (0, 2, 3)


def normalised(q, x, bugs=()):
    axes = 0 if "axes" in bugs else MAPS
    variance = x.var(axes, correction=int("correction" in bugs), keepdim=True)
    deviation = variance.sqrt() + q.eps if "eps" in bugs else (variance + q.eps).sqrt()
    return (x - x.mean(axes, keepdim=True)) / deviation


def layer(q, x, gamma, beta, mean, variance, bugs=()):
    """Batch normalisation in training with some of the bugs in it."""
    z, gamma, beta = normalised(q, x, bugs), gamma.view(-1, 1, 1), beta.view(-1, 1, 1)
    maps = (z + beta) * gamma if "shift" in bugs else z * gamma + beta
    share = 1 - q.momentum if "momentum" in bugs else q.momentum
    batch = x.var(MAPS, correction=int("running" not in bugs))
    return maps, mean + share * (x.mean(MAPS) - mean), variance + share * (batch - variance)


def still(bug):
    """The function where only this bug is left."""
    return lambda q, *given: layer(q, *given, bugs=(bug,))


def maps(n, c, h, w, dtype="float64", **options):
    """What a case is given."""
    return {
        "x": array(n, c, h, w, dtype=dtype, **options),
        "gamma": array(c, dtype=dtype, low=1.5, high=3, whole=False),
        "beta": array(c, dtype=dtype, low=0.5, high=2, whole=False),
        "mean": array(c, dtype=dtype, low=-1, high=1, whole=False),
        "variance": array(c, dtype=dtype, low=0.5, high=3, whole=False),
    }


@template(topics=["cnn/code", "cnn/debugging", "cnn/normalisation"], difficulty=3, minutes=20)
class DebugBatchNorm:
    stem = r"""A colleague has written `batch_norm` with tensors: batch normalisation of feature maps as it works in
    **training**.

    - Mean and variance are those of each channel over the **batch and all positions**; this variance is divided by the
      number of values $m$. $\varepsilon = {{ eps }}$ is added to the variance before the root is taken. What is
      normalised is multiplied by `gamma`, and then `beta` is added.
    - The running statistics move towards those of the batch, as in PyTorch:
      new = (1 − {{ momentum }}) · old + {{ momentum }} · batch, where the variance of the batch is the **unbiased**
      one, divided by $m - 1$.

    It returns three things: the normalised maps, the new running mean, the new running variance. It runs, but what it
    returns is wrong: there are **two** bugs. Find and mend them.

    You may rewrite what you like, but do not call PyTorch's own normalisations. Your function will also be called on
    inputs that you have not seen, with other batch sizes, channels and maps. It must leave its arguments as they
    are."""

    bugs: tuple = one_of(*combinations(BUGS, 2))
    momentum: float = one_of(0.1, 0.2, 0.3)
    eps: float = one_of(0.05, 0.1, 0.2)

    @code(
        points=4,
        banned=["torch.batch_norm", "torch.native_batch_norm", "torch.*batch_norm*", "torch.nn", "torch.*_norm"],
        rtol=1e-5,  # of the largest entry: differences of large numbers lose more than rounding does elsewhere
        gives=("maps", "running_mean", "running_variance"),
        given='''
        def batch_norm(x, gamma, beta, mean, variance):
            """Normalise x (N, C, H, W); return the maps (N, C, H, W), the running mean (C,) and variance (C,).

            gamma, beta (C,): scale and shift. mean, variance (C,): the running statistics as they were.
            """
            momentum, eps = {{ momentum }}, {{ eps }}
            axes = {{ "(0,)" if "axes" in bugs else "(0, 2, 3)" }}
            centred = x - x.mean(dim=axes, keepdim=True)
            spread = x.var(dim=axes, correction={{ 1 if "correction" in bugs else 0 }}, keepdim=True)
            z = centred / {{ "(torch.sqrt(spread) + eps)" if "eps" in bugs else "torch.sqrt(spread + eps)" }}
            scale, shift = gamma[:, None, None], beta[:, None, None]
            y = {{ "(z + shift) * scale" if "shift" in bugs else "z * scale + shift" }}

            values = x.transpose(0, 1).flatten(1)  # a row for each channel
            old, new = {{ "momentum, 1 - momentum" if "momentum" in bugs else "1 - momentum, momentum" }}
            mean = old * mean + new * values.mean(dim=1)
            variance = old * variance + new * values.var(dim=1, correction={{ 0 if "running" in bugs else 1 }})
            return y, mean, variance
        ''',
    )
    def batch_norm(
        q, x: torch.Tensor, gamma: torch.Tensor, beta: torch.Tensor, mean: torch.Tensor, variance: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Normalise x (N, C, H, W); return the maps (N, C, H, W), the running mean (C,) and variance (C,)."""
        return layer(q, x, gamma, beta, mean, variance)

    batch_norm.visible("one channel", **maps(2, 1, 2, 3))
    batch_norm.hidden("batches and channels", **maps(4, 3, 5, 5))
    batch_norm.hidden("maps that are not square", **maps(3, 2, 4, 7))
    batch_norm.hidden("few values", **maps(2, 4, 1, 2))
    batch_norm.hidden("far from zero", **maps(3, 2, 4, 4, low=20, high=21))
    batch_norm.hidden("not contiguous", **maps(2, 3, 4, 5, layout="F"))
    batch_norm.hidden("single precision", **maps(5, 2, 3, 4, dtype="float32"))
    batch_norm.again("an earlier call once more", of="batches and channels")

    batch_norm.mistake(PER_POSITION, still("axes"))
    batch_norm.mistake(UNBIASED_VARIANCE, still("correction"))
    batch_norm.mistake(EPS_OUTSIDE, still("eps"))
    batch_norm.mistake(SCALED_THE_SHIFT, still("shift"))
    batch_norm.mistake(BIASED_VARIANCE, still("running"))
    batch_norm.mistake(MOMENTUM_REVERSED, still("momentum"))

    solution = """
    def batch_norm(x, gamma, beta, mean, variance):
        momentum, eps = {{ momentum }}, {{ eps }}
        axes = (0, 2, 3){% if "axes" in bugs %}  # all positions have one mean and one variance{% endif %}
        centred = x - x.mean(dim=axes, keepdim=True)
        {%- if "correction" in bugs %}
        # divided by m, not m - 1
        {%- endif %}
        spread = x.var(dim=axes, correction=0, keepdim=True)
        z = centred / torch.sqrt(spread + eps){% if "eps" in bugs %}  # eps stands under the root{% endif %}
        scale, shift = gamma[:, None, None], beta[:, None, None]
        y = z * scale + shift{% if "shift" in bugs %}  # the shift is not scaled{% endif %}

        values = x.transpose(0, 1).flatten(1)  # a row for each channel
        old, new = 1 - momentum, momentum{% if "momentum" in bugs %}  # the batch has the weight momentum{% endif %}
        mean = old * mean + new * values.mean(dim=1)
        {%- if "running" in bugs %}
        # the running variance is the unbiased one
        {%- endif %}
        variance = old * variance + new * values.var(dim=1, correction=1)
        return y, mean, variance
    """
