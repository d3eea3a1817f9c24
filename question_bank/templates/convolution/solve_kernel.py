"""Find a 2×2 kernel from an image and its output."""

from question_bank import Matrix, matrices, one_of, part, template
from question_bank.maths.images import Image, cross_correlate, flip, transpose, window
from question_bank.misconceptions.convolution import FLIPPED_KERNEL, SWAPPED_AXES

PLACES = ((0, 0), (0, 1), (1, 0), (1, 1))

# Where the image is not 0, row by row: patterns for which the equations can be solved one after another, the first
# with one unknown weight and each of the others with one more.
PATTERNS = (
    "001 101 010",
    "010 001 110",
    "010 100 011",
    "010 101 001",
    "010 101 100",
    "011 100 010",
    "100 101 010",
    "110 001 010",
    "001 010 011",
    "001 101 110",
    "100 010 110",
    "110 101 001",
)


def order(q):
    """Outputs in an order in which each brings one weight that is new, as (output, weight)."""
    windows = {place: window(q.image, *place, 2) for place in PLACES}
    known, found = set(), []
    while len(known) < 4:
        fresh = {place: [(a, b) for a, b in PLACES if x[a][b] and (a, b) not in known] for place, x in windows.items()}
        place, (tap,) = next((place, new) for place, new in fresh.items() if len(new) == 1)
        known.add(tap)
        found.append((place, tap))
    return found


@template(
    topics=["cnn/definition"],
    difficulty=4,
    minutes=6,
    where=lambda q: (
        4 <= sum(entry == 0 for row in q.image for entry in row) <= 5
        and len({entry for row in q.kernel for entry in row}) >= 3
        and q.kernel != transpose(q.kernel)
        and order(q) is not None
    ),
)
class SolveKernel:
    stem = r"""The image $x$ was cross-correlated with a $2\times2$ kernel $w$ (which is not flipped), stride 1, no
    padding, no bias. The output is $y$; the kernel is lost.

    $$x = {{ image | latex }} \qquad y = {{ output() | latex }}$$"""

    pattern: str = one_of(*PATTERNS)
    values: Image = matrices(3, 3, 1, 3)
    kernel: Image = matrices(2, 2, -5, 5)

    weights = part("The kernel $w$", lambda q: q.kernel, Matrix())
    weights.mistake(FLIPPED_KERNEL, lambda q: flip(q.kernel))
    weights.mistake(SWAPPED_AXES, lambda q: transpose(q.kernel))

    @property
    def image(q):
        """The image: the values where the pattern has a 1."""
        rows = zip(q.pattern.split(), q.values, strict=True)
        return tuple(tuple(int(bit) * value for bit, value in zip(*row, strict=True)) for row in rows)

    def output(q):
        """What the kernel made of the image."""
        return cross_correlate(q.image, q.kernel)

    def equation(q, place):
        """One output, written out in the unknown weights."""
        patch = window(q.image, *place, 2)
        pairs = [(patch[a][b], f"w_{{{a}{b}}}") for a, b in PLACES if patch[a][b]]
        terms = [w if x == 1 else rf"{x}\,{w}" for x, w in pairs]
        return f"{' + '.join(terms)} = {q.output()[place[0]][place[1]]}"

    def steps(q):
        """The equations in an order in which they can be solved one after another, each with the weight it gives."""
        return [(q.equation(place), f"w_{{{a}{b}}} = {q.kernel[a][b]}") for place, (a, b) in order(q)]

    solution = r"""Each output gives one equation for the four weights $w_{00}, w_{01}, w_{10}, w_{11}$ (row, column).
    The zeros of the image make it possible to solve them one after another, each with the weights that are already
    known:

    {% for equation, weight in steps() -%}
    {{ loop.index }}. ${{ equation }}${{ ", hence $" ~ weight ~ "$" if equation != weight }}
    {% endfor %}
    $$w = {{ weights | latex }}$$"""
