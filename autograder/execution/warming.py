"""What every submission does for the first time, done once before the fork: each child then finds it done.

First uses are dear: IPython imports a dozen modules to show what was raised, torch looks for accelerators to seed. The
cells are ours and the same for every course. They leave nothing behind but what Python and the libraries remember.
"""

from __future__ import annotations

import importlib
import socket
import sys
from contextlib import suppress
from typing import Any

import numpy as np

from autograder.execution import child, frames
from autograder.execution.shell import Shell
from autograder.responses import encode

SECONDS = 60.0  # more than any of it takes
CELLS = (
    "import numpy as np\ndef f(x):\n    '''x.'''\n    return x\nprint(f'{f(1):.2f}')\nassert np.ones(2).sum() == 2",
    "np.linspace(0, 1, 3)",
    "f(1) / 0",
    "f(",
)
TORCH_CELLS = (
    "import torch\nimport torch.nn as nn\nimport torch.nn.functional as F",
    "x = torch.tensor([[1.0, 2.0]])\nf(x).sum(), nn.Linear(2, 1)\ny = x.new_zeros(3, 4)\ny[:, 1:3] += x\ny.shape, y",
    "assert torch.allclose(x, f(x), atol=1e-4), f'expected {x}'\nF.relu(x)\nx @ x.mT",
    "f(x).view(7)",
)


def import_for_optimisers() -> bool:
    """Import what making one of PyTorch's optimisers imports, 800 modules; whether that is new."""
    if "torch._dynamo" in sys.modules:
        return False
    with suppress(ImportError):  # another version of PyTorch
        importlib.import_module("torch._dynamo")
    return "torch._dynamo" in sys.modules


def warm_up(shell: Shell) -> None:
    """Run cells, read variables and call a function as a submission would have it; then forget their names."""
    how = {"columns": [], "takes": "torch", "inference": False}
    argument = encode(np.ones((1, 2), "float32"))
    requests: list[dict[str, Any]] = [{"do": "run", "source": cell} for cell in CELLS]
    requests.append({"do": "read", "names": ["f", "missing"]})
    if "torch" in sys.modules:
        requests += [{"do": "run", "source": cell} for cell in TORCH_CELLS]
        requests.append({"do": "call", "function": "f", "arguments": [argument], **how})
    ours, theirs = socket.socketpair()
    with ours, theirs:
        for request in requests:
            frames.send(ours, request)
            frames.send(theirs, child.answer(shell, frames.receive(theirs), SECONDS))
            frames.receive(ours)
    shell.reset()  # type: ignore[no-untyped-call]
    for trace in ("last_type", "last_value", "last_traceback"):
        vars(sys).pop(trace, None)
