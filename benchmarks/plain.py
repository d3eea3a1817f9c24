"""A plain nbgrader assignment, graded by stock nbgrader and in the sandbox: CPU of one more notebook, in one run.

    python benchmarks/plain.py [--students 300] [--stock 9] [--imports torch] [--cells 40]

Beside that, what each takes to start, and the ratio for so many students with starting included. Feedback is nbgrader's
in both and left out.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from common import BIN, ENVIRONMENT, cost
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook

SOLUTION = """\
def conv2d(x, w):
    ### BEGIN SOLUTION
    rows, columns = x.shape[0] - w.shape[0] + 1, x.shape[1] - w.shape[1] + 1
    return np.array([[(x[i:i + w.shape[0], j:j + w.shape[1]] * w).sum() for j in range(columns)] for i in range(rows)])
    ### END SOLUTION
"""
TESTS = """\
x = np.arange(30.0).reshape(5, 6)
assert conv2d(x, np.ones((2, 3))).shape == (4, 4)
### BEGIN HIDDEN TESTS
assert np.allclose(conv2d(x, np.array([[0.0, 1.0], [-1.0, 0.0]])), x[:-1, 1:] - x[1:, :-1])
### END HIDDEN TESTS
"""


def cell(source: str, grade_id: str, points: float | None = None, **flags: bool) -> Any:
    """A cell with nbgrader's metadata."""
    metadata = {"grade": False, "solution": False, "locked": False, "task": False, **flags}
    metadata |= {"schema_version": 3, "grade_id": grade_id} | ({"points": points} if points is not None else {})
    return new_code_cell(source, metadata={"nbgrader": metadata})


def course(root: Path, students: int, imports: str, more: int = 0) -> Path:
    """Released and handed in: two thirds right, one third blank. `more` cells of text and of code are at the end."""
    (root / "source" / "ps1").mkdir(parents=True)
    (root / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'plain'\n")
    cells = [new_code_cell(imports), cell(SOLUTION, "conv2d", solution=True)]
    cells.append(cell(TESTS, "tests", 4, grade=True, locked=True))
    for number in range(more):
        cells += [
            new_markdown_cell(f"## {number}\n\nA paragraph.\n" * 5),
            new_code_cell(f"a = {number}\nprint(a)\n" * 3),
        ]
    nbformat.write(new_notebook(cells=cells), root / "source" / "ps1" / "conv.ipynb")
    command = [str(BIN / "nbgrader"), "generate_assignment", "ps1"]
    subprocess.run(command, cwd=root, env=ENVIRONMENT, check=True, capture_output=True)
    right = "\n".join(line for line in SOLUTION.splitlines() if "###" not in line)
    for number in range(students):
        book = nbformat.read(root / "release" / "ps1" / "conv.ipynb", as_version=4)
        if number % 3:
            book.cells[1].source = right
        target = root / "submitted" / f"student{number:03d}" / "ps1"
        target.mkdir(parents=True)
        nbformat.write(book, target / "conv.ipynb")
    return root


def some_of(root: Path, folder: Path, students: int) -> Path:
    """A copy in which only the first so many have handed in."""
    shutil.copytree(root, folder)
    for late in sorted((folder / "submitted").iterdir())[students:]:
        shutil.rmtree(late)
    return folder


def scores(root: Path) -> dict[str, float]:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "plain") as book:
        return {s.student_id: s.score for s in book.assignment_submissions("ps1")}


def one_more(root: Path, folder: Path, students: int, *command: str) -> tuple[float, float, dict[str, float]]:
    """CPU seconds of one more notebook, the slope between a third of them and all; what is left at none; the scores."""
    few = max(1, students // 3)
    small, large = (some_of(root, folder / str(count), count) for count in (few, students))
    spent = [cost(at, count, list(command)).cpu for at, count in ((small, few), (large, students))]
    slope = (spent[1] - spent[0]) / (students - few)
    return slope, spent[1] - students * slope, scores(large)


def main() -> None:
    """Print the ratio; fail where scores differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--stock", type=int, default=9)
    parser.add_argument("--imports", default="numpy", help="what the notebook imports beside NumPy, such as torch")
    parser.add_argument(
        "--cells", type=int, default=0, help="cells of text and as many of code that the notebook has more"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        imports = f"import numpy as np\nimport {options.imports}"
        root = course(Path(folder) / "course", options.students, imports, options.cells)
        autograde, grade = (str(BIN / "nbgrader"), "autograde", "ps1"), (str(BIN / "fieldmark"), "grade", "ps1")
        stock, their_start, theirs = one_more(root, Path(folder) / "stock", options.stock, *autograde)
        ours, our_start, mine = one_more(root, Path(folder) / "ours", options.students, *grade)
    same = bool(theirs) and all(mine[student] == score for student, score in theirs.items())
    print(f"stock nbgrader autograde: {1000 * stock:.0f} ms CPU for one more notebook ({options.stock}), ", end="")
    print(f"{their_start:.1f} s to start")
    print(f"fieldmark grade:          {1000 * ours:.1f} ms CPU for one more notebook ({options.students}), ", end="")
    print(f"{our_start:.1f} s to start")
    print(f"{stock / ours:.1f} : 1; the scores of those that both graded {'are the same' if same else 'DIFFER'}")
    in_all = (their_start + options.students * stock) / (our_start + options.students * ours)
    print(f"with starting, {options.students} notebooks: {in_all:.1f} : 1, stock's by its slope")
    sys.exit(0 if same else 1)


if __name__ == "__main__":
    main()
