"""The command line: what it prints, and that whatever is wrong is told in a line each, with exit status 2."""

import json
import os
import subprocess
import sys

import pytest

from assignments import notebook, paper, rehearsal, release
from assignments.files import alone, write_text
from autograder.cli import grading, health, main
from autograder.execution import tiers
from question_bank.catalog import Catalog


@pytest.fixture
def fieldmark(monkeypatch, capsys):
    """Run a command as the console script does: (exit status, standard output, standard error)."""
    monkeypatch.setenv("COLUMNS", "200")

    def fieldmark(*arguments):
        monkeypatch.setattr(sys, "argv", ["fieldmark", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as exit:
            main.run()
        return exit.value.code or 0, *capsys.readouterr()

    return fieldmark


@pytest.fixture
def fault(fieldmark):
    """The one line that a command which cannot be done writes."""

    def fault(*arguments):
        status, out, err = fieldmark(*arguments)
        assert (status, out.strip()) == (2, "")
        [line] = err.strip().splitlines()
        assert line.startswith("fieldmark: ")
        return line.removeprefix("fieldmark: ")

    return fault


# init and generate


def test_init_says_what_comes_next(fieldmark, tmp_path):
    status, out, _ = fieldmark("init", tmp_path / "course")
    assert status == 0
    assert f"Made {tmp_path / 'course'}" in out
    assert f"cd {tmp_path / 'course'} && fieldmark generate hw1" in out


def test_generate_says_how_many_notebooks_it_wrote(fieldmark, course, enrol):
    enrol("ada", "grace")
    status, out, err = fieldmark("generate", "hw", "--course", course.root)
    assert (status, err) == (0, "")
    assert "hw: 2 notebooks, 2 of them new, 0 as they were dealt" in out
    enrol("ada", "barbara", "grace")
    out = fieldmark("generate", "hw", "--course", course.root)[1]
    assert "hw: 3 notebooks, 1 of them new, 2 as they were dealt" in out
    assert course.gradebook_file.is_file()


def test_generate_finds_the_course_around_it(fieldmark, course, monkeypatch):
    monkeypatch.chdir(course.root / "blueprints")
    assert fieldmark("generate", "hw", "--student", "student02")[0] == 0
    assert course.notebook_file("release", "student02", "hw").is_file()


def test_rehearse_says_who_behaves_how(fieldmark, course):
    fieldmark("generate", "hw", "--course", course.root)
    status, out, _ = fieldmark("rehearse", "hw", "--course", course.root)
    assert status == 0
    assert out.splitlines() == ["student01: knows it", "student02: writes formulas", "student03: slips once"]


# The bank


def test_bank_list_has_a_line_for_each_template(fieldmark):
    status, out, _ = fieldmark("bank", "list")
    *lines, last = out.splitlines()
    assert status == 0
    assert [line.split()[0] for line in lines] == list(Catalog().files())
    assert last == f"{len(lines)} templates"
    assert "shapes/layer_output" in out


def test_bank_list_as_json(fieldmark):
    rows = {row["path"]: row for row in json.loads(fieldmark("bank", "list", "--json", "--topic", "code")[1])}
    row = rows["coding/implement_conv2d"]
    assert (row["topics"], row["version"], list(row["parts"])) == (["cnn/code"], 2, ["conv2d"])
    assert row["title"].startswith("Write conv2d")


def test_bank_list_of_one_topic(fieldmark):
    rows = json.loads(fieldmark("bank", "list", "--json", "--topic", "cnn/shapes")[1])
    assert rows
    assert all(any(topic.startswith("cnn/shapes") for topic in row["topics"]) for row in rows)
    assert len(rows) < len(Catalog().files())
    assert fieldmark("bank", "list", "--topic", "nothing")[1] == "0 templates\n"


def test_bank_list_of_one_difficulty(fieldmark):
    easy, hard = (fieldmark("bank", "list", "--difficulty", level)[1].splitlines()[:-1] for level in ("1", "4"))
    both = fieldmark("bank", "list", "--difficulty", "1", "--difficulty", "4")[1].splitlines()[:-1]
    assert sorted(line.split() for line in both) == sorted(line.split() for line in easy + hard)
    assert all(" 1/5 " in line for line in easy)


def test_bank_list_counts_variants_and_names_misconceptions(fieldmark, course):
    rows = json.loads(fieldmark("bank", "list", "--json", "--topic", "tiny", "--course", course.root)[1])
    [side] = [row for row in rows if row["path"] == "tiny/side"]
    assert (side["variants"], side["variants_exact"]) == (66, True)
    assert side["parts"]["side"] == {"kind": "Integer", "misconceptions": ["added the kernel"]}
    [grid] = [row for row in rows if row["path"] == "tiny/grid"]
    assert (grid["variants"], grid["variants_exact"]) == (500, False)


def test_bank_show_as_a_page(fieldmark, tmp_path):
    page = tmp_path / "page.html"
    assert fieldmark("bank", "show", "pooling/by_hand", "--to", page)[1] == f"written: {page}\n"
    text = page.read_text()
    assert text.count('class="variant"') == 20
    assert "default-src 'none'" in text


def test_bank_gallery(fieldmark, course, tmp_path, monkeypatch):
    monkeypatch.setattr("question_bank.catalog.BANK", tmp_path / "none")  # its gallery is tested for staleness
    out = fieldmark("bank", "gallery", "--to", tmp_path / "gallery", "--course", course.root)[1]
    assert "README.md" in out
    page = (tmp_path / "gallery" / "tiny.md").read_text()
    for piece in ("## tiny/side", "66 variants", "The kernel does not make an image larger.", "### Worked solution"):
        assert piece in page
    assert "(tiny.md#tinyside)" in (tmp_path / "gallery" / "README.md").read_text()


def test_bank_list_sees_the_courses_own_templates(fieldmark, course):
    out = fieldmark("bank", "list", "--course", course.root / "release", "--topic", "tiny")[1]
    assert [line.split()[0] for line in out.splitlines()[:-1]] == ["tiny/grid", "tiny/side", "tiny/three"]


def test_bank_show_has_stem_prompts_key_mistakes_and_solution(fieldmark, course):
    status, out, _ = fieldmark("bank", "show", "tiny/side", "--seed", "1", "--course", course.root)
    variant = course.catalog.get("tiny/side").draw("1")
    assert status == 0
    assert f"An image of {variant.n} pixels, a kernel of {variant.k}." in out
    assert "Side of the output → q1_side" in out
    assert f"q1_side = {variant.side}" in out
    assert f"{variant.n + variant.k}: added the kernel" in out
    assert f"= {variant.side}, the area {variant.area}." in out


def test_bank_show_says_what_the_figure_shows(fieldmark):
    out = " ".join(fieldmark("bank", "show", "convolution/by_hand", "--seed", "1")[1].split())
    assert f"Figure: {Catalog().get('convolution/by_hand').draw('1').figure().alt}" in out


def test_bank_show_depends_on_the_seed(fieldmark):
    one, again, another = (fieldmark("bank", "show", "convolution/by_hand", "--seed", s)[1] for s in ("1", "1", "2"))
    assert one == again != another


def test_bank_show_lists_cases_and_mutants_of_code(fieldmark):
    out = fieldmark("bank", "show", "coding/implement_conv2d")[1]
    assert "visible case: one channel, one filter" in out
    assert "hidden case: batches and channels" in out
    assert "mutant: " in out
    assert "def conv2d(x, w, b):" in out


# What is wrong


def test_an_unknown_template(fault):
    assert fault("bank", "show", "shapes/layer_chian") == (
        "no template 'shapes/layer_chian' in the bank; did you mean 'shapes/layer_chain'?"
    )


@pytest.mark.parametrize("command", ["generate", "grade", "mark", "export", "rehearse"])
def test_an_unknown_assignment(fault, course, command):
    line = fault(command, "hww", "--course", course.root)
    assert line == f"{course.blueprint_file('hww')}: no such blueprint; did you mean 'hw'?"


@pytest.mark.parametrize("command", ["generate", "grade", "mark", "export", "rehearse"])
def test_a_folder_outside_any_course(fault, tmp_path, command):
    assert "not in a course folder: no course.toml here or above" in fault(command, "hw", "--course", tmp_path)


@pytest.mark.parametrize("command", [["list"], ["show", "tiny/side"], ["check"]])
def test_a_course_folder_that_does_not_exist(fault, tmp_path, command):
    assert fault("bank", *command, "--course", tmp_path / "nowhere") == f"{tmp_path / 'nowhere'}: no such folder"


@pytest.mark.parametrize("command", [["bank", "list"], ["bank", "show", "tiny/side"], ["generate", "hw"]])
@pytest.mark.parametrize("damage", [b"title = ", b"# \xff"])
def test_a_damaged_course_toml(fault, course, command, damage):
    (course.root / "course.toml").write_bytes(damage)
    assert fault(*command, "--course", course.root).startswith(f"{course.root / 'course.toml'}: not TOML: ")


def test_a_template_of_the_courses_own_that_is_no_python(fault, course, add_template):
    add_template("tiny/broken", "class")
    line = fault("bank", "list", "--course", course.root)
    assert line.startswith(f"{course.root / 'templates/tiny/broken.py'}: not a Python file: ")


def test_each_fault_of_a_blueprint_has_its_line(fieldmark, course):
    file = course.blueprint_file("hw")
    file.write_text('[[slots]]\ntemplate = "tiny/side"\npoints = -1\n')
    status, out, err = fieldmark("generate", "hw", "--course", course.root)
    assert (status, out) == (2, "")
    assert err.splitlines() == [
        f"fieldmark: {file}: title: is missing",
        f"fieldmark: {file}: slot 1.points: expected greater than 0; found -1",
    ]
    assert not list((course.root / "release").iterdir())


def test_a_roster_with_a_duplicate(fault, course, enrol):
    enrol("ada", "grace", "ada")
    line = fault("generate", "hw", "--course", course.root)
    assert line == f"{course.roster_file}: line 4: id 'ada' stands on line 2 already"


def test_a_student_who_is_not_on_the_roster(fault, course):
    line = fault("generate", "hw", "--student", "nobody", "--course", course.root)
    assert line == f"{course.roster_file}: no student 'nobody'"


@pytest.mark.parametrize("command", ["generate", "grade", "mark"])
def test_a_course_that_another_command_is_writing_to(fault, course, command):
    with alone(course.lock_file):
        line = fault(command, "hw", "--course", course.root)
    assert line == f"{course.lock_file}: another fieldmark is at work in this course; wait until it is done"
    assert not list((course.root / "release").iterdir())


def test_a_course_that_exists_already(fault, course):
    assert fault("init", course.root) == f"{course.root}: expected a new or empty folder; it holds something already"


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["generate"], ["generate", "hw", "--attempt", "0"], ["export", "hw", "--format", "xls"]]
)
def test_wrong_usage_is_told_without_a_traceback(fieldmark, arguments):
    status, _, err = fieldmark(*arguments)
    assert status == 2
    assert "Usage: fieldmark" in err
    assert "Traceback" not in err


# Quick to answer: run in a fresh Python, since the tests themselves import everything

PROBE = """\
import sys
from autograder.cli.main import run
try:
    run()
except SystemExit as exit:
    status = exit.code
heavy = {"torch", "sympy", "nbgrader", "nbformat", "numpy", "sqlalchemy"}
print(status or 0, *sorted(heavy & set(sys.modules)), file=sys.stderr)
"""


def imported(*arguments, **environment):
    """Exit status and which of the heavy packages a command imports; and what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.argv = {['fieldmark', *arguments]!r}\n{PROBE}"],
        capture_output=True,
        text=True,
        env=os.environ | environment,
    )
    return done.stderr.split(), done.stdout


@pytest.mark.parametrize(
    "arguments", [["--help"], ["bank", "list", "--help"], ["bank", "list"], ["generate", "--help"]]
)
def test_help_and_listing_import_nothing_heavy(arguments):
    loaded, out = imported(*arguments)
    assert loaded == ["0"]
    assert out


@pytest.mark.parametrize(("typed", "expected"), [("fieldmark gen", "generate"), ("fieldmark bank sh", "show")])
def test_shell_completion_imports_nothing_heavy(typed, expected):
    words = typed.split()
    loaded, out = imported(_FIELDMARK_COMPLETE="complete_bash", COMP_WORDS=typed, COMP_CWORD=str(len(words) - 1))
    assert loaded == ["0"]
    assert out.split() == [expected]


# Isolation


def test_doctor_says_which_isolation_works(capsys):
    assert health.report() == 0
    assert "Student code is run in tier A." in capsys.readouterr().out


@pytest.fixture
def no_walls(monkeypatch):
    """A machine that offers no isolation."""
    monkeypatch.setattr(tiers, "_fault", lambda tier: "not here")


def test_doctor_says_what_to_do_where_none_works(no_walls, capsys):
    assert health.report() == 1
    assert "--unsafe-no-sandbox" in capsys.readouterr().out


def test_grading_is_refused_without_isolation(no_walls, fault, handed_in):
    line = fault("grade", "hw", "--course", handed_in.root)
    assert line.startswith("tier A: not here; tier B: not here. Student code would run unprotected.")
    assert not list((handed_in.root / "autograded").iterdir())


def test_without_isolation_is_loud_and_recorded(no_walls, handed_in, capsys, tmp_path):
    log = tmp_path / "log.jsonl"
    assert grading.grade_and_show(handed_in.root, "hw", unsafe=True, log=log) == 0
    printed = capsys.readouterr().out
    assert "UNPROTECTED" in printed and "tier C, NOT isolated" in printed
    [line] = map(json.loads, log.read_text().splitlines())
    assert (line["student"], line["ran"], line["tier"], line["points"]) == ("student01", True, "C", line["out_of"])
    assert json.loads(handed_in.responses_file("hw", "student01", 1).read_text())["tier"] == "C"


def test_a_dry_run_says_what_would_be_run_and_writes_nothing(handed_in, capsys):
    before = sorted(handed_in.root.rglob("*"))
    assert grading.show_plan(handed_in.root, "hw") == 0
    assert "student01: would be run" in capsys.readouterr().out
    assert sorted(handed_in.root.rglob("*")) == before
    assert grading.grade_and_show(handed_in.root, "hw") == 0
    capsys.readouterr()
    assert grading.show_plan(handed_in.root, "hw") == 0
    assert "student01: has been run as it stands" in capsys.readouterr().out


@pytest.fixture
def handed_in(course):
    """A course in which one student has handed in a right notebook."""
    blueprint = course.blueprint("hw")
    release.generate(course, blueprint)
    dealt = paper.paper_of(course.manifest("hw", "student01", 1), blueprint, course.catalog)
    book = notebook.student_notebook(dealt, blueprint, course.secret)
    filled = notebook.to_json(rehearsal.answered(book, dealt, rehearsal.knows_it))
    write_text(course.notebook_file("submitted", "student01", "hw"), filled)
    return course


def test_a_course_may_begin_with_any_shipped_blueprint(fieldmark, fault, tmp_path):
    assert fieldmark("init", tmp_path / "exam", "--blueprint", "final_exam")[0] == 0
    assert "Final exam" in (tmp_path / "exam" / "blueprints" / "hw1.toml").read_text()
    told = fault("init", tmp_path / "other", "--blueprint", "final_exma")
    assert told.startswith("no blueprint 'final_exma' ships; did you mean 'final_exam'?; there are architectures, ")
    assert not (tmp_path / "other").exists()
