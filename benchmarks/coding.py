"""What grading ten coding tasks costs beside what the students' code and the references need by themselves.

    python benchmarks/coding.py [--students 40]

Every student hands in ten functions, right ones. Needed: the cells, each function on each of its cases, and the
reference on the same arguments, in a fork of a process that has imported torch: no isolation, no limits, no marking.
Ours: CPU of `fieldmark grade` and all its children for one more submission, the slope between a small and a large
class, so that starting up is left out. Quote the ratio.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import common
import numpy as np
import torch

from assignments import paper, rehearsal
from assignments.blueprint import Blueprint
from assignments.course import Course
from autograder import cases, submission
from autograder.responses import call_key
from question_bank.cases import Arguments
from question_bank.code import Code

TASKS = (
    "implement_conv2d",
    "conv2d_numpy",
    "conv2d_dilated_grouped",
    "conv2d_backward",
    "transposed_conv2d",
    "im2col_col2im",
    "max_pool2d",
    "avg_pool2d",
    "batch_norm",
    "softmax_cross_entropy",
)
BLUEPRINT = 'title = "Ten functions"\n\n[limits]\ncell_seconds = 20\nsubmission_seconds = 200\n' + "".join(
    f'\n[[slots]]\ntemplate = "coding/{task}"\npoints = 6\n' for task in TASKS
)
GOAL = 3


def needed(course: Course) -> tuple[float, float]:
    """CPU seconds a submission: of the cells and the calls of their functions; of the references."""
    plan, manifests = course.blueprint("hw1"), course.manifests("hw1")
    found = [in_a_fork(partial(of_one, course, plan, manifest)) for manifest in manifests]
    own, references = zip(*found, strict=True)
    return statistics.mean(own), statistics.mean(references)


def in_a_fork(work: Callable[[], tuple[float, float]]) -> tuple[float, float]:
    """What a process of its own says that has done the work: it runs the code for the first time, as any would."""
    reader, writer = os.pipe()
    if not (pid := os.fork()):
        os.write(writer, json.dumps(work()).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as said:
        own, references = json.load(said)
    os.waitpid(pid, 0)
    return own, references


def of_one(course: Course, plan: Blueprint, manifest: paper.Manifest) -> tuple[float, float]:
    """CPU seconds of one submission."""
    dealt = paper.paper_of(manifest, plan, course.catalog)
    file = course.notebook_file("submitted", dealt.student, "hw1")
    handed_in = submission.read(file.read_bytes(), str(file))
    questions = {question.id: question for question in dealt.questions}
    names: dict[str, Any] = {"__name__": "__main__"}
    own = references = 0.0
    for cell in handed_in.cells:
        if cell.grade_id in questions:  # a grade cell: here grading calls the functions
            of_calls, of_references = called(course, dealt, questions[cell.grade_id], handed_in.digest, names)
            own, references = own + of_calls, references + of_references
        elif cell.is_code:
            with seconds() as spent, contextlib.redirect_stdout(io.StringIO()):
                exec(compile(cell.source, "cell", "exec"), names)
            own += spent[0]
    return own, references


def called(
    course: Course, dealt: paper.Paper, question: paper.Question, digest: str, names: dict[str, Any]
) -> tuple[float, float]:
    """CPU seconds of a question's functions on all of their cases, and of the references."""
    own = references = 0.0
    inputs = cases.inputs(dealt, course.secret, digest)
    for part in question.parts.values():
        assert isinstance(part, Code)
        arguments = inputs[call_key(question.id, part.name)]
        prepared = [given(each, part.answer.takes) for each in arguments]
        precise = [given(each, "torch", np.float64) for each in arguments]
        with seconds() as spent, torch.no_grad():
            for each in prepared:
                names[part.name](*each)
        own += spent[0]
        with seconds() as spent, torch.no_grad():
            for each in precise:
                question.variant.key(part.name)(*each)
        references += spent[0]
    return own, references


def given(arguments: Arguments, takes: str, dtype: type | None = None) -> list[Any]:
    """Arguments as a function gets them; numbers in that dtype."""
    arrays = [a.astype(dtype) if dtype and isinstance(a, np.ndarray) and a.dtype.kind == "f" else a for a in arguments]
    return [torch.from_numpy(a.copy()) if isinstance(a, np.ndarray) and takes == "torch" else a for a in arrays]


@contextlib.contextmanager
def seconds() -> Iterator[list[float]]:
    """The CPU seconds of a block, once it is left."""
    found, start = [0.0], time.process_time()
    yield found
    found[0] = time.process_time() - start


def main() -> None:
    """Print what is needed, what grading takes, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--students", type=int, default=40)
    options = parser.parse_args()
    if options.students < 8:
        parser.error("expected at least 8 students")
    os.environ["OMP_NUM_THREADS"] = "1"
    torch.set_num_threads(1)
    few = options.students // 4
    with tempfile.TemporaryDirectory() as folder:
        course = common.class_of(Path(folder) / "course", options.students, BLUEPRINT, [rehearsal.knows_it])
        small, large = (common.some_of(course.root, Path(folder) / f"class{n}", n) for n in (few, options.students))
        own, references = needed(course)
        spent = [common.ours(at, n, 1) for at, n in ((small, few), (large, options.students))]
        rows = common.grades(large)
    more = options.students - few
    ours = (spent[1][0].cpu - spent[0][0].cpu) / more
    trusted = (spent[1][1].own_cpu - spent[0][1].own_cpu) / more
    full = {row["score"] == row["max_score"] for row in rows} == {True}
    ratio = ours / (own + references)
    print(f"CPU ms a submission of {len(TASKS)} functions, {options.students} submissions")
    print(f"  needed: cells and calls {1000 * own:.1f}, references {1000 * references:.1f}")
    print(f"  fieldmark grade: {1000 * ours:.1f}, {ratio:.2f} times as much; at most {GOAL}: {ratio <= GOAL};")
    print(f"  of that, the trusted side's {1000 * trusted:.1f}")
    print(f"  all have full marks: {full}")
    sys.exit(0 if full else 1)


if __name__ == "__main__":
    main()
