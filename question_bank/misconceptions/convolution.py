"""Errors in convolutions by hand, and in writing them out."""

from question_bank.misconceptions import Misconception

FLIPPED_KERNEL = Misconception(
    "flipped the kernel",
    r"You turned the kernel by 180° before multiplying. That is the mathematician's convolution; deep-learning layers "
    r"compute the **cross-correlation**, where the kernel is laid on the image as it is.",
)
SWAPPED_AXES = Misconception(
    "swapped rows and columns",
    r"You swapped rows and columns. The first index counts rows from the top, the second columns from the left.",
)
WRONG_INDEX_BASE = Misconception(
    "indices off by one",
    r"Your indices are shifted by one. Check where they start: at 0 or, as in many textbooks, at 1.",
)
KEPT_SIZE = Misconception(
    "padded where no padding was asked for",
    r"Your output is as large as the image, as if it had been padded with zeros. Without padding the kernel must lie "
    r"entirely on the image, so a side of $n$ becomes $n - k + 1$.",
)
REPLICATED_EDGE = Misconception(
    "padded with the edge pixels",
    r"You repeated the edge pixels. Zero padding surrounds the image with zeros.",
)
