"""Discovery: listing without importing, loading, a course's own folder, and files that are broken."""

import subprocess
import sys

import pytest

from question_bank.catalog import BANK, Catalog
from question_bank.errors import TemplateError, UnknownTemplate

GOOD = '''"""A title of its own."""

from question_bank import integers, part, template


@template(topics=["course/{topic}"], version=3)
class Anything:
    stem = "{{{{ n }}}}"
    n: int = integers(1, 9)
    double = part("Double", lambda q: 2 * q.n)
    half = part("Half", lambda q: q.n // 2)
    solution = "{{{{ double }}}}"
'''
OWN = GOOD.format(topic="own")


@pytest.fixture
def write(tmp_path):
    """Write a template's file into a course folder; returns the folder."""

    def write(path, text=OWN):
        file = tmp_path / f"{path}.py"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_a_template_is_found_by_folder_and_file(write):
    catalog = Catalog(write("own/sides"))
    assert {*Catalog().files(), "own/sides"} == set(catalog.files())
    template = catalog.get("own/sides")
    assert (template.path, template.title, template.version) == ("own/sides", "A title of its own.", 3)
    assert catalog.get("own/sides") is template


def test_listing_says_what_loading_says():
    catalog = Catalog()
    entries = catalog.entries()
    assert len(entries) >= 12
    for entry in entries:
        template = catalog.get(entry.path)
        assert entry.title == template.title
        assert (entry.topics, entry.version, entry.parts) == (template.topics, template.version, tuple(template.parts))


def test_listing_imports_no_template():
    script = """if True:
        import sys
        from question_bank.catalog import Catalog
        print(len(Catalog().entries()) >= 12, {"torch", "sympy", "numpy"} & set(sys.modules), end=" ")
        print([name for name in sys.modules if "loaded_" in name or "question_bank.templates" in name])
    """
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True set() []"


def test_an_unknown_template_suggests_a_near_one():
    with pytest.raises(UnknownTemplate, match=r"no template 'shapes/layer_chian'.*did you mean 'shapes/layer_chain'"):
        Catalog().get("shapes/layer_chian")


def test_a_course_hides_the_banks_template_of_the_same_path(write):
    folder = write("shapes/layer_chain")
    assert Catalog(folder).get("shapes/layer_chain").title == "A title of its own."
    assert Catalog(folder).files()["shapes/layer_chain"].is_relative_to(folder)
    assert Catalog().files()["shapes/layer_chain"].is_relative_to(BANK)
    assert Catalog().get("shapes/layer_chain").title != "A title of its own."


def test_two_courses_with_the_same_path_do_not_meet(write, tmp_path):
    one = Catalog(write("own/sides")).get("own/sides")
    other_folder = tmp_path / "other"
    (other_folder / "own").mkdir(parents=True)
    (other_folder / "own/sides.py").write_text(GOOD.format(topic="other"))
    other = Catalog(other_folder).get("own/sides")
    assert (one.topics, other.topics) == (("course/own",), ("course/other",))
    assert one.variant_class.__module__ != other.variant_class.__module__


def test_files_that_start_with_an_underscore_are_no_templates(write):
    assert set(Catalog(write("own/_shared", "x = 1")).files()) == set(Catalog().files())


BROKEN = {
    "syntax": ("def (", "not a Python file"),
    "empty": ('"""Nothing here."""', "expected"),
    "undecorated": ("class Anything:\n    stem = ''", "expected"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_named_when_listed_and_when_loaded(write, name):
    text, message = BROKEN[name]
    catalog = Catalog(write(f"own/{name}", text))
    with pytest.raises(TemplateError, match=rf"own/{name}\.py: {message}"):
        catalog.entries()
    with pytest.raises(TemplateError, match=rf"own/{name}\.py: "):
        catalog.get(f"own/{name}")


def test_a_file_that_raises_is_named(write):
    with pytest.raises(TemplateError, match=r"own/raises\.py: ZeroDivisionError: division by zero"):
        Catalog(write("own/raises", OWN + "\n1 / 0\n")).get("own/raises")


def test_two_templates_in_a_file_are_refused(write):
    twice = OWN + OWN.replace("Anything", "Another")
    with pytest.raises(TemplateError, match=r"own/twice\.py: expected one template, found 2"):
        Catalog(write("own/twice", twice)).get("own/twice")


def test_topics_have_to_be_written_out(write):
    computed = OWN.replace('["course/own"]', "TOPICS")
    with pytest.raises(TemplateError, match=r"own/computed\.py:6: topics must be written out"):
        Catalog(write("own/computed", computed)).entries()
