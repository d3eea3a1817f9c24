"""What a child is asked to do: each step as a frame, and when it is sent."""

from __future__ import annotations

import select
import socket
from collections import deque
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np

from autograder.execution import Asked, Build, Call, Read, Run, Step, Train, frames, gpus
from autograder.responses import Malformed, encode

Surroundings = Literal["numpy", "torch", "gpu"]  # what is imported already, and torch with a GPU
MAX_AHEAD = 32  # calls that are sent ahead, and their bytes: a socket holds 200 kB
MAX_BYTES_AHEAD = 2**16


class Requests:
    """Steps on their way. Those that call one function are sent ahead of their answers, so that neither side waits.

    No more is ahead than the socket holds: a child that is busy sending a large answer must not keep us from reading.
    """

    def __init__(self, connection: socket.socket, steps: Sequence[Step]) -> None:
        self._connection = connection
        self._packed = ((step, frames.packed(_request(step))) for step in steps)
        self._first = next(self._packed, None)  # of those that are not sent yet
        self._ahead: deque[tuple[Step, int]] = deque()  # those that are, and how many bytes each was

    @property
    def next(self) -> Step | None:
        """What will be answered next; None where all has been."""
        first = self._ahead[0] if self._ahead else self._first
        return first[0] if first else None

    def send(self) -> None:
        """Make sure that the next step is sent, and take it for answered. Raises OSError and Malformed."""
        if not self._ahead:
            _expect_silence(self._connection)
        while self._first and (not self._ahead or self._fits(*self._first)):
            step, data = self._first
            self._connection.sendall(data)
            self._ahead.append((step, len(data)))
            self._first = next(self._packed, None)
        self._ahead.popleft()

    def _fits(self, step: Step, data: bytes) -> bool:
        last, _ = self._ahead[-1]
        if (
            not isinstance(step, Call)
            or not isinstance(last, Call)
            or (step.key, step.function) != (last.key, last.function)
        ):
            return False
        return len(self._ahead) < MAX_AHEAD and sum(size for _, size in self._ahead) + len(data) <= MAX_BYTES_AHEAD


def _expect_silence(connection: socket.socket) -> None:
    """A frame that nobody asked for is forged. Raises Malformed."""
    if select.select([connection], [], [], 0)[0] and connection.recv(1, socket.MSG_PEEK):
        raise Malformed("an answer without a question")


def _request(step: Step) -> dict[str, Any]:
    match step:
        case Run():
            return {"do": "run", "source": step.source}
        case Read():
            return {"do": "read", "names": list(step.names)}
        case Call():
            return {
                "do": "call",
                "function": step.function,
                "arguments": [encode(argument) for argument in step.arguments],
                "columns": [n for n, argument in enumerate(step.arguments) if by_columns(argument)],
                "banned": list(step.banned),
                "takes": step.takes,
                "inference": step.inference,
            }
        case Build():
            return {
                "do": "build",
                "function": step.function,
                "arguments": [encode(argument) for argument in step.arguments],
                "images": encode(step.images),
                "banned": list(step.banned),
            }
        case Train():
            return {
                "do": "train",
                "function": step.function,
                "builder": step.builder,
                "data": [encode(array) for array in step.data],
                "seconds": step.seconds,
                "epochs": step.epochs,
                "banned": list(step.banned),
            }


def surroundings(steps: Sequence[Step]) -> Surroundings:
    """What is around the code while the steps are run."""
    if any(isinstance(step, Train) and step.device == "cuda" for step in steps) and gpus.nodes():
        return "gpu"
    return "torch" if any(map(_needs_torch, steps)) else "numpy"


def preparation(steps: Sequence[Step]) -> dict[str, Any]:
    """What the warm process had better do before it forks, as children then find it done.

    banned: what calls will have to do without. optimises: whether code may make one of PyTorch's optimisers, which
    imports for a second what little else needs.
    """
    return {
        "banned": sorted({step.banned for step in steps if isinstance(step, Asked)}),
        "optimises": any(isinstance(step, Run) and "optim" in step.source for step in steps),
    }


def _needs_torch(step: Step) -> bool:
    match step:
        case Call():
            return step.takes == "torch"
        case Build() | Train():
            return True
        case Run():
            return "torch" in step.source
        case _:
            return False


def by_columns(argument: Any) -> bool:
    """Whether an array lies in memory by columns, which its bytes on the wire do not tell."""
    return isinstance(argument, np.ndarray) and argument.flags.f_contiguous and not argument.flags.c_contiguous
