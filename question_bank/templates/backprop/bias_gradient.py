"""The gradients of a layer's biases, from the gradients of its outputs for a batch."""

from question_bank import Real, Vector, integers, matrices, one_of, part, template
from question_bank.maths.images import Image
from question_bank.misconceptions import Misconception
from question_bank.misconceptions.backprop import WENT_UPHILL
from question_bank.misconceptions.coding import ONE_IMAGE_ONLY

MEAN_FOR_SUM = Misconception(
    "mean instead of sum",
    r"You divided by the number of entries. The bias is added to **every** output of its filter, and the chain rule "
    r"adds up what comes back from them. (Where the loss is a mean over the batch, $d$ has been divided already.)",
)
SUMMED_OVER_FILTERS = Misconception(
    "summed over the filters",
    r"You added up the maps of each image. Every filter has a bias of its own, which reaches that filter's maps only: "
    r"add up over images, rows and columns, and keep the filters apart.",
)


def total(*maps):
    """The sum of all entries."""
    return sum(sum(map(sum, rows)) for rows in maps)


def entries(q):
    """Outputs of one filter in the batch."""
    return 2 * q.rows * q.columns


@template(topics=["cnn/backprop"], difficulty=2, minutes=4)
class BiasGradient:
    stem = r"""A convolutional layer has two filters, A and B, each with one bias. It is applied to a batch of two
    images. The gradients of the loss by the layer's outputs are, for each image and filter,

    | | filter A | filter B |
    |---|---|---|
    | image 1 | ${{ a1 | latex }}$ | ${{ b1 | latex }}$ |
    | image 2 | ${{ a2 | latex }}$ | ${{ b2 | latex }}$ |

    These are gradients of the loss of the whole batch; nothing is to be averaged any more."""

    rows: int = integers(2, 3)
    columns: int = integers(2, 3)
    a1: Image = matrices(lambda q: q.rows, lambda q: q.columns, -4, 5)
    b1: Image = matrices(lambda q: q.rows, lambda q: q.columns, -4, 5)
    a2: Image = matrices(lambda q: q.rows, lambda q: q.columns, -4, 5)
    b2: Image = matrices(lambda q: q.rows, lambda q: q.columns, -4, 5)
    bias: int = integers(-3, 3)
    rate: float = one_of(0.1, 0.01, 0.5)

    terms = part("How many entries of the table are added up for the gradient of one bias?", entries)
    terms.mistake(ONE_IMAGE_ONLY, lambda q: q.rows * q.columns)
    terms.mistake(
        Misconception(
            "counted both filters",
            r"You counted the whole table. A filter's bias does not reach the maps of the other filter.",
        ),
        lambda q: 4 * q.rows * q.columns,
    )
    db = part(
        "The gradients of the loss by the two biases",
        lambda q: (total(q.a1, q.a2), total(q.b1, q.b2)),
        Vector(abs=0.005, names=("filter A", "filter B")),
        points=2,
    )
    db.mistake(MEAN_FOR_SUM, lambda q: (total(q.a1, q.a2) / entries(q), total(q.b1, q.b2) / entries(q)))
    db.mistake(SUMMED_OVER_FILTERS, lambda q: (total(q.a1, q.b1), total(q.a2, q.b2)))
    db.mistake(ONE_IMAGE_ONLY, lambda q: (total(q.a1), total(q.b1)))
    step = part(
        "The bias of filter A is ${{ bias }}$. What is it after one step of gradient descent with learning rate "
        "{{ rate }}?",
        lambda q: float(q.bias - q.rate * q.db[0]),
        Real(rel=0, abs=0.001),
    )
    step.mistake(WENT_UPHILL, lambda q: float(q.bias + q.rate * q.db[0]))
    step.mistake(
        Misconception(
            "mean instead of sum in the step",
            r"You moved the bias by the mean of the gradients. It moves by the learning rate times their **sum**.",
        ),
        lambda q: q.bias - q.rate * q.db[0] / entries(q),
    )

    def sums(q):
        """The sum of each map, image by image."""
        return tuple(map(total, (q.a1, q.a2, q.b1, q.b2)))

    solution = r"""{% set a1, a2, b1, b2 = sums() -%}
    Every output of filter A is a sum of products plus the bias of A, so its derivative by that bias is 1, and the
    chain rule adds up the gradients of all of A's outputs: $2\cdot{{ rows }}\cdot{{ columns }} = {{ terms }}$ of them.

    - filter A: image 1 gives ${{ a1 }}$ and image 2 gives ${{ a2 }}$, together ${{ db[0] }}$
    - filter B: image 1 gives ${{ b1 }}$ and image 2 gives ${{ b2 }}$, together ${{ db[1] }}$

    Gradient descent subtracts the learning rate times the gradient:
    ${{ bias }} - {{ rate }}\cdot{{ "(%d)" % db[0] if db[0] < 0 else db[0] }} = {{ step | latex }}$."""
