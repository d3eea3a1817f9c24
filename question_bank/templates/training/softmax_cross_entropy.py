"""Softmax and cross-entropy of a batch of two images by hand."""

from math import exp, log, log10

from question_bank import Misconception, Real, integers, matrices, part, template
from question_bank.maths.images import Image
from question_bank.maths.training import cross_entropy, softmax
from question_bank.misconceptions.training import DECIMAL_LOGARITHM, SOFTMAX_TWICE, SUM_OVER_BATCH

NO_EXPONENTIAL = Misconception(
    "divided the logits by their sum",
    r"You divided the logit by the sum of the logits. Softmax raises $e$ to each of them first: logits may be "
    r"negative, probabilities may not.",
)
LARGEST_CLASS = Misconception(
    "took the largest probability",
    r"You took the class with the largest logit. The loss looks at the probability of the **true** class, whether or "
    r"not the network would have chosen it.",
)
NO_LOGARITHM = Misconception(
    "one minus the probability",
    r"You took $1 - p$. Cross-entropy is $-\ln p$, which grows without bound when the network is sure and wrong.",
)


def own(q, image, label):
    """The probability of a class."""
    return softmax(q.logits[image])[label]


def humane(q):
    """Not a case where softmax hardly matters."""
    return all(0.02 < own(q, image, label) < 0.95 for image, label in ((0, q.label1), (1, q.label2)))


@template(topics=["cnn/training"], difficulty=2, minutes=5, where=humane)
class SoftmaxCrossEntropy:
    stem = r"""A network for three classes (0, 1, 2) gives these logits for a batch of two images, a row for each image:

    $${{ logits | latex }}$$

    The first image belongs to class **{{ label1 }}**, the second to class **{{ label2 }}**. The probabilities come from
    softmax, the loss of an image is the cross-entropy with the **natural** logarithm, and the loss of the batch is the
    mean over its images."""

    logits: Image = matrices(2, 3, -2, 4)
    label1: int = integers(0, 2)
    label2: int = integers(0, 2)

    p = part(
        "The probability of the true class of the first image (four decimals)",
        lambda q: own(q, 0, q.label1),
        Real(places=4),
    )
    p.mistake(
        NO_EXPONENTIAL,
        lambda q: q.logits[0][q.label1] / sum(q.logits[0]),
        when=lambda q: sum(q.logits[0]) != 0,
    )
    p.mistake(
        LARGEST_CLASS,
        lambda q: max(softmax(q.logits[0])),
        when=lambda q: own(q, 0, q.label1) < max(softmax(q.logits[0])),
    )
    loss1 = part("The loss of the first image (three decimals)", lambda q: -log(q.p), Real(rel=0, abs=0.001))
    loss1.mistake(DECIMAL_LOGARITHM, lambda q: -log10(q.p))
    loss1.mistake(NO_LOGARITHM, lambda q: float(1 - q.p))
    loss1.mistake(SOFTMAX_TWICE, lambda q: cross_entropy(softmax(q.logits[0]), q.label1))
    loss = part(
        "The loss of the batch (three decimals)",
        lambda q: (q.loss1 + cross_entropy(q.logits[1], q.label2)) / 2,
        Real(rel=0, abs=0.001),
    )
    loss.mistake(SUM_OVER_BATCH, lambda q: q.loss1 + cross_entropy(q.logits[1], q.label2))

    def powers(q, image):
        """e to the power of each logit."""
        return [exp(z) for z in q.logits[image]]

    solution = r"""{% set first, second = powers(0), powers(1) -%}
    For the first image the powers $e^z$ are
    {% for power in first %}{{ ", " if not loop.first }}{{ "%.4f" % power }}{% endfor %}, together
    {{ "%.4f" % (first | sum) }}. Class {{ label1 }} has the share

    $$p = \frac{ {{- "%.4f" % first[label1] -}} }{ {{- "%.4f" % (first | sum) -}} } = {{ "%.4f" % p }},$$

    and the loss is $-\ln {{ "%.4f" % p }} = {{ "%.3f" % loss1 }}$. For the second image the probability of class
    {{ label2 }} is ${{ "%.4f" % second[label2] }}/{{ "%.4f" % (second | sum) }} =
    {{ "%.4f" % (second[label2] / (second | sum)) }}$ and the loss {{ "%.3f" % (2 * loss - loss1) }}. The loss of the
    batch is the mean,

    $$\frac{ {{- "%.3f" % loss1 }} + {{ "%.3f" % (2 * loss - loss1) -}} }{2} = {{ "%.3f" % loss }}.$$"""
