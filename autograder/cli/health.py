"""`fieldmark doctor`: what this machine offers."""

from __future__ import annotations

import os
import platform
from importlib import metadata
from importlib.util import find_spec

from rich.console import Console
from rich.text import Text

from autograder.execution import gpus, tiers
from autograder.execution.forkserver import ForkServer

PACKAGES = ("fieldmark", "nbgrader", "torch", "numpy", "sympy", "ipython")


def report() -> int:
    """Print it; 0 where student code can be isolated, else 1."""
    console = Console(highlight=False)
    who = "root" if os.getuid() == 0 else "an ordinary user"
    console.print(f"{platform.system()} {platform.release()}, Python {platform.python_version()}, as {who}")
    console.print(", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES))
    pip = "can be made (pip is here)" if find_spec("pip") else "cannot be made: Python has no pip here"
    console.print(f"environments of assignments' own (environment = … in a blueprint): {pip}", soft_wrap=True)
    works = []
    for finding in tiers.findings():
        verdict = Text("works", "green") if not finding.fault else Text(finding.fault, "red")
        console.print(Text(f"tier {finding.tier} ({tiers.MEANING[finding.tier]}): ") + verdict, soft_wrap=True)
        if not finding.fault:
            works.append(finding.tier)
    if works:
        console.print(_gpu(works[0]), soft_wrap=True)
        console.print(f"Student code is run in tier {works[0]}.")
        return 0
    console.print(tiers.HELP, soft_wrap=True)
    return 1


def _gpu(tier: str) -> str:
    """Whether trainings that may use a GPU find one."""
    if not (nodes := gpus.nodes()):
        return "GPU: none here; trainings that may use one run on the CPU"
    with ForkServer(tier) as server:
        return f"GPU: {server.gpu or f'{nodes[0]} is here, but PyTorch cannot use it behind the walls'}"
