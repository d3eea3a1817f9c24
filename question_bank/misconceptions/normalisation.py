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
NEVER_UPDATED = Misconception(
    "running statistics never updated",
    r"Your running mean and variance come back as they went in. In training they move a little towards those of the "
    r"batch; evaluation would otherwise use what they were at the start.",
)
BATCH_IN_EVALUATION = Misconception(
    "batch statistics in evaluation",
    r"You normalise with the batch's own mean and variance in evaluation, too. There the **running** statistics are "
    r"used, so that an image's result does not depend on the others that come with it.",
)
EPS_OUTSIDE = Misconception(
    "epsilon outside the root",
    r"You added $\varepsilon$ to the standard deviation. It is added to the **variance**, before the root is taken.",
)
PER_IMAGE = Misconception(
    "statistics of each image",
    r"You took mean and variance of each image for itself. That is instance normalisation; here the channel's "
    r"statistics are taken over the **batch** and all positions together.",
)
PER_POSITION = Misconception(
    "statistics of each position",
    r"You took mean and variance over the batch for each position. A convolution treats all positions alike, so the "
    r"channel has **one** mean and one variance, over the batch and all positions.",
)
CONSTANT_STATISTICS = Misconception(
    "mean and variance taken for constants",
    r"You treated mean and variance as constants. They depend on `x`: a change of one entry moves them, and through "
    r"them **every** entry of the channel.",
)
CONSTANT_VARIANCE = Misconception(
    "variance taken for a constant",
    r"You left out the path through the variance. It depends on `x`, too: that subtracts $\hat x$ times the mean of "
    r"$d\hat x \cdot \hat x$.",
)
CONSTANT_MEAN = Misconception(
    "mean taken for a constant",
    r"You left out the path through the mean. Adding the same number to all of `x` changes nothing, so the gradients "
    r"of a channel have to add up to 0.",
)
FORGOT_GAMMA = Misconception(
    "gamma left out of the gradient",
    r"Your gradient with respect to `x` lacks $\gamma$. The normalised value is multiplied by it on the way forward, "
    r"and so is the gradient on the way back.",
)
GAMMA_OF_RAW = Misconception(
    "gradient of gamma from x itself",
    r"You multiplied `dy` by `x` for the gradient of $\gamma$. What $\gamma$ multiplies is the **normalised** value "
    r"$\hat x$.",
)
OUTSIDE_THE_POWER = Misconception(
    "constant added outside the power",
    r"You raised the sum of squares to $\beta$ and then added $k$. The whole bracket $k + \alpha\sum$ is raised to "
    r"$\beta$.",
)
ALPHA_DIVIDED = Misconception(
    "divided alpha by the number of channels",
    r"You divided $\alpha$ by $n$, as PyTorch's own layer does. Here $\alpha$ multiplies the **sum** as it stands.",
)
ALPHA_NOT_DIVIDED = Misconception(
    "did not divide alpha by the number of channels",
    r"You multiplied the sum of squares by $\alpha$. Here it is the **mean** over $n$ that counts: $\alpha / n$.",
)
ONE_SIDED_NEIGHBOURS = Misconception(
    "neighbours on one side only",
    r"You summed over the channels below only. The window is centred on the channel: $\lfloor n/2 \rfloor$ on each "
    r"side.",
)
ACROSS_POSITIONS = Misconception(
    "neighbouring pixels instead of channels",
    r"You summed over neighbouring pixels. This normalisation runs across **channels**, at one and the same position.",
)
ALL_CHANNELS = Misconception(
    "all channels instead of the neighbours",
    r"You summed over all channels. Only $n$ of them count: the channel itself and $\lfloor n/2 \rfloor$ on each side.",
)
WRAPPED_AROUND = Misconception(
    "channels wrapped around",
    r"At the first and last channels your window goes on at the other end. It **ends** there: the sum has fewer terms.",
)
SCALED_THE_SHIFT = Misconception(
    "shift multiplied by the scale",
    r"You added $\beta$ before you multiplied by $\gamma$, so that it was scaled, too. The layer computes "
    r"$\gamma \hat x + \beta$: first the product, **then** the shift.",
)
