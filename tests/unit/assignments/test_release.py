"""Releases: what `init` makes, what `generate` writes, and what leaves every file as it was."""

import dataclasses
import json
import shutil
import tomllib

import pytest

from assignments import release
from assignments.course import Course
from question_bank.errors import CourseError, DrawError, ManifestError, TemplateError

GRID = 'title = "T"\n[[slots]]\ntemplate = "tiny/grid"\n'
THREE = GRID.replace("grid", "three")
TWICE = THREE.replace("[[", "[attempts]\nallowed = 2\n[[", 1)

UNDEFINED = """\
@template(topics=["tiny/undefined"])
class Undefined:
    stem = "{{ n }} and {{ nobody }}"
    n: int = integers(1, 99)
    same = part("Same", lambda q: q.n)
    solution = "{{ same }}"
"""


def generate(course, **options):
    return release.generate(course, course.blueprint("hw"), **options)


def files(course, *folders):
    """What is written, by path."""
    found = [file for folder in folders or (".",) for file in (course.root / folder).rglob("*") if file.is_file()]
    return {str(file.relative_to(course.root)): file.read_bytes() for file in found}


def written(course):
    return files(course, "release", "manifests", "instructor", "source")


def mode(path):
    return path.stat().st_mode & 0o777


# init


def test_init_makes_what_nbgrader_and_an_instructor_need(tmp_path):
    course = release.init(tmp_path / "dl-2027")
    assert sorted(path.name for path in course.root.iterdir()) == [
        ".fieldmark",
        ".gitignore",
        "autograded",
        "blueprints",
        "course.toml",
        "feedback",
        "nbgrader_config.py",
        "release",
        "roster.csv",
        "source",
        "submitted",
        "templates",
    ]
    assert 'course_id = "dl-2027"' in (course.root / "nbgrader_config.py").read_text()
    assert (course.settings.title, course.settings.course_id) == ("dl-2027", "dl-2027")
    assert len(course.roster()) == 3


def test_the_blueprint_that_init_writes_works_as_it_stands(tmp_path):
    blueprint = release.init(tmp_path / "course").blueprint("hw1")
    assert len(blueprint.slots) >= 6
    assert blueprint.points > 0


def test_the_secret_is_the_owners_alone_and_new_in_each_course(make_course):
    one, another = make_course("one"), make_course("another")
    assert mode(one.secret_file) == 0o600
    assert mode(one.private) == 0o700
    assert len(one.secret) == 32
    assert one.secret != another.secret


def test_the_secret_and_the_gradebook_are_kept_out_of_version_control(course):
    assert (course.root / ".gitignore").read_text().split() == [".fieldmark/", "gradebook.db"]


def test_init_takes_an_empty_folder(tmp_path):
    (tmp_path / "course").mkdir()
    assert release.init(tmp_path / "course").root == tmp_path / "course"


def test_init_refuses_a_folder_that_holds_something(course):
    before = files(course)
    with pytest.raises(CourseError, match="expected a new or empty folder; it holds something already"):
        release.init(course.root)
    assert files(course) == before


def test_init_refuses_a_file(tmp_path):
    (tmp_path / "file").write_text("something")
    with pytest.raises(CourseError, match="expected a new or empty folder"):
        release.init(tmp_path / "file")


@pytest.mark.parametrize("name", ["a b", 'a "b"', "a\\b", "{a}", "ß", "a#b"])
def test_a_folder_may_be_called_anything(tmp_path, name):
    settings = release.init(tmp_path / name).settings
    assert settings.title == name
    assert settings.course_id.isascii()
    assert settings.course_id


# generate


def test_each_student_gets_a_notebook_a_manifest_and_an_instructors_copy(course):
    released = generate(course)
    assert [(item.student, item.new) for item in released] == [(f"student0{n}", True) for n in (1, 2, 3)]
    assert sorted(written(course)) == sorted(
        ["source/hw/hw.ipynb"]
        + [f"release/student0{n}/hw/hw.ipynb" for n in (1, 2, 3)]
        + [f"manifests/hw/student0{n}.json" for n in (1, 2, 3)]
        + [f"instructor/hw/student0{n}.ipynb" for n in (1, 2, 3)]
    )


def test_the_instructors_copies_are_the_owners_alone(course):
    generate(course)
    assert {mode(file) for file in (course.root / "instructor").rglob("*.ipynb")} == {0o600}


def test_a_release_tells_neither_secret_nor_keys(course):
    generate(course)
    for name, data in files(course, "release", "manifests", "source").items():
        assert course.secret_file.read_bytes().strip() not in data, name
        assert b"added the kernel" not in data, name


def test_generating_again_changes_no_byte(course):
    generate(course)
    before = written(course)
    assert not any(item.new for item in generate(course))
    assert written(course) == before


def test_a_notebook_that_was_deleted_is_written_again_the_same(course):
    generate(course)
    before = written(course)
    shutil.rmtree(course.root / "release")
    generate(course)
    assert written(course) == before


def test_the_same_secret_and_roster_give_the_same_bytes_elsewhere(make_course):
    here, there = make_course("here"), make_course("elsewhere")
    shutil.copy(here.secret_file, there.secret_file)
    generate(here)
    generate(there)
    assert written(here) == written(there)


def test_another_secret_gives_other_papers(make_course):
    here, there = make_course("here"), make_course("elsewhere")
    generate(here)
    generate(there)
    assert files(here, "manifests") != files(there, "manifests")


def test_the_order_of_the_roster_does_not_matter(course, enrol, plan):
    plan(THREE)
    enrol("ada", "barbara", "carol")
    generate(course)
    before = written(course)
    shutil.rmtree(course.root / "manifests")
    enrol("carol", "barbara", "ada")
    generate(course)
    assert written(course) == before


def test_late_enrolment_changes_nobodys_paper(course, enrol, plan):
    plan(THREE)
    enrol("barbara", "carol")
    generate(course)
    before = written(course)
    enrol("ada", "barbara", "carol")
    assert [item.student for item in generate(course) if item.new] == ["ada"]
    after = written(course)
    assert {name: after[name] for name in before} == before
    dealt = [course.manifest("hw", student, 1).questions["q1"].note for student in ("ada", "barbara", "carol")]
    assert len(set(dealt)) == 3


def test_those_who_leave_keep_their_variants(course, enrol, plan):
    plan(THREE)
    enrol("barbara", "carol")
    generate(course)
    enrol("ada")
    generate(course)
    assert len({m.questions["q1"].note for m in course.manifests("hw")}) == 3


def test_one_student_alone(course):
    assert [item.student for item in generate(course, only="student02")] == ["student02"]
    assert list(files(course, "release")) == ["release/student02/hw/hw.ipynb"]


def test_a_student_who_is_not_on_the_roster_is_refused(course):
    with pytest.raises(CourseError, match=r"roster\.csv: no student 'nobody'"):
        generate(course, only="nobody")
    assert not written(course)


def test_points_may_be_changed_after_papers_were_dealt(course, plan):
    generate(course)
    before = files(course, "manifests")
    text = course.blueprint_file("hw").read_text()
    plan(text.replace("points = 6", "points = 12"))
    generate(course)
    assert files(course, "manifests") == before
    cells = json.loads(course.notebook_file("release", "student01", "hw").read_text())["cells"]
    assert [cell["metadata"]["nbgrader"]["points"] for cell in cells if cell["id"] == "q1"] == [12]


# Attempts and dealing anew


def test_a_second_attempt_is_another_paper(course, plan):
    plan(TWICE)
    generate(course, only="student01")
    generate(course, only="student01", attempt=2)
    first, second = (course.manifest("hw", "student01", attempt) for attempt in (1, 2))
    assert first.questions["q1"].note != second.questions["q1"].note
    assert sorted(files(course, "manifests")) == ["manifests/hw/student01+2.json", "manifests/hw/student01.json"]


def test_a_later_attempt_stays_the_released_one(course, plan):
    plan(TWICE)
    generate(course)
    generate(course, only="student01", attempt=2)
    before = files(course, "release")
    generate(course)
    assert files(course, "release") == before
    book = json.loads(course.notebook_file("release", "student01", "hw").read_text())
    assert book["metadata"]["fieldmark"]["attempt"] == 2


def test_an_attempt_that_is_not_allowed_is_refused(course):
    with pytest.raises(CourseError, match=r"hw\.toml: attempts\.allowed is 1; cannot deal attempt 2"):
        generate(course, attempt=2)
    assert not written(course)


def test_changed_slots_are_refused_and_nothing_is_written(course, plan):
    generate(course)
    plan(GRID)
    before = files(course)
    with pytest.raises(ManifestError) as caught:
        generate(course)
    assert "hw.toml: its slots have changed since 3 papers were dealt (student01, student02, student03)" in str(
        caught.value
    )
    assert "--redeal" in str(caught.value)
    assert files(course) == before


def test_redeal_deals_what_the_blueprint_says_now(course, plan):
    generate(course)
    blueprint = plan(GRID)
    assert all(item.new for item in generate(course, redeal=True))
    assert {m.deal for m in course.manifests("hw")} == {blueprint.deal}
    assert not any(item.new for item in generate(course))


def test_redeal_gives_one_student_another_paper_and_leaves_the_others(course):
    generate(course)
    before = files(course, "manifests")
    notes = [dealt.note for dealt in course.manifest("hw", "student02", 1).questions.values()]
    assert [item.student for item in generate(course, only="student02", redeal=True)] == ["student02"]
    after = files(course, "manifests")
    assert [name for name in before if after[name] != before[name]] == ["manifests/hw/student02.json"]
    again = [dealt.note for dealt in course.manifest("hw", "student02", 1).questions.values()]
    assert all(new != old for new, old in zip(again, notes, strict=True))


def test_redeal_for_one_student_is_refused_where_the_others_have_other_slots(course, plan):
    generate(course)
    plan(GRID)
    before = files(course)
    with pytest.raises(ManifestError, match="since 2 papers were dealt"):
        generate(course, only="student02", redeal=True)
    assert files(course) == before


# What goes wrong before anything is written


def test_a_failing_draw_writes_nothing(course):
    blueprint = course.blueprint("hw")
    slot = dataclasses.replace(blueprint.slots[1], fixed={"m": ((99, 99), (99, 99))})
    with pytest.raises(DrawError, match="tiny/grid: no combination"):
        release.generate(course, dataclasses.replace(blueprint, slots=(blueprint.slots[0], slot)))
    assert not written(course)


def test_a_text_that_cannot_be_rendered_writes_nothing(course, add_template, plan):
    add_template("tiny/undefined", UNDEFINED)
    plan(GRID + '[[slots]]\ntemplate = "tiny/undefined"')
    with pytest.raises(TemplateError, match="tiny/undefined: stem: 'nobody' is undefined"):
        generate(course)
    assert not written(course)


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff", b'{"student": "student01"}'])
def test_a_damaged_manifest_is_named_and_nothing_is_written(course, damage):
    generate(course)
    course.manifest_file("hw", "student02", 1).write_bytes(damage)
    shutil.rmtree(course.root / "release")
    with pytest.raises(ManifestError, match=r"manifests/hw/student02\.json: "):
        generate(course)
    assert not (course.root / "release").exists()


def test_a_manifest_under_another_students_name_is_refused(course):
    generate(course)
    shutil.copy(course.manifest_file("hw", "student01", 1), course.manifest_file("hw", "student02", 1))
    with pytest.raises(ManifestError, match=r"student02\.json: is the manifest of student01, hw, attempt 1"):
        generate(course)


def test_a_manifest_that_was_never_dealt_is_told(course):
    with pytest.raises(ManifestError, match=r"student01: no paper of hw was dealt \(no .*student01\.json\)"):
        course.manifest("hw", "student01", 1)


# The course folder


def test_a_missing_secret_is_not_replaced(course):
    course.secret_file.unlink()
    with pytest.raises(CourseError, match=r"\.fieldmark/secret: the course's secret is missing"):
        generate(course)
    assert not course.secret_file.exists()
    assert not written(course)


@pytest.mark.parametrize("damage", [b"", b"abc\n", b"\xff" * 64, b"z" * 64])
def test_a_damaged_secret_is_refused(course, damage):
    course.secret_file.write_bytes(damage)
    with pytest.raises(CourseError, match=r"\.fieldmark/secret: "):
        generate(course)
    assert not written(course)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title = ", "not TOML"),
        ('title = "T"', "course_id: is missing"),
        ('title = "T"\ncourse_id = 3', "course_id: expected a valid string; found 3"),
        ('title = "T"\ncourse_id = "t"\ntemplate = "x"', "template: no such key; did you mean 'templates'?"),
    ],
)
def test_a_fault_in_course_toml_is_named(course, text, expected):
    (course.root / "course.toml").write_text(text)
    with pytest.raises(CourseError) as caught:
        Course(course.root)
    assert str(caught.value).startswith(f"{course.root / 'course.toml'}: ")
    assert expected in str(caught.value)


def test_a_course_is_found_from_within(course):
    assert Course.find(course.root / "release").root == course.root


def test_a_folder_outside_any_course_is_told(tmp_path):
    with pytest.raises(CourseError, match=r"not in a course folder: no course\.toml here or above"):
        Course.find(tmp_path)


def test_course_toml_is_toml(course):
    assert set(tomllib.loads((course.root / "course.toml").read_text())) == {"title", "course_id", "templates"}
