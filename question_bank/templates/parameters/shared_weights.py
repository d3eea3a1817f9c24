"""Weights that are used several times: siamese branches, and a block that is applied again and again."""

from question_bank import Misconception, integers, one_of, part, template
from question_bank.maths.parameters import conv_params, dense_params

ONCE_PER_APPLICATION = Misconception(
    "counted the block once per application",
    r"You counted the block as often as it is applied. It is the same weights every time: they exist once, and their "
    r"gradients are added up.",
)
ONCE_PER_IMAGE = Misconception(
    "counted the encoder once per image",
    r"You counted the encoder once for every image. All images pass through the **same** encoder, so its weights exist "
    r"once.",
)
HEAD_SEES_ONE = Misconception(
    "the last layer sees one code only",
    r"You gave the last layer the code of a single image. It sees the codes of all images side by side.",
)
ONLY_ONE_SHARING = Misconception(
    "undid one of the two sharings",
    r"You undid the sharing between the images only. The block inside the encoder is applied several times as well, "
    r"and without sharing each application has weights of its own.",
)
COUNT_NAMES = {2: "two", 3: "three", 4: "four"}


@template(topics=["cnn/parameters", "cnn/weight_sharing"], difficulty=3, minutes=6)
class SharedWeights:
    stem = r"""A network compares {{ words }} images with 3 channels. Each of them passes through the **same** encoder:

    1. convolution $3\times3$ from 3 to {{ f }} channels
    2. a block that consists of one convolution ${{ k }}\times{{ k }}$ from {{ f }} to {{ f }} channels; it is applied
       {{ times }} times in a row, each time with the **same** weights
    3. global average pooling
    4. fully connected layer with {{ code }} outputs, the *code* of the image

    The {{ words }} codes are put side by side, and a last fully connected layer makes one output of them. All
    convolutions and fully connected layers have biases."""

    images: int = one_of(2, 3, 4)
    f: int = one_of(8, 12, 16, 24, 32)
    k: int = one_of(3, 5)
    times: int = integers(3, 6)
    code: int = one_of(10, 16, 20, 32, 64)

    @property
    def words(self) -> str:
        return COUNT_NAMES[self.images]

    def encoders(self, times: int) -> int:
        """Parameters of an encoder with so many blocks of weights of their own."""
        block = conv_params(self.f, self.f, self.k)
        return conv_params(3, self.f, 3) + times * block + dense_params(self.f, self.code)

    block = part("Parameters of step 2", lambda q: conv_params(q.f, q.f, q.k))
    block.mistake(ONCE_PER_APPLICATION, lambda q: q.times * conv_params(q.f, q.f, q.k))
    encoder = part("Parameters of the encoder", lambda q: conv_params(3, q.f, 3) + q.block + dense_params(q.f, q.code))
    encoder.mistake(ONCE_PER_APPLICATION, lambda q: q.encoders(q.times))
    encoder.mistake(ONCE_PER_IMAGE, lambda q: q.images * q.encoders(1))
    network = part("Parameters of the whole network", lambda q: q.encoder + q.images * q.code + 1)
    network.mistake(ONCE_PER_IMAGE, lambda q: q.images * q.encoders(1) + q.images * q.code + 1)
    network.mistake(HEAD_SEES_ONE, lambda q: q.encoders(1) + q.code + 1)
    untied = part(
        "How many parameters would it have if nothing were shared: an encoder of its own for each image, and weights "
        "of its own for each application of the block?",
        lambda q: q.images * q.encoders(q.times) + q.images * q.code + 1,
    )
    untied.mistake(ONLY_ONE_SHARING, lambda q: q.images * q.encoders(1) + q.images * q.code + 1)

    solution = r"""Weights are counted once, however often they are used.

    - step 1: ${{ f }}\cdot(3\cdot3\cdot3 + 1) = {{ 28 * f }}$
    - step 2: ${{ f }}\cdot({{ k }}\cdot{{ k }}\cdot{{ f }} + 1) = {{ block }}$
    - step 4: $({{ f }} + 1)\cdot{{ code }} = {{ (f + 1) * code }}$

    The encoder has ${{ 28 * f }} + {{ block }} + {{ (f + 1) * code }} = {{ encoder }}$ parameters. The last layer sees
    ${{ images }}\cdot{{ code }} = {{ images * code }}$ numbers and has {{ images * code + 1 }} parameters with its
    bias. The whole network has ${{ encoder }} + {{ images * code + 1 }} = {{ network }}$.

    With nothing shared, an encoder has ${{ 28 * f }} + {{ times }}\cdot{{ block }} + {{ (f + 1) * code }} =
    {{ encoders(times) }}$ parameters, and there are {{ images }}: ${{ images }}\cdot{{ encoders(times) }} +
    {{ images * code + 1 }} = {{ untied }}$."""
