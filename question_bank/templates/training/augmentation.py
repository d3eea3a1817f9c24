"""Random crops, flips and normalisation: how many crops, and what becomes of a pixel."""

from question_bank import Choices, Misconception, Real, integers, one_of, part, shuffled, template
from question_bank.misconceptions.shapes import FORGOT_PLUS_ONE, IGNORED_PADDING

RANDOM_CROP = "a random crop of the padded image"
FLIP = "a random flip"
NORMALISE = "subtracting the mean and dividing by the standard deviation"
SCALE = "dividing the pixels by 255"

ONE_AXIS = Misconception(
    "moved along one axis only",
    r"You counted the positions along one axis. The crop moves along rows and columns on its own: the numbers are "
    r"multiplied.",
)
ADDED_FLIPS = Misconception(
    "added the flips",
    r"You added 2. Each crop can be flipped or not, whichever it is: multiply by 2.",
)
NOT_SCALED = Misconception(
    "mean and deviation of another scale",
    r"You subtracted a mean that belongs to pixels from 0 to 1 from a pixel between 0 and 255. Divide by 255 first.",
)
NOT_DIVIDED = Misconception(
    "left the division out",
    r"You subtracted the mean but did not divide by the standard deviation.",
)
ALL_STEPS = Misconception(
    "augmented the test images, too",
    r"You applied the random steps to test images as well. They would make the result depend on chance, and the images "
    r"that are judged are those that the user has. What the network expects of its **inputs**, their scale, stays.",
)
NOTHING = Misconception(
    "left the test images as they are",
    r"You gave the network test images on another scale than it was trained on. The steps that do not involve chance "
    r"have to be the same.",
)


def crops(q, padding=2, extra=1):
    """Positions of the crop along one axis."""
    return q.n + padding * q.p - q.c + extra


def pixel(q):
    """The pixel on the scale from 0 to 1."""
    return q.value / 255


@template(topics=["cnn/training"], difficulty=2, minutes=5, where=lambda q: crops(q) >= 3)
class Augmentation:
    stem = r"""In training, each RGB image of ${{ n }}\times{{ n }}$ pixels

    1. is {% if p %}padded with {{ p }} row{{ "s" if p > 1 }} or column{{ "s" if p > 1 }} of zeros on each of its four
       sides{% else %}left without any padding{% endif %},
    2. is cropped to ${{ c }}\times{{ c }}$ at a random position,
    3. is flipped from left to right with probability $\tfrac12$,
    4. has its pixels divided by 255, and
    5. normalised: in the red channel, {{ mean }} is subtracted and the result divided by {{ deviation }}."""

    n: int = one_of(28, 32, 48, 64)
    p: int = integers(0, 6)
    c: int = integers(lambda q: q.n - 10, lambda q: q.n)
    value: int = integers(20, 250)
    mean: float = one_of(0.485, 0.491, 0.507)
    deviation: float = one_of(0.229, 0.247, 0.267)
    options: tuple[str, ...] = shuffled(RANDOM_CROP, FLIP, SCALE, NORMALISE)

    positions = part("At how many positions can the crop lie?", lambda q: crops(q) ** 2)
    positions.mistake(FORGOT_PLUS_ONE, lambda q: crops(q, extra=0) ** 2)
    positions.mistake(IGNORED_PADDING, lambda q: crops(q, padding=0) ** 2, when=lambda q: q.p > 0)
    positions.mistake(ONE_AXIS, crops)
    versions = part(
        "How many versions of one image can the network see, counting crops and flips?", lambda q: 2 * q.positions
    )
    versions.mistake(ADDED_FLIPS, lambda q: q.positions + 2)
    red = part(
        "What becomes of a red value of {{ value }}? (three decimals)",
        lambda q: (pixel(q) - q.mean) / q.deviation,
        Real(places=3),
    )
    red.mistake(NOT_SCALED, lambda q: (q.value - q.mean) / q.deviation)
    red.mistake(NOT_DIVIDED, lambda q: pixel(q) - q.mean)
    test = part(
        "Which of these steps belong to the processing of **test** images, too (for the usual, single result per "
        "image)?",
        lambda q: (SCALE, NORMALISE),
        lambda q: Choices(q.options),
    )
    test.mistake(ALL_STEPS, lambda q: q.options)
    test.mistake(NOTHING, lambda q: ())

    solution = r"""{{ "The padded" if p else "The" }} image has a side
    of ${{ n }} + 2\cdot{{ p }} = {{ n + 2 * p }}$. Along each axis the crop
    can start at ${{ n + 2 * p }} - {{ c }} + 1 = {{ n + 2 * p - c + 1 }}$ places, so it has
    ${{ n + 2 * p - c + 1 }}^2 = {{ positions }}$ positions. Each crop occurs as it is and flipped:
    $2\cdot{{ positions }} = {{ versions }}$ versions.

    The red value becomes $({{ value }}/255 - {{ mean }})/{{ deviation }} = {{ "%.3f" % red }}$.

    Random steps are for training only. What stays for test images is what brings them to the scale that the network
    knows: {{ test | join(" and ") }}."""
