"""Top-1 and top-k error from a table of scores."""

from question_bank import Misconception, Real, Vector, matrices, one_of, part, template
from question_bank.maths.images import Image
from question_bank.misconceptions.training import ACCURACY_FOR_ERROR

RANKED_FROM_BELOW = Misconception(
    "ranked from the smallest score",
    r"You gave rank 1 to the smallest score. The network prefers the class with the **largest** score.",
)
COUNTED_FROM_ZERO = Misconception(
    "ranks from 0",
    r"You counted the classes with a higher score. The best class has rank 1, so the rank is one more than that.",
)
MISSED_LAST_RANK = Misconception(
    "took rank k for a miss",
    r"You counted an image as wrong whose true class has rank $k$ exactly. The top $k$ include it.",
)


def ranks(q):
    """The rank of the true class for each image."""
    return tuple(1 + sum(s > row[c] for s in row) for row, c in zip(q.scores, q.classes[0], strict=True))


def error(ranks, wrong):
    """The percentage of images whose rank is wrong."""
    return 100 * sum(map(wrong, ranks)) / 5


def sensible(q):
    """No ties; some hits and some misses, and rank k itself turns up."""
    if any(len(set(row)) < 6 for row in q.scores):
        return False
    found = ranks(q)
    return 1 in found and q.k in found and max(found) > q.k


@template(topics=["cnn/training"], difficulty=2, minutes=4, where=sensible)
class TopK:
    stem = r"""A network gives five images these scores (logits) for the classes 0 to 5:

    | image | true class | class 0 | class 1 | class 2 | class 3 | class 4 | class 5 |
    |---|---|---|---|---|---|---|---|
    {{ table() }}

    The class with the highest score has rank 1."""

    scores: Image = matrices(5, 6, -60, 240)
    classes: Image = matrices(1, 5, 0, 5)
    k: int = one_of(2, 3, 5)

    rank = part("The rank of the true class, image by image", ranks, Vector())
    rank.mistake(RANKED_FROM_BELOW, lambda q: tuple(7 - r for r in ranks(q)))
    rank.mistake(COUNTED_FROM_ZERO, lambda q: tuple(r - 1 for r in ranks(q)))
    top1 = part("The top-1 error in percent", lambda q: error(q.rank, lambda r: r != 1), Real())
    top1.mistake(ACCURACY_FOR_ERROR, lambda q: error(q.rank, lambda r: r == 1))
    topk = part("The top-{{ k }} error in percent", lambda q: error(q.rank, lambda r: r > q.k), Real())
    topk.mistake(ACCURACY_FOR_ERROR, lambda q: error(q.rank, lambda r: r <= q.k))
    topk.mistake(MISSED_LAST_RANK, lambda q: error(q.rank, lambda r: r >= q.k))

    def table(q):
        """The rows of the table: scores in tenths."""
        rows = zip(q.classes[0], q.scores, strict=True)
        cells = ([str(i), str(c), *(f"{s / 10:.1f}" for s in row)] for i, (c, row) in enumerate(rows, start=1))
        return "\n".join(f"| {' | '.join(row)} |" for row in cells)

    solution = r"""Count the scores in the image's row that are higher than that of its true class, and add 1: the ranks
    are {{ rank | join(", ") }}.

    - Rank 1 occurs {{ rank | select("eq", 1) | list | length }} time
    {{- "s" if rank | select("eq", 1) | list | length > 1 }} in 5, so the top-1 error is {{ top1 | latex }} %.
    - A rank from 1 to {{ k }} occurs {{ rank | select("le", k) | list | length }} times in 5, so the top-{{ k }} error
      is {{ topk | latex }} %."""
