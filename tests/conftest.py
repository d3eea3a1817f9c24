"""Small, quick courses: made by `init`, with a roster of a given size and templates of their own.

`make_course(students=3)` makes one, `course` is one. Its blueprint is called "hw"; its templates are

    tiny/side    two parts worth 1 and 2 points, one recognised mistake, 66 variants
    tiny/grid    a matrix as its only part, 10,000 variants
    tiny/three   one part, three variants
"""

import numpy as np
import pytest

from assignments import release
from question_bank.datasets import FOLDER

_HEAD = """\
from question_bank import Matrix, Misconception, code, integers, matrices, one_of, part, template

"""

SIDE = """\
ADDED = Misconception("added the kernel", "The kernel does not make an image larger.")


@template(topics=["tiny/shapes"])
class Side:
    stem = "An image of {{ n }} pixels, a kernel of {{ k }}."
    n: int = integers(8, 40)
    k: int = one_of(3, 5)
    side = part("Side of the output", lambda q: q.n - q.k + 1)
    side.mistake(ADDED, lambda q: q.n + q.k)
    area = part("Area of the output", lambda q: q.side**2, points=2)
    solution = "The side is {{ n }} - {{ k }} + 1 = {{ side }}, the area {{ area }}."
"""

GRID = """\
@template(topics=["tiny/matrices"])
class Grid:
    stem = "A map: $${{ m | latex }}$$"
    m: tuple = matrices(2, 2, 0, 9)
    turned = part("Its transpose", lambda q: tuple(zip(*q.m)), Matrix())
    solution = "$${{ turned | latex }}$$"
"""

THREE = """\
@template(topics=["tiny/numbers"])
class Three:
    stem = "The number {{ n }}."
    n: int = one_of(1, 2, 3)
    double = part("Its double", lambda q: 2 * q.n)
    solution = "{{ double }}"
"""

SMALL = """\
title = "A small assignment"

[[slots]]
template = "tiny/side"
points = 6

[[slots]]
template = "tiny/grid"
"""


@pytest.fixture(scope="session", autouse=True)
def data_of_ones_own(tmp_path_factory):
    """Files as an instructor has them, of tiny images: some templates cannot be dealt without."""
    folder = tmp_path_factory.mktemp("data")
    images, labels = np.arange(4500 * 16, dtype=np.uint32).reshape(4500, 4, 4) % 251, np.arange(4500) % 10
    for name in ("mnist", "cifar10", "images"):
        np.savez(folder / f"{name}.npz", images=images.astype(np.uint8), labels=labels)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER, str(folder))
        yield


def write_template(course, path, text):
    """A template of the course's own: `path` is topic/name, `text` what comes after the imports."""
    file = course.root / "templates" / f"{path}.py"
    file.parent.mkdir(exist_ok=True)
    file.write_text(_HEAD + text, encoding="utf-8")


def write_roster(course, *ids):
    course.roster_file.write_text("\n".join(["id", *ids, ""]), encoding="utf-8")


def write_blueprint(course, text, name="hw"):
    """Write blueprints/<name>.toml and read it."""
    course.blueprint_file(name).write_text(text, encoding="utf-8")
    return course.blueprint(name)


@pytest.fixture
def make_course(tmp_path):
    """Make a course with students student01, student02, …"""

    def make(folder="course", students=3):
        course = release.init(tmp_path / folder)
        write_roster(course, *(f"student{number:02}" for number in range(1, students + 1)))
        for name, text in {"side": SIDE, "grid": GRID, "three": THREE}.items():
            write_template(course, f"tiny/{name}", text)
        write_blueprint(course, SMALL)
        return course

    return make


@pytest.fixture
def course(make_course):
    return make_course()


@pytest.fixture
def add_template(course):
    """`add_template("tiny/name", text)` puts a template into `course`."""
    return lambda path, text: write_template(course, path, text)


@pytest.fixture
def enrol(course):
    """`enrol("ada", "grace")` makes these the roster of `course`."""
    return lambda *ids: write_roster(course, *ids)


@pytest.fixture
def plan(course):
    """`plan(text)` writes the blueprint "hw" of `course` and reads it."""
    return lambda text, name="hw": write_blueprint(course, text, name)
