"""Which GPUs this machine shows. No library is asked: one that has used CUDA cannot be forked."""

from __future__ import annotations

import re
from pathlib import Path

DEVICES = Path("/dev")
_GPU = re.compile(r"nvidia\d+")
_BESIDE = re.compile(r"nvidiactl|nvidia-uvm|nvidia-uvm-tools|nvidia-modeset")


def nodes() -> list[str]:
    """The device files that CUDA needs, sorted; none where there is no GPU of NVIDIA's."""
    names = sorted(path.name for path in DEVICES.glob("nvidia*"))
    if not any(map(_GPU.fullmatch, names)):
        return []
    return [str(DEVICES / name) for name in names if _GPU.fullmatch(name) or _BESIDE.fullmatch(name)]
