"""The shape after each of six operations: convolution, ReLU and max pooling, twice."""

from question_bank import Shape, figures, integers, one_of, part, template
from question_bank.maths.parameters import conv_params
from question_bank.maths.shapes import conv_volume, pool_volume
from question_bank.misconceptions.parameters import FORGOT_BIAS, POOLING_HAS_WEIGHTS
from question_bank.misconceptions.pooling import NON_OVERLAPPING
from question_bank.misconceptions.shapes import IGNORED_PADDING, KEPT_INPUT_CHANNELS, MERGED_CHANNELS, ONE_SIDED_PADDING


@template(
    topics=["cnn/shapes", "cnn/parameters"],
    difficulty=3,
    minutes=8,
    where=lambda q: q.p1 <= q.k1 // 2 and q.p4 <= q.k4 // 2 and min(q.after6) >= 2,
)
class LayerChain:
    stem = r"""An input of ${{ n }}\times{{ n }}\times{{ c }}$ (height × width × channels) passes through six
    operations:

    1. convolution, {{ f1 }} filters of ${{ k1 }}\times{{ k1 }}$, stride {{ s1 }}, padding {{ p1 }}
    2. ReLU
    3. max pooling over ${{ k3 }}\times{{ k3 }}$ windows, stride {{ s3 }}, padding {{ p3 }}
    4. convolution, {{ f4 }} filters of ${{ k4 }}\times{{ k4 }}$, stride 1, padding {{ p4 }}
    5. ReLU
    6. max pooling over ${{ k6 }}\times{{ k6 }}$ windows, stride 2, padding {{ p6 }}

    Padding is added on all four sides, and a window that does not fit entirely is dropped. Both convolutions have
    biases. Give shapes as height, width, channels."""

    n: int = integers(10, 48, step=2)
    c: int = one_of(1, 3, 10)
    f1: int = one_of(8, 16, 32, 40)
    k1: int = one_of(3, 5)
    s1: int = one_of(1, 2)
    p1: int = integers(0, 2)
    k3: int = one_of(2, 3)
    s3: int = one_of(1, 2)
    p3: int = integers(0, 1)
    f4: int = one_of(10, 20, 24, 64)
    k4: int = one_of(3, 5)
    p4: int = integers(0, 2)
    k6: int = one_of(2, 3)
    p6: int = integers(0, 1)

    def figure(q):
        conv1 = f"1. conv {q.k1}×{q.k1}, {q.f1} filters, stride {q.s1}, padding {q.p1}"
        pool3 = f"3. max pool {q.k3}×{q.k3}, stride {q.s3}, padding {q.p3}"
        conv4 = f"4. conv {q.k4}×{q.k4}, {q.f4} filters, stride 1, padding {q.p4}"
        pool6 = f"6. max pool {q.k6}×{q.k6}, stride 2, padding {q.p6}"
        maps = [("input", (q.n, q.n, q.c)), *[(f"after {i}", None) for i in range(1, 7)]]
        operations = [conv1, "2. ReLU", pool3, conv4, "5. ReLU", pool6]
        return figures.stacks(*(x for pair in zip(maps, operations) for x in pair), maps[-1])  # noqa: B905

    after1 = part("Shape after operation 1", lambda q: conv_volume((q.n, q.n, q.c), q.f1, q.k1, q.s1, q.p1), Shape())
    after1.mistake(KEPT_INPUT_CHANNELS, lambda q: (*q.after1[:2], q.c))
    after1.mistake(
        ONE_SIDED_PADDING,
        lambda q: conv_volume((q.n + q.p1, q.n + q.p1, q.c), q.f1, q.k1, q.s1),
        when=lambda q: q.p1 > 0,
    )
    after2 = part("Shape after operation 2", lambda q: tuple(q.after1), Shape())
    after3 = part("Shape after operation 3", lambda q: pool_volume(q.after2, q.k3, q.s3, q.p3), Shape())
    after3.mistake(IGNORED_PADDING, lambda q: pool_volume(q.after2, q.k3, q.s3), when=lambda q: q.p3 > 0)
    after3.mistake(NON_OVERLAPPING, lambda q: pool_volume(q.after2, q.k3, q.k3, q.p3), when=lambda q: q.k3 > q.s3)
    after3.mistake(MERGED_CHANNELS, lambda q: (*q.after3[:2], 1))
    after4 = part("Shape after operation 4", lambda q: conv_volume(q.after3, q.f4, q.k4, 1, q.p4), Shape())
    after4.mistake(KEPT_INPUT_CHANNELS, lambda q: (*q.after4[:2], q.after3[2]))
    after4.mistake(IGNORED_PADDING, lambda q: conv_volume(q.after3, q.f4, q.k4), when=lambda q: q.p4 > 0)
    after5 = part("Shape after operation 5", lambda q: tuple(q.after4), Shape())
    after6 = part("Shape after operation 6", lambda q: pool_volume(q.after5, q.k6, 2, q.p6), Shape())
    after6.mistake(IGNORED_PADDING, lambda q: pool_volume(q.after5, q.k6, 2), when=lambda q: q.p6 > 0)
    after6.mistake(NON_OVERLAPPING, lambda q: pool_volume(q.after5, q.k6, q.k6, q.p6), when=lambda q: q.k6 > 2)
    params = part(
        "Parameters of all six operations together",
        lambda q: conv_params(q.c, q.f1, q.k1) + conv_params(q.f1, q.f4, q.k4),
    )
    params.mistake(FORGOT_BIAS, lambda q: q.params - q.f1 - q.f4)
    params.mistake(POOLING_HAS_WEIGHTS, lambda q: q.params + q.k3**2 + q.k6**2)

    solution = r"""A convolution or a pooling takes a side $n$ to $\lfloor(n + 2p - k)/s\rfloor + 1$. A convolution
    gives as many channels as it has filters; pooling keeps the channels; ReLU works entry by entry and changes no
    size.

    1. $\lfloor({{ n }} + 2\cdot{{ p1 }} - {{ k1 }})/{{ s1 }}\rfloor + 1 = {{ after1[0] }}$, hence
       ${{ after1 | join("\\times") }}$
    2. ReLU: ${{ after2 | join("\\times") }}$
    3. $\lfloor({{ after2[0] }} + 2\cdot{{ p3 }} - {{ k3 }})/{{ s3 }}\rfloor + 1 = {{ after3[0] }}$, hence
       ${{ after3 | join("\\times") }}$
    4. $\lfloor({{ after3[0] }} + 2\cdot{{ p4 }} - {{ k4 }})/1\rfloor + 1 = {{ after4[0] }}$, hence
       ${{ after4 | join("\\times") }}$
    5. ReLU: ${{ after5 | join("\\times") }}$
    6. $\lfloor({{ after5[0] }} + 2\cdot{{ p6 }} - {{ k6 }})/2\rfloor + 1 = {{ after6[0] }}$, hence
       ${{ after6 | join("\\times") }}$

    Only the convolutions have parameters, per filter its weights and one bias:
    ${{ f1 }}({{ k1 }}\cdot{{ k1 }}\cdot{{ c }} + 1) + {{ f4 }}({{ k4 }}\cdot{{ k4 }}\cdot{{ f1 }} + 1) =
    {{ f1 * (k1 * k1 * c + 1) }} + {{ f4 * (k4 * k4 * f1 + 1) }} = {{ params }}$."""
