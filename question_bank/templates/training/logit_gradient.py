"""The gradient of softmax and cross-entropy by the logits."""

from question_bank import Misconception, Real, Vector, integers, matrices, one_of, part, template
from question_bank.maths.images import Image
from question_bank.maths.training import softmax

SIGN = Misconception(
    "sign reversed",
    r"You gave $y - p$, the direction of the *step*. The gradient is $p - y$: the loss falls when the logit of the "
    r"true class rises, so its entry is negative.",
)
FORGOT_LABEL = Misconception(
    "gave the probabilities",
    r"You gave the probabilities themselves. From the entry of the true class 1 has to be subtracted.",
)
SOFTMAX_DERIVATIVE = Misconception(
    "derivative of softmax alone",
    r"You gave $p(1 - p)$, the derivative of a probability by its own logit. The loss is $-\ln p_y$; behind the "
    r"logarithm this becomes $p - y$, where $y$ is 1 for the true class and 0 elsewhere.",
)
NOT_DIVIDED = Misconception(
    "forgot the mean over the batch",
    r"You left out the mean. Where the loss is the mean over a batch, each image has a share of one over the number of "
    r"images in it, and so has its gradient.",
)
MULTIPLIED = Misconception(
    "multiplied by the size of the batch",
    r"You multiplied by the number of images. The mean divides by it, and so does the gradient.",
)


def gradient(q):
    """p − y."""
    return tuple(p - (j == q.label) for j, p in enumerate(softmax(q.logits[0])))


@template(
    topics=["cnn/training", "cnn/backprop"],
    difficulty=2,
    minutes=4,
    where=lambda q: 0.03 < softmax(q.logits[0])[q.label] < 0.9,
)
class LogitGradient:
    stem = r"""A network gives an image the logits

    $$z = {{ logits | latex }}.$$

    Its true class is **{{ label }}**, counted from 0. The loss $L$ of the image is the cross-entropy (natural
    logarithm) of the probabilities that softmax makes of the logits."""

    classes: int = integers(3, 4)
    logits: Image = matrices(1, lambda q: q.classes, -2, 4)
    label: int = integers(0, lambda q: q.classes - 1)
    batch: int = one_of(2, 4, 5, 8, 10)

    dz = part(
        r"The gradient $\partial L/\partial z$, an entry for each class (three decimals)",
        gradient,
        Vector(abs=0.001),
        points=2,
    )
    dz.mistake(SIGN, lambda q: tuple(-g for g in gradient(q)))
    dz.mistake(FORGOT_LABEL, lambda q: softmax(q.logits[0]))
    dz.mistake(SOFTMAX_DERIVATIVE, lambda q: tuple(p * (1 - p) for p in softmax(q.logits[0])))
    batched = part(
        "The image is one of {{ batch }} in a mini-batch, whose loss is the **mean** over its images. What is the "
        "derivative of *that* loss by this image's logit of class {{ label }}? (four decimals)",
        lambda q: float(q.dz[q.label] / q.batch),
        Real(rel=0, abs=0.0002),
    )
    batched.mistake(NOT_DIVIDED, lambda q: float(q.dz[q.label]))
    batched.mistake(MULTIPLIED, lambda q: float(q.dz[q.label] * q.batch))
    batched.mistake(SIGN, lambda q: float(-q.dz[q.label] / q.batch))

    def probabilities(q):
        """What softmax makes of the logits."""
        return softmax(q.logits[0])

    def decimals(q, values):
        """Numbers with three decimals."""
        return ", ".join(f"{value:.3f}" for value in values)

    solution = r"""Softmax gives the probabilities $p = [{{ decimals(probabilities()) }}]$. The logarithm of the loss
    and the exponentials of softmax cancel so far that only

    $$\frac{\partial L}{\partial z_j} = p_j - y_j$$

    is left, where $y_j$ is 1 for the true class and 0 for the others. So 1 is subtracted from entry {{ label }}:
    $[{{ decimals(dz) }}]$. The entries add up to 0: what the true class gains, the others lose.

    In the mean over {{ batch }} images this one has a share of $1/{{ batch }}$, and its entry {{ label }} becomes
    ${{ "%.3f" % dz[label] }}/{{ batch }} = {{ "%.4f" % batched }}$."""
