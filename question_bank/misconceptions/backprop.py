"""Errors in back-propagation through layers whose weights are shared."""

from question_bank.misconceptions import Misconception

ONE_POSITION = Misconception(
    "took one position only",
    r"You took a single output into account. The weight is **shared**: it takes part in every output, so its gradient "
    r"is the sum over all of them.",
)
AVERAGED = Misconception(
    "averaged instead of summed",
    r"You divided by the number of outputs. The chain rule **adds** up the ways on which a shared weight reaches the "
    r"loss; nothing divides. (A mean over a batch is part of the loss, and then already in $d$.)",
)
FLIPPED_OUTPUT_GRADIENT = Misconception(
    "turned the output gradient by 180°",
    r"You turned $d$ by 180°. For the weights, $d$ is laid on the image as it is: $d[i,j]$ meets the pixel that the "
    r"weight met when it computed $y[i,j]$. It is the kernel that is turned, and only for the gradient of the input.",
)
NOT_ROTATED = Misconception(
    "kernel not turned",
    r"You laid the kernel on $d$ as it is. Pixel $x[a,b]$ meets $w[m,n]$ in output $y[a-m,b-n]$: where the index of "
    r"the weight grows, that of the output falls, so the kernel has to be turned by 180°.",
)
VALID_NOT_FULL = Misconception(
    "valid instead of full",
    r"You slid the kernel over $d$ without padding it, and the result is smaller than $d$. The gradient of the input "
    r"is as large as the input: surround $d$ with $k - 1$ zeros on each side first.",
)
KEPT_PADDING = Misconception(
    "kept the padding",
    r"Your gradient still holds the rows and columns that belong to the padding. They are no pixels of the input: cut "
    r"$p$ off on each side.",
)
NO_DILATION = Misconception(
    "no zeros between the entries",
    r"You left out the zeros between the entries of $d$. With stride $s$ neighbouring outputs come from windows that "
    r"start $s$ pixels apart, so their gradients have to lie $s$ pixels apart, too.",
)
COPIES_APART = Misconception(
    "updated the copies apart",
    r"You changed the weight by the gradient of its first position, as if each position had a weight of its own. After "
    r"such a step the copies would differ, and it would no longer be a convolution. There is one weight, and it moves "
    r"by the sum of the gradients.",
)
WENT_UPHILL = Misconception(
    "went uphill",
    r"You added the gradient. It points to where the loss **grows**; gradient descent subtracts it.",
)
