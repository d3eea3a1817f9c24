"""Biases that batch normalisation makes redundant: how many parameters are saved."""

from question_bank import Misconception, figures, integers, one_of, part, template
from question_bank.maths.parameters import conv_params

SCALE_AND_SHIFT_TOO = Misconception(
    "left out scale and shift as well",
    r"You also saved $\gamma$ or $\beta$. Only the convolution's own bias is redundant, because the mean that is "
    r"subtracted takes it away; $\beta$ takes its place and has to stay.",
)
LAST_LAYER_TOO = Misconception(
    "saved the bias of the last layer, too",
    r"You counted the last convolution as well. No normalisation follows it, so its biases matter.",
)
NO_NORM_PARAMETERS = Misconception(
    "counted no parameters in the normalisation",
    r"You left the normalisation layers out. Each has a scale $\gamma$ and a shift $\beta$ for every channel.",
)
FOUR_PER_CHANNEL = Misconception(
    "counted the running statistics as parameters",
    r"You counted four numbers per channel. The running mean and variance are buffers: they are measured, not learnt "
    r"by gradient descent.",
)


def convolutions(q, biases=(False, False, True)):
    """Parameters of the three convolutions, with a bias or without."""
    sides = zip((q.c, q.f1, q.f2), (q.f1, q.f2, q.f3), biases, strict=True)
    return sum(conv_params(before, after, 3, bias) for before, after, bias in sides)


@template(topics=["cnn/normalisation", "cnn/parameters"], difficulty=2, minutes=5)
class BiasBeforeNorm:
    stem = r"""A network for images with {{ c }} channel{{ "s" if c > 1 }} consists of

    1. convolution $3\times3$, {{ f1 }} filters, then batch normalisation and ReLU
    2. convolution $3\times3$, {{ f2 }} filters, then batch normalisation and ReLU
    3. convolution $3\times3$, {{ f3 }} filters, which give the output

    Each convolution was built with a bias for every filter. Each normalisation layer learns a scale and a shift for
    every channel."""

    c: int = one_of(1, 3, 4)
    f1: int = integers(8, 64, 8)
    f2: int = integers(16, 128, 16)
    f3: int = integers(2, 21)

    def figure(q):
        """The layers in order."""
        blocks = [("image", "input")]
        for number, filters in enumerate((q.f1, q.f2), start=1):
            blocks += [(f"{number}: conv 3×3, {filters}", "conv"), ("batch norm", "norm"), ("ReLU", "activation")]
        return figures.strip(*blocks, (f"3: conv 3×3, {q.f3}", "conv"))

    saved = part("How many biases can be left out without changing what the network can do?", lambda q: q.f1 + q.f2)
    saved.mistake(LAST_LAYER_TOO, lambda q: q.f1 + q.f2 + q.f3)
    saved.mistake(SCALE_AND_SHIFT_TOO, lambda q: 2 * (q.f1 + q.f2))
    total = part(
        "How many learnable parameters does the network have without them?",
        lambda q: convolutions(q) + 2 * (q.f1 + q.f2),
    )
    total.mistake(NO_NORM_PARAMETERS, convolutions)
    total.mistake(FOUR_PER_CHANNEL, lambda q: convolutions(q) + 4 * (q.f1 + q.f2))
    total.mistake(
        Misconception(
            "counted the redundant biases",
            r"You counted the biases before the normalisation layers. They were to be left out.",
        ),
        lambda q: convolutions(q, (True, True, True)) + 2 * (q.f1 + q.f2),
    )

    solution = r"""A bias adds the same number to all values of its channel. Batch normalisation subtracts the mean of
    the channel, and the bias with it: whatever it is, the output stays the same, and $\beta$ takes its part. That holds
    for layers 1 and 2, so ${{ f1 }} + {{ f2 }} = {{ saved }}$ biases can go. Layer 3 is not followed by a normalisation
    and keeps its {{ f3 }}.

    - layer 1: $3\cdot3\cdot{{ c }}\cdot{{ f1 }} = {{ 9 * c * f1 }}$, and $2\cdot{{ f1 }} = {{ 2 * f1 }}$ for scale and
      shift
    - layer 2: $3\cdot3\cdot{{ f1 }}\cdot{{ f2 }} = {{ 9 * f1 * f2 }}$, and $2\cdot{{ f2 }} = {{ 2 * f2 }}$
    - layer 3: $3\cdot3\cdot{{ f2 }}\cdot{{ f3 }} + {{ f3 }} = {{ 9 * f2 * f3 + f3 }}$

    Together these are {{ total }} parameters."""
