"""Train a classifier on images of the instructor's own: MNIST, CIFAR-10, or any others."""

import torch
import torch.nn.functional as F
from torch import nn

from question_bank import integers, one_of, template, training
from question_bank.datasets import own_file

TESTS = 500


@template(topics=["own_data/code"], difficulty=4, minutes=60)
class TrainOwnImages:
    stem = r"""Write a convolutional network and its training loop for the images of **{{ data }}**: float32 from 0 to
    1, in tensors (N, C, H, W); the labels are int64 from 0 on.

    - `make_model()` returns an `nn.Module` with at most {{ "{:,}".format(budget) }} numbers in its parameters and
      buffers. It gives a logit for each class.
    - `train(model, images, labels)` trains it in place on {{ "{:,}".format(images) }} images, for at most
      {{ seconds }} s. When the time is up, what the model has learnt by then counts. Images and labels are on the CPU.
      Where `torch.cuda.is_available()`, you may move the model and its batches to the GPU, and leave the model there;
      otherwise there is one core.

    You are judged by the accuracy on 500 images that your code does not see: {{ percent }} % earn all points, four
    fifths of that half of them. A model over its budget earns nothing."""

    data: str = one_of("mnist", "cifar10", "images")
    images: int = one_of(1000, 2000, 4000)
    budget: int = one_of(20_000, 50_000, 100_000, 500_000)
    percent: int = integers(20, 99)
    seconds = 60

    @training(
        points=8,
        data=lambda q, seed: own_file(q.data, seed, q.images, TESTS),
        targets=lambda q: ((0.8 * q.percent / 100, 0.5), (q.percent / 100, 1.0)),
        parameters=lambda q: q.budget,
        device="cuda",
        banned=["sklearn", "torchvision"],
    )
    def train(q, model: nn.Module, images: torch.Tensor, labels: torch.Tensor) -> None:
        """Train the model in place on images (N, C, H, W) with labels (N,)."""
        device = "cuda" if torch.cuda.is_available() else "cpu"
        model.to(device)
        images, labels = images.to(device), labels.to(device)
        optimiser = torch.optim.Adam(model.parameters(), lr=2e-3)
        for _ in range(10):
            for batch in torch.randperm(len(images)).split(64):
                optimiser.zero_grad()
                F.cross_entropy(model(images[batch]), labels[batch]).backward()
                optimiser.step()

    solution = """
    def make_model():
        return torch.nn.Sequential(
            torch.nn.Conv2d({{ 3 if data == "cifar10" else 1 }}, 16, 3, padding=1),
            torch.nn.ReLU(),
            torch.nn.MaxPool2d(2),
            torch.nn.Conv2d(16, 32, 3, padding=1),
            torch.nn.ReLU(),
            torch.nn.AdaptiveAvgPool2d(4),
            torch.nn.Flatten(),
            torch.nn.Linear(512, 10),
        )


    def train(model, images, labels):
        device = "cuda" if torch.cuda.is_available() else "cpu"
        model.to(device)
        images, labels = images.to(device), labels.to(device)
        optimiser = torch.optim.Adam(model.parameters(), lr=2e-3)
        for epoch in range(10):
            for batch in torch.randperm(len(images)).split(64):
                optimiser.zero_grad()
                loss = torch.nn.functional.cross_entropy(model(images[batch]), labels[batch])
                loss.backward()
                optimiser.step()
    """
