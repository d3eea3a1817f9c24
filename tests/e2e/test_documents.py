"""The commands of the README and the template of CONTRIBUTING, done as they are written."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from tests.e2e.conftest import run

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


def blocks(document: str, language: str) -> list[str]:
    text = (ROOT / document).read_text(encoding="utf-8")
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```", text, flags=re.MULTILINE | re.DOTALL)
    return [textwrap.dedent(block) for _, block in found]


def test_the_commands_of_the_readme_work(tmp_path: Path) -> None:
    folder = tmp_path
    commands = [line[2:] for block in blocks("README.md", "console") for line in block.splitlines()]
    assert len(commands) > 8
    for command in commands:
        if command.startswith("cd "):
            folder = folder / command[3:]
        else:
            run(command, folder)
    for step in ("release", "submitted", "autograded", "feedback"):
        assert len(list((folder / step).glob("*/hw1/hw1.*"))) == 3, step
    assert (folder / "reports" / "hw1.html").is_file()
    assert len((folder / "grades.csv").read_text().splitlines()) == 4


def test_the_template_of_the_guide_passes_its_check(tmp_path: Path) -> None:
    [source] = blocks("CONTRIBUTING.md", "python")
    course = tmp_path / "course"
    run(f"fieldmark init {course}", tmp_path)
    file = course / "templates" / "shapes" / "pooling_windows.py"
    file.parent.mkdir()
    file.write_text(source, encoding="utf-8")
    assert "ok    shapes/pooling_windows" in run("fieldmark bank check shapes/pooling_windows", course)
    assert "How many windows are there?" in run("fieldmark bank show shapes/pooling_windows --seed 1", course)
    assert "shapes/pooling_windows" in run("fieldmark bank list", course)

    blueprint = course / "blueprints" / "hw1.toml"
    blueprint.write_text('title = "Ours"\n\n[[slots]]\ntemplate = "shapes/pooling_windows"\n')
    run("fieldmark generate hw1", course)
    assert len(list((course / "release").glob("*/hw1/hw1.ipynb"))) == 3


def test_links_between_documents_lead_somewhere() -> None:
    for document in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text(encoding="utf-8")):
            assert (document.parent / link).exists(), f"{document.name}: {link}"
