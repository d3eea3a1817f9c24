"""Build LeNet-5 in PyTorch with max pooling, for other images and numbers of classes."""

from torch import nn

from question_bank import Misconception, model, one_of, template
from question_bank.misconceptions.networks import AVERAGE_POOLING, FORGOT_ACTIVATION

PADDED_BOTH = Misconception(
    "padded both convolutions",
    "You padded the second convolution, too. Only the first one keeps height and width; the second shrinks them by 4.",
)


def network(side, channels, classes, padding=(2, 0), pool=nn.MaxPool2d, between=nn.ReLU):
    """LeNet-5 with these sizes; the defaults are what is asked for."""
    left = ((side + 2 * padding[0] - 4) // 2 + 2 * padding[1] - 4) // 2
    return nn.Sequential(
        nn.Conv2d(channels, 6, 5, padding=padding[0]),
        nn.ReLU(),
        pool(2),
        nn.Conv2d(6, 16, 5, padding=padding[1]),
        nn.ReLU(),
        pool(2),
        nn.Flatten(),
        nn.Linear(16 * left * left, 120),
        between(),
        nn.Linear(120, 84),
        between(),
        nn.Linear(84, classes),
    )


@template(topics=["cnn/code", "cnn/architectures"], difficulty=3, minutes=20)
class BuildLenet:
    stem = r"""Write `lenet(classes)`: it returns LeNet-5 as an `nn.Module` for images of
    ${{ side }}\times{{ side }}$ pixels with {{ channels }} channel{{ "s" if channels > 1 }}.

    1. convolution $5\times5$, 6 filters, padding 2, ReLU
    2. max pooling $2\times2$, stride 2
    3. convolution $5\times5$, 16 filters, no padding, ReLU
    4. max pooling $2\times2$, stride 2
    5. fully connected layers with 120, 84 and `classes` outputs, ReLU after the first two

    All layers have biases. Make the layers in this order. The same parameters are put into your network and into one of
    ours: both must give the same logits, whatever the images."""

    side: int = one_of(28, 32, 36, 40, 44)
    channels: int = one_of(1, 3)

    @model(points={"ten classes": 3, "any number of classes": 3})
    def lenet(q, classes: int) -> nn.Module:
        """LeNet-5 for images (N, {{ channels }}, {{ side }}, {{ side }}): logits (N, classes)."""
        return network(q.side, q.channels, classes)

    lenet.visible("ten classes", "ten classes", classes=10, images=lambda q: (2, q.channels, q.side, q.side))
    lenet.hidden("ten classes, a batch", "ten classes", classes=10, images=lambda q: (3, q.channels, q.side, q.side))
    lenet.hidden("two classes", "any number of classes", classes=2, images=lambda q: (2, q.channels, q.side, q.side))
    lenet.hidden("1000 classes, its sizes", "any number of classes", classes=1000, images=None)
    lenet.mistake(AVERAGE_POOLING, lambda q, classes: network(q.side, q.channels, classes, pool=nn.AvgPool2d))
    lenet.mistake(FORGOT_ACTIVATION, lambda q, classes: network(q.side, q.channels, classes, between=nn.Identity))
    lenet.mistake(PADDED_BOTH, lambda q, classes: network(q.side, q.channels, classes, padding=(2, 2)))

    solution = """
    def lenet(classes):
        left = ({{ side }} // 2 - 4) // 2
        return torch.nn.Sequential(
            torch.nn.Conv2d({{ channels }}, 6, 5, padding=2),
            torch.nn.ReLU(),
            torch.nn.MaxPool2d(2),
            torch.nn.Conv2d(6, 16, 5),
            torch.nn.ReLU(),
            torch.nn.MaxPool2d(2),
            torch.nn.Flatten(),
            torch.nn.Linear(16 * left * left, 120),
            torch.nn.ReLU(),
            torch.nn.Linear(120, 84),
            torch.nn.ReLU(),
            torch.nn.Linear(84, classes),
        )
    """
