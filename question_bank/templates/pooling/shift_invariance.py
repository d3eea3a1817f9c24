"""Does max pooling notice that the image moves by one pixel? Which outputs change, and which do not."""

from fractions import Fraction

from question_bank import Choices, Vector, integers, matrices, one_of, part, template
from question_bank.maths.images import Image
from question_bank.misconceptions import Misconception
from question_bank.misconceptions.pooling import AVERAGE_FOR_MAXIMUM

ALWAYS_INVARIANT = Misconception(
    "took max pooling for invariant",
    r"You took max pooling for invariant to shifts. It forgives a shift only while each maximum stays in its window; "
    r"compare the outputs before and after, one by one.",
)
NEVER_INVARIANT = Misconception(
    "let every output change",
    r"You let every output change because every input has moved. An output keeps its value where the largest entry of "
    r"its window is still in the window, or another of the same size has come in.",
)
WRAPPED = Misconception(
    "wrapped the signal around",
    r"You let what leaves the signal on the right come back on the left. Here a new entry, given in the question, "
    r"comes in on the left.",
)
MOVED_THE_OUTPUT = Misconception(
    "moved the output like the input",
    r"You moved the pooled signal by one place. The windows lie several pixels apart, so one step of the input is less "
    r"than a step of the output: pool the moved signal anew.",
)
PLACES = ("output 1", "output 2", "output 3", "output 4")


def pooled(signal, k):
    """Max pooling of a signal, windows side by side."""
    return tuple(max(signal[at : at + k]) for at in range(0, len(signal) - k + 1, k))


def averages(q):
    """The means of the windows before the shift."""
    return tuple(Fraction(sum(q.row[0][at : at + q.k]), q.k) for at in range(0, 4 * q.k, q.k))


def moved(q):
    """The signal one step to the right."""
    return (q.enters, *q.row[0][:-1])


@template(
    topics=["cnn/pooling"],
    difficulty=3,
    minutes=4,
    where=lambda q: 0 < len(q.changed) < 4 and len(set(q.row[0])) >= 6,
)
class ShiftInvariance:
    stem = r"""One row of a feature map is max-pooled over windows of {{ k }} pixels that lie side by side (stride
    {{ k }}), without padding:

    $$x = ({{ row[0] | join(",\\; ") }})$$

    Then the image moves by one pixel to the right: every entry of $x$ moves one place to the right, the last one
    leaves, and a {{ enters }} comes in on the left. Outputs are counted from 1."""

    k: int = one_of(2, 3)
    row: Image = matrices(1, lambda q: 4 * q.k, 0, 9)
    enters: int = integers(0, 3)

    before = part("The four outputs before the shift", lambda q: pooled(q.row[0], q.k), Vector(abs=0.005))
    before.mistake(AVERAGE_FOR_MAXIMUM, averages)
    after = part("The four outputs after the shift", lambda q: pooled(moved(q), q.k), Vector())
    after.mistake(MOVED_THE_OUTPUT, lambda q: (q.enters, *pooled(q.row[0], q.k)[:-1]))
    after.mistake(WRAPPED, lambda q: pooled((q.row[0][-1], *q.row[0][:-1]), q.k), when=lambda q: q.wraps)
    changed = part(
        "Which outputs have changed?",
        lambda q: tuple(place for place, a, b in zip(PLACES, q.before, q.after, strict=True) if a != b),
        Choices(PLACES),
    )
    changed.mistake(ALWAYS_INVARIANT, lambda q: ())
    changed.mistake(NEVER_INVARIANT, lambda q: PLACES)

    @property
    def wraps(q):
        """Whether a wrapped signal would give other outputs."""
        return max(q.row[0][: q.k - 1]) < max(q.row[0][-1], q.enters) and q.row[0][-1] != q.enters

    def windows(q, shifted):
        """The windows, written out."""
        signal = moved(q) if shifted else q.row[0]
        return r"\;|\;".join(",".join(map(str, signal[at : at + q.k])) for at in range(0, 4 * q.k, q.k))

    solution = r"""Before the shift the windows are ${{ windows(False) }}$ with the maxima
    $({{ before | join(",\\; ") }})$. After it they are ${{ windows(True) }}$ with the maxima
    $({{ after | join(",\\; ") }})$.

    An output stays the same only where the largest entry of its window is as large as before. So max pooling is
    *somewhat* insensitive to small shifts, but not invariant to them. Compared one by one, what has changed is
    {{ changed | join(", ") }}."""
