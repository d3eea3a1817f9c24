"""How much each pixel of a receptive field counts: the effective field of two layers, by hand."""

from fractions import Fraction

from question_bank import Rational, Vector, figures, integers, part, template
from question_bank.misconceptions.receptive_field import BACKWARD_WEIGHTS, EQUAL_SHARES, ONE_PATH


def paths(u, v):
    """For each pixel the sum, over all paths to the output, of the products of weights."""
    return tuple(sum(u[t - m] * v[m] for m in range(3) if 0 <= t - m < 3) for t in range(5))


def first_paths(u, v):
    """The same with one path for each pixel."""
    return tuple(u[t - max(0, t - 2)] * v[max(0, t - 2)] for t in range(5))


@template(
    topics=["cnn/receptive_field"],
    difficulty=3,
    minutes=5,
    where=lambda q: q.u != q.u[::-1] and q.v != q.v[::-1] and q.u != q.v,
)
class EffectiveField:
    stem = r"""A row of pixels $x_0, x_1, \dots$ passes through two one-dimensional convolutional layers (the kernels
    are not flipped), stride 1, no padding, no bias and no nonlinearity:

    {% macro times(w) %}{{ "%d\\," % w if w > 1 }}{% endmacro -%}
    $$y_m = {{ times(u0) }}x_m + {{ times(u1) }}x_{m+1} + {{ times(u2) }}x_{m+2} \qquad
    z_m = {{ times(v0) }}y_m + {{ times(v1) }}y_{m+1} + {{ times(v2) }}y_{m+2}$$

    The receptive field of $z_0$ is $x_0, \dots, x_4$. The *influence* of a pixel is the amount by which $z_0$ grows
    when that pixel grows by 1."""

    u0: int = integers(1, 4)
    u1: int = integers(2, 5)
    u2: int = integers(1, 4)
    v0: int = integers(1, 4)
    v1: int = integers(2, 5)
    v2: int = integers(1, 4)

    def figure(q):
        return figures.cone([(3, 1), (3, 1)], ["y", "z"])

    influence = part("The influences of $x_0, x_1, x_2, x_3, x_4$, in this order", lambda q: paths(q.u, q.v), Vector())
    influence.mistake(ONE_PATH, lambda q: first_paths(q.u, q.v))
    influence.mistake(BACKWARD_WEIGHTS, lambda q: paths(q.u, q.v[::-1]))
    middle = part(
        "Which share of the sum of all five influences has the pixel in the middle, $x_2$?",
        lambda q: Fraction(q.influence[2], sum(q.influence)),
        Rational(),
    )
    middle.mistake(EQUAL_SHARES, lambda q: Fraction(1, 5))
    ends = part(
        "Which share have the two outermost pixels, $x_0$ and $x_4$, together?",
        lambda q: Fraction(q.influence[0] + q.influence[4], sum(q.influence)),
        Rational(),
    )
    ends.mistake(EQUAL_SHARES, lambda q: Fraction(2, 5))

    @property
    def u(q):
        """The weights of the first layer."""
        return q.u0, q.u1, q.u2

    @property
    def v(q):
        """The weights of the second layer."""
        return q.v0, q.v1, q.v2

    solution = r"""Put $y_0, y_1, y_2$ into $z_0$ and sort by pixels. A pixel counts once for every path that leads
    from it to $z_0$:

    | pixel | paths | influence |
    |---|---|---|
    | $x_0$ | ${{ v0 }}\cdot{{ u0 }}$ | {{ influence[0] }} |
    | $x_1$ | ${{ v0 }}\cdot{{ u1 }} + {{ v1 }}\cdot{{ u0 }}$ | {{ influence[1] }} |
    | $x_2$ | ${{ v0 }}\cdot{{ u2 }} + {{ v1 }}\cdot{{ u1 }} + {{ v2 }}\cdot{{ u0 }}$ | {{ influence[2] }} |
    | $x_3$ | ${{ v1 }}\cdot{{ u2 }} + {{ v2 }}\cdot{{ u1 }}$ | {{ influence[3] }} |
    | $x_4$ | ${{ v2 }}\cdot{{ u2 }}$ | {{ influence[4] }} |

    The influences add up to {{ influence | sum }}. The middle pixel has {{ influence[2] }} of that, a share of
    {{ middle }}. The two ends have ${{ influence[0] }} + {{ influence[4] }} = {{ influence[0] + influence[4] }}$: with
    more layers their share dwindles, and the field that counts in effect is smaller than the receptive field. Their
    share is {{ ends }}."""
