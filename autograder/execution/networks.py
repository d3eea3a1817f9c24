"""Networks of the student's: built, run on images, trained. In the child, so all that comes back is a claim.

What comes back is [names of parameters and buffers, their arrays or shapes, outputs or None, why training ended early].
Arrays are what a training has reached; a network that was only built is compared with parameters of our own.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import numpy as np

from autograder.responses import TIME_UP
from autograder.weights import MAX_VALUES, fill


class NoNetwork(Exception):
    """What was returned is no network."""


class SeenOften(BaseException):
    """The network has seen its images as often as it may. No `Exception`, as for time."""


def built(function: Callable[..., Any], arguments: Sequence[Any], images: np.ndarray[Any, Any] | None) -> list[Any]:
    """The shapes of the network that the function builds, and what it says of the images with our parameters in it."""
    if images is None:
        return [*_state(_without_memory(function, arguments), values=False), None, ""]
    network = _network(function, arguments)
    names, shapes = _state(network, values=False)
    if sum(map(math.prod, shapes)) > MAX_VALUES:
        return [names, shapes, None, ""]
    fill(network, images)
    return [names, shapes, _outputs(network, images), ""]


def trained(
    build: Callable[..., Any],
    train: Callable[..., Any],
    data: Sequence[np.ndarray[Any, Any]],
    limit: AbstractContextManager[Any],
    out_of_time: type[BaseException],
    epochs: int = 0,
) -> list[Any]:
    """The network after training on data = (images, labels, tests), with its outputs for the tests.

    Where the time is up in the middle of it, or the epochs are over, the network is taken as it stands then.
    """
    import torch

    images, labels, tests = data
    network, stopped = _network(build, ()), ""
    try:
        with limit, _counting(network, epochs * len(images)):
            train(network, torch.from_numpy(images.copy()), torch.from_numpy(labels.copy()))
    except out_of_time:
        stopped = TIME_UP
    except SeenOften:
        stopped = f"the {epochs} epochs allowed were over"
    return [*_state(network, values=True), _outputs(network, tests), stopped]


@contextmanager
def _counting(network: Any, allowed: int) -> Iterator[None]:
    """Count the images that pass through a network while it learns; raises SeenOften there where they are too many."""
    import torch

    seen = 0

    def count(module: Any, given: tuple[Any, ...]) -> None:
        nonlocal seen
        if module.training and torch.is_grad_enabled() and given:
            seen += len(given[0])
            if seen > allowed:
                raise SeenOften

    hook = network.register_forward_pre_hook(count) if allowed else None
    try:
        yield
    finally:
        if hook:
            hook.remove()


def _without_memory(function: Callable[..., Any], arguments: Sequence[Any]) -> Any:
    """The network on torch's meta device, however large it is; with memory where its code names a device itself."""
    import torch

    try:
        with torch.device("meta"):
            return _network(function, arguments)
    except RuntimeError as error:  # such as NotImplementedError: Cannot copy out of meta tensor
        if "meta" not in str(error):
            raise
    return _network(function, arguments)


def _network(function: Callable[..., Any], arguments: Sequence[Any]) -> Any:
    import torch

    found = function(*copy.deepcopy(arguments))
    if not isinstance(found, torch.nn.Module):
        raise NoNetwork(
            f"{getattr(function, '__name__', 'the function')} returned {type(found).__name__}, expected an nn.Module"
        )
    if any(isinstance(each, torch.nn.UninitializedParameter) for each in found.parameters()):
        raise NoNetwork("a layer does not know its sizes yet (it is lazy); give each layer its sizes where you make it")
    return found


def _state(network: Any, values: bool) -> tuple[list[str], list[Any]]:
    """Names and arrays of parameters and buffers, in the order in which they were made; or names and shapes."""
    named = [*network.named_parameters(), *network.named_buffers()]
    small = sum(tensor.numel() for _, tensor in named) <= MAX_VALUES
    arrays = [tensor.detach() if values and small else list(tensor.shape) for _, tensor in named]
    return [name for name, _ in named], arrays


def _outputs(network: Any, images: np.ndarray[Any, Any]) -> Any:
    import torch

    network.eval()
    first = next(iter((*network.parameters(), *network.buffers())), torch.empty(0))
    with torch.no_grad():
        return network(torch.from_numpy(images.copy()).to(first.device))  # a training may have left it on a GPU
