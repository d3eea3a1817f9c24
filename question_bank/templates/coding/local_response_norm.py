"""Write AlexNet's local response normalisation across channels."""

import torch
import torch.nn.functional as F

from question_bank import array, code, one_of, template
from question_bank.misconceptions.coding import LAST_IMAGE_ONLY
from question_bank.misconceptions.normalisation import (
    ACROSS_POSITIONS,
    ALL_CHANNELS,
    ALPHA_DIVIDED,
    ALPHA_NOT_DIVIDED,
    ONE_SIDED_NEIGHBOURS,
    OUTSIDE_THE_POWER,
    WRAPPED_AROUND,
)


def normalised(q, x, sums=None, averaged=None):
    """x divided by (k + alpha · sums)^beta; with the sums of the variant where none are given."""
    sums = neighbours(q, x.square()) if sums is None else sums
    alpha = q.alpha / q.n if (q.averaged if averaged is None else averaged) else q.alpha
    return x / (q.k + alpha * sums) ** q.beta


def neighbours(q, values, before=None, after=None):
    """Sums over n neighbouring channels, fewer at the ends."""
    before = q.n // 2 if before is None else before
    after = q.n // 2 if after is None else after
    padded = F.pad(values, (0, 0, 0, 0, before, after))
    return padded.unfold(1, before + 1 + after, 1).sum(-1)


def wrapped(q, values):
    return sum(values.roll(step, 1) for step in range(-(q.n // 2), q.n // 2 + 1))


def across_positions(q, values):
    return F.avg_pool2d(values, q.n, 1, q.n // 2, divisor_override=1)


def outside(q, x):
    alpha = q.alpha / q.n if q.averaged else q.alpha
    return x / (q.k + (alpha * neighbours(q, x.square())) ** q.beta)


def last(q, x):
    y = torch.zeros_like(x)
    y[-1] = normalised(q, x)[-1]
    return y


@template(topics=["cnn/code", "cnn/normalisation"], difficulty=3, minutes=20)
class LocalResponseNorm:
    stem = r"""Write AlexNet's local response normalisation, `local_response_norm`. Each value is divided by what its
    neighbours in **other channels at the same position** amount to:

    $$b_c = \frac{a_c}{\Bigl(k + {% if averaged %}\frac{\alpha}{n}{% else %}\alpha{% endif %}
    \sum_{c'} a_{c'}^2\Bigr)^{\beta}},$$

    where $c'$ runs over the $n = {{ n }}$ channels centred on $c$, as far as they exist: at the first and the last
    channels the sum has fewer terms{% if averaged %}, and is divided by $n$ all the same{% endif %}. Here
    $k = {{ k }}$, $\alpha = {{ alpha }}$ and $\beta = {{ beta }}$.

    Use tensor operations, not PyTorch's own normalisations. Your function will also be called on inputs that you have
    not seen: other batch sizes, more and fewer channels than $n$, maps that are not square. It must leave its argument
    as it is."""

    n: int = one_of(3, 5)
    k: float = one_of(1.0, 2.0)
    alpha: float = one_of(0.1, 0.2, 0.5)
    beta: float = one_of(0.5, 0.75)
    averaged: bool = one_of(False, True)

    @code(
        points={"basic": 2, "first and last channels": 2, "general": 1},
        banned=["torch.nn", "torch.*norm*"],
        rtol=1e-5,
    )
    def local_response_norm(q, x: torch.Tensor) -> torch.Tensor:
        """Normalise x (N, C, H, W) across {{ n }} neighbouring channels; the result has its shape."""
        return normalised(q, x)

    local_response_norm.visible("seven channels of one pixel", "basic", x=(1, 7, 1, 1))
    local_response_norm.visible("two channels", "first and last channels", x=(1, 2, 1, 2))
    local_response_norm.hidden("batches and channels", "basic", x=(3, 8, 4, 4))
    local_response_norm.hidden("maps that are not square", "basic", x=(2, 7, 3, 6))
    local_response_norm.hidden("large values", "basic", x=array(2, 6, 3, 3, low=-20, high=20))
    local_response_norm.hidden("fewer channels than neighbours", "first and last channels", x=(2, 2, 3, 4))
    local_response_norm.hidden("one channel", "first and last channels", x=(2, 1, 4, 3))
    local_response_norm.hidden("as many channels as neighbours", "first and last channels", x=lambda q: (2, q.n, 2, 3))
    local_response_norm.hidden("positive values", "general", x=array(2, 9, 3, 3, low=0, high=4))
    local_response_norm.hidden("double precision", "general", x=array(2, 7, 3, 4, dtype="float64"))
    local_response_norm.hidden("not contiguous", "general", x=array(2, 6, 3, 5, layout="F"))
    local_response_norm.again("an earlier call once more", of="batches and channels", group="general")

    local_response_norm.mistake(
        ALPHA_DIVIDED, lambda q, x: normalised(q, x, averaged=True), when=lambda q: not q.averaged
    )
    local_response_norm.mistake(
        ALPHA_NOT_DIVIDED, lambda q, x: normalised(q, x, averaged=False), when=lambda q: q.averaged
    )
    local_response_norm.mistake(
        ONE_SIDED_NEIGHBOURS, lambda q, x: normalised(q, x, neighbours(q, x.square(), q.n - 1, 0))
    )
    local_response_norm.mistake(ACROSS_POSITIONS, lambda q, x: normalised(q, x, across_positions(q, x.square())))
    local_response_norm.mistake(
        ALL_CHANNELS, lambda q, x: normalised(q, x, x.square().sum(1, keepdim=True).expand_as(x))
    )
    local_response_norm.mistake(WRAPPED_AROUND, lambda q, x: normalised(q, x, wrapped(q, x.square())))
    local_response_norm.mistake(OUTSIDE_THE_POWER, outside)
    local_response_norm.mistake(LAST_IMAGE_ONLY, last)

    solution = """
    def local_response_norm(x):
        channels = x.shape[1]
        sums = torch.zeros_like(x)
        for c in range(channels):
            first, last = max(c - {{ n // 2 }}, 0), min(c + {{ n // 2 }}, channels - 1)
            sums[:, c] = (x[:, first : last + 1] ** 2).sum(dim=1)
        return x / ({{ k }} + {{ alpha }}{% if averaged %} / {{ n }}{% endif %} * sums) ** {{ beta }}
    """
