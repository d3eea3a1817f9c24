"""Read training and validation curves: what is wrong, and what helps."""

from math import exp, log, sin

from question_bank import Choice, Misconception, figures, integers, one_of, part, shuffled, template

OVERFITS = "the network overfits"
UNDERFITS = "the network underfits"
DIVERGES = "the learning rate is too high"
CRAWLS = "the learning rate is too low"
HEALTHY = "nothing is wrong"

STOP_EARLIER = "stop earlier, or use more data or augmentation"
LARGER = "use a larger network, or regularise it less"
LOWER_RATE = "take a smaller learning rate"
HIGHER_RATE = "take a larger learning rate, or more epochs"
KEEP = "keep the network as it is now"

REMEDIES = {
    OVERFITS: STOP_EARLIER,
    UNDERFITS: LARGER,
    DIVERGES: LOWER_RATE,
    CRAWLS: HIGHER_RATE,
    HEALTHY: KEEP,
}
REASONS = {
    OVERFITS: "the training loss falls close to 0, but the validation loss soon turns and rises: from then on the "
    "network learns what is peculiar to the training images",
    UNDERFITS: "both losses level off early, close together and far above 0: the network cannot even represent the "
    "training images",
    DIVERGES: "the training loss itself does not fall but jumps up and down above its first value: the steps leap "
    "over the valley",
    CRAWLS: "both losses still fall steadily at the end and have come a small part of the way: the steps are too short",
    HEALTHY: "both losses fall quickly, level off at a small value, and stay close together",
}

RISING_VALIDATION = Misconception(
    "took overfitting for divergence",
    r"You saw the validation loss rise and blamed the learning rate. Look at the **training** loss: it falls smoothly "
    r"all the time, so the steps are not too long.",
)
HIGH_BUT_CLOSE = Misconception(
    "took underfitting for overfitting",
    r"A high validation loss alone is no overfitting. That shows in a **gap**: here the training loss is just as high.",
)
RISING_TRAINING = Misconception(
    "took divergence for overfitting",
    r"Overfitting means that the training loss falls and the validation loss does not. Here the training loss itself "
    r"goes up.",
)
STILL_FALLING = Misconception(
    "took a slow start for underfitting",
    r"Both losses are high, but they have not levelled off: they still fall at the end. The network has not reached "
    r"what it can represent.",
)
SMALL_GAP = Misconception(
    "took every gap for overfitting",
    r"A small gap is normal: the network has seen the training images. It overfits where the validation loss "
    r"**rises**, or stays far behind.",
)
OPPOSITE = Misconception(
    "chose the opposite remedy",
    r"This would make things worse. Think of what the network lacks here: freedom, data or patience.",
)

CONFUSED = {
    OVERFITS: (RISING_VALIDATION, DIVERGES),
    UNDERFITS: (HIGH_BUT_CLOSE, OVERFITS),
    DIVERGES: (RISING_TRAINING, OVERFITS),
    CRAWLS: (STILL_FALLING, UNDERFITS),
    HEALTHY: (SMALL_GAP, OVERFITS),
}
OPPOSITES = {
    OVERFITS: LARGER,
    UNDERFITS: STOP_EARLIER,
    DIVERGES: HIGHER_RATE,
    CRAWLS: LOWER_RATE,
    HEALTHY: STOP_EARLIER,
}


def shape(case, t, level):
    """Training and validation loss as shares of the loss of guessing, at time t from 0 to 1; `level` varies the "
    "case."""
    fall = exp(-9 * t)
    if case == OVERFITS:
        train = 0.02 + 0.98 * exp(-6 * t)
        return train, train + 0.03 + (0.7 + level) * max(0.0, t - 0.1) ** 1.3
    if case == UNDERFITS:
        train = 0.6 + level / 2 + (0.4 - level / 2) * fall
        return train, train + 0.02
    if case == DIVERGES:
        jump = 1 + (0.25 + level) * t + 0.22 * (sin(40 * t) + sin(17 * t + level))
        return jump, jump + 0.05
    if case == CRAWLS:
        train = 1 - (0.15 + level / 2) * t
        return train, train + 0.01
    train = 0.05 + level / 4 + (0.95 - level / 4) * fall
    return train, train + 0.04 * (1 - fall)


def remedy_for(diagnosis):
    """What helps. Raises ValueError for something that is no diagnosis."""
    if diagnosis not in REMEDIES:
        raise ValueError(f"no diagnosis: {diagnosis!r}")
    return REMEDIES[diagnosis]


@template(topics=["cnn/training"], difficulty=3, minutes=3)
class DiagnoseCurves:
    stem = r"""A network for {{ classes }} equally frequent classes was trained for {{ epochs }} epochs. The figure
    shows the cross-entropy on the training images and on the validation images after every epoch. Both were computed in
    evaluation mode, without augmentation. Guessing would give $\ln {{ classes }} \approx {{ guessing() }}$."""

    case: str = one_of(OVERFITS, UNDERFITS, DIVERGES, CRAWLS, HEALTHY)
    classes: int = one_of(5, 10, 20, 100)
    epochs: int = integers(30, 60, 5)
    level: int = integers(0, 9)
    options: tuple[str, ...] = shuffled(*REMEDIES)
    remedies: tuple[str, ...] = shuffled(*REMEDIES.values())

    def series(q):
        """The loss after each epoch, for training and validation images."""
        shares = [shape(q.case, epoch / (q.epochs - 1), q.level / 50) for epoch in range(q.epochs)]
        train, validation = ([round(share * log(q.classes), 3) for share in kind] for kind in zip(*shares, strict=True))
        return {"training": train, "validation": validation}

    def figure(q):
        """The curves, on an axis that begins at 0."""
        return figures.curves(q.series(), y_label="cross-entropy", y_range=(0.0, log(q.classes)))

    diagnosis = part("What do the curves show?", lambda q: q.case, lambda q: Choice(q.options))
    for _case, (_misconception, _taken) in CONFUSED.items():
        diagnosis.mistake(_misconception, lambda q, t=_taken: t, when=lambda q, c=_case: q.case == c)
    remedy = part("What is the best thing to do now?", lambda q: remedy_for(q.diagnosis), lambda q: Choice(q.remedies))
    remedy.mistake(OPPOSITE, lambda q: OPPOSITES[q.case])

    def guessing(q):
        """The loss of guessing."""
        return f"{log(q.classes):.2f}"

    def reason(q):
        """What can be seen in the curves."""
        return REASONS[q.case]

    solution = r"""Look at the training loss first, then at the distance between the two. Here {{ reason() }}. So
    {{ diagnosis }}. What helps: {{ remedy }}."""
