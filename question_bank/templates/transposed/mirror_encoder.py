"""The output padding with which a decoder layer gives the size back that an encoder layer has taken away."""

from question_bank import Integer, Vector, integers, one_of, part, template
from question_bank.maths.shapes import conv_out
from question_bank.maths.transposed import transposed_out
from question_bank.misconceptions import Misconception
from question_bank.misconceptions.shapes import FORGOT_PLUS_ONE, IGNORED_PADDING
from question_bank.misconceptions.transposed import ADDED_PADDING, CONVOLUTION_FORMULA, TIMES_STRIDE

ALWAYS_ZERO = Misconception(
    "no output padding needed",
    r"You took it for granted that the transposed convolution gives the old size back. The encoder rounds down, so "
    r"several sizes lead to the same one; compare the size you get with the size that you want.",
)
ALWAYS_ONE = Misconception(
    "one less than the stride",
    r"You gave one less than the stride, which is the largest output padding that can be needed. It is only needed "
    r"where the encoder has dropped that many pixels.",
)
ONLY_THIS_SIZE = Misconception(
    "took the encoder for reversible",
    r"You listed one size only. The division is rounded **down**: as many neighbouring sizes as the stride says lead "
    r"to the same output.",
)


@template(
    topics=["cnn/transposed", "cnn/autoencoders"],
    difficulty=3,
    minutes=4,
    where=lambda q: q.p <= q.k // 2 and q.k >= q.s,
)
class MirrorEncoder:
    stem = r"""A layer of an encoder is a convolution with a ${{ k }}\times{{ k }}$ kernel, stride {{ s }} and padding
    {{ p }} on each side (a window that does not fit entirely is dropped). Its input is ${{ n }}\times{{ n }}$. The
    decoder mirrors it by a transposed convolution with the same kernel size, stride and padding, whose output is to be
    ${{ n }}\times{{ n }}$ again."""

    n: int = integers(12, 64)
    k: int = one_of(3, 4, 5)
    s: int = one_of(2, 3)
    p: int = integers(0, 2)

    small = part("Side of the encoder layer's output", lambda q: conv_out(q.n, q.k, q.s, q.p), Integer())
    small.mistake(FORGOT_PLUS_ONE, lambda q: conv_out(q.n, q.k, q.s, q.p) - 1)
    small.mistake(
        IGNORED_PADDING,
        lambda q: conv_out(q.n, q.k, q.s),
        when=lambda q: conv_out(q.n, q.k, q.s) < conv_out(q.n, q.k, q.s, q.p) - 1,
    )
    back = part(
        "Side of the decoder layer's output **without** output padding",
        lambda q: transposed_out(q.small, q.k, q.s, q.p),
        Integer(),
    )
    back.mistake(TIMES_STRIDE, lambda q: q.small * q.s, when=lambda q: q.k - 2 * q.p != q.s)
    back.mistake(ADDED_PADDING, lambda q: transposed_out(q.small, q.k, q.s, -q.p), when=lambda q: q.p > 0)
    back.mistake(CONVOLUTION_FORMULA, lambda q: conv_out(q.small, q.k, q.s, q.p))
    extra = part("Output padding that is needed", lambda q: q.n - q.back, Integer())
    extra.mistake(ALWAYS_ZERO, lambda q: 0, when=lambda q: q.extra != 0)
    extra.mistake(ALWAYS_ONE, lambda q: q.s - 1, when=lambda q: q.extra not in (q.s - 1, 0))
    sizes = part(
        "All input sides for which the encoder layer gives the same output, from small to large",
        lambda q: tuple(range(q.back, q.back + q.s)) if 0 < q.back < 10**6 else (),
        Vector(),
    )
    sizes.mistake(ONLY_THIS_SIZE, lambda q: (q.n,))

    solution = r"""The encoder layer gives
    $\lfloor({{ n }} + 2\cdot{{ p }} - {{ k }})/{{ s }}\rfloor + 1 = {{ small }}$. The transposed convolution makes of
    that $({{ small }} - 1)\cdot{{ s }} - 2\cdot{{ p }} + {{ k }} = {{ back }}$, so the output padding has to be
    ${{ n }} - {{ back }} = {{ extra }}$. It is the rest of the encoder's division,
    $({{ n }} + 2\cdot{{ p }} - {{ k }}) \bmod {{ s }} = {{ extra }}$: the pixels that no window has reached.

    Without the output padding the size would be ambiguous. Since the encoder rounds down, {{ s }} input sides lead to
    {{ small }}: {{ sizes | join(", ") }}."""
