"""Errors about normalisation layers."""

from question_bank.misconceptions import Misconception

UNBIASED_VARIANCE = Misconception(
    "divided by one less",
    r"You divided the squares by $m - 1$. To normalise the batch in training the **biased** variance is used: the mean "
    r"of the squared distances, divided by $m$.",
)
BIASED_VARIANCE = Misconception(
    "used the biased variance",
    r"You took the variance that divides by $m$. It normalises the batch, but the running variance is meant for images "
    r"that are not in the batch, and PyTorch puts the unbiased variance, divided by $m - 1$, into it.",
)
VARIANCE_FOR_DEVIATION = Misconception(
    "divided by the variance",
    r"You divided by the variance. A value has to be divided by its **standard deviation**, the square root of the "
    r"variance: only then is the result free of units.",
)
FORGOT_SCALE_AND_SHIFT = Misconception(
    "left out scale and shift",
    r"You stopped at the normalised value. The layer also multiplies by $\gamma$ and adds $\beta$, which it learns.",
)
MOMENTUM_REVERSED = Misconception(
    "momentum the wrong way round",
    r"You gave the old value the weight $m$. In PyTorch's convention, which the question states, $m$ is the weight of "
    r"the **new** batch, and $1 - m$ that of the old value.",
)
