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
