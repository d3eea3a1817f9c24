"""Networks: proven, not trusted. The same parameters go into the student's and into ours: both must give the same.

What the child sends is a claim: names and shapes of parameters, outputs. The parameters are drawn from the images (see
`autograder.weights`), so either the outputs are those of the reference with the same ones, or the network is another.
After a training they are the student's own, and come back as arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from autograder.checkers.function import CaseOutcome, Judgement, fraction_of, torch_of_one_thread
from autograder.checkers.text import clipped
from autograder.responses import TIME_UP, Raised, Unreadable
from autograder.weights import MAX_VALUES, fill
from question_bank.cases import Arguments
from question_bank.datasets import Dataset
from question_bank.misconceptions import Misconception
from question_bank.models import Model, Training
from question_bank.template import Variant

Array = np.ndarray[Any, Any]
Shapes = list[tuple[int, ...]]


@dataclass(frozen=True)
class Claim:
    """What the child says of a network. `arrays` are shapes where the values were not sent."""

    names: tuple[str, ...]
    arrays: tuple[Any, ...]
    outputs: Any
    stopped: str

    @property
    def shapes(self) -> Shapes:
        """The shapes of parameters and buffers, in order."""
        return [tuple(a.shape) if isinstance(a, np.ndarray) else tuple(a) for a in self.arrays]

    @property
    def parameters(self) -> int:
        """How many numbers they are."""
        return sum(map(prod, self.shapes))


def read(result: Any) -> Claim | str:
    """The claim in a result, or what is wrong with it in words for the student."""
    if isinstance(result, Raised):
        return f"raised {result}"
    match result:
        case [list(names), list(arrays), outputs, str(stopped)] if len(names) == len(arrays):
            if all(isinstance(name, str) for name in names) and all(map(_is_array, arrays)):
                return Claim(tuple(names), tuple(arrays), outputs, stopped)
    return f"returned {result.what}" if isinstance(result, Unreadable) else "returned nothing that can be judged"


def _is_array(found: Any) -> bool:
    sizes = isinstance(found, list) and all(type(size) is int and size >= 0 for size in found)
    return sizes or isinstance(found, np.ndarray)


def judge_model(part: Model, variant: Variant, arguments: Sequence[Arguments], results: Sequence[Any]) -> Judgement:
    """Each case: the shapes of the parameters, then the outputs with the same parameters in both."""
    outcomes, failed = [], []
    for case, inputs, result in zip(part.cases, arguments, results, strict=True):
        message = network_difference(variant.key(part.name), inputs, result, part.answer.rtol or 0.0)
        outcomes.append(CaseOutcome(case.label, case.visible, message, case.group))
        if message:
            failed.append((inputs, result))
    return Judgement(tuple(outcomes), _mutant(part, variant, failed), fraction_of(part, outcomes))


def _mutant(part: Model, variant: Variant, failed: list[tuple[Arguments, Any]]) -> Misconception | None:
    """The misconception whose network this is, in every case that failed."""
    for misconception, mutant in part.mistakes_in(variant) if failed else ():
        if not any(network_difference(mutant, inputs, result, part.answer.rtol or 0.0) for inputs, result in failed):
            return misconception
    return None


def network_difference(build: Callable[..., Any], arguments: Arguments, result: Any, rtol: float) -> str:
    """How a network differs from the one that `build` makes of these arguments; empty where it does not."""
    torch = torch_of_one_thread()
    claim = read(result)
    if isinstance(claim, str):
        return claim
    *given, images = arguments
    if images is None:
        with torch.device("meta"):
            return _shape_difference(claim, build(*given))
    network = build(*given)
    return _shape_difference(claim, network) or _output_difference(claim, network, images, rtol)


def state_shapes(network: Any) -> Shapes:
    """The shapes of a network's parameters and buffers, in the order in which they were made."""
    return [tuple(tensor.shape) for tensor in (*network.parameters(), *network.buffers())]


def _shape_difference(claim: Claim, network: Any) -> str:
    expected, found = state_shapes(network), claim.shapes
    if found == expected:
        return ""
    counts = f"{claim.parameters:,} numbers in parameters and buffers, expected {sum(map(prod, expected)):,}"
    if sorted(found) == sorted(expected):
        return (
            "the layers are right but made in another order; make them in the order in which images pass through them"
        )
    for name, shape, wanted in zip(claim.names, found, expected, strict=False):
        if shape != wanted:
            return f"{clipped(name)} has the shape {shape}, expected {wanted}; {counts}"
    return f"{len(found)} tensors of parameters and buffers, expected {len(expected)}; {counts}"


def _output_difference(claim: Claim, network: Any, images: Array, rtol: float) -> str:
    if claim.parameters > MAX_VALUES:
        return "the network has too many parameters to be compared"
    fill(network, images)
    expected = _outputs(network, images)
    found = claim.outputs
    if not isinstance(found, np.ndarray):
        return "the network gave no tensor"
    if found.shape != expected.shape:
        return f"expected outputs of shape {expected.shape}, found {found.shape}"
    scale = float(np.abs(expected).max(initial=0.0)) or 1.0
    if np.isfinite(found).all() and (np.abs(found - expected) <= rtol * scale).all():
        return ""
    return "the parameters have the right shapes, but the outputs are not those of the network that is asked for"


def outputs_of(network: Any, claim: Claim, images: Array) -> Array:
    """What the reference gives with the student's parameters. They are of its shapes."""
    torch = torch_of_one_thread()
    with torch.no_grad():
        for tensor, array in zip((*network.parameters(), *network.buffers()), claim.arrays, strict=True):
            tensor.copy_(torch.from_numpy(array.copy()))
    return _outputs(network, images)


def _outputs(network: Any, images: Array) -> Array:
    torch = torch_of_one_thread()
    with torch.no_grad():
        return np.asarray(network.eval()(torch.from_numpy(images.copy())).numpy())


def judge_training(
    part: Training, variant: Variant, arguments: Sequence[Arguments], results: Sequence[Any]
) -> Judgement:
    """How well the network does on images whose labels the student's code has not seen, within its budget."""
    [(data,)], [result] = arguments, results
    claim = read(result)
    message, share, note = (claim, 0.0, "") if isinstance(claim, str) else _trained(part, variant, data, claim)
    outcome = CaseOutcome(part.cases[0].label, False, message, note=note)
    return Judgement((outcome,), None, share, cut_short=isinstance(claim, Claim) and claim.stopped == TIME_UP)


def _trained(part: Training, variant: Variant, data: Dataset, claim: Claim) -> tuple[str, float, str]:
    """What is wrong, the share of the points, what else is to be said."""
    allowed = part.parameters(variant) if part.parameters else claim.parameters
    if claim.parameters > allowed:
        found = f"the network has {claim.parameters:,} numbers in parameters and buffers"
        return f"{found}, at most {allowed:,} are allowed", 0.0, ""
    outputs = claim.outputs
    if part.architecture:
        network = part.architecture(variant)
        if message := _shape_difference(claim, network):
            return message, 0.0, ""
        outputs = outputs_of(network, claim, data.tests)
    measured = measure(part, data, outputs)
    if measured is None:
        return f"expected outputs for {len(data.tests)} images, found something else", 0.0, ""
    share = part.share(variant, measured)
    aim = part.target(variant)
    told = f"{part.measure} {measured:.4g} on {len(data.tests)} images that it has not seen (target {aim:g})"
    if claim.stopped:
        told += f"; {claim.stopped}, and what it had learnt by then counts"
    return ("", share, told) if share == 1 else (told, share, "")


def measure(part: Training, data: Dataset, outputs: Any) -> float | None:
    """The accuracy, or the mean squared error, of outputs; None where they are not of the right form."""
    if not isinstance(outputs, np.ndarray) or not np.isfinite(outputs).all():
        return None
    if part.measure == "error":
        return float(np.mean((outputs - data.tests) ** 2)) if outputs.shape == data.tests.shape else None
    if outputs.ndim != 2 or len(outputs) != len(data.answers) or outputs.shape[1] == 0:
        return None
    return float(np.mean(outputs.argmax(axis=1) == data.answers))
