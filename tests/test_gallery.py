"""docs/gallery is what the bank's templates make of it today: `fieldmark bank gallery --to docs/gallery`."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder import gallery
from question_bank.catalog import Catalog

GALLERY = Path(__file__).parents[1] / "docs" / "gallery"
CATALOG = Catalog()
FOLDERS = sorted({path.partition("/")[0] for path in CATALOG.files()})


def templates(folder: str):
    return [CATALOG.get(path) for path in CATALOG.files() if path.startswith(f"{folder}/")]


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_page_is_not_stale(folder: str) -> None:
    stale = [
        name
        for name, text in gallery.pages(folder, templates(folder)).items()
        if not (GALLERY / name).is_file() or (GALLERY / name).read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run: fieldmark bank gallery --to docs/gallery"


def test_the_index_is_not_stale() -> None:
    every = [CATALOG.get(path) for path in CATALOG.files()]
    assert (GALLERY / "README.md").read_text(encoding="utf-8") == gallery.index(every)


def test_there_is_nothing_else() -> None:
    drawn = {path: CATALOG.get(path).draw(gallery.SEED).figure() for path in CATALOG.files()}
    figures = {f"{path.replace('/', '-')}.svg" for path, figure in drawn.items() if figure}
    assert {file.name for file in (GALLERY / "figures").glob("*")} == figures
    assert {file.name for file in GALLERY.glob("*.md")} == {"README.md", *(f"{folder}.md" for folder in FOLDERS)}
