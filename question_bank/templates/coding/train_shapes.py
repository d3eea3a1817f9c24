"""Train a small network to tell noisy shapes apart, within a tight budget of parameters."""

import torch
import torch.nn.functional as F
from torch import nn

from question_bank import one_of, template, training
from question_bank.datasets import shapes


@template(topics=["cnn/code", "cnn/training"], difficulty=4, minutes=40)
class TrainShapes:
    stem = r"""Write a small convolutional network and its training loop. The images show one of four shapes somewhere
    in noise: a filled square (0), a disc (1), a cross (2) or a diagonal bar (3). They are generated: $16\times16$
    grey-scale pixels, float32 from 0 to 1, in tensors (N, 1, 16, 16); the labels are int64 from 0 to 3.

    - `make_model()` returns an `nn.Module` with at most {{ "{:,}".format(budget) }} numbers in its parameters and
      buffers. It gives logits (N, 4). A shape may stand anywhere: what averages over positions needs few numbers.
    - `train(model, images, labels)` trains it in place, for at most {{ epochs }} epochs and 60 s on one core: when as
      many images have passed through the model while it learns, or the time is up, training ends there, and what the
      model has learnt by then counts.

    You are judged by the accuracy on 400 images that your code does not see, after training on 800: 95 % earn all
    points, 85 % half of them. A model over its budget earns nothing."""

    budget: int = one_of(4_000, 5_000, 6_000, 8_000)
    epochs = 50

    @training(
        points=6,
        data=lambda q, seed: shapes(seed),
        targets=((0.85, 0.5), (0.95, 1.0)),
        parameters=lambda q: q.budget,
        epochs=50,
    )
    def train(q, model: nn.Module, images: torch.Tensor, labels: torch.Tensor) -> None:
        """Train the model in place on images (N, 1, 16, 16) with labels (N,)."""
        optimiser = torch.optim.Adam(model.parameters(), lr=5e-3)
        for _ in range(30):
            for batch in torch.randperm(len(images)).split(32):
                optimiser.zero_grad()
                F.cross_entropy(model(images[batch]), labels[batch]).backward()
                optimiser.step()

    solution = """
    def make_model():
        return torch.nn.Sequential(
            torch.nn.Conv2d(1, 8, 5, padding=2),
            torch.nn.ReLU(),
            torch.nn.MaxPool2d(2),
            torch.nn.Conv2d(8, 16, 3, padding=1),
            torch.nn.ReLU(),
            torch.nn.Conv2d(16, 16, 3, padding=1),
            torch.nn.ReLU(),
            torch.nn.AdaptiveMaxPool2d(1),
            torch.nn.Flatten(),
            torch.nn.Linear(16, 4),
        )


    def train(model, images, labels):
        optimiser = torch.optim.Adam(model.parameters(), lr=5e-3)
        for epoch in range(30):
            for batch in torch.randperm(len(images)).split(32):
                optimiser.zero_grad()
                loss = torch.nn.functional.cross_entropy(model(images[batch]), labels[batch])
                loss.backward()
                optimiser.step()
    """
