"""Attackers among honest neighbours: what each attack must come to, and what must never happen to the class.

Each attack is a file in `attacks/` that says what it tries and what must happen; `attack.py` explains the format.
"""

from __future__ import annotations

import base64
import re

import nbformat
import pytest

from tests.hostile import classroom
from tests.hostile.attack import ATTACKS, Attack
from tests.hostile.classroom import HW, NEIGHBOURS, Graded
from tests.hostile.conftest import FOR_AN_ORDINARY_USER

NAMES = [attack.name for attack in ATTACKS]
BY_NAME = {attack.name: attack for attack in ATTACKS}
WRITTEN = ("course/autograded", "course/feedback", "course/reports", "course/gradebook.db")  # by grading
WRITTEN += tuple(f"course/.fieldmark/{name}" for name in ("responses", "marks", "lock", "submissions", "runs"))


@pytest.mark.parametrize("name", NAMES)
def test_attack(name: str, graded: Graded) -> None:
    assert faults(BY_NAME[name], graded) == []


@pytest.mark.parametrize("name", FOR_AN_ORDINARY_USER)
def test_as_an_ordinary_user(name: str, graded_by_a_user: Graded) -> None:
    assert faults(BY_NAME[name], graded_by_a_user) == []


@pytest.fixture(params=["graded", "graded_by_a_user"])
def either(request: pytest.FixtureRequest) -> Graded:
    return request.getfixturevalue(request.param)


def test_every_attack_says_what_must_happen() -> None:
    for attack in ATTACKS:
        assert "MUST HAPPEN: " in attack.purpose, attack.name
        assert re.search(r"^(points <= \d|keeps q\d)", "\n".join(attack.expected), re.M), attack.name


def test_neighbours_keep_all_their_points(either: Graded) -> None:
    for student in NEIGHBOURS:
        assert not either.outcome(student)["problem"]
        for question, (points, out_of) in either.points(student).items():
            assert points == out_of, (student, question, either.marks(student, question))


def test_nothing_outside_the_scratch_space_changed(either: Graded) -> None:
    before, after = either.before, either.after
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    changed = {path for path in changed if not path.startswith(WRITTEN)}
    changed -= {"course", "course/.fieldmark"}
    assert sorted(changed) == []
    assert classroom.marked_files() == []


def test_grading_writes_only_what_it_names(either: Graded) -> None:
    names = {"hw.ipynb", "hw.html", "timestamp.txt", HW}
    students = {*NEIGHBOURS, *(attack.name for attack in either.room.attacks)}
    for path in either.after.keys() - either.before.keys():
        kind, _, rest = path.removeprefix("course/").partition("/")
        if kind in ("autograded", "feedback") and rest:
            assert set(rest.split("/")) <= names | students, path


def test_no_process_outlives_grading(either: Graded) -> None:
    assert either.leftovers == []


def test_canaries_show_in_no_output(either: Graded) -> None:
    course = either.room.course.root
    files = [course / "gradebook.db", *(course / ".fieldmark").rglob("*.*")]
    for step in ("autograded", "feedback", "reports"):
        files += (course / step).rglob("*.*")
    files = [file for file in files if file.is_file()]
    assert len(files) > 3 * len(NEIGHBOURS)
    wanted = {where: _forms(canary) for where, canary in either.room.canaries.items()}
    wanted["secret"] = _forms(either.room.course.secret.hex())
    for file in files:
        data = file.read_bytes()
        for where, forms in wanted.items():
            assert not any(form in data for form in forms), f"{file} shows the canary of {where}"


def _forms(text: str) -> list[bytes]:
    """A text as itself, reversed, in hexadecimal, and in base64 at each of its three offsets."""
    data = text.encode()
    shifted = [base64.b64encode(bytes(n) + data)[4 * (n > 0) : -4] for n in range(3)]
    return [data, data[::-1], data.upper(), data.hex().encode(), *shifted]


def test_the_canaries_were_in_their_places(either: Graded) -> None:
    canaries, root = either.room.canaries, either.room.course.root
    assert len(set(canaries.values())) == len(classroom.PLACES)
    for name in ("manifests/canary.txt", ".fieldmark/canary", "templates/hostile/canary.py"):
        assert canaries["file"] in (root / name).read_text()
    assert either.report["canaries"] == 1000


def test_executed_notebooks_are_valid(graded: Graded) -> None:
    for file in sorted((graded.room.course.root / "autograded").rglob("*.ipynb")):
        nbformat.validate(nbformat.read(file, as_version=4))


def test_pages_hold_nothing_that_acts(graded: Graded) -> None:
    root = graded.room.course.root
    pages = sorted(root.glob("feedback/*/*/*.html")) + sorted(root.glob("reports/*.html"))
    graded_ones = [outcome for outcome in graded.report["outcomes"].values() if outcome["questions"]]
    assert len(pages) == len(graded_ones) + 1
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"<script[^>]*>[^<]*hostile|<img[^>]*hostile|href=\W?javascript", text), page
        assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", text), page


def test_what_is_kept_of_each_is_bounded(graded: Graded) -> None:
    course = graded.room.course.root
    files = [file for step in ("autograded", "feedback", ".fieldmark") for file in (course / step).rglob("*.*")]
    sizes = {str(file.relative_to(course)): file.stat().st_size for file in files if file.is_file()}
    assert {file: size for file, size in sizes.items() if size > 32 * 2**20} == {}


def test_the_graders_memory_and_time_are_bounded(graded: Graded) -> None:
    assert graded.report["memory_mb"] < 1500
    limits = graded.room.course.blueprint(HW).limits
    assert graded.report["seconds"] < limits.submission_seconds * len(NAMES) / 2


def faults(attack: Attack, graded: Graded) -> list[str]:
    """In which ways an attack came to something else than its file says."""
    found = [fault for expected in attack.expected if (fault := _fault(expected, attack.name, graded))]
    if not attack.submit and "problem" not in {expected.split()[0] for expected in attack.expected}:
        found += [problem for problem in [graded.outcome(attack.name)["problem"]] if problem]  # is not a fault of ours
    printed = graded.printed(attack.name)
    found += [f"printed: {line}" for line in printed.splitlines() if line.startswith(("ESCAPED", "BROKEN"))]
    return found


def _fault(expected: str, student: str, graded: Graded) -> str:
    """What is wrong about one expectation; empty where it is met."""
    kind, _, rest = expected.partition(" ")
    match kind:
        case "points":
            limit, found = float(rest.removeprefix("<= ")), graded.outcome(student)["points"]
            return "" if found <= limit else f"expected {expected}, found {found}: {graded.points(student)}"
        case "keeps":
            wanted = {q: (out_of if q in rest.split() else 0.0) for q, (_, out_of) in graded.points(student).items()}
            found = {question: points for question, (points, _) in graded.points(student).items()}
            return "" if found == wanted else f"expected {expected}, found {found}: {graded.marks(student)}"
        case "verdict":
            question, _, verdict = rest.rpartition(" ")
            found = {mark["verdict"] for mark in graded.marks(student, question)}
            return "" if found == {verdict} else f"expected {expected}, found {found}"
        case "message":
            question, _, text = rest.rpartition(" contains ")
            question = "" if rest.startswith("contains ") else question
            text = text.removeprefix("contains ").strip('"')
            found = [mark["message"] for mark in graded.marks(student, question)]
            return (
                ""
                if any(text.lower() in message.lower() for message in found)
                else f"expected {expected}, found {found}"
            )
        case "output" | "problem":
            how, _, text = rest.partition(" ")
            found = graded.printed(student) if kind == "output" else graded.outcome(student)["problem"]
            return "" if (text.strip('"') in found) == (how == "contains") else f"expected {expected}, found {found!r}"
    return f"expected something that nobody understands: {expected}"
