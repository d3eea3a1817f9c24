"""Accuracy, precision, recall and F1 from a confusion matrix."""

from question_bank import Misconception, Real, integers, matrices, one_of, part, template
from question_bank.maths.images import Image, transpose

SWAPPED = Misconception(
    "precision and recall swapped",
    r"You swapped precision and recall. Precision asks: of the images that were **predicted** to be of this class, how "
    r"many are? Recall asks: of the images that **are** of this class, how many were found?",
)
ARITHMETIC_MEAN = Misconception(
    "arithmetic mean",
    r"You took the ordinary mean of precision and recall. F1 is their *harmonic* mean, which is close to the smaller "
    r"one.",
)
OF_EVERYTHING = Misconception(
    "divided by all images",
    r"You divided by the number of all images. Precision and recall look at one row or one column of the matrix only.",
)
CLASS_ACCURACY = Misconception(
    "counted one class only",
    r"You counted the hits of one class. Accuracy counts the hits of all classes, the whole diagonal.",
)
NAMES = ("cat", "dog", "horse")


def counts(q):
    """The matrix with true classes in rows."""
    return q.matrix() if q.rows == "true" else transpose(q.matrix())


def hit(q):
    """Images of the class that were predicted as such."""
    return q.hits[0][q.c]


def predicted(q):
    """Images that were predicted to be of the class."""
    return sum(row[q.c] for row in counts(q))


def actual(q):
    """Images of the class."""
    return sum(counts(q)[q.c])


def images(q):
    """All images."""
    return sum(map(sum, q.matrix()))


def sensible(q):
    """Precision and recall differ."""
    return abs(predicted(q) - actual(q)) >= 5


def note(q):
    """What makes it another question: the entries that are shown."""
    return f"{q.rows} {q.matrix()} {q.c}"


@template(topics=["cnn/training"], difficulty=2, minutes=4, where=sensible, note=note)
class ConfusionMatrix:
    stem = r"""A classifier for cats, dogs and horses was tried on a test set. In the confusion matrix a row stands for
    the **{{ rows }}** class and a column for the {{ "predicted" if rows == "true" else "true" }} class:

    | {{ rows }} \ {{ "predicted" if rows == "true" else "true" }} | cat | dog | horse |
    |---|---|---|---|
    | cat | {{ matrix()[0] | join(" | ") }} |
    | dog | {{ matrix()[1] | join(" | ") }} |
    | horse | {{ matrix()[2] | join(" | ") }} |

    All answers as numbers from 0 to 1, to three decimals."""

    rows: str = one_of("true", "predicted")
    hits: Image = matrices(1, 3, 20, 60)
    errors: Image = matrices(3, 3, 1, 15)  # the diagonal is not used
    c: int = integers(0, 2)

    accuracy = part("The accuracy", lambda q: sum(q.hits[0]) / images(q), Real(places=3))
    accuracy.mistake(CLASS_ACCURACY, lambda q: hit(q) / images(q))
    precision = part("The precision for the class {{ name() }}", lambda q: hit(q) / predicted(q), Real(places=3))
    precision.mistake(SWAPPED, lambda q: hit(q) / actual(q))
    precision.mistake(OF_EVERYTHING, lambda q: hit(q) / images(q))
    recall = part("The recall for the class {{ name() }}", lambda q: hit(q) / actual(q), Real(places=3))
    recall.mistake(SWAPPED, lambda q: hit(q) / predicted(q))
    recall.mistake(OF_EVERYTHING, lambda q: hit(q) / images(q))
    f1 = part(
        "The F1 score for the class {{ name() }}",
        lambda q: float(2 * q.precision * q.recall / (q.precision + q.recall)),
        Real(rel=0, abs=0.001),
    )
    f1.mistake(ARITHMETIC_MEAN, lambda q: (q.precision + q.recall) / 2)

    def matrix(q):
        """The confusion matrix."""
        hits = q.hits[0]
        return tuple(
            tuple(hits[i] if i == j else wrong for j, wrong in enumerate(row)) for i, row in enumerate(q.errors)
        )

    def name(q):
        """The class in question."""
        return NAMES[q.c]

    def sums(q):
        """The hits, the predictions, the images of the class, all hits, all images."""
        return hit(q), predicted(q), actual(q), sum(q.hits[0]), images(q)

    solution = r"""{% set hit, predicted, actual, hits, images = sums() -%}
    The diagonal holds what was classified correctly: {{ hits }} of {{ images }} images, so the accuracy is
    ${{ hits }}/{{ images }} = {{ "%.3f" % accuracy }}$. For the class {{ name() }}:

    - The {{ "column" if rows == "true" else "row" }} of this class holds what was *predicted* to be of it:
      {{ predicted }} images, of which {{ hit }} are. Precision: ${{ hit }}/{{ predicted }} = {{ "%.3f" % precision }}$
    - The {{ "row" if rows == "true" else "column" }} of this class holds what *is* of it: {{ actual }} images, of which
      {{ hit }} were found. Recall: ${{ hit }}/{{ actual }} = {{ "%.3f" % recall }}$

    F1 is the harmonic mean of the two,

    $$\frac{2\cdot{{ "%.3f" % precision }}\cdot{{ "%.3f" % recall }}}{
    {{- "%.3f" % precision }} + {{ "%.3f" % recall -}} } = {{ "%.3f" % f1 }}.$$"""
