"""Parts that ask for a network in PyTorch, or for the training of one.

@model(points={"ten classes": 2, "other sizes": 2})
def lenet(q, classes: int) -> nn.Module:
    \"\"\"LeNet for images (N, 1, 32, 32): logits (N, classes).\"\"\"
    return nn.Sequential(...)

lenet.hidden("ten classes", "ten classes", classes=10, images=(2, 1, 32, 32))
lenet.hidden("full size", "other sizes", classes=1000, images=None)    # its parameters' shapes alone

A network is proven, not trusted: the same parameters are put into the student's and into the reference, in order, and
both have to give the same outputs. A training is judged by what the network says of images whose labels the student's
code never sees.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from question_bank.answers import Function
from question_bank.cases import Case
from question_bank.code import Code
from question_bank.template import Variant

if TYPE_CHECKING:
    from question_bank.datasets import Dataset

Device = Literal["cpu", "cuda"]
IMAGES = "images"  # what stands for the network's input among a case's arguments


@dataclass(eq=False)
class Model(Code):
    """A part whose key builds a network. A case has the builder's arguments, and images for the network or None."""

    def _parameters(self) -> list[str]:
        return [*super()._parameters(), IMAGES]


@dataclass(frozen=True)
class DataCase(Case):
    """A data set to train on, drawn from the seed."""

    load: Callable[[Any, str], Dataset] = field(kw_only=True)

    def inputs(self, variant: Any, seed: str) -> dict[str, Any]:
        """The data set, as the only argument."""
        return {"data": self.load(variant, f"{seed}|{self.label}")}


@dataclass(eq=False)
class Training(Code):
    """A part that asks for two functions: `make_model()`, and this one, which trains what that returns.

    load: the data set, from the variant and a seed. targets: of the variant, pairs (measure, share of the points), best
    last.
    measure: "accuracy", or "error", the mean squared error of a network that reproduces its images.
    parameters: how many numbers the network may have, in parameters and buffers, as a function of the variant.
    seconds: of the training, after which what was reached counts.
    epochs: after which it counts, too: how often the network may see its images; 0 where that is not bounded.
    architecture: builds the network that is asked for, where it is not the student's to choose.
    device: "cuda" where the student's code may use a GPU if there is one.
    """

    load: Callable[[Any, str], Dataset] = field(kw_only=True)
    targets: Callable[[Any], Sequence[tuple[float, float]]] = field(kw_only=True)
    measure: str = "accuracy"
    parameters: Callable[[Any], int] | None = None
    seconds: float = 60.0
    architecture: Callable[[Any], Any] | None = None
    device: Device = "cpu"
    epochs: int = 0

    def builder(self) -> str:
        """The name of the function that makes the network."""
        return "make_model"

    def share(self, variant: Variant, measured: float) -> float:
        """The share of the points that a measured value earns."""
        sign = -1 if self.measure == "error" else 1
        return max((share for target, share in self.targets(variant) if sign * measured >= sign * target), default=0.0)

    def target(self, variant: Variant) -> float:
        """What earns all points."""
        return self.targets(variant)[-1][0]

    def starter(self, variant: Variant) -> str:
        """Both functions, not written yet."""
        made = (
            f'def {self.builder()}():\n    """The network, an nn.Module, not trained."""\n    raise NotImplementedError'
        )
        return f"{made}\n\n\n{super().starter(variant)}"


def model(
    points: float | Mapping[str, float] = 1.0, banned: Sequence[str] = (), rtol: float = 1e-4
) -> Callable[[Callable[..., Any]], Any]:
    """Turn a method `name(q, *arguments)` that builds the reference into a part; see `question_bank.code.code`."""

    def decorate(reference: Callable[..., Any]) -> Any:
        groups = points if isinstance(points, Mapping) else {}
        return Model(
            prompt=f"Write `{reference.__name__}`.",
            key=lambda q: functools.partial(reference, q),
            answer=Function(rtol, tuple(banned)),
            points=sum(groups.values()) if isinstance(points, Mapping) else points,
            groups=groups,
            reference=reference,
        )

    return decorate


def training(
    points: float,
    data: Callable[[Any, str], Dataset],
    targets: Sequence[tuple[float, float]] | Callable[[Any], Sequence[tuple[float, float]]],
    measure: str = "accuracy",
    parameters: Callable[[Any], int] | None = None,
    seconds: float = 60.0,
    architecture: Callable[[Any], Any] | None = None,
    device: Device = "cpu",
    epochs: int = 0,
    banned: Sequence[str] = (),
) -> Callable[[Callable[..., Any]], Any]:
    """Turn a method `train(q, model, images, …)`, whose docstring is the contract, into a part; see `Training`.

    The method's body is a reference training; the tests run it.
    """

    def decorate(reference: Callable[..., Any]) -> Any:
        name = next(iter(inspect.signature(reference).parameters), "q")
        if name != "q":
            raise TypeError(f"{reference.__name__}: expected a method of the variant q")
        return Training(
            prompt=f"Write `make_model` and `{reference.__name__}`.",
            key=lambda q: functools.partial(reference, q),
            answer=Function(banned=tuple(banned)),
            points=points,
            reference=reference,
            cases=[DataCase("training", False, {}, load=data)],
            load=data,
            targets=targets if callable(targets) else lambda q: targets,
            measure=measure,
            parameters=parameters,
            seconds=seconds,
            architecture=architecture,
            device=device,
            epochs=epochs,
        )

    return decorate
