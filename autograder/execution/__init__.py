"""Running student code: the one interface that every back end fills.

A `Job` is a list of steps; the trusted side asks for one at a time and compares nothing here. What comes back is plain
data (`autograder.responses`), a claim by untrusted code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from autograder.responses import Raised

if TYPE_CHECKING:  # the process that runs student code imports this package: it shall not load the question bank
    from assignments.blueprint import Limits


@dataclass(frozen=True)
class Run:
    """Run the code of cell number `cell`."""

    cell: int
    source: str


@dataclass(frozen=True)
class Read:
    """Read variables as they stand now."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Call:
    """Call a function of the student's; `case` numbers the call, `banned` operations are away.

    Arrays among the arguments reach it as torch tensors or as NumPy's own, as `takes` says; with `inference`, where
    torch does not differentiate. What it gives is kept under `key`, or else under the function's name.
    """

    function: str
    case: int
    arguments: tuple[Any, ...]
    banned: tuple[str, ...] = ()
    takes: str = "torch"
    inference: bool = False
    key: str = ""


@dataclass(frozen=True)
class Build:
    """Have a function of the student's build a network, and run it on images; without images, tell its shapes.

    What it gives is kept among the calls, under `key` or else the function's name.
    """

    function: str
    case: int
    arguments: tuple[Any, ...]
    images: np.ndarray[Any, Any] | None
    banned: tuple[str, ...] = ()
    key: str = ""


@dataclass(frozen=True)
class Train:
    """Have `builder` make a network and `function` train it for at most `seconds`; then run it on tests.

    data: images, labels and tests. device: "cuda" where a GPU is shown to the code, if there is one. epochs: how often
    it may see the images, 0 where that is not bounded. What it gives is kept among the calls, under `key` or else the
    function's name.
    """

    function: str
    case: int
    builder: str
    data: tuple[np.ndarray[Any, Any], ...]
    seconds: float
    banned: tuple[str, ...] = ()
    key: str = ""
    device: str = "cpu"
    epochs: int = 0


@dataclass(frozen=True)
class Cost:
    """What a call took, by the child's own account: CPU seconds, and by how much it raised the peak of memory."""

    seconds: float
    memory_mb: float


Asked = Call | Build | Train  # what is kept by key and case
Step = Run | Read | Asked


@dataclass
class Execution:
    """What running a submission gave."""

    outputs: dict[int, list[dict[str, Any]]] = field(default_factory=dict)  # by cell, as nbformat has them
    raised: dict[int, Raised] = field(default_factory=dict)  # by cell
    values: dict[str, Any] = field(default_factory=dict)  # by variable
    calls: dict[str, dict[int, Any]] = field(default_factory=dict)  # by key and case
    costs: dict[str, dict[int, Cost]] = field(default_factory=dict)  # by key and case
    stopped: str = ""  # why the run ended before its last step, for the student to read
    gpu: str = ""  # the name of the GPU that was shown to the code, if one was


class Executor(Protocol):
    """Runs jobs, one at a time. Each of a grader's workers has one of its own."""

    def run(self, steps: Sequence[Step], limits: Limits) -> Execution:
        """Run the steps within the limits. Raises ExecutionError only for faults of ours."""
        ...

    def close(self) -> None:
        """Free what the executor holds."""
        ...
