"""From images to the first fully connected layer: how many features come out of flattening."""

from math import prod

from question_bank import Misconception, Shape, figures, integers, one_of, part, template
from question_bank.maths.parameters import dense_params
from question_bank.maths.shapes import conv_out
from question_bank.misconceptions.parameters import FORGOT_DENSE_BIAS, ONE_DENSE_BIAS
from question_bank.misconceptions.shapes import FORGOT_CHANNELS, INPUT_SIZE_KEPT

ONE_POOLING = Misconception(
    "pooled only once",
    r"You halved the maps once. There is a pooling after each of the two convolutions.",
)
NO_SHRINKING = Misconception(
    "convolutions left the size as it is",
    r"You let only the poolings shrink the maps. A convolution takes $k - 1 - 2p$ pixels off each side.",
)
ONE_SIDE = Misconception(
    "channels times one side",
    r"You multiplied the channels by one side of the maps only. A map has height **times** width values.",
)


@template(
    topics=["cnn/shapes", "cnn/parameters"],
    minutes=5,
    where=lambda q: 2 * q.p < q.k - 1 and min(q.sides) >= 2,
)
class FlattenFeatures:
    stem = r"""Images that are {{ height }} pixels high and {{ width }} pixels wide with {{ c }}
    channel{{ "s" if c > 1 }} pass through this network:

    1. convolution, {{ f1 }} filters of ${{ k }}\times{{ k }}$, stride 1,
       {% if p %}padding {{ p }} on each of the four sides{% else %}no padding{% endif %}
    2. max pooling over $2\times2$ windows, stride 2
    3. convolution, {{ f2 }} filters of ${{ k }}\times{{ k }}$, stride 1,
       {% if p %}padding {{ p }} on each of the four sides{% else %}no padding{% endif %}
    4. max pooling over $2\times2$ windows, stride 2
    5. flattening: all values of an image in one vector
    6. fully connected layer with {{ hidden }} outputs, each with a bias

    Windows that do not fit entirely are dropped."""

    height: int = integers(28, 64, step=4)
    width: int = integers(28, 64, step=4)
    c: int = one_of(1, 3)
    f1: int = one_of(6, 8, 16)
    f2: int = one_of(12, 16, 24, 32)
    k: int = one_of(3, 5, 7)
    p: int = integers(0, 2)
    hidden: int = one_of(84, 100, 120, 128)

    def figure(q):
        conv = f"conv {q.k}×{q.k}, padding {q.p}"
        pool = "max pool 2×2, stride 2"
        maps = [("input", (q.height, q.width, q.c)), *[(f"after {i}", None) for i in range(1, 5)], ("", (q.hidden,))]
        steps = [f"1. {conv}", f"2. {pool}", f"3. {conv}", f"4. {pool}", "5. flattening, 6. fully connected"]
        return figures.stacks(*(x for pair in zip(maps, steps) for x in pair), maps[-1])  # noqa: B905

    def through(self, n: int, poolings: int = 2) -> int:
        """A side after operation 4, or with one pooling only."""
        once = conv_out(n, self.k, 1, self.p) // 2
        twice = conv_out(once, self.k, 1, self.p)
        return twice // 2 if poolings == 2 else twice

    @property
    def sides(self) -> tuple[int, int]:
        return self.through(self.height), self.through(self.width)

    volume = part("Shape after operation 4", lambda q: (*q.sides, q.f2), Shape(), points=2)
    volume.mistake(ONE_POOLING, lambda q: (q.through(q.height, 1), q.through(q.width, 1), q.f2))
    volume.mistake(NO_SHRINKING, lambda q: (q.height // 4, q.width // 4, q.f2))
    features = part("How many inputs does the fully connected layer have?", lambda q: prod(q.volume))
    features.mistake(FORGOT_CHANNELS, lambda q: prod(q.volume[:2]))
    features.mistake(INPUT_SIZE_KEPT, lambda q: q.height * q.width * q.f2)
    features.mistake(ONE_SIDE, lambda q: q.volume[0] * q.f2)
    dense = part(
        "How many parameters does the fully connected layer have?", lambda q: dense_params(q.features, q.hidden)
    )
    dense.mistake(FORGOT_DENSE_BIAS, lambda q: q.features * q.hidden)
    dense.mistake(ONE_DENSE_BIAS, lambda q: q.features * q.hidden + 1)

    solution = r"""A convolution of stride 1 takes a side $n$ to $n + 2p - k + 1$, here to $n - {{ k - 1 - 2 * p }}$; a
    $2\times2$ pooling of stride 2 halves it and rounds down.

    - height: {{ height }}, {{ height + 2 * p - k + 1 }}, {{ (height + 2 * p - k + 1) // 2 }},
      {{ (height + 2 * p - k + 1) // 2 + 2 * p - k + 1 }}, {{ volume[0] }}
    - width: {{ width }}, {{ width + 2 * p - k + 1 }}, {{ (width + 2 * p - k + 1) // 2 }},
      {{ (width + 2 * p - k + 1) // 2 + 2 * p - k + 1 }}, {{ volume[1] }}

    With the {{ f2 }} channels of the second convolution: ${{ volume | join("\\times") }}$.

    Flattening loses nothing: ${{ volume | join("\\cdot") }} = {{ features }}$ inputs.

    Each of the {{ hidden }} outputs has a weight for each input and a bias: $({{ features }} + 1)\cdot{{ hidden }} =
    {{ dense }}$ parameters."""
