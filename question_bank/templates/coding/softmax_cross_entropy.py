"""Write softmax cross-entropy and its gradient in NumPy."""

import numpy as np
import torch
import torch.nn.functional as F

from question_bank import array, code, one_of, template
from question_bank.misconceptions.training import (
    ACROSS_THE_BATCH,
    GRADIENT_NOT_DIVIDED,
    LABELS_NOT_SUBTRACTED,
    LOGARITHM_OF_ZERO,
    MEAN_OVER_BATCH,
    NOT_SMOOTHED,
    OPPOSITE_GRADIENT,
    OVERFLOWED,
    SOFTMAX_TWICE,
    SUM_OVER_BATCH,
)


def targets(q, logits, labels, smoothing=None):
    """The distributions that the labels stand for."""
    smoothing = q.smoothing if smoothing is None else smoothing
    hot = F.one_hot(labels, logits.shape[1]).to(logits.dtype)
    return (1 - smoothing) * hot + smoothing / logits.shape[1]


def loss_and_gradient(q, logits, labels, *, reduction=None, smoothing=None):
    """What the variant asks for, or the same with another reduction or smoothing."""
    count = len(logits) if (reduction or q.reduction) == "mean" else 1
    wanted = targets(q, logits, labels, smoothing)
    loss = -(wanted * logits.log_softmax(1)).sum() / count
    return loss, (logits.softmax(1) - wanted) / count


def across(q, logits, labels):
    """Softmax over the images instead of the classes."""
    count = len(logits) if q.reduction == "mean" else 1
    wanted = targets(q, logits, labels)
    return -(wanted * logits.log_softmax(0)).sum() / count, (logits.softmax(0) - wanted) / count


def overflowing(q, logits, labels):
    """exp(logits) as it stands: infinite for large ones."""
    count = len(logits) if q.reduction == "mean" else 1
    p = logits.exp() / logits.exp().sum(1, keepdim=True)
    wanted = targets(q, logits, labels)
    return -(wanted * p.log()).sum() / count, (p - wanted) / count


def vanishing(q, logits, labels):
    """The logarithm of softmax: of 0 where a logit is far below the largest."""
    count = len(logits) if q.reduction == "mean" else 1
    p = logits.softmax(1)
    wanted = targets(q, logits, labels)
    return -(wanted * p.log()).sum() / count, (p - wanted) / count


def other_gradient(q, *given, change):
    loss, gradient = loss_and_gradient(q, *given)
    return loss, change(gradient)


def not_subtracted(q, logits, labels):
    return loss_and_gradient(q, logits, labels)[0], logits.softmax(1) / (len(logits) if q.reduction == "mean" else 1)


def twice(q, logits, labels):
    return loss_and_gradient(q, logits.softmax(1), labels)


def batch(n, k, dtype="float64", low=-4, high=4, **options):
    """What a case is given."""
    logits = array(n, k, dtype=dtype, low=low, high=high, whole=False, **options)
    return {"logits": logits, "labels": array(n, dtype="int64", low=0, high=k - 1)}


@template(topics=["cnn/code", "cnn/training"], difficulty=3, minutes=25)
class SoftmaxCrossEntropy:
    stem = r"""Write the loss of a classifier in NumPy, `softmax_cross_entropy`. It takes logits (N, K) of N images and
    their labels (N,), whole numbers from 0 to K − 1, and returns two things: the cross-entropy of softmax(logits),
    {{ "averaged" if reduction == "mean" else "summed" }} over the batch, and its gradient with respect to the logits.
    {% if smoothing %}

    The labels are smoothed: the target of an image gives {{ smoothing }} / K to **every** class, and the remaining
    {{ "%g" % (1 - smoothing) }} to the image's own class on top.{% endif %}

    Logits may be as large as 1000 or as small as −1000: neither NaN nor infinity may come of that. Your function will
    also be called on inputs that you have not seen: other numbers of images and classes, a single image. It must leave
    its arguments as they are. Use NumPy alone."""

    reduction: str = one_of("mean", "sum")
    smoothing: float = one_of(0.0, 0.1, 0.2, 0.3)

    @code(
        points={"loss and gradient": 3, "large logits": 2, "general": 1},
        banned=["torch", "scipy", "sklearn", "tensorflow", "jax"],
        rtol=1e-6,
        takes="numpy",
        gives=("loss", "gradient"),
        inference=True,
    )
    def softmax_cross_entropy(q, logits: np.ndarray, labels: np.ndarray) -> tuple[float, np.ndarray]:
        """The loss, {{ "averaged" if reduction == "mean" else "summed" }} over the batch, and its gradient (N, K).

        logits: (N, K). labels: (N,), from 0 to K − 1.
        """
        return loss_and_gradient(q, logits, labels)

    softmax_cross_entropy.visible("two images, three classes", "loss and gradient", **batch(2, 3))
    softmax_cross_entropy.hidden("a batch", "loss and gradient", **batch(6, 5))
    softmax_cross_entropy.hidden("as many images as classes", "loss and gradient", **batch(4, 4))
    softmax_cross_entropy.hidden("many classes", "loss and gradient", **batch(3, 20))
    softmax_cross_entropy.hidden("logits up to 1000", "large logits", **batch(5, 4, low=800, high=1000))
    softmax_cross_entropy.hidden("logits from -1000 to 1000", "large logits", **batch(6, 4, low=-1000, high=1000))
    softmax_cross_entropy.hidden("logits down to -1000", "large logits", **batch(5, 4, low=-1000, high=-800))
    softmax_cross_entropy.hidden("one image", "general", **batch(1, 6))
    softmax_cross_entropy.hidden("two classes", "general", **batch(7, 2))
    softmax_cross_entropy.hidden("not contiguous", "general", **batch(4, 5, layout="F"))
    softmax_cross_entropy.again("an earlier call once more", of="a batch", group="general")

    softmax_cross_entropy.mistake(
        SUM_OVER_BATCH,
        lambda q, *given: loss_and_gradient(q, *given, reduction="sum"),
        when=lambda q: q.reduction == "mean",
    )
    softmax_cross_entropy.mistake(
        MEAN_OVER_BATCH,
        lambda q, *given: loss_and_gradient(q, *given, reduction="mean"),
        when=lambda q: q.reduction == "sum",
    )
    softmax_cross_entropy.mistake(
        GRADIENT_NOT_DIVIDED,
        lambda q, *given: other_gradient(q, *given, change=lambda g: g * len(g)),
        when=lambda q: q.reduction == "mean",
    )
    softmax_cross_entropy.mistake(
        NOT_SMOOTHED, lambda q, *given: loss_and_gradient(q, *given, smoothing=0.0), when=lambda q: q.smoothing > 0
    )
    softmax_cross_entropy.mistake(ACROSS_THE_BATCH, across)
    softmax_cross_entropy.mistake(OVERFLOWED, overflowing)
    softmax_cross_entropy.mistake(LOGARITHM_OF_ZERO, vanishing)
    softmax_cross_entropy.mistake(LABELS_NOT_SUBTRACTED, not_subtracted)
    softmax_cross_entropy.mistake(OPPOSITE_GRADIENT, lambda q, *given: other_gradient(q, *given, change=torch.neg))
    softmax_cross_entropy.mistake(SOFTMAX_TWICE, twice)

    solution = """
    def softmax_cross_entropy(logits, labels):
        n, k = logits.shape
        shifted = logits - logits.max(axis=1, keepdims=True)  # no exponent is above 0
        log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        targets = np.full((n, k), {{ smoothing }} / k)
        targets[np.arange(n), labels] += 1 - {{ smoothing }}
        loss = -(targets * log_p).sum()
        gradient = np.exp(log_p) - targets
        return {% if reduction == "mean" %}loss / n, gradient / n{% else %}loss, gradient{% endif %}
    """
