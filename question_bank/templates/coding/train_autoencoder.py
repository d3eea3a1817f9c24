"""Train a convolutional auto-encoder on handwritten digits to a target error."""

import torch
import torch.nn.functional as F
from torch import nn

from question_bank import one_of, template, training
from question_bank.datasets import digits


def autoencoder(latent):
    """From (N, 1, 8, 8) to `latent` numbers and back."""
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, stride=2, padding=1),
        nn.ReLU(),
        nn.Conv2d(16, 32, 3, stride=2, padding=1),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(128, latent),
        nn.Linear(latent, 128),
        nn.ReLU(),
        nn.Unflatten(1, (32, 2, 2)),
        nn.ConvTranspose2d(32, 16, 2, stride=2),
        nn.ReLU(),
        nn.ConvTranspose2d(16, 1, 2, stride=2),
    )


@template(topics=["cnn/code", "cnn/training", "cnn/autoencoder"], difficulty=4, minutes=40)
class TrainAutoencoder:
    stem = r"""Build a convolutional auto-encoder that squeezes handwritten digits, $8\times8$ grey-scale pixels from 0
    to 1, into **{{ latent }}** numbers, and train it. `make_model()` returns this network, not trained:

    | layer | output |
    |---|---|
    | convolution 3 × 3, 16 filters, stride 2, padding 1; ReLU | 16 × 4 × 4 |
    | convolution 3 × 3, 32 filters, stride 2, padding 1; ReLU | 32 × 2 × 2 |
    | flatten; fully connected | {{ latent }} |
    | fully connected; ReLU; as maps | 32 × 2 × 2 |
    | transposed convolution 2 × 2, 16 filters, stride 2; ReLU | 16 × 4 × 4 |
    | transposed convolution 2 × 2, one filter, stride 2 | 1 × 8 × 8 |

    All layers have biases. `train(model, images, labels)` trains it in place, for at most 60 s on one core; you need no
    labels. When the time is up, what the model has learnt by then counts.

    Your parameters are loaded into that network and judged by its mean squared error per pixel on 500 digits that your
    code does not see, after training on 1200: at most 0.025 earns all points, 0.035 half of them."""

    latent: int = one_of(8, 10, 12, 16)

    @training(
        points=6,
        data=lambda q, seed: digits(seed),
        targets=((0.035, 0.5), (0.025, 1.0)),
        measure="error",
        architecture=lambda q: autoencoder(q.latent),
        banned=["sklearn"],
    )
    def train(q, model: nn.Module, images: torch.Tensor, labels: torch.Tensor) -> None:
        """Train the model in place to reproduce images (N, 1, 8, 8)."""
        optimiser = torch.optim.Adam(model.parameters(), lr=3e-3)
        for _ in range(60):
            for batch in torch.randperm(len(images)).split(64):
                optimiser.zero_grad()
                F.mse_loss(model(images[batch]), images[batch]).backward()
                optimiser.step()

    solution = """
    def make_model():
        return torch.nn.Sequential(
            torch.nn.Conv2d(1, 16, 3, stride=2, padding=1),
            torch.nn.ReLU(),
            torch.nn.Conv2d(16, 32, 3, stride=2, padding=1),
            torch.nn.ReLU(),
            torch.nn.Flatten(),
            torch.nn.Linear(128, {{ latent }}),
            torch.nn.Linear({{ latent }}, 128),
            torch.nn.ReLU(),
            torch.nn.Unflatten(1, (32, 2, 2)),
            torch.nn.ConvTranspose2d(32, 16, 2, stride=2),
            torch.nn.ReLU(),
            torch.nn.ConvTranspose2d(16, 1, 2, stride=2),
        )


    def train(model, images, labels):
        optimiser = torch.optim.Adam(model.parameters(), lr=3e-3)
        for epoch in range(60):
            for batch in torch.randperm(len(images)).split(64):
                optimiser.zero_grad()
                loss = torch.nn.functional.mse_loss(model(images[batch]), images[batch])
                loss.backward()
                optimiser.step()
    """
