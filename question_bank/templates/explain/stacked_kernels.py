"""Why a stack of 3×3 convolutions is preferred to one large kernel: counted, then explained."""

from question_bank import Explanation, integers, one_of, part, template
from question_bank.maths.parameters import conv_params
from question_bank.maths.receptive_field import stacked_field
from question_bank.misconceptions.parameters import COUNTED_ONE_LAYER, FORGOT_INPUT_CHANNELS


@template(topics=["explain/stacks"], difficulty=3, minutes=6)
class WhyStacks:
    stem = r"""VGG replaces one convolution with a large kernel by {{ {2: "two", 3: "three", 4: "four"}[layers] }}
    convolutions with $3\times3$ kernels that follow one another. All have stride 1, from {{ channels }} to
    {{ channels }} channels, and a ReLU after them. The large kernel has the receptive field of the whole stack. Biases
    are not counted."""

    layers: int = one_of(2, 3, 4)
    channels: int = integers(8, 256)

    stack = part("Weights of the stack", lambda q: q.layers * conv_params(q.channels, q.channels, 3, bias=False))
    stack.mistake(COUNTED_ONE_LAYER, lambda q: conv_params(q.channels, q.channels, 3, bias=False))
    stack.mistake(FORGOT_INPUT_CHANNELS, lambda q: q.layers * 9 * q.channels)
    single = part(
        "Weights of the layer with the large kernel", lambda q: conv_params(q.channels, q.channels, q.side, bias=False)
    )
    single.mistake(FORGOT_INPUT_CHANNELS, lambda q: q.channels * q.side**2)
    why = part(
        "Explain why the stack is preferred, and what it has in common with the large kernel.",
        lambda q: (
            f"Both see {q.side}×{q.side} pixels of the input. The stack needs fewer weights for that, {q.stack} and "
            f"not {q.single}, and has {q.layers} nonlinearities where the large kernel has one, so that it can "
            "represent more complex functions."
        ),
        Explanation(sentences=2),
        points=2,
    )

    @property
    def side(q):
        """The side of the receptive field."""
        return stacked_field(3, q.layers)

    solution = r"""Each $3\times3$ layer adds 2 to the side of the receptive field:
    $1 + {{ layers }}\cdot2 = {{ side }}$.

    - the stack: ${{ layers }}\cdot3\cdot3\cdot{{ channels }}\cdot{{ channels }} = {{ stack }}$ weights
    - the large kernel: ${{ side }}\cdot{{ side }}\cdot{{ channels }}\cdot{{ channels }} = {{ single }}$ weights

    {{ why }}"""
