"""A notebook as handed in → as it is run: nbgrader's own steps, on what its database says of the assignment.

The steps ask a gradebook for each cell; here they ask `Sources`, which was read once for all students.
"""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
from nbformat.v4.rwbase import strip_transient
from nbgrader.api import MissingEntry
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.preprocessors import ClearOutput, DeduplicateIds, NbGraderPreprocessor, OverwriteCells

from question_bank.errors import CourseError

MAX_NOTEBOOK = 64 * 2**20  # bytes: more would take gigabytes to read
KNOWN_METADATA = 10_000  # different cells' metadata that are remembered as valid


@dataclass(frozen=True, slots=True)
class Notebook:
    """One of the assignment's notebooks as the gradebook has it, read once. Cells have nbgrader's attributes."""

    id: str
    name: str
    kernelspec: dict[str, Any] | None
    max_score: float
    source_cells: list[SimpleNamespace]
    grade_cells: list[SimpleNamespace]
    solution_cells: list[SimpleNamespace]
    task_cells: list[SimpleNamespace]

    @property
    def graded(self) -> dict[str, str]:
        """The ids of cells with points, by name."""
        return {cell.name: cell.id for cell in [*self.task_cells, *self.grade_cells]}

    @property
    def commented(self) -> dict[str, str]:
        """The ids of cells with comments, by name."""
        return {cell.name: cell.id for cell in [*self.task_cells, *self.solution_cells]}


class Sources:
    """What nbgrader's steps ask a gradebook for, under the names of its methods."""

    def __init__(self, notebooks: dict[str, Notebook]) -> None:
        self.notebooks = notebooks
        self._sources = {name: {cell.name: cell for cell in book.source_cells} for name, book in notebooks.items()}
        self._graded = {
            name: {cell.name: cell for cell in [*book.task_cells, *book.grade_cells]}
            for name, book in notebooks.items()
        }

    def find_notebook(self, name: str, assignment: str) -> Notebook:
        return self.notebooks[name]

    def find_source_cell(self, name: str, notebook: str, assignment: str) -> Any:
        return _found(self._sources[notebook], name, "source cell")

    def find_graded_cell(self, name: str, notebook: str, assignment: str) -> Any:
        return _found(self._graded[notebook], name, "grade cell")


def _found(cells: dict[str, Any], name: str, what: str) -> Any:
    if name not in cells:
        raise MissingEntry(f"No such {what}: {name}")
    return cells[name]


class _Overwrite(OverwriteCells):  # type: ignore[misc]
    """nbgrader's own, on what was read already instead of a database of its own."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        self.notebook_id = resources["nbgrader"]["notebook"]
        self.assignment_id = resources["nbgrader"]["assignment"]
        nb, resources = NbGraderPreprocessor.preprocess(self, nb, resources)
        if self.add_missing_cells:
            nb, resources = self.add_missing_grade_cells(nb, resources)
            nb, resources = self.add_missing_task_cells(nb, resources)
        return nb, resources


class _Metadata(MetadataValidator):  # type: ignore[misc]
    """nbgrader's own; what was valid once is not looked at again: a class has the same cells."""

    def __init__(self) -> None:
        super().__init__()
        self.known: set[tuple[str, str]] = set()

    def validate_cell(self, cell: Any) -> None:
        key = cell.cell_type, repr(cell.metadata.get("nbgrader"))
        if key not in self.known:
            super().validate_cell(cell)
            if len(self.known) < KNOWN_METADATA:
                self.known.add(key)


class Restorer:
    """nbgrader's steps before a notebook is run, made once for many. Not for several threads."""

    def __init__(self, sources: Sources, parent: Any, log: Any) -> None:
        """`parent` has the settings of nbgrader_config.py."""
        self.sources = sources
        self.clear, self.deduplicate = ClearOutput(parent=parent), DeduplicateIds(parent=parent)
        self.overwrite, self.metadata = _Overwrite(parent=parent), _Metadata()
        self.overwrite.gradebook = sources
        for step in (self.clear, self.deduplicate, self.overwrite, self.metadata):
            step.log = log

    def __call__(self, nb: Any, resources: Any) -> Any:
        """The notebook as it is run. Raises what nbgrader raises for cells that cannot be graded."""
        nb, resources = self.clear(nb, resources)
        nb, resources = self.deduplicate(nb, resources)
        if spec := self.sources.notebooks[resources["nbgrader"]["notebook"]].kernelspec:
            nb.metadata["kernelspec"] = nbformat.from_dict(copy.deepcopy(spec))  # type: ignore[no-untyped-call]
        nb, resources = self.overwrite(nb, resources)
        self.metadata.validate_nb(nb)
        nbformat.validate(nb, relax_add_props=True)  # as nbconvert does
        return nb


def read(file: Path) -> Any:
    """A notebook of any version as one of version 4. Raises what nbformat raises, CourseError for a huge one."""
    if file.stat().st_size > MAX_NOTEBOOK:
        raise CourseError(f"{file}: larger than {MAX_NOTEBOOK >> 20} MB")
    nb: Any = nbformat.convert(nbformat.reader.reads(file.read_text(encoding="utf-8")), 4)  # type: ignore[no-untyped-call]
    return nb


def write(nb: Any, file: Path) -> None:
    """Write a notebook, a line for each cell; nbformat's many lines take as long as all else that is done to it.

    `nb` was found valid when it was read; outputs have since come in forms that the sandbox's trusted side has made.
    """
    plain = strip_transient(nb)  # type: ignore[no-untyped-call]
    cells = ",\n".join(map(_json, plain.pop("cells")))
    rest = _json(plain).removeprefix("{")
    file.write_text(f'{{"cells": [\n{cells}\n],\n{rest}\n', encoding="utf-8")


def _json(part: Any) -> str:
    return json.dumps(part, ensure_ascii=False, sort_keys=True)
