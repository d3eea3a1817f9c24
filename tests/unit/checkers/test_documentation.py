"""docs/answers.md is made from the tables here, and every kind has one."""

import importlib.util
from pathlib import Path

import pytest
from verdicts import every_table

from autograder.checkers.door import KINDS

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def maker():
    spec = importlib.util.spec_from_file_location("answers_page", ROOT / "scripts" / "answers_page.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_up_to_date(maker):
    assert maker.PAGE.read_text(encoding="utf-8") == maker.page(), "run scripts/answers_page.py"


def test_there_are_enough_rows():
    assert sum(len(table.rows) for table in every_table()) >= 600


def test_every_kind_has_a_table(maker):
    documented = {line[3:].lower() for line in maker.page().splitlines() if line.startswith("## ")}
    assert documented == KINDS.keys() - {"function", "explanation"}
