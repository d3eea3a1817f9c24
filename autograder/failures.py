"""What student code raised, and why: its own fault, the order of its cells, or something that is not here. Pure.

What is not here (a name that NumPy or torch no longer has, a GPU, a package, the network, a file of the student's
machine) says nothing of whether an answer is right: it becomes a `Raised` of the kind ENVIRONMENT and goes to a person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from autograder.bindings import bound
from autograder.responses import Raised
from autograder.submission import Cell

ENVIRONMENT = "Environment"
GONE = {  # names that older releases had and that say nothing of themselves → what they are now
    "numpy.alltrue": "np.all",
    "numpy.asscalar": "array.item()",
    "numpy.bool8": "np.bool_",
    "numpy.cumproduct": "np.cumprod",
    "numpy.float128": "np.longdouble",
    "numpy.in1d": "np.isin",
    "numpy.int0": "np.intp",
    "numpy.math": "the module math",
    "numpy.matrix_power": "np.linalg.matrix_power",
    "numpy.msort": "np.sort(a, axis=0)",
    "numpy.object0": "object",
    "numpy.product": "np.prod",
    "numpy.rank": "np.ndim",
    "numpy.row_stack": "np.vstack",
    "numpy.sometrue": "np.any",
    "numpy.str0": "np.str_",
    "numpy.trapz": "np.trapezoid",
    "numpy.uint0": "np.uintp",
    "numpy.void0": "np.void",
    "torch.btrifact": "torch.linalg.lu_factor",
    "torch.fft": "torch.fft.fft",
    "torch.gels": "torch.linalg.lstsq",
    "torch.gesv": "torch.linalg.solve",
    "torch.ifft": "torch.fft.ifft",
    "torch.irfft": "torch.fft.irfft",
    "torch.potrf": "torch.linalg.cholesky",
    "torch.rfft": "torch.fft.rfft",
    "torch.trtrs": "torch.linalg.solve_triangular",
}
_HAS_NO = re.compile(r"module '((?:numpy|torch)(?:\.\w+)*)' has no attribute '(\w+)'")
_ALIAS = re.compile(r"`(np\.\w+)` was a deprecated alias for the builtin `(\w+)`")
_REMOVED = re.compile(r"`(np\.\w+)` was removed in the (NumPy \S+) release\.?\s*(?:Use (`?[^`]{1,60}`?) instead)?")
_TORCH_REMOVED = re.compile(r"deprecated since version \S+ and is now removed")
_TORCH_INSTEAD = re.compile(r"(torch\.linalg\.\w+)")
_GPU = re.compile(r"not compiled with CUDA|No CUDA GPUs|NVIDIA driver|without ATen_cuda|torch\.cuda\.\w+ not available")
_GPU_TOO = re.compile(
    r"not linked with support for mps|CUDA error|cuda is not available|Invalid device.*cuda", re.IGNORECASE
)
_NO_MODULE = re.compile(r"No module named '([\w.]+)'")
_NOT_DEFINED = re.compile(r"name '(\w+)' is not defined")
_ELSEWHERE = re.compile(r"No such file or directory: '((?:/|~|[A-Za-z]:\\)[^']{1,300})'")
_ONES_OWN = ("/tmp/", "/dev/", "/proc/")  # noqa: S108 - folders that are here, and are the submission's own


def environment(raised: Raised) -> str:
    """What was asked for that is not here, and what to do about it; empty where that is not why it was raised."""
    kind, message = raised.kind, raised.message
    if kind == ENVIRONMENT:
        return message
    if kind == "AttributeError":
        return _gone(message)
    if kind == "ModuleNotFoundError" and (module := _NO_MODULE.search(message)):
        return f"the package {module[1].partition('.')[0]!r:.60} is not installed where notebooks are marked"
    if kind == "RuntimeError" and _TORCH_REMOVED.search(message):
        instead = _TORCH_INSTEAD.search(message)
        return "this function was removed from torch" + (f"; its name is now {instead[1]}" if instead else "")
    if kind in ("AssertionError", "RuntimeError", "TypeError", "AcceleratorError") and (
        _GPU.search(message) or _GPU_TOO.search(message)
    ):
        return 'there is no GPU where notebooks are marked; use one only where torch.cuda.is_available(), else "cpu"'
    if "there is no network while" in message:
        return "there is no network while notebooks are marked: nothing can be downloaded"
    if kind == "FileNotFoundError" and (path := _ELSEWHERE.search(message)) and not path[1].startswith(_ONES_OWN):
        return f"the file {path[1]:.100} of another machine is not here; name files relative to the notebook"
    return ""


def _gone(message: str) -> str:
    if alias := _ALIAS.search(message):
        return f"{alias[1]} was removed from NumPy; its name is now {alias[2]}"
    if removed := _REMOVED.search(message):
        now = f"; its name is now {removed[3].strip('`')}" if removed[3] else ""
        return f"{removed[1]} was removed in {removed[2]}{now}"
    found = _HAS_NO.search(message)
    name = f"{found[1]}.{found[2]}" if found else ""
    return f"{name} was removed; its name is now {GONE[name]}" if name in GONE else ""


def explained(index: int, cells: Sequence[Cell], raised: Mapping[int, Raised]) -> Raised:
    """What the cell at `index` raised, with what is known of the reason."""
    error = raised[index]
    if reason := environment(error):
        return Raised(ENVIRONMENT, f"{reason} ({str(error).splitlines()[0]:.200})")
    missing = _NOT_DEFINED.search(error.message) if error.kind == "NameError" else None
    if not missing:
        return error
    name, at = missing[1], cells[index].number
    homes = [
        i
        for i, cell in enumerate(cells)
        if cell.is_code and name in cell.source and _defines(cell, name, raised.get(i))
    ]
    for home in homes:
        if home < index and (before := raised.get(home)):
            number = cells[home].number
            if reason := environment(before):
                return Raised(ENVIRONMENT, f"{name} is not defined, because of cell {number}: {reason}")
            return Raised(error.kind, f"{error.message}: cell {number}, which defines it, raised {before.kind}")
    if below := [home for home in homes if home > index]:
        why = f"it is defined in cell {cells[below[0]].number}, below cell {at}; cells are run from top to bottom"
    elif homes:
        why = "a cell above defines it, but not in every case"
    else:
        why = "no cell defines it; was one deleted? Restart the kernel and run all cells before handing in"
    return Raised(error.kind, f"{error.message}: {why}")


def _defines(cell: Cell, name: str, raised: Raised | None) -> bool:
    """Whether a cell would define the name if it were run to its end."""
    broken = raised is not None and raised.kind in ("SyntaxError", "IndentationError", "TabError")
    return (
        re.search(rf"^[ \t]*(?:def |class )?{name}\b", cell.source, re.M) is not None
        if broken
        else name in bound(cell.source)
    )
