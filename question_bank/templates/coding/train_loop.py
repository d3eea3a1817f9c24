"""Fill in a training loop: mini-batches, gradients, steps."""

import torch
import torch.nn.functional as F

from question_bank import array, code, one_of, template
from question_bank.misconceptions.training import (
    ADDED_UP_GRADIENTS,
    CLIMBED,
    DROPPED_LAST_BATCH,
    FIRST_BATCH_ONLY,
    NO_MOMENTUM,
    ONE_EPOCH,
    ONE_STEP_PER_EPOCH,
    SOFTMAX_TWICE,
    SUM_OVER_BATCH,
)


def trained(
    q, weight, bias, images, labels, epochs, *,
    zero=True, step_each=True, batches=None, scale=len, rate=None, momentum=None, squash=lambda z: z,
):  # fmt: skip
    """Mini-batch gradient descent by hand; each keyword puts one bug into the loop."""
    rate, momentum = rate or q.lr, q.momentum if momentum is None else momentum
    parameters = torch.cat([weight, bias[:, None]], dim=1)
    velocity, gradient = torch.zeros_like(parameters), torch.zeros_like(parameters)
    inputs = F.pad(images, (0, 1), value=1.0)
    targets = F.one_hot(labels, len(bias)).to(weight.dtype)
    chosen = list(zip(inputs.split(q.batch), targets.split(q.batch), strict=True))
    chosen = chosen[batches] if batches else chosen
    for _ in range(epochs):
        for number, (x, t) in enumerate(chosen):
            gradient = gradient if not zero or (not step_each and number) else torch.zeros_like(gradient)
            logits = x @ parameters.T
            gradient = gradient + slope(squash, logits, t).T @ x / scale(x)
            if step_each or number == len(chosen) - 1:
                velocity = momentum * velocity + gradient
                parameters = parameters - rate * velocity
    return parameters[:, :-1], parameters[:, -1]


def one_epoch(q, weight, bias, images, labels, epochs):
    return trained(q, weight, bias, images, labels, min(epochs, 1))


def slope(squash, logits, targets):
    """The gradient of the summed loss with respect to the logits."""
    return torch.func.grad(lambda z: -(targets * squash(z).log_softmax(1)).sum())(logits)


def classifier(n, features, classes, epochs=2):
    """What a case is given."""
    return {
        "weight": array(classes, features, low=-1, high=1, whole=False),
        "bias": array(classes, low=-1, high=1, whole=False),
        "images": array(n, features, low=0, high=1, whole=False),
        "labels": array(n, dtype="int64", low=0, high=classes - 1),
        "epochs": epochs,
    }


def dropped(q, n):
    return slice(0, n // q.batch)


@template(topics=["cnn/code", "cnn/training"], difficulty=3, minutes=20)
class TrainLoop:
    stem = r"""The skeleton below sets up a linear classifier and its optimiser. Fill in the loop, so that it trains by
    mini-batch gradient descent: cross-entropy, averaged over the batch; batches of {{ batch }} images **in the order
    given**, not shuffled; the last batch of an epoch holds what is left, however few. After each batch comes one step
    with the learning rate {{ lr }}{% if momentum %} and momentum {{ momentum }}{% endif %}.

    Nothing here is random, so the weights that come out are compared with those that a right loop gives. You may
    rewrite what you like, with or without `torch.optim`. Your function must leave its arguments as they are."""

    batch: int = one_of(3, 4, 5)
    lr: float = one_of(0.1, 0.2, 0.5)
    momentum: float = one_of(0.0, 0.5, 0.9)

    @code(
        points={"one epoch": 3, "training": 3},
        gives=("weight", "bias"),
        rtol=1e-4,  # rounding in single precision adds up over the steps
        given='''
        def train_loop(
            weight: torch.Tensor, bias: torch.Tensor, images: torch.Tensor, labels: torch.Tensor, epochs: int
        ) -> tuple[torch.Tensor, torch.Tensor]:
            """Train a linear classifier on images (N, D) with labels (N,); return its weight (K, D) and bias (K,).

            weight, bias: those that it starts with.
            """
            model = torch.nn.Linear(weight.shape[1], weight.shape[0])
            with torch.no_grad():
                model.weight.copy_(weight)
                model.bias.copy_(bias)
            optimiser = torch.optim.SGD(model.parameters(), lr={{ lr }}, momentum={{ momentum }})
            for epoch in range(epochs):
                raise NotImplementedError("go through the batches here")
            return model.weight.detach(), model.bias.detach()
        ''',
    )
    def train_loop(
        q, weight: torch.Tensor, bias: torch.Tensor, images: torch.Tensor, labels: torch.Tensor, epochs: int
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Train a linear classifier on images (N, D) with labels (N,); return its weight (K, D) and bias (K,)."""
        return trained(q, weight, bias, images, labels, epochs)

    train_loop.visible("one batch, one epoch", "one epoch", **classifier(3, 2, 2, epochs=1))
    train_loop.hidden("several batches", "one epoch", **classifier(15, 6, 4, epochs=1))
    train_loop.hidden("a last batch that is smaller", "one epoch", **classifier(17, 5, 3, epochs=1))
    train_loop.hidden("fewer images than a batch", "one epoch", **classifier(2, 4, 3, epochs=1))
    train_loop.hidden("two epochs", "training", **classifier(16, 6, 4, epochs=2))
    train_loop.hidden("many epochs", "training", **classifier(22, 8, 5, epochs=12))
    train_loop.again("an earlier call once more", of="two epochs", group="training")

    train_loop.mistake(ADDED_UP_GRADIENTS, lambda q, *given: trained(q, *given, zero=False))
    train_loop.mistake(ONE_STEP_PER_EPOCH, lambda q, *given: trained(q, *given, step_each=False))
    train_loop.mistake(DROPPED_LAST_BATCH, lambda q, *given: trained(q, *given, batches=dropped(q, len(given[2]))))
    train_loop.mistake(FIRST_BATCH_ONLY, lambda q, *given: trained(q, *given, batches=slice(0, 1)))
    train_loop.mistake(SUM_OVER_BATCH, lambda q, *given: trained(q, *given, scale=lambda x: 1))
    train_loop.mistake(CLIMBED, lambda q, *given: trained(q, *given, rate=-q.lr))
    train_loop.mistake(NO_MOMENTUM, lambda q, *given: trained(q, *given, momentum=0.0), when=lambda q: q.momentum > 0)
    train_loop.mistake(SOFTMAX_TWICE, lambda q, *given: trained(q, *given, squash=lambda z: z.softmax(1)))
    train_loop.mistake(ONE_EPOCH, one_epoch)

    solution = """
    def train_loop(weight, bias, images, labels, epochs):
        model = torch.nn.Linear(weight.shape[1], weight.shape[0])
        with torch.no_grad():
            model.weight.copy_(weight)
            model.bias.copy_(bias)
        optimiser = torch.optim.SGD(model.parameters(), lr={{ lr }}, momentum={{ momentum }})
        for epoch in range(epochs):
            for start in range(0, len(images), {{ batch }}):
                x, y = images[start : start + {{ batch }}], labels[start : start + {{ batch }}]
                optimiser.zero_grad()
                loss = torch.nn.functional.cross_entropy(model(x), y)
                loss.backward()
                optimiser.step()
        return model.weight.detach(), model.bias.detach()
    """
