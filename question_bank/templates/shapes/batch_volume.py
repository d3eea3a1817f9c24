"""The output of a convolution for a batch of images, with the axes in either order."""

from math import prod

from question_bank import Misconception, Shape, integers, one_of, part, template
from question_bank.maths.shapes import conv_out
from question_bank.misconceptions.shapes import KEPT_INPUT_CHANNELS, ONE_SIDED_PADDING, OTHER_LAYOUT

MULTIPLIED_CHANNELS = Misconception(
    "input channels times filters",
    r"You gave every filter one output channel per input channel. A filter **adds up** what it finds in all input "
    r"channels, so it gives a single output channel.",
)
ONE_IMAGE = Misconception(
    "counted one image of the batch",
    r"You counted the values of one image. The layer computes an output for every image of the batch.",
)


@template(
    topics=["cnn/shapes"],
    minutes=4,
    where=lambda q: q.height != q.width and q.p <= q.k // 2 and q.images not in (q.channels, q.filters),
)
class BatchVolume:
    stem = r"""A batch of {{ images }} images, each {{ height }} pixels high and {{ width }} pixels wide with
    {{ channels }} channels, is given to a convolutional layer with {{ filters }} filters of
    ${{ k }}\times{{ k }}$, stride {{ s }} and {% if p %}padding {{ p }} on each of the four sides{% else %}no
    padding{% endif %}. Windows that do not fit entirely are dropped. All tensors have the layout **{{ layout }}**:
    {% if layout == "NCHW" %}images, channels, height, width (as in PyTorch){% else %}images, height, width, channels
    (as TensorFlow has it by default){% endif %}."""

    layout: str = one_of("NCHW", "NHWC")
    images: int = one_of(4, 10, 20, 32, 50, 64)
    height: int = integers(20, 64)
    width: int = integers(20, 64)
    channels: int = one_of(3, 6, 8, 16)
    filters: int = one_of(10, 12, 20, 24, 32)
    k: int = one_of(3, 5, 7)
    s: int = one_of(1, 2, 3)
    p: int = integers(0, 2)

    def laid_out(self, layout: str, channels: int, height: int, width: int) -> tuple[int, ...]:
        volume = (channels, height, width) if layout == "NCHW" else (height, width, channels)
        return (self.images, *volume)

    def sides(self, once: int = 0) -> tuple[int, int]:
        """Height and width of the output; `once`: with so much padding on one side only."""
        added, p = (once, 0) if once else (0, self.p)
        return conv_out(self.height + added, self.k, self.s, p), conv_out(self.width + added, self.k, self.s, p)

    @property
    def other(self) -> str:
        return "NHWC" if self.layout == "NCHW" else "NCHW"

    @property
    def axes(self) -> Shape:
        volume = ("channels", "height", "width") if self.layout == "NCHW" else ("height", "width", "channels")
        return Shape(axes=("images", *volume))

    given_shape = part(
        "Shape of the input tensor",
        lambda q: q.laid_out(q.layout, q.channels, q.height, q.width),
        lambda q: q.axes,
    )
    given_shape.mistake(OTHER_LAYOUT, lambda q: q.laid_out(q.other, q.channels, q.height, q.width))
    output = part(
        "Shape of the output tensor",
        lambda q: q.laid_out(q.layout, q.filters, *q.sides()),
        lambda q: q.axes,
        points=2,
    )
    output.mistake(KEPT_INPUT_CHANNELS, lambda q: q.laid_out(q.layout, q.channels, *q.sides()))
    output.mistake(MULTIPLIED_CHANNELS, lambda q: q.laid_out(q.layout, q.channels * q.filters, *q.sides()))
    output.mistake(OTHER_LAYOUT, lambda q: q.laid_out(q.other, q.filters, *q.sides()))
    output.mistake(
        ONE_SIDED_PADDING, lambda q: q.laid_out(q.layout, q.filters, *q.sides(once=q.p)), when=lambda q: q.p > 0
    )
    values = part("How many numbers does the output tensor hold?", lambda q: prod(q.output))
    values.mistake(ONE_IMAGE, lambda q: prod(q.output[1:]))

    solution = r"""The input is laid out as {{ layout }}: ${{ given_shape | join("\\times") }}$.

    A side of $n$ pixels becomes $\lfloor(n + 2p - k)/s\rfloor + 1$:

    - height $\lfloor({{ height }} + 2\cdot{{ p }} - {{ k }})/{{ s }}\rfloor + 1 = {{ sides()[0] }}$
    - width $\lfloor({{ width }} + 2\cdot{{ p }} - {{ k }})/{{ s }}\rfloor + 1 = {{ sides()[1] }}$

    Each of the {{ filters }} filters gives one channel, and each of the {{ images }} images has an output of its
    own. Laid out as {{ layout }}, the output is ${{ output | join("\\times") }}$.

    It holds ${{ output | join("\\cdot") }} = {{ values }}$ numbers."""
