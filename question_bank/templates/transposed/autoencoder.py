"""The shapes in a convolutional auto-encoder, the size of its code and how much it compresses."""

from question_bank import Integer, Real, Shape, figures, integers, one_of, part, template
from question_bank.maths.shapes import conv_out, conv_volume
from question_bank.maths.transposed import transposed_out
from question_bank.misconceptions import Misconception
from question_bank.misconceptions.shapes import FORGOT_PLUS_ONE, KEPT_INPUT_CHANNELS
from question_bank.misconceptions.transposed import (
    CONVOLUTION_FORMULA,
    COUNTED_CHANNELS_AS_PIXELS,
    FORGOT_OUTPUT_PADDING,
)

UPSIDE_DOWN = Misconception(
    "gave the share that is left",
    r"You divided the code by the image. The compression factor says how many times **smaller** the code is: image "
    r"divided by code.",
)
PIXELS_ONLY = Misconception(
    "compared pixels, not numbers",
    r"You compared the sides' areas only. While the map gets smaller the number of channels grows, so compare height × "
    r"width × channels of both.",
)
ONE_LAYER = Misconception(
    "shrank the image once only",
    r"You took the shape after the first layer for that after the second. Each layer of stride 2 halves the sides "
    r"anew.",
)


@template(
    topics=["cnn/autoencoders", "cnn/transposed", "cnn/shapes"],
    difficulty=3,
    minutes=6,
    where=lambda q: q.height != q.width and q.code < q.channels * q.height * q.width,
)
class Autoencoder:
    stem = r"""A convolutional auto-encoder takes {{ subject }} of ${{ height }}\times{{ width }}$
    pixels (height × width) with {{ channels }} channel{{ "s" if channels > 1 }}.

    | | layer | channels |
    |---|---|---|
    | 1 | $3\times3$ convolution, stride 2, padding 1; ReLU | {{ channels }} → {{ c1 }} |
    | 2 | $3\times3$ convolution, stride 2, padding 1; ReLU | {{ c1 }} → {{ c2 }} |
    | 3 | $3\times3$ transposed, stride 2, padding 1, output padding {{ extra }}; ReLU | {{ c2 }} → {{ c1 }} |
    | 4 | $3\times3$ transposed, stride 2, padding 1, output padding 1; sigmoid | {{ c1 }} → {{ channels }} |

    The last two are transposed convolutions. A window that does not fit entirely is dropped. The output of
    layer 2 is the code (the latent representation). Give shapes as height, width, channels."""

    subject: str = one_of("photographs", "satellite images", "slices of medical scans")
    channels: int = one_of(1, 3, 4)
    height: int = integers(24, 96, step=4)
    width: int = integers(24, 96, step=4)
    c1: int = one_of(8, 16, 32)
    c2: int = one_of(2, 4, 8)
    extra: int = one_of(0, 1)

    def figure(q):
        """The layers, without the sizes that are asked for."""
        return figures.strip(
            ("image", "input", (q.height, q.width, q.channels)),
            (f"conv 3×3, {q.c1} filters, stride 2", "conv"),
            (f"conv 3×3, {q.c2} filters, stride 2", "conv"),
            ("code", "output"),
            (f"transposed 3×3, {q.c1} filters, stride 2", "conv"),
            (f"transposed 3×3, {q.channels} filter{'s' * (q.channels > 1)}, stride 2", "conv"),
            ("reconstruction", "output"),
        )

    after1 = part(
        "Shape after layer 1",
        lambda q: conv_volume((q.height, q.width, q.channels), q.c1, 3, 2, 1),
        Shape(),
    )
    after1.mistake(KEPT_INPUT_CHANNELS, lambda q: (*q.after1[:2], q.channels))
    after1.mistake(FORGOT_PLUS_ONE, lambda q: (q.after1[0] - 1, q.after1[1] - 1, q.c1))
    latent = part("Shape of the code", lambda q: conv_volume(q.after1, q.c2, 3, 2, 1), Shape())
    latent.mistake(KEPT_INPUT_CHANNELS, lambda q: (*q.latent[:2], q.after1[2]))
    latent.mistake(ONE_LAYER, lambda q: (*q.after1[:2], q.c2))
    code = part("How many numbers does the code hold?", lambda q: q.latent[0] * q.latent[1] * q.latent[2], Integer())
    code.mistake(COUNTED_CHANNELS_AS_PIXELS, lambda q: q.latent[0] * q.latent[1])
    compression = part(
        "How many times fewer numbers than the image does the code hold? (to two decimals)",
        lambda q: q.channels * q.height * q.width / q.code,
        Real(rel=0, abs=0.011),
    )
    compression.mistake(UPSIDE_DOWN, lambda q: q.code / (q.channels * q.height * q.width))
    compression.mistake(
        PIXELS_ONLY, lambda q: q.height * q.width / (q.latent[0] * q.latent[1]), when=lambda q: q.c2 != q.channels
    )
    after3 = part(
        "Shape after layer 3",
        lambda q: (*(transposed_out(n, 3, 2, 1, q.extra) for n in q.latent[:2]), q.c1),
        Shape(),
    )
    after3.mistake(CONVOLUTION_FORMULA, lambda q: (*(conv_out(n, 3, 2, 1) for n in q.latent[:2]), q.c1))
    after3.mistake(
        FORGOT_OUTPUT_PADDING,
        lambda q: (*(transposed_out(n, 3, 2, 1) for n in q.latent[:2]), q.c1),
        when=lambda q: q.extra > 0,
    )
    output = part(
        "Shape of the reconstruction",
        lambda q: (*(transposed_out(n, 3, 2, 1, 1) for n in q.after3[:2]), q.channels),
        Shape(),
    )
    output.mistake(FORGOT_OUTPUT_PADDING, lambda q: (*(transposed_out(n, 3, 2, 1) for n in q.after3[:2]), q.channels))

    solution = r"""A convolution takes a side $n$ to $\lfloor(n + 2 - 3)/2\rfloor + 1$, a transposed one to
    $(n - 1)\cdot2 - 2 + 3 + p_{\text{out}}$. Shapes are height × width × channels.

    - after layer 1: ${{ after1 | join("\\times") }}$
    - after layer 2, the code: ${{ latent | join("\\times") }}$. It holds
      ${{ latent | join("\\cdot") }} = {{ code }}$ numbers.
    - The image holds ${{ height }}\cdot{{ width }}\cdot{{ channels }} = {{ height * width * channels }}$, which is
      ${{ height * width * channels }}/{{ code }} = {{ "%.2f" % compression }}$ times as many.
    - after layer 3: ${{ after3 | join("\\times") }}$

    {% if (output[0], output[1]) == (height, width) %}The reconstruction is as large as the image:
    {%- else %}The reconstruction is not as large as the image: layer 3 would need output padding {{ 1 - extra }}. It is
    {%- endif %} ${{ output | join("\\times") }}$."""
