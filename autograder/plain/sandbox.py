"""A notebook's cells, run in a sandbox in a kernel's place, with the files that lie beside it."""

from __future__ import annotations

import base64
import math
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import from_dict
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Float, Integer, default

from assignments.blueprint import Limits
from autograder.execution import Execution, Executor, Run
from question_bank.errors import CourseError

MAX_FILES = 16 * 2**20  # bytes of the files beside a notebook, packed
MAX_UNPACKED = 128 * 2**20
TOO_LARGE = f"the files beside the notebook are larger than {MAX_UNPACKED >> 20} MB, or {MAX_FILES >> 20} MB packed"
MAX_SECONDS = 3600.0
ERROR = "error"
LAID_OUT = -1  # the step that lays out files, before any cell


@dataclass(frozen=True, slots=True)
class File:
    """A file as the sandbox gets it."""

    packed: str
    size: int
    torch: bool = False  # whether it is Python that is for the environment with torch


def pack(path: Path) -> File:
    """Read a file. Raises CourseError for one that is too large."""
    size = path.stat().st_size
    if size > MAX_UNPACKED:
        raise CourseError(f"{path.parent}: {TOO_LARGE}")
    data = path.read_bytes()
    return File(base64.b64encode(zlib.compress(data)).decode(), size, path.suffix == ".py" and b"torch" in data)


def pack_all(folder: Path) -> dict[str, File]:
    """All files below a folder but the notebooks, by their names in it. Raises CourseError where they are too large."""
    paths = [f for f in sorted(folder.rglob("*")) if f.is_file() and not f.is_symlink() and f.suffix != ".ipynb"]
    if sum(path.stat().st_size for path in paths) > MAX_UNPACKED:
        raise CourseError(f"{folder}: {TOO_LARGE}")
    return {str(path.relative_to(folder)): pack(path) for path in paths}


def layout(files: Mapping[str, File], folder: Path) -> str:
    """Python that lays files out where a notebook runs, and lets it import them, as a kernel would.

    Raises CourseError, which names the folder, where they are too large together.
    """
    unpacked, packed = sum(file.size for file in files.values()), sum(len(file.packed) for file in files.values())
    if unpacked > MAX_UNPACKED or packed > MAX_FILES * 4 / 3:
        raise CourseError(f"{folder}: {TOO_LARGE}")
    torch = "# torch\n" if any(file.torch for file in files.values()) else ""
    return f"{torch}{_LAY_OUT}_lay_out({ ({name: file.packed for name, file in files.items()})!r})\ndel _lay_out\n"


_LAY_OUT = """\
def _lay_out(files):
    import binascii, os, sys, zlib
    sys.path.insert(0, "")
    os.environ["NBGRADER_EXECUTION"] = "autograde"
    for name, packed in files.items():
        if "/" in name:
            os.makedirs(os.path.dirname(name), exist_ok=True)
        with open(name, "wb") as file:
            file.write(zlib.decompress(binascii.a2b_base64(packed)))
"""


class SandboxExecute(NbGraderPreprocessor):  # type: ignore[misc]
    """Runs a notebook's cells in a sandbox instead of a kernel. Set in nbgrader_config.py: c.SandboxExecute.…"""

    cell_seconds = Float(30.0, help="Seconds that a cell may take; by default c.Execute.timeout.").tag(config=True)
    submission_seconds = Float(300.0, help="Seconds that a notebook may take; by default 300, or a cell's.").tag(
        config=True
    )
    memory_mb = Integer(2048, help="Memory of all of a notebook's processes together.").tag(config=True)

    server: Executor

    @default("cell_seconds")
    def _cell_seconds(self) -> float:
        """What the course has set for stock nbgrader's kernel."""
        seconds = self.config.get("Execute", {}).get("timeout", 30)
        return min(float(seconds), MAX_SECONDS) if seconds and seconds > 0 else MAX_SECONDS

    @default("submission_seconds")
    def _submission_seconds(self) -> float:
        return float(max(300.0, self.cell_seconds))

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        folder = Path(resources["metadata"]["path"])
        self.run(nb, layout(pack_all(folder), folder))
        return nb, resources

    def run(self, nb: Any, first: str) -> None:
        """Fill in the outputs of every code cell; what was not reached gets an error, which earns nothing.

        `first` is what `layout` gives. Raises CourseError where it fails.
        """
        code = {index: cell for index, cell in enumerate(nb.cells) if cell.cell_type == "code"}
        execution = self.server.run([Run(LAID_OUT, first), *_steps(code)], self._limits())
        if failed := execution.raised.get(LAID_OUT):  # no code of the student's has run by then
            raise CourseError(f"the files beside the notebook could not be laid out: {failed.kind}: {failed.message}")
        for count, (index, cell) in enumerate(code.items(), start=1):
            cell.execution_count = count
            cell.outputs = [_node(output) for output in _outputs(execution, index, cell.source)]

    def _limits(self) -> Limits:
        return Limits(
            cell_seconds=self.cell_seconds,
            submission_seconds=self.submission_seconds,
            memory_mb=self.memory_mb,
            cpu_seconds=math.ceil(self.submission_seconds),
            disk_mb=256,
            file_mb=256,
        )


def _steps(code: Mapping[int, Any]) -> Iterator[Run]:
    return (Run(index, cell.source) for index, cell in code.items() if cell.source.strip())


def _outputs(execution: Execution, index: int, source: str) -> Iterator[dict[str, Any]]:
    """A cell's outputs; an error where it raised, was stopped or never reached, whatever else it has said."""
    found = execution.outputs.get(index, [])
    yield from found
    if any(output["output_type"] == ERROR for output in found):
        return
    if raised := execution.raised.get(index):
        yield _error(raised.kind, raised.message)
    elif index not in execution.outputs and source.strip():
        yield _error("NotReached", execution.stopped or "this cell was not run")


def _node(output: dict[str, Any]) -> Any:
    return from_dict(output)  # type: ignore[no-untyped-call]


def _error(kind: str, text: str) -> dict[str, Any]:
    return {"output_type": ERROR, "ename": kind, "evalue": text, "traceback": [f"{kind}: {text}"]}
