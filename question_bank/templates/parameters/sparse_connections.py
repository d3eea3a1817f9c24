"""A convolution whose filters see some of the maps only, by a table of connections, as LeNet-5's C3."""

from question_bank import Misconception, integers, one_of, part, template
from question_bank.maths.parameters import conv_params
from question_bank.misconceptions.parameters import FORGOT_BIAS, ONE_BIAS_IN_ALL

ALL_MAPS = Misconception(
    "connected every filter to every map",
    r"You let every filter see all maps. By the table most see only some of them, and a filter has a kernel only for "
    r"the maps that it sees.",
)
BIAS_PER_KERNEL = Misconception(
    "one bias per kernel",
    r"You counted a bias for every kernel. The results of a filter's kernels are added up first, and **one** bias is "
    r"added to that.",
)
POOLING_IS_FREE = Misconception(
    "took it for max pooling",
    r"You gave the subsampling no parameters, which is right for max pooling. In LeNet-5 each map has a coefficient "
    r"and a bias that are learned.",
)
WINDOW_OF_WEIGHTS = Misconception(
    "four weights per map",
    r"You gave each map a weight for every pixel of the window. The four pixels are added up first, and **one** "
    r"coefficient multiplies the sum.",
)


@template(topics=["cnn/parameters", "cnn/architectures"], difficulty=3, minutes=6)
class SparseConnections:
    stem = r"""In LeNet-5 the filters of layer C3 see only some of the maps of the subsampling layer before it. A table
    says which. In a variant of it the layer before has {{ maps }} maps, and of the {{ filters }} filters of C3

    - {{ three }} see 3 maps each,
    - {{ four }} see 4 maps each,
    - 1 sees all {{ maps }} maps.

    A filter has a kernel of ${{ k }}\times{{ k }}$ for each map that it sees, and one bias. The subsampling layer
    before adds up $2\times2$ pixels, multiplies the sum by a coefficient and adds a bias; each map has a coefficient
    and a bias of its own, and both are learned."""

    maps: int = integers(5, 10)
    three: int = integers(4, 10)
    four: int = integers(5, 12)
    k: int = one_of(3, 5)

    @property
    def filters(self) -> int:
        return self.three + self.four + 1

    subsampling = part("Trainable parameters of the subsampling layer", lambda q: 2 * q.maps)
    subsampling.mistake(POOLING_IS_FREE, lambda q: 0)
    subsampling.mistake(WINDOW_OF_WEIGHTS, lambda q: 5 * q.maps)
    kernels = part(
        "How many ${{ k }}\\times{{ k }}$ kernels does C3 have?", lambda q: 3 * q.three + 4 * q.four + q.maps
    )
    kernels.mistake(ALL_MAPS, lambda q: q.filters * q.maps)
    sparse = part("Parameters of C3", lambda q: q.k**2 * q.kernels + q.filters)
    sparse.mistake(ALL_MAPS, lambda q: conv_params(q.maps, q.filters, q.k))
    sparse.mistake(FORGOT_BIAS, lambda q: q.k**2 * q.kernels)
    sparse.mistake(BIAS_PER_KERNEL, lambda q: (q.k**2 + 1) * q.kernels)
    dense = part(
        "How many parameters would C3 have if every filter saw all maps?", lambda q: conv_params(q.maps, q.filters, q.k)
    )
    dense.mistake(FORGOT_BIAS, lambda q: conv_params(q.maps, q.filters, q.k, bias=False))
    dense.mistake(ONE_BIAS_IN_ALL, lambda q: conv_params(q.maps, q.filters, q.k, bias=False) + 1)

    solution = r"""The subsampling layer has a coefficient and a bias for each of its {{ maps }} maps:
    $2\cdot{{ maps }} = {{ subsampling }}$ parameters.

    C3 has a kernel for each pair of a filter and a map that it sees: ${{ three }}\cdot3 + {{ four }}\cdot4 + {{ maps }}
    = {{ kernels }}$ kernels. With a bias for each of the {{ filters }} filters that makes
    ${{ k * k }}\cdot{{ kernels }} + {{ filters }} = {{ sparse }}$ parameters.

    If every filter saw all maps, there would be ${{ filters }}\cdot({{ k * k }}\cdot{{ maps }} + 1) = {{ dense }}$."""
