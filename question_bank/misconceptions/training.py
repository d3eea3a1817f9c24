"""Errors about losses, optimisers and training."""

from question_bank.misconceptions import Misconception

DECIMAL_LOGARITHM = Misconception(
    "decimal logarithm",
    r"You took the logarithm to base 10. Cross-entropy uses the **natural** logarithm, as PyTorch does (`math.log`).",
)
BINARY_LOGARITHM = Misconception(
    "binary logarithm",
    r"You took the logarithm to base 2. Cross-entropy uses the **natural** logarithm, as PyTorch does (`math.log`).",
)
SUM_OVER_BATCH = Misconception(
    "summed over the batch",
    r"You added the losses up. The loss of a batch is their mean, so that it does not grow with the batch.",
)
SOFTMAX_TWICE = Misconception(
    "softmax applied twice",
    r"You applied softmax to numbers that had been through softmax before. In PyTorch that happens when a network ends "
    r"in softmax and is trained with `CrossEntropyLoss`, which applies it itself: the loss is flattened and the "
    r"network learns slowly.",
)
ACCURACY_FOR_ERROR = Misconception(
    "gave the accuracy",
    r"You gave the share that is right. The error is the share that is **wrong**: 100 % less that.",
)
ONE_STEP_EARLY = Misconception(
    "one step too early",
    r"You went one step too far in the schedule. Epochs are counted from 0, so epoch $e$ has $e$ epochs before it, not "
    r"$e + 1$.",
)
MEAN_OVER_BATCH = Misconception(
    "averaged over the batch",
    r"You divided by the number of images. Here the losses are **added up**, and so are the gradients: nothing is "
    r"divided.",
)
GRADIENT_NOT_DIVIDED = Misconception(
    "gradient not divided by the batch size",
    r"Your loss is the mean, your gradient that of the sum. What divides the loss by $N$ divides its gradient, too.",
)
NOT_SMOOTHED = Misconception(
    "labels not smoothed",
    r"You took the labels as they are. Here a part of each target is spread evenly over all classes.",
)
ACROSS_THE_BATCH = Misconception(
    "softmax across the batch",
    r"You let the images of the batch compete for each class. Softmax makes the **classes** of one image add up to 1: "
    r"it runs along the last axis.",
)
OVERFLOWED = Misconception(
    "exponential of large logits",
    r"`exp(800)` is larger than any float, and infinity divided by infinity is NaN. Subtract the row's maximum first: "
    r"softmax does not change by that.",
)
LOGARITHM_OF_ZERO = Misconception(
    "logarithm of a softmax that is 0",
    r"Where a logit lies far below the largest one, its softmax is rounded to 0, and the logarithm of that is "
    r"$-\infty$. Compute the logarithm itself: $\log p_k = z_k - \log\sum_j e^{z_j}$.",
)
LABELS_NOT_SUBTRACTED = Misconception(
    "target not subtracted in the gradient",
    r"Your gradient is softmax itself. The gradient of the cross-entropy is softmax **minus** the target: it is "
    r"negative for the right class, whose logit ought to grow.",
)
OPPOSITE_GRADIENT = Misconception(
    "gradient with the wrong sign",
    r"Your gradient points the other way: it is target minus softmax. The loss falls where the right class's logit "
    r"grows, so the gradient there is negative.",
)
ADDED_UP_GRADIENTS = Misconception(
    "gradients never set to zero",
    r"Your gradients add up from batch to batch: `backward` **adds** to what is there. Call `optimiser.zero_grad()` "
    r"before each `backward`.",
)
ONE_STEP_PER_EPOCH = Misconception(
    "one step per epoch",
    r"You took one step at the end of each epoch. Mini-batch descent takes one after **every** batch.",
)
DROPPED_LAST_BATCH = Misconception(
    "last batch left out",
    r"You left the last, smaller batch out. Its images are to be learnt from, too.",
)
FIRST_BATCH_ONLY = Misconception(
    "only the first batch",
    r"You trained on the first batch only: each epoch goes through **all** images.",
)
CLIMBED = Misconception(
    "stepped up the gradient",
    r"You moved along the gradient, so the loss grows. Descent goes **against** it: "
    r"$w - \gamma\,\partial L/\partial w$.",
)
NO_MOMENTUM = Misconception(
    "momentum left out",
    r"You took plain steps. With momentum $m$ a velocity is kept, $v \leftarrow m v + g$, and the step is along $v$.",
)
ONE_EPOCH = Misconception(
    "one epoch only",
    r"You stopped after the first epoch. Is the `return` inside the loop?",
)
