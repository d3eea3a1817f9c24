"""Why the gradients of a weight that is used at many places are summed, explained."""

from question_bank import Explanation, integers, one_of, part, template
from question_bank.maths.shapes import conv_out


@template(topics=["explain/sharing"], difficulty=3, minutes=5)
class WhySummed:
    stem = r"""A row of ${{ n }}$ pixels $x_0, x_1, \dots$ is convolved (stride 1, no padding) with a kernel of
    ${{ k }}$ weights, $y_i = \sum_j w_j\,x_{i+j}$. Backpropagation arrives with $\delta_i = \partial L/\partial y_i$
    for every output $y_i$."""

    n: int = integers(8, 64)
    k: int = one_of(3, 5, 7)
    j: int = integers(0, lambda q: q.k - 1)

    why = part(
        "Explain why the gradient of the loss with respect to the one weight $w_{ {{ j }} }$ is a sum, over what it "
        "runs, and what each of its terms is.",
        lambda q: (
            f"The weight $w_{q.j}$ is shared: it is used at each of the {conv_out(q.n, q.k)} places of the kernel, "
            "so that it acts on the loss through every output. By the chain rule what comes along all these paths adds "
            rf"up, $\partial L/\partial w_{q.j} = \sum_i \delta_i\,x_{{i+{q.j}}}$; the term of place $i$ is the "
            "gradient that arrives there times the pixel that the weight was multiplied with."
        ),
        Explanation(sentences=2),
        points=2,
    )

    solution = r"""{{ why }}

    Had every place a weight of its own, each would have its own term as its gradient. Making them one weight means that
    a change of it changes all outputs at once."""
