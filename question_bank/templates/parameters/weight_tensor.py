"""The shapes of the tensors in which PyTorch keeps weights."""

from math import prod

from question_bank import Misconception, Shape, integers, one_of, part, template

INPUT_FIRST = Misconception(
    "input channels first",
    r"You put the input channels first. PyTorch's first axis counts the filters, that is the output channels; then "
    r"come the channels that a filter sees, its height and its width.",
)
KERNEL_FIRST = Misconception(
    "kernel axes first",
    r"You put height and width of the kernel first, as TensorFlow does. PyTorch has them last.",
)
ALL_CHANNELS_SEEN = Misconception(
    "ignored the groups",
    r"You let each filter see all input channels. With `groups` it sees the channels of its own group only.",
)
KERNEL_SIDES_SWAPPED = Misconception(
    "swapped height and width of the kernel",
    r"You swapped height and width of the kernel. `kernel_size` gives the height first, and so does the tensor.",
)
BIAS_PER_INPUT_CHANNEL = Misconception(
    "one bias per input channel",
    r"You gave the layer a bias per input channel. A bias is added to each **output** channel.",
)
BIAS_PER_KERNEL = Misconception(
    "one bias per input channel and filter",
    r"You counted a bias for every pair of input channel and filter. A filter sums over its channels first, and "
    r"**one** bias is added to the sum.",
)
LINEAR_INPUT_FIRST = Misconception(
    "inputs first",
    r"You put the inputs first, as they stand in `Linear(…)`. The layer computes $Wx + b$, so $W$ has a **row** for "
    r"each output and a column for each input.",
)
FORGOT_BIASES = Misconception(
    "forgot the biases",
    r"You counted the weights only. Both layers also have a bias for each output: as many as filters in the one, as "
    r"outputs in the other.",
)


@template(
    topics=["cnn/parameters", "cnn/pytorch"],
    minutes=3,
    where=lambda q: q.c != q.f and q.kh != q.kw and q.inputs != q.outputs,
)
class WeightTensor:
    stem = r"""In PyTorch, two layers are made:

    ```python
    conv = nn.Conv2d({{ c }}, {{ f }}, kernel_size=({{ kh }}, {{ kw }}), groups={{ g }})
    dense = nn.Linear({{ inputs }}, {{ outputs }})
    ```

    What are the shapes of their tensors?"""

    c: int = one_of(8, 12, 16, 24, 32, 48, 64)
    f: int = one_of(8, 16, 20, 32, 40, 64, 96)
    kh: int = one_of(1, 3, 5, 7)
    kw: int = one_of(1, 3, 5, 7)
    g: int = one_of(1, 2, 4)
    inputs: int = integers(100, 800, step=20)
    outputs: int = one_of(10, 12, 50, 84, 120)

    weight = part(
        "Shape of `conv.weight`",
        lambda q: (q.f, q.c // q.g, q.kh, q.kw),
        Shape(("first axis", "second axis", "third axis", "fourth axis")),
    )
    weight.mistake(INPUT_FIRST, lambda q: (q.c // q.g, q.f, q.kh, q.kw))
    weight.mistake(KERNEL_FIRST, lambda q: (q.kh, q.kw, q.c // q.g, q.f))
    weight.mistake(ALL_CHANNELS_SEEN, lambda q: (q.f, q.c, q.kh, q.kw), when=lambda q: q.g > 1)
    weight.mistake(KERNEL_SIDES_SWAPPED, lambda q: (q.f, q.c // q.g, q.kw, q.kh))
    biases = part("How many numbers does `conv.bias` hold?", lambda q: q.f)
    biases.mistake(BIAS_PER_INPUT_CHANNEL, lambda q: q.c)
    biases.mistake(BIAS_PER_KERNEL, lambda q: q.f * q.c // q.g)
    matrix = part("Shape of `dense.weight`", lambda q: (q.outputs, q.inputs), Shape(("first axis", "second axis")))
    matrix.mistake(LINEAR_INPUT_FIRST, lambda q: (q.inputs, q.outputs))
    total = part(
        "How many parameters do the two layers have together?",
        lambda q: prod(q.weight) + q.biases + prod(q.matrix) + q.outputs,
    )

    total.mistake(FORGOT_BIASES, lambda q: prod(q.weight) + prod(q.matrix))

    solution = r"""`conv.weight` has a filter for each of the {{ f }} output channels. A filter sees
    {% if g > 1 %}the ${{ c }}/{{ g }} = {{ c // g }}$ channels of its group{% else %}all {{ c }} channels{% endif %}
    with a kernel {{ kh }} high and {{ kw }} wide: the shape is $({{ weight | join(", ") }})$.

    `conv.bias` has one number per output channel: {{ biases }}.

    `dense.weight` is the matrix of $Wx + b$, with a row for each output: $({{ matrix | join(", ") }})$.

    Together ${{ weight | join("\\cdot") }} + {{ biases }} + {{ matrix | join("\\cdot") }} + {{ outputs }} =
    {{ total }}$ parameters."""
