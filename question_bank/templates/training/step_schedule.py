"""A learning rate that falls in steps."""

from math import ceil, log

from question_bank import Misconception, Real, integers, one_of, part, template

EVERY_EPOCH = Misconception(
    "multiplied after every epoch",
    r"You multiplied by the factor for every epoch. It is applied once every so many epochs only.",
)
ONE_TOO_MANY = Misconception(
    "one step too many",
    r"You counted a step that has not come yet. Epochs are counted from 0, so epoch $e$ has $e$ epochs before it, and "
    r"the number of steps is that number divided by the length of a step, rounded **down**.",
)
FACTOR_ONCE = Misconception(
    "applied the factor once",
    r"You applied the factor once and divided by the number of steps. Each step multiplies by the factor again, so the "
    r"factor is raised to the number of steps.",
)


def rate(q, steps):
    """The learning rate after so many steps."""
    return q.start * q.factor**steps


@template(topics=["cnn/training"], difficulty=2, minutes=3, where=lambda q: q.epoch % q.every != 0)
class StepSchedule:
    stem = r"""The learning rate starts at {{ start }} and is multiplied by {{ factor }} after every {{ every }} epochs,
    as `StepLR(optimizer, step_size={{ every }}, gamma={{ factor }})` does with one `scheduler.step()` at the end of
    each epoch. Epochs are counted from **0**: epochs 0 to {{ every - 1 }} run with {{ start }}."""

    start: float = one_of(0.4, 0.1, 0.05, 0.02)
    factor: float = one_of(0.1, 0.2, 0.5)
    every: int = one_of(5, 10, 20, 30)
    epoch: int = integers(lambda q: q.every + 1, lambda q: 4 * q.every - 1)
    parts_of: int = one_of(20, 50, 200)

    value = part("The learning rate in epoch {{ epoch }}", lambda q: rate(q, q.epoch // q.every), Real())
    value.mistake(ONE_TOO_MANY, lambda q: rate(q, q.epoch // q.every + 1))
    value.mistake(EVERY_EPOCH, lambda q: rate(q, q.epoch))
    value.mistake(
        FACTOR_ONCE, lambda q: q.start * q.factor / (q.epoch // q.every), when=lambda q: q.epoch > 2 * q.every
    )
    low = part(
        "The first epoch in which the learning rate is less than 1/{{ parts_of }} of what it was at the start",
        lambda q: q.every * ceil(log(q.parts_of) / log(1 / q.factor)),
    )
    low.mistake(
        Misconception(
            "one step too early",
            r"You stopped one step too early: in this epoch the learning rate is still above the limit.",
        ),
        lambda q: q.every * (ceil(log(q.parts_of) / log(1 / q.factor)) - 1),
    )
    low.mistake(
        Misconception(
            "gave the number of steps",
            r"You gave the number of steps. Each of them takes several epochs.",
        ),
        lambda q: ceil(log(q.parts_of) / log(1 / q.factor)),
    )

    solution = r"""{% set steps = epoch // every %}{% set needed = low // every -%}
    Before epoch {{ epoch }} there have been {{ epoch }} epochs, and
    $\lfloor{{ epoch }}/{{ every }}\rfloor = {{ steps }}$ time{{ "s" if steps > 1 }} the rate was multiplied by
    {{ factor }}: ${{ start }}\cdot{{ factor }}^{ {{- steps -}} } = {{ "%.4g" % value }}$.

    It falls below 1/{{ parts_of }} of the start when ${{ factor }}^s < 1/{{ parts_of }}$. That holds for
    $s = {{ needed }}$, as ${{ factor }}^{ {{- needed -}} } = {{ "%.3g" % (factor ** needed) }}$, and not yet for
    $s = {{ needed - 1 }}$. The step number {{ needed }} comes after ${{ needed }}\cdot{{ every }}$ epochs, so the first
    epoch with that rate is epoch {{ low }}."""
