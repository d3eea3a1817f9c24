"""The wheel works outside the checkout: templates, blueprints and pages are in it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow

SCRIPT = """
import sys
from pathlib import Path
import question_bank, assignments, autograder
for package in (question_bank, assignments, autograder):
    assert package.__file__.startswith(sys.argv[1]), package.__file__
    assert (Path(package.__file__).parent / "py.typed").is_file(), package
from assignments import release
from autograder import feedback, report
from question_bank.catalog import Catalog
course = release.init(Path(sys.argv[1]) / "course")
released = release.generate(course, course.blueprint("hw1"))
assert all(item.notebook.is_file() for item in released)
for name in ("feedback.html", "report.html"):
    feedback.page(name)
feedback.style()
print(len(Catalog().entries()), "templates")
"""


def test_an_installed_wheel_is_complete(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    site = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(site), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    files = sorted((ROOT / "question_bank" / "templates").glob("*/*.py"))
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(site)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(site), "PATH": ""},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == f"{len(files)} templates"
