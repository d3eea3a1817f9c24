"""Convolution and shifting, in either order: the same with stride 1, not always with stride 2."""

from question_bank import Choice, Vector, matrices, one_of, part, shuffled, template
from question_bank.maths.images import Image
from question_bank.misconceptions import Misconception
from question_bank.misconceptions.convolution import FLIPPED_KERNEL, STARTED_LATE

STILL = "The new output is the old one, moved by the same number of places."
FEWER = "The new output is the old one, moved by half as many places."
BROKEN = "The new output holds other numbers: it is not the old one moved."

INVARIANT = Misconception(
    "took convolution for invariant",
    r"You gave the output of the signal that has not moved. Convolution is **equivariant** with stride 1: if the input "
    r"moves, the output moves as well.",
)
MOVED_OUTPUT = Misconception(
    "moved the output although the stride is 2",
    r"You moved the old output by as many places as the input. With stride 2 a step of the output is two steps of the "
    r"input, so a shift by one pixel falls between the windows: compute the new output.",
)
ALWAYS_EQUIVARIANT = Misconception(
    "took every convolution for equivariant",
    r"You let the output move along with the input. That holds for stride 1; with stride 2 only every second window is "
    r"left, and which pixels they hold depends on where the signal starts.",
)
NEVER_EQUIVARIANT = Misconception(
    "took stride 2 for never equivariant",
    r"You let the output change altogether. A shift by a multiple of the stride takes each window to the place of "
    r"another one: compare the two outputs you have computed.",
)


def correlate(signal, kernel, s=1):
    """The cross-correlation of two sequences."""
    return tuple(
        sum(x * w for x, w in zip(signal[at : at + len(kernel)], kernel, strict=True))
        for at in range(0, len(signal) - len(kernel) + 1, s)
    )


def moved(q):
    """The signal, some places to the right; zeros come in."""
    return (0,) * q.shift + q.signal[: len(q.signal) - q.shift]


def sensible(q):
    """A kernel without zeros that is not symmetric, and a signal that changes and ends in zeros."""
    w, x = q.weights[0], q.values[0]
    return w[0] != w[-1] and 0 not in w and len(set(x)) >= 4 and x[0] and x[-1]


@template(topics=["cnn/definition"], difficulty=4, minutes=6, where=sensible)
class Translation:
    stem = r"""The signal $x$ is cross-correlated with the kernel $w$ (which is not flipped) without padding:

    $$x = ({{ signal | join(",\\; ") }}) \qquad w = ({{ weights[0] | join(",\\; ") }})$$

    Then the signal moves {{ shift }} place{{ "s" if shift > 1 }} to the right to $x'$:
    {{ "a zero comes" if shift == 1 else "zeros come" }} in on the left, and
    {{ "a zero leaves" if shift == 1 else "zeros leave" }} on the right."""

    values: Image = matrices(1, 5, 0, 5)
    weights: Image = matrices(1, 2, -3, 3)
    shift: int = one_of(1, 2)
    options: tuple[str, ...] = shuffled(STILL, FEWER, BROKEN)

    plain = part("The output for $x$ with **stride 1**", lambda q: correlate(q.signal, q.weights[0]), Vector())
    plain.mistake(FLIPPED_KERNEL, lambda q: correlate(q.signal, q.weights[0][::-1]))
    shifted = part("The output for $x'$ with stride 1", lambda q: correlate(moved(q), q.weights[0]), Vector())
    shifted.mistake(INVARIANT, lambda q: correlate(q.signal, q.weights[0]))
    strided = part("The output for $x$ with **stride 2**", lambda q: tuple(q.plain[::2]), Vector())
    strided.mistake(STARTED_LATE, lambda q: tuple(q.plain[1::2]))
    both = part("The output for $x'$ with stride 2", lambda q: tuple(q.shifted[::2]), Vector())
    both.mistake(MOVED_OUTPUT, lambda q: (0,) * q.shift + correlate(q.signal, q.weights[0], 2)[: -q.shift])
    relation = part(
        "How do the two outputs with **stride 2** compare? (Zeros may come in on the left.)",
        lambda q: FEWER if q.shift == 2 else BROKEN,
        lambda q: Choice(q.options),
    )
    relation.mistake(ALWAYS_EQUIVARIANT, lambda q: STILL)
    relation.mistake(NEVER_EQUIVARIANT, lambda q: BROKEN, when=lambda q: q.shift == 2)

    @property
    def signal(q):
        """The signal: the values, then zeros, so that nothing is lost when it moves."""
        return (*q.values[0], 0, 0, 0, 0)

    def after(q):
        """The signal after the shift."""
        return moved(q)

    solution = r"""Without padding a kernel of {{ weights[0] | length }} weights has
    ${{ signal | length }} - {{ weights[0] | length }} + 1 = {{ plain | length }}$ places.

    - stride 1, $x$: $({{ plain | join(",\\; ") }})$
    - stride 1, $x' = ({{ after() | join(",\\; ") }})$: $({{ shifted | join(",\\; ") }})$, which is the output for $x$
      moved along with the signal: the convolution is *equivariant*.
    - stride 2, $x$: every second entry, $({{ strided | join(",\\; ") }})$
    - stride 2, $x'$: every second entry, $({{ both | join(",\\; ") }})$

    {% if shift == 2 -%} Two places of the input are one place of the output, so with stride 2 the output moves by one.
    {%- else -%} One place of the input is half a place of the output: the windows now hold other pixels than before.
    Stride 2 is equivariant to shifts by even numbers only.{% endif %} {{ relation }}"""
