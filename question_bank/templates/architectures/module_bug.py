"""Find the wrong line in a PyTorch module, and the line where it shows."""

from question_bank import Choice, one_of, part, template
from question_bank.misconceptions.architectures import (
    BLAMED_WHERE_IT_RAISES,
    FLAT_BEFORE_POOLING,
    FLAT_WITHOUT_CHANNELS,
    ONE_POOLING_ONLY,
    WRONG_IS_NOT_LOUD,
)

DEFINED = ("self.conv1 = …", "self.conv2 = …", "self.fc1 = …", "self.fc2 = …", "x = x.flatten(…)")
CALLED = ("self.conv1(x)", "self.conv2(x)", "self.fc1(x)", "self.fc2(x)")
CODE = """class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d({conv1})
        self.conv2 = nn.Conv2d({conv2})
        self.pool = nn.MaxPool2d(2)
        self.fc1 = nn.Linear({fc1})
        self.fc2 = nn.Linear({fc2})

    def forward(self, x):
        x = self.pool(torch.relu(self.conv1(x)))
        x = self.pool(torch.relu(self.conv2(x)))
        x = x.flatten({flatten})
        x = torch.relu(self.fc1(x))
        return self.fc2(x)"""

# What is wrong: (where it is written, where PyTorch complains).
BUGS = {
    "conv1 swapped": (0, 0),
    "conv1 unpadded": (0, 2),
    "conv2 unpadded": (1, 2),
    "conv2 sees the image": (1, 1),
    "fc1 after one pooling": (2, 2),
    "fc1 without channels": (2, 2),
    "fc2 sees the channels": (3, 3),
    "batch flattened": (4, 2),
}
CAUSES = {
    "conv1 swapped": "`conv1` has its input and output channels in the wrong order",
    "conv1 unpadded": "`conv1` has no padding, so it does not keep height and width",
    "conv2 unpadded": "`conv2` has no padding, so it does not keep height and width",
    "conv2 sees the image": "`conv2` expects the channels of the image, but it gets the filters of `conv1`",
    "fc1 after one pooling": "`fc1` expects maps that were pooled once, but there are two poolings before it",
    "fc1 without channels": "`fc1` expects a single feature map, but all channels are flattened",
    "fc2 sees the channels": "`fc2` expects the filters of `conv2`, but it gets the outputs of `fc1`",
    "batch flattened": "`x.flatten()` flattens the batch as well; `x.flatten(1)` keeps the first axis",
}


@template(topics=["cnn/architectures", "cnn/code"], difficulty=3, minutes=6, where=lambda q: q.hidden != q.f2)
class ModuleBug:
    stem = r"""This module was meant to take batches of ${{ n }}\times{{ n }}$ images with {{ c }}
    channel{{ "s" if c > 1 }}, in the order (batch, channels, height, width). Two convolutions with {{ f1 }} and
    {{ f2 }} filters of ${{ k }}\times{{ k }}$ keep height and width; each is followed by ReLU and $2\times2$ max
    pooling. Then come a fully connected layer with {{ hidden }} outputs and one with {{ classes }}. **One line is not
    as it was meant**, and a batch of {{ batch }} images ends in an error.

    ```python
    {{ module() }}
    ```"""

    bug: str = one_of(*BUGS)
    n: int = one_of(28, 32, 48, 64)
    c: int = one_of(1, 3)
    f1: int = one_of(8, 16, 24)
    f2: int = one_of(20, 32, 64)
    k: int = one_of(3, 5)
    hidden: int = one_of(64, 100, 128)
    classes: int = one_of(10, 26)
    batch: int = one_of(4, 16, 32)

    line = part("Which line has to be changed?", lambda q: DEFINED[BUGS[q.bug][0]], Choice(DEFINED))
    line.mistake(
        BLAMED_WHERE_IT_RAISES,
        lambda q: DEFINED[BUGS[q.bug][1]],
        when=lambda q: BUGS[q.bug][0] != BUGS[q.bug][1],
    )
    raised = part("Which call raises the error?", lambda q: CALLED[BUGS[q.bug][1]], Choice(CALLED))
    raised.mistake(
        WRONG_IS_NOT_LOUD,
        lambda q: CALLED[BUGS[q.bug][0]],
        when=lambda q: BUGS[q.bug][0] not in (BUGS[q.bug][1], DEFINED.index("x = x.flatten(…)")),
    )
    inputs = part(
        "How many inputs does `fc1` get for one image once the line is mended?", lambda q: q.f2 * (q.n // 4) ** 2
    )
    inputs.mistake(ONE_POOLING_ONLY, lambda q: q.f2 * (q.n // 2) ** 2)
    inputs.mistake(FLAT_WITHOUT_CHANNELS, lambda q: (q.n // 4) ** 2)
    inputs.mistake(FLAT_BEFORE_POOLING, lambda q: q.f2 * q.n**2)

    def module(q):
        """The module with its wrong line."""
        size, keeps = q.n // 4, f"{q.k}, padding={q.k // 2}"
        lines = {
            "conv1": f"{q.c}, {q.f1}, {keeps}",
            "conv2": f"{q.f1}, {q.f2}, {keeps}",
            "fc1": f"{q.f2} * {size} * {size}, {q.hidden}",
            "fc2": f"{q.hidden}, {q.classes}",
            "flatten": "1",
        }
        wrong = {
            "conv1 swapped": {"conv1": f"{q.f1}, {q.c}, {keeps}"},
            "conv1 unpadded": {"conv1": f"{q.c}, {q.f1}, {q.k}"},
            "conv2 unpadded": {"conv2": f"{q.f1}, {q.f2}, {q.k}"},
            "conv2 sees the image": {"conv2": f"{q.c}, {q.f2}, {keeps}"},
            "fc1 after one pooling": {"fc1": f"{q.f2} * {q.n // 2} * {q.n // 2}, {q.hidden}"},
            "fc1 without channels": {"fc1": f"{size} * {size}, {q.hidden}"},
            "fc2 sees the channels": {"fc2": f"{q.f2}, {q.classes}"},
            "batch flattened": {"flatten": ""},
        }
        return CODE.format(**lines | wrong[q.bug])

    def cause(q):
        """What is wrong, in words."""
        return CAUSES[q.bug]

    solution = r"""Follow the shapes from the input on. What was meant, for one image:

    | after | shape (channels × height × width) |
    |---|---|
    | `conv1` | ${{ f1 }}\times{{ n }}\times{{ n }}$ |
    | `pool` | ${{ f1 }}\times{{ n // 2 }}\times{{ n // 2 }}$ |
    | `conv2` | ${{ f2 }}\times{{ n // 2 }}\times{{ n // 2 }}$ |
    | `pool` | ${{ f2 }}\times{{ n // 4 }}\times{{ n // 4 }}$ |

    Here {{ cause() }}. So `{{ line }}` has to be changed. PyTorch complains at `{{ raised }}`, where the sizes first
    clash.

    Once it is mended, `fc1` gets ${{ f2 }}\cdot{{ n // 4 }}\cdot{{ n // 4 }} = {{ inputs }}$ inputs."""
