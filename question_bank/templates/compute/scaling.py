"""By what factor a convolution's work changes with image, channels, kernel and stride."""

from fractions import Fraction

from question_bank import Rational, one_of, part, template
from question_bank.misconceptions.compute import LINEAR, UNCHANGED, WEIGHTS_GROW_WITH_IMAGE


@template(topics=["cnn/compute"], where=lambda q: q.k != q.k2)
class Scaling:
    stem = r"""A convolutional layer with {{ f }} filters of ${{ k }}\times{{ k }}$ is applied to
    ${{ n }}\times{{ n }}$ feature maps with {{ f }} channels, stride 1, with a padding that keeps height and width. By
    what factor does the number of its multiply-accumulate operations (MACs) for one image change if **only** this is
    altered? Give factors as whole numbers or fractions; biases are not counted."""

    f: int = one_of(32, 64, 128)
    n: int = one_of(32, 48, 64)
    a: int = one_of(2, 3, 4, 5)
    b: int = one_of(2, 3, 4, 5)
    k: int = one_of(3, 5, 7)
    k2: int = one_of(1, 3, 5, 7, 9)
    s: int = one_of(2, 4)

    image = part(
        "Height and width of the image are both multiplied by {{ a }}.", lambda q: Fraction(q.a**2), Rational()
    )
    image.mistake(LINEAR, lambda q: Fraction(q.a))
    channels = part(
        "Input channels and filters are both multiplied by {{ b }}.", lambda q: Fraction(q.b**2), Rational()
    )
    channels.mistake(LINEAR, lambda q: Fraction(q.b))
    kernel = part(
        r"The kernel becomes ${{ k2 }}\times{{ k2 }}$ (the padding still keeps height and width).",
        lambda q: Fraction(q.k2**2, q.k**2),
        Rational(),
    )
    kernel.mistake(LINEAR, lambda q: Fraction(q.k2, q.k))
    stride = part("The stride becomes {{ s }}.", lambda q: Fraction(1, q.s**2), Rational())
    stride.mistake(LINEAR, lambda q: Fraction(1, q.s))
    stride.mistake(UNCHANGED, lambda q: Fraction(1))
    weights = part(
        "By what factor does the number of **weights** change if height and width of the image are multiplied by "
        "{{ a }}?",
        lambda q: Fraction(1),
        Rational(),
    )
    weights.mistake(WEIGHTS_GROW_WITH_IMAGE, lambda q: Fraction(q.a**2))

    solution = r"""The layer takes $k\cdot k\cdot C\cdot F\cdot H'\cdot W'$ MACs. Look which factors change:

    - $H'$ and $W'$ both grow: ${{ a }}\cdot{{ a }} = {{ image }}$.
    - $C$ and $F$ both grow: ${{ b }}\cdot{{ b }} = {{ channels }}$.
    - $k\cdot k$ changes from {{ k * k }} to {{ k2 * k2 }}: the factor is {{ kernel }}.
    - With stride {{ s }}, ${{ n }}/{{ s }} = {{ n // s }}$ of {{ n }} rows are left, and likewise of the columns:
      {{ stride }}.

    The weights, $k\cdot k\cdot C\cdot F$, do not depend on the image: their factor is {{ weights }}."""
