"""What every tier offers to the warm process."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from autograder.execution.sandbox.limits import Bounds


class Walls(ABC):
    """What stands between a child and the machine. Made once by the warm process, which then lives behind it."""

    scratch = ""  # the child's only writable folder; empty: the trusted side provides one

    def __init__(self, devices: Sequence[str] = ()) -> None:
        """`devices`: files of a GPU that children may use."""
        self.devices = tuple(devices)

    @abstractmethod
    def fork(self) -> int:
        """As os.fork, into a place where `confine` can do its work."""

    @abstractmethod
    def confine(self, bounds: Bounds) -> None:
        """In the child, before it sees a submission: from here on there is no way back. Raises OSError."""

    @abstractmethod
    def processes(self) -> list[int]:
        """In the warm process: all processes of the submission that is running."""
