"""Walls around student code, made of what Linux offers.

The warm process raises them once, before it forks (`raise_walls`); each child lets itself be confined before it sees a
submission. What they are made of is the tier, chosen by trying it out (`autograder.execution.tiers`):

A  user or uid, pid, network, mount, IPC and host-name namespaces; read-only Python and nothing else of the machine;
   seccomp; resource limits; a watch over the memory of all its processes
B  Landlock instead of namespaces; seccomp; resource limits; the same watch; leftovers are swept away
C  resource limits only
"""

from __future__ import annotations

from collections.abc import Sequence

from autograder.execution.sandbox.walls import Walls


def raise_walls(tier: str, hidden: Sequence[str], uid: int, devices: Sequence[str] = ()) -> Walls:
    """The walls of a tier around the calling process.

    `hidden` are folders that no child may see, `devices` the files of a GPU that it may use.
    Raises OSError where the host does not offer what the tier needs.
    """
    if tier == "A":
        from autograder.execution.sandbox.namespaces import NamespaceWalls

        return NamespaceWalls(hidden, uid, devices)
    if tier == "B":
        from autograder.execution.sandbox.landlock import LandlockWalls

        return LandlockWalls(hidden, devices)
    from autograder.execution.sandbox.plain import PlainWalls

    return PlainWalls(devices)
