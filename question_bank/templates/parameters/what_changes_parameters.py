"""Which changes to a convolutional layer change its number of parameters, and which do not?"""

from question_bank import Choices, Misconception, integers, one_of, part, shuffled, template
from question_bank.maths.parameters import conv_params
from question_bank.misconceptions.parameters import FORGOT_BIAS, FORGOT_INPUT_CHANNELS

# Each change, and whether it alters the number of parameters.
CHANGES = {
    "kernels of $7\\times7$": True,
    "twice as many filters": True,
    "twice as many input channels": True,
    "no biases": True,
    "two groups instead of one": True,
    "images twice as high and wide": False,
    "stride 2 instead of 1": False,
    "padding 2 instead of none": False,
    "dilation 2 instead of 1": False,
    "batches twice as large": False,
    "a ReLU after the layer": False,
    "a $2\\times2$ max pooling after the layer": False,
}
SHOWN = 6
ON_OUTPUT = {"images twice as high and wide", "stride 2 instead of 1", "padding 2 instead of none"}

OUTPUT_SIZE_COUNTS = Misconception(
    "counted what changes the size of the output",
    r"You chose changes that alter the size of the output only. The same filter is used at every position, so it does "
    r"not matter how many positions there are.",
)
DILATION_COUNTS = Misconception(
    "dilation adds weights",
    r"You chose dilation. It pulls the taps of a kernel apart, but there are as many of them as before.",
)
FILTERS_ONLY = Misconception(
    "left the groups out",
    r"You left the groups out. With two groups a filter sees only half of the input channels, so it has half of the "
    r"weights.",
)
DOUBLED = Misconception(
    "doubled, not quadrupled",
    r"You doubled the number. Twice as many filters, **each** of them twice as deep, makes four times the weights.",
)
QUADRUPLED_BIASES = Misconception(
    "quadrupled the biases, too",
    r"You multiplied everything by four. That is right for the weights, but there are only twice as many biases: one "
    r"per filter.",
)


@template(
    topics=["cnn/parameters"],
    difficulty=2,
    minutes=4,
    where=lambda q: 2 <= len(q.changing) <= 4,
    note=lambda q: f"{q.c} {q.f} {q.k} {sorted(q.shown)}",
)
class WhatChangesParameters:
    stem = r"""A convolutional layer has {{ f }} filters of ${{ k }}\times{{ k }}$, each with a bias, and {{ c }} input
    channels. It has stride 1, no padding, dilation 1 (the taps of a kernel are neighbours) and one group."""

    c: int = integers(4, 32, step=2)
    f: int = integers(6, 48, step=2)
    k: int = one_of(3, 5)
    order: tuple[str, ...] = shuffled(*CHANGES)

    @property
    def shown(self) -> tuple[str, ...]:
        return tuple(self.order[:SHOWN])

    def chosen(self, but: set[str]) -> tuple[str, ...]:
        """What alters the number, where the changes in `but` are judged wrongly."""
        return tuple(change for change in self.shown if CHANGES[change] != (change in but))

    changing = part(
        "Which of these changes, made on its own, alter the number of parameters of the layer?",
        lambda q: q.chosen(set()),
        lambda q: Choices(q.shown),
    )
    changing.mistake(OUTPUT_SIZE_COUNTS, lambda q: q.chosen(ON_OUTPUT), when=lambda q: ON_OUTPUT & set(q.shown))
    changing.mistake(
        DILATION_COUNTS,
        lambda q: q.chosen({"dilation 2 instead of 1"}),
        when=lambda q: "dilation 2 instead of 1" in q.shown,
    )
    changing.mistake(
        FILTERS_ONLY,
        lambda q: q.chosen({"two groups instead of one"}),
        when=lambda q: "two groups instead of one" in q.shown,
    )
    now = part("How many parameters does the layer have as it stands?", lambda q: conv_params(q.c, q.f, q.k))
    now.mistake(FORGOT_BIAS, lambda q: conv_params(q.c, q.f, q.k, bias=False))
    now.mistake(FORGOT_INPUT_CHANNELS, lambda q: conv_params(1, q.f, q.k))
    doubled = part(
        "How many does it have with twice as many filters **and** twice as many input channels?",
        lambda q: conv_params(2 * q.c, 2 * q.f, q.k),
    )
    doubled.mistake(DOUBLED, lambda q: 2 * conv_params(q.c, q.f, q.k))
    doubled.mistake(QUADRUPLED_BIASES, lambda q: 4 * conv_params(q.c, q.f, q.k))

    solution = r"""The number of parameters is $K\cdot(k\cdot k\cdot C/g + 1)$ for $K$ filters of $k\times k$ on $C$
    channels in $g$ groups. Image size, stride, padding, dilation and batch size do not stand in it, and ReLU and
    pooling have no parameters; without biases the 1 falls away. Of the changes listed, these alter it:
    {{ changing | join("; ") }}.

    As it stands: ${{ f }}\cdot({{ k }}\cdot{{ k }}\cdot{{ c }} + 1) = {{ now }}$.

    Doubled: ${{ 2 * f }}\cdot({{ k }}\cdot{{ k }}\cdot{{ 2 * c }} + 1) = {{ doubled }}$, about four times as many."""
