"""Backward by hand through max pooling and ReLU into the kernel of a convolution."""

from question_bank import Matrix, figures, matrices, part, template
from question_bank.maths.backprop import max_pool_gradient, weight_gradient
from question_bank.maths.images import Image, cross_correlate, flip
from question_bank.misconceptions import Misconception
from question_bank.misconceptions.backprop import FLIPPED_OUTPUT_GRADIENT
from question_bank.misconceptions.convolution import FLIPPED_KERNEL

IGNORED_RELU = Misconception(
    "went through the ReLU unchanged",
    r"You let gradients pass where $z$ is negative. There the ReLU gives 0, whatever $z$ is exactly: its derivative, "
    r"and so the gradient, is 0.",
)
TO_THE_WHOLE_WINDOW = Misconception(
    "gave it to the whole window",
    r"You handed the gradient to every entry of the window. Max pooling passes on the largest entry only, so that "
    r"entry alone gets the gradient; the others get 0.",
)
MASKED_BY_GRADIENT = Misconception(
    "masked by the sign of the gradient",
    r"You set negative gradients to 0. The ReLU looks at its **input** $z$: where $z > 0$ a gradient passes, whatever "
    r"its sign.",
)
FORWARD_RELU = Misconception(
    "gave the output of the ReLU",
    r"You gave $a$, the result after the ReLU. What is asked for is $z$, before it: negative entries are kept.",
)


def relu(rows):
    """Negative entries become 0."""
    return tuple(tuple(max(entry, 0) for entry in row) for row in rows)


def masked(gradient, by):
    """The gradient where `by` is positive, else 0."""
    return tuple(
        tuple(g if b > 0 else 0 for g, b in zip(gs, bs, strict=True)) for gs, bs in zip(gradient, by, strict=True)
    )


def backward(z, d):
    """The gradient by z, through pooling and ReLU."""
    return masked(max_pool_gradient(relu(z), d, 2), z)


def spread(d):
    """Each gradient at all four places of its window."""
    return ((d[0][0],) * 2 + (d[0][1],) * 2,) * 2


def windows(z):
    """The entries of the two pooling windows."""
    return [[row[j] for row in z for j in (start, start + 1)] for start in (0, 2)]


def sensible(q):
    """One largest entry in each window; one window at least lets a gradient through; no zeros, which are borderline."""
    pools = windows(q.z)
    untied = all(pool.count(max(pool)) == 1 and 0 not in pool for pool in pools)
    return untied and any(max(pool) > 0 for pool in pools) and 0 not in q.d[0] and q.kernel != flip(q.kernel)


@template(topics=["cnn/backprop", "cnn/pooling"], difficulty=4, minutes=10, where=sensible)
class ReluPoolConv:
    stem = r"""A small network consists of

    1. a convolution: $z$ is the cross-correlation of the image $x$ with the kernel $w$ (not flipped), stride 1, no
       padding, no bias;
    2. a ReLU: $a = \max(z, 0)$;
    3. max pooling over $2\times2$ windows with stride 2: $y$, which has one row and two columns.

    The gradients of the loss by the outputs are $d = \partial L/\partial y$.

    $$x = {{ image | latex }} \qquad w = {{ kernel | latex }} \qquad d = {{ d | latex }}$$"""

    image: Image = matrices(3, 5, -2, 4)
    kernel: Image = matrices(2, 2, -2, 2)
    d: Image = matrices(1, 2, -3, 4)

    def figure(q):
        """The three layers."""
        return figures.strip(
            ("x", "input", (3, 5)),
            ("conv 2×2", "conv", (2, 4)),
            ("ReLU", "activation", (2, 4)),
            ("max pool 2×2, stride 2", "pool", (1, 2)),
        )

    z = part("The matrix $z$", lambda q: cross_correlate(q.image, q.kernel), Matrix())
    z.mistake(FLIPPED_KERNEL, lambda q: cross_correlate(q.image, flip(q.kernel)))
    z.mistake(FORWARD_RELU, lambda q: relu(q.z), when=lambda q: q.z != relu(q.z))
    dz = part(r"The matrix $\partial L/\partial z$", lambda q: backward(q.z, q.d), Matrix(), points=2)
    dz.mistake(TO_THE_WHOLE_WINDOW, lambda q: masked(spread(q.d), q.z), when=lambda q: masked(spread(q.d), q.z) != q.dz)
    dz.mistake(IGNORED_RELU, lambda q: max_pool_gradient(q.z, q.d, 2), when=lambda q: min(map(max, windows(q.z))) < 0)
    dz.mistake(MASKED_BY_GRADIENT, lambda q: masked(q.dz, q.dz), when=lambda q: masked(q.dz, q.dz) != q.dz)
    dw = part(r"The matrix $\partial L/\partial w$", lambda q: weight_gradient(q.image, q.dz, 2), Matrix(), points=2)
    dw.mistake(FLIPPED_OUTPUT_GRADIENT, lambda q: weight_gradient(q.image, flip(q.dz), 2))

    solution = r"""Forward, the convolution gives

    $$z = {{ z | latex }}.$$

    The two windows of the pooling are the left and the right half of $z$. Backward, each entry of $d$ goes to the
    **largest** entry of its window, and from there through the ReLU, which lets it pass where $z > 0$, whatever the
    sign of the gradient:

    {% for window in [0, 1] -%}
    {% set largest = [z[0][2 * window], z[0][2 * window + 1], z[1][2 * window], z[1][2 * window + 1]] | max -%}
    - {{ "left" if window == 0 else "right" }}: the largest entry is ${{ largest }}$, {% if largest > 0 -%}
    so it gets ${{ d[0][window] }}$
    {%- else -%}
    so the ReLU gives 0 in the whole window and nothing passes
    {%- endif %}
    {% endfor %}
    $$\frac{\partial L}{\partial z} = {{ dz | latex }}$$

    For the kernel, this matrix is slid over the image as it is, because
    $\partial L/\partial w_{mn} = \sum_{ij} (\partial L/\partial z_{ij})\,x_{i+m,\,j+n}$. Only the entries that are not
    zero count:

    $$\frac{\partial L}{\partial w} = {{ dw | latex }}$$"""
