"""True statements about deconvolution, transposed convolution, unpooling and upsampling."""

from question_bank import Choices, part, shuffled, template
from question_bank.misconceptions import Misconception

TRUE = (
    "A transposed convolution multiplies by the transpose of the convolution's matrix.",
    "A transposed convolution with stride 2 roughly doubles height and width.",
    "The weights of a transposed convolution are learned, like those of a convolution.",
    "Max-unpooling needs the places of the maxima from the pooling layer.",
    "Nearest-neighbour upsampling has no parameters.",
    "Upsampling followed by a convolution is a remedy against checkerboards.",
    "Max-unpooling leaves zeros wherever there was no maximum.",
    "The backward pass of a convolution by its input is a transposed convolution.",
)
FALSE = (
    "A transposed convolution gives the convolution's input back, number by number.",
    "In deep learning, deconvolution means the exact inverse of a convolution.",
    "Max-unpooling restores all values that max pooling has dropped.",
    "A transposed convolution has no weights: it only rearranges pixels.",
    "A transposed convolution with stride 2 roughly halves height and width.",
    "Nearest-neighbour upsampling learns the values that it inserts.",
    "A transposed convolution leaves no checkerboard if its stride is above 1.",
    "A bed of nails needs the places of the maxima from the pooling layer.",
)
INVERSE = ("A transposed convolution gives", "In deep learning, deconvolution means", "Max-unpooling restores")

RECOVERS_INPUT = Misconception(
    "took it for the inverse",
    r"You took the way back for an inverse. Convolution and pooling drop information; a transposed convolution or an "
    r"unpooling gives the **size** back, not the numbers.",
)
ALL_TRUE = Misconception(
    "chose every statement",
    r"You chose every statement. Try each on a small map: which sizes come out, what is learned, and what is lost.",
)
OPPOSITE = Misconception(
    "chose the false ones",
    r"You chose exactly the false statements. The question asks for those that are **true**.",
)


def right(q):
    """The statements shown that are true."""
    return tuple(statement for statement in q.shown() if statement in TRUE)


def inverse(q):
    """The statements shown that take the way back for an inverse."""
    return tuple(statement for statement in q.shown() if statement.startswith(INVERSE))


@template(
    topics=["cnn/transposed", "cnn/autoencoders"],
    difficulty=3,
    minutes=3,
    where=lambda q: 2 <= len(right(q)) <= 3 and inverse(q),
    note=lambda q: repr(sorted(q.shown())),  # which statements are shown makes the question, not their order
)
class Statements:
    stem = r"""Decoders of auto-encoders and of segmentation networks enlarge feature maps by transposed convolution
    (also called deconvolution), by unpooling, or by upsampling followed by a convolution."""

    pool: tuple[str, ...] = shuffled(*TRUE, *FALSE)

    holding = part("Which of these statements are true?", right, lambda q: Choices(q.shown()))
    holding.mistake(RECOVERS_INPUT, lambda q: (*right(q), *inverse(q)))
    holding.mistake(ALL_TRUE, lambda q: q.shown(), when=lambda q: len(right(q)) + len(inverse(q)) < len(q.shown()))
    holding.mistake(OPPOSITE, lambda q: tuple(statement for statement in q.shown() if statement not in TRUE))

    def shown(q):
        """The five statements of this variant."""
        return q.pool[:5]

    def wrong(q):
        """Those of them that are false."""
        return [statement for statement in q.shown() if statement in FALSE]

    solution = r"""A transposed convolution multiplies by the transpose $M^\top$ of the convolution's matrix, not by an
    inverse: it has learned weights and gives the *size* back, not the numbers. With stride $s$ it makes maps about $s$
    times as large, and where its kernel is not a multiple of the stride the overlap is uneven. Max-unpooling puts
    values back at the remembered places of the maxima and zeros elsewhere; a bed of nails always uses the top left
    place. Upsampling by nearest neighbours learns nothing; a convolution after it does.

    Not true are:
    {% for statement in wrong() %}
    - {{ statement }}
    {%- endfor %}

    What holds: {% for statement in holding %}{{ statement }}{{ " " if not loop.last }}{% endfor %}"""
