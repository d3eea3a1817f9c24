"""The loss before training: what to expect, and what a surprise means."""

from math import log, log2, log10

from question_bank import Choice, Misconception, Real, integers, one_of, part, shuffled, template
from question_bank.misconceptions.training import BINARY_LOGARITHM, DECIMAL_LOGARITHM

EXPECTED = "it is about what guessing gives, so nothing looks wrong so far"
TOO_SURE = "the network is sure of itself and often wrong, so its first weights are too large"
KNOWS = "the network does better than guessing, so it is not new or the labels leak into its inputs"

ONE_MINUS = Misconception(
    "chance of guessing wrong",
    r"You gave $1 - 1/C$, the chance that a guess is wrong. Cross-entropy is the negative logarithm of the probability "
    r"that the true class gets.",
)
ALARM = Misconception(
    "a large number is no alarm by itself",
    r"You took the number as such for too large. What counts is its distance from $\ln C$, the loss of a network that "
    r"gives every class the same probability.",
)
ONLY_LARGE = Misconception(
    "took the surprise for normal",
    r"You found the number normal. Compare it with $\ln C$: a new network gives every class about the same "
    r"probability, and there is little room for chance around that.",
)


@template(topics=["cnn/training"], difficulty=2, minutes=3)
class InitialLoss:
    stem = r"""A new network for **{{ classes }}** classes, which are equally frequent, has small random weights and has
    not been trained. Its loss is the cross-entropy (natural logarithm) after softmax, averaged over many images."""

    classes: int = integers(2, 1000)
    percent: int = one_of(98, 101, 103, 350, 500, 700, 30, 45)
    options: tuple[str, ...] = shuffled(EXPECTED, TOO_SURE, KNOWS)

    loss = part("Which loss do you expect? (three decimals)", lambda q: log(q.classes), Real(places=3))
    loss.mistake(ONE_MINUS, lambda q: 1 - 1 / q.classes)
    loss.mistake(BINARY_LOGARITHM, lambda q: log2(q.classes))
    loss.mistake(DECIMAL_LOGARITHM, lambda q: log10(q.classes))
    accuracy = part(
        "Which accuracy do you expect, in percent? (two decimals)", lambda q: 100 / q.classes, Real(places=2)
    )
    accuracy.mistake(
        Misconception(
            "gave the error",
            r"You gave the share of images that are classified wrongly. Accuracy is the share that is right.",
        ),
        lambda q: 100 - 100 / q.classes,
        when=lambda q: q.classes > 2,
    )
    accuracy.mistake(
        Misconception(
            "expected no hits at all",
            r"You expected accuracy 0. Even a network that knows nothing hits the true class now and then: one time in "
            r"$C$.",
        ),
        lambda q: 0.0,
    )
    verdict = part(
        "On the first images you measure a loss of {{ measured() }}. What does that tell you?",
        lambda q: EXPECTED if 90 < q.percent < 110 else TOO_SURE if q.percent > 110 else KNOWS,
        lambda q: Choice(q.options),
    )
    verdict.mistake(ALARM, lambda q: TOO_SURE, when=lambda q: 90 < q.percent < 110)
    verdict.mistake(ONLY_LARGE, lambda q: EXPECTED, when=lambda q: not 90 < q.percent < 110)

    def measured(q):
        """The loss that is measured."""
        return f"{log(q.classes) * q.percent / 100:.3f}"

    solution = r"""Knowing nothing, the network gives each of the {{ classes }} classes a probability of about
    $1/{{ classes }}$. So the loss is about $-\ln(1/{{ classes }}) = \ln {{ classes }} = {{ "%.3f" % loss }}$, and one
    image in {{ classes }} is classified correctly: {{ "%.2f" % accuracy }} %.

    A loss of {{ measured() }} is
    {%- if 90 < percent < 110 %} close to that
    {%- elif percent > 110 %} far above that, and only probabilities that are far too low for the true classes lead
    there
    {%- else %} far below that, and only a network that knows something about the images gets there
    {%- endif %}: {{ verdict }}."""
