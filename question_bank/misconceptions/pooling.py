"""Errors in pooling by hand."""

from question_bank.misconceptions import Misconception

AVERAGE_FOR_MAXIMUM = Misconception(
    "average instead of maximum",
    r"You took the average of each window. Max pooling keeps the largest entry.",
)
MAXIMUM_FOR_AVERAGE = Misconception(
    "maximum instead of average",
    r"You took the largest entry of each window. Average pooling takes the mean.",
)
SUM_FOR_AVERAGE = Misconception(
    "sum instead of average",
    r"You added each window up. Average pooling also divides by the number of entries in the window.",
)
NON_OVERLAPPING = Misconception(
    "windows laid side by side",
    r"You laid the windows side by side. They start $s$ pixels apart, so windows larger than the stride overlap.",
)
