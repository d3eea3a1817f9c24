"""A convolution against a fully connected layer between the same two volumes."""

from question_bank import Misconception, Real, integers, one_of, part, template
from question_bank.maths.parameters import conv_params, dense_params
from question_bank.maths.shapes import conv_out
from question_bank.misconceptions.parameters import COUNTED_POSITIONS, FORGOT_BIAS, FORGOT_DENSE_BIAS

BIAS_PER_FILTER = Misconception(
    "shared the biases of the fully connected layer",
    r"You gave the fully connected layer one bias per output channel. It shares nothing: every single output value has "
    r"a bias of its own.",
)
SHARED_DENSE = Misconception(
    "shared the weights of the fully connected layer",
    r"You counted the outputs of one pixel only, as if all pixels of a channel used the same weights. A fully "
    r"connected layer shares nothing: each of its output **values** has a weight for every input value.",
)
OTHER_WAY_ROUND = Misconception(
    "divided the other way round",
    r"You divided the convolution's parameters by those of the fully connected layer. The question asks how many times "
    r"as many the latter has.",
)


@template(topics=["cnn/parameters"], minutes=5, where=lambda q: q.height != q.width)
class ConvAgainstDense:
    stem = r"""A convolutional layer with {{ filters }} filters of ${{ k }}\times{{ k }}$, stride 1 and no padding
    is applied to images that are {{ height }} pixels high and {{ width }} pixels wide with {{ channels }}
    channel{{ "s" if channels > 1 }}. Instead, a fully connected layer could compute a volume of the same size: its
    inputs are all values of the image, its outputs all values of the volume. Both layers have biases."""

    height: int = integers(8, 32, step=2)
    width: int = integers(8, 32, step=2)
    channels: int = one_of(1, 3, 4, 6)
    filters: int = one_of(4, 6, 8, 10, 16)
    k: int = one_of(3, 5, 7)

    @property
    def pixels(self) -> int:
        """Pixels of one output map."""
        return conv_out(self.height, self.k) * conv_out(self.width, self.k)

    conv = part("Parameters of the convolutional layer", lambda q: conv_params(q.channels, q.filters, q.k))
    conv.mistake(FORGOT_BIAS, lambda q: conv_params(q.channels, q.filters, q.k, bias=False))
    conv.mistake(COUNTED_POSITIONS, lambda q: conv_params(q.channels, q.filters, q.k) * q.pixels)
    outputs = part("Outputs of the fully connected layer", lambda q: q.pixels * q.filters)
    outputs.mistake(SHARED_DENSE, lambda q: q.filters)
    dense = part(
        "Parameters of the fully connected layer",
        lambda q: dense_params(q.height * q.width * q.channels, q.outputs),
    )
    dense.mistake(FORGOT_DENSE_BIAS, lambda q: q.height * q.width * q.channels * q.outputs)
    dense.mistake(BIAS_PER_FILTER, lambda q: q.height * q.width * q.channels * q.outputs + q.filters)
    dense.mistake(SHARED_DENSE, lambda q: dense_params(q.height * q.width * q.channels, q.filters))
    ratio = part(
        "How many times as many parameters does the fully connected layer have? (to three significant figures)",
        lambda q: q.dense / q.conv,
        Real(rel=0.006),
    )
    ratio.mistake(OTHER_WAY_ROUND, lambda q: q.conv / q.dense)

    solution = r"""Convolution: each filter has ${{ k }}\cdot{{ k }}\cdot{{ channels }}$ weights and a bias, the same at
    every position: ${{ filters }}\cdot({{ k * k * channels }} + 1) = {{ conv }}$.

    Its output is ${{ height - k + 1 }}\times{{ width - k + 1 }}\times{{ filters }}$, that is {{ outputs }} values. The
    fully connected layer needs as many outputs. Each has a weight for each of the
    ${{ height }}\cdot{{ width }}\cdot{{ channels }} = {{ height * width * channels }}$ input values, and a bias:
    $({{ height * width * channels }} + 1)\cdot{{ outputs }} = {{ dense }}$.

    That is ${{ dense }}/{{ conv }} \approx {{ "%.3g" % ratio if ratio < 1000 else "%.0f" % ratio }}$ times as many. The
    convolution saves by looking at a small window (local connections) and by using the same weights at every position
    (shared weights)."""
