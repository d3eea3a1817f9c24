"""All trainable parameters of LeNet-5 as it was published, and of variants of it."""

from question_bank import Misconception, one_of, part, template
from question_bank.maths.parameters import conv_params, dense_params
from question_bank.misconceptions.parameters import FORGOT_BIAS

NO_SUBSAMPLING = Misconception(
    "gave the subsampling layers no parameters",
    r"You took the subsampling layers for max pooling. In LeNet-5 each of their maps has a coefficient and a bias that "
    r"are learned.",
)
ONE_OF_TWO = Misconception(
    "counted one subsampling layer",
    r"You counted one of the two subsampling layers. Both have a coefficient and a bias for each map.",
)
ALL_MAPS = Misconception(
    "connected every filter of C3 to every map",
    r"You let every filter of C3 see all maps. A filter has a kernel only for the maps that it sees.",
)
ONE_PIXEL = Misconception(
    "gave C5 one weight per map",
    r"You gave each filter of C5 one weight per map. Its kernel covers the whole map: all of its pixels count.",
)


@template(topics=["cnn/parameters", "cnn/architectures"], difficulty=4, minutes=8)
class LenetOriginal:
    stem = r"""A network in the manner of LeNet-5 (1998) reads grey images of $32\times32$ pixels. Convolutions have
    stride 1, no padding and a bias for every filter.

    | layer | what it does | output |
    |---|---|---|
    | C1 | convolution, {{ f1 }} filters of $5\times5$ | $28\times28\times{{ f1 }}$ |
    | S2 | subsampling | $14\times14\times{{ f1 }}$ |
    | C3 | convolution, {{ f3 }} filters of $5\times5$, {{ kernels }} kernels in all | $10\times10\times{{ f3 }}$ |
    | S4 | subsampling | $5\times5\times{{ f3 }}$ |
    | C5 | convolution, {{ f5 }} filters of $5\times5$ | $1\times1\times{{ f5 }}$ |
    | F6 | fully connected, with biases | {{ f6 }} |

    A subsampling layer adds up $2\times2$ pixels, multiplies by a coefficient and adds a bias; each map has a
    coefficient and a bias of its own, and both are learned. The filters of C3 see only some of the maps of S2: there
    are {{ kernels }} pairs of a filter and a map that it sees, each with a kernel. C5 sees all maps. The output layer
    after F6 is fixed and not counted."""

    f1: int = one_of(6, 8)
    f3: int = one_of(16, 20, 24)
    seen: int = one_of(3, 4, 5)
    extra: int = one_of(0, 4, 8, 12)
    f5: int = one_of(100, 120, 150)
    f6: int = one_of(60, 84, 96)

    @property
    def kernels(self) -> int:
        """Pairs of a filter of C3 and a map that it sees; 60 in LeNet-5."""
        return self.seen * self.f3 + self.extra

    subsampling = part("Parameters of S2 and S4 together", lambda q: 2 * (q.f1 + q.f3))
    subsampling.mistake(NO_SUBSAMPLING, lambda q: 0)
    subsampling.mistake(ONE_OF_TWO, lambda q: 2 * q.f3)
    c3 = part("Parameters of C3", lambda q: 25 * q.kernels + q.f3)
    c3.mistake(ALL_MAPS, lambda q: conv_params(q.f1, q.f3, 5))
    c3.mistake(FORGOT_BIAS, lambda q: 25 * q.kernels)
    c5 = part("Parameters of C5", lambda q: conv_params(q.f3, q.f5, 5))
    c5.mistake(ONE_PIXEL, lambda q: dense_params(q.f3, q.f5))
    c5.mistake(FORGOT_BIAS, lambda q: conv_params(q.f3, q.f5, 5, bias=False))
    total = part(
        "Trainable parameters of all six layers",
        lambda q: conv_params(1, q.f1, 5) + q.subsampling + q.c3 + q.c5 + dense_params(q.f5, q.f6),
    )
    total.mistake(NO_SUBSAMPLING, lambda q: q.total - q.subsampling)

    solution = r"""- C1: ${{ f1 }}\cdot(25 + 1) = {{ 26 * f1 }}$
    - S2 and S4: a coefficient and a bias for each map, $2\cdot({{ f1 }} + {{ f3 }}) = {{ subsampling }}$
    - C3: ${{ kernels }}\cdot25 + {{ f3 }} = {{ c3 }}$
    - C5: its $5\times5$ kernels cover the whole maps, so it is a fully connected layer in fact;
      ${{ f5 }}\cdot(25\cdot{{ f3 }} + 1) = {{ c5 }}$
    - F6: $({{ f5 }} + 1)\cdot{{ f6 }} = {{ (f5 + 1) * f6 }}$

    Together ${{ 26 * f1 }} + {{ subsampling }} + {{ c3 }} + {{ c5 }} + {{ (f5 + 1) * f6 }} = {{ total }}$."""
