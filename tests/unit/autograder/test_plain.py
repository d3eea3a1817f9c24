"""Plain nbgrader assignments: what is decided before and after a notebook is run."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_output
from nbgrader.utils import determine_grade, find_all_files

from autograder.plain import course, files, is_plain
from autograder.plain.sandbox import File, SandboxExecute, layout
from autograder.plain.scoring import judged
from question_bank.errors import CourseError

LOG = logging.getLogger("test")
CONFIG = "c = get_config()\nc.CourseDirectory.course_id = 'plain'\n"


def result(*texts: str) -> list[Any]:
    return [new_output("execute_result", {"text/plain": text}, execution_count=1) for text in texts]


def stderr() -> Any:
    return new_output("stream", name="stderr", text="oh")


def error() -> Any:
    return new_output("error", ename="E", evalue="", traceback=[])


def checking(outputs: list[Any], points: float = 3) -> Any:
    flags = {"grade": True, "solution": False, "locked": True, "grade_id": "t", "points": points, "schema_version": 3}
    return new_code_cell("f()", outputs=outputs, metadata={"nbgrader": flags})


OUTPUTS = [
    [],
    result("2"),
    result("'text'"),
    result("0"),
    [error()],
    [stderr()],
    result("nan"),
    result("-1"),
    result("3"),
]
OUTPUTS += [[new_output("stream", text="hm"), *result("1")], [*result("2"), error()], [stderr(), *result("2")]]


@pytest.mark.parametrize("outputs", OUTPUTS)
def test_scores_are_nbgraders(outputs: list[Any]) -> None:
    cell = checking(outputs)
    assert judged(cell, True, LOG).points == determine_grade(cell)[0]


@pytest.mark.parametrize(
    ("outputs", "points", "look"),
    [
        (result("nan"), 0, True),
        (result("-1"), 0, True),
        (result("inf"), 0, True),
        (result("3.5"), 3, False),
        (result("2"), 2, False),
        ([stderr(), *result("2")], 2, False),
        ([stderr()], 3, False),
        ([stderr(), error()], 0, False),
    ],
)
def test_the_sane_rule(outputs: list[Any], points: float, look: bool) -> None:
    cell = checking(outputs)
    found = judged(cell, False, LOG)
    assert (found.points, found.look) == (points, look)
    assert cell.outputs == outputs


def test_more_points_than_there_are_fail_the_submission_under_nbgraders_rule() -> None:
    with pytest.raises(ValueError, match="greater than maximum"):
        judged(checking(result("3.5")), True, LOG)


@pytest.mark.parametrize(
    ("settings", "asks"),
    [
        ("", ""),
        ("c.IgnorePattern.enabled = True\nc.LimitOutput.max_lines = 5\nc.OverwriteCells.add_missing_cells = True", ""),
        ("c.Execute.timeout = 5\nc.ClearSolutions.begin_solution_delimeter = 'x'\nc.Exchange.root = '/x'", ""),
        ("c.Autograde.exclude_overwriting = {'ps1': ['a.py']}\nc.SandboxExecute.memory_mb = 512", ""),
        ("c.Autograde.autograde_preprocessors.append('x.Y')", "Autograde"),
        ("c.BaseConverter.pre_convert_hook = print", "BaseConverter"),
        ("c.NotebookExporter.nbformat_version = 3", "NotebookExporter"),
        ("c.Exporter.preprocessors = ['x.Y']", "Exporter"),
        ("c.SaveAutoGrades.enabled = False", "SaveAutoGrades"),
        ("c.ClearMetadataPreprocessor.enabled = True", "ClearMetadataPreprocessor"),
        ("c.Autograde.LimitOutput.max_lines = 5", "Autograde"),
        ("c.CourseDirectory.groupshared = True", "CourseDirectory"),
    ],
)
def test_settings_that_only_nbgraders_converter_follows(settings: str, asks: str, tmp_path: Path) -> None:
    (tmp_path / "nbgrader_config.py").write_text(CONFIG + settings)
    assert course.needs_converter(course.load(tmp_path, "ps1")) == asks


@pytest.mark.parametrize(
    ("settings", "cell", "notebook"),
    [
        ("", 30, 300),
        ("c.Execute.timeout = 5", 5, 300),
        ("c.Execute.timeout = 900", 900, 900),
        ("c.Execute.timeout = None", 3600, 3600),
        ("c.Execute.timeout = -1\nc.SandboxExecute.submission_seconds = 60", 3600, 60),
        ("c.Execute.timeout = 900\nc.SandboxExecute.cell_seconds = 1.5", 1.5, 300),
    ],
)
def test_time_limits_are_those_of_stock_nbgrader_unless_ours_are_set(
    settings: str, cell: float, notebook: float, tmp_path: Path
) -> None:
    (tmp_path / "nbgrader_config.py").write_text(CONFIG + settings)
    execute = SandboxExecute(parent=course.load(tmp_path, "ps1").parent)
    assert (execute.cell_seconds, execute.submission_seconds) == (cell, notebook)


def test_folders_are_where_nbgrader_has_them(tmp_path: Path) -> None:
    settings = "c.CourseDirectory.source_directory = 'master'\nc.CourseDirectory.submitted_directory = 'in'\n"
    settings += "c.CourseDirectory.directory_structure = '{assignment_id}/{nbgrader_step}/{student_id}'\n"
    (tmp_path / "nbgrader_config.py").write_text(f"{CONFIG}{settings}c.CourseDirectory.student_id_exclude = 'eve,x'")
    assert not is_plain(tmp_path, "ps1")
    for folder in ("ps1/master", "ps1/in/ann", "ps1/in/eve", "ps1/in/bob", "ps2/in/dan"):
        (tmp_path / folder).mkdir(parents=True)
    assert is_plain(tmp_path, "ps1")
    here = course.load(tmp_path, "ps1")
    assert course.chosen(here) == ["ann", "bob"]
    assert course.chosen(here, "bob") == ["bob"]
    with pytest.raises(CourseError, match="nothing was handed in"):
        course.chosen(here, "dan")


def test_files_are_chosen_as_nbgrader_chooses_them(tmp_path: Path) -> None:
    folders = ["", "data", "data/more", "__pycache__", "data/.ipynb_checkpoints", ".hidden", "b/feedback"]
    names = ["a.csv", "b.pyc", ".c.pyc", "d.ipynb", ".e.ipynb", "feedback", "f[1].txt", "g.TXT"]
    for folder in folders:
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        for name in names:
            if not (tmp_path / folder / name).exists():
                (tmp_path / folder / name).write_text("")
    patterns = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "*.ipynb", "*.txt"]
    theirs = {str(Path(name).relative_to(tmp_path)) for name in find_all_files(str(tmp_path), patterns)}
    assert set(files.below(tmp_path, patterns)) == theirs
    assert {"a.csv", ".c.pyc", "data/more/g.TXT", ".hidden/a.csv"} <= theirs


def test_files_that_are_too_large_together_are_refused() -> None:
    with pytest.raises(CourseError, match="ps1: the files beside the notebook are larger than 128 MB"):
        layout({"a": File("", 2**27), "b": File("", 1)}, Path("ps1"))


@pytest.mark.parametrize(
    ("make", "what"),
    [(lambda path: path.symlink_to("/etc/passwd"), "is a link"), (os.mkfifo, "is a pipe or a device")],
)
def test_what_is_no_file_is_refused_before_it_is_read(tmp_path: Path, make: Any, what: str) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "data.csv").write_text("1,2")
    files.refuse_links(tmp_path)
    make(tmp_path / "inside" / "odd.csv")
    with pytest.raises(CourseError, match=rf"odd\.csv {what}"):
        files.refuse_links(tmp_path)
