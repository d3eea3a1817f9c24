"""The blueprints that ship: they deal a class of 200 without a shared variant while the spaces last."""

from collections import Counter, defaultdict
from pathlib import Path

import pytest

import assignments
from assignments import blueprint, notebook, paper
from question_bank.catalog import Catalog

FILES = sorted((Path(assignments.__file__).parent / "blueprints").glob("*.toml"))
SECRET = b"a secret of the tests"
CATALOG = Catalog()


@pytest.fixture(params=FILES, ids=lambda file: file.stem, scope="module")
def plan(request):
    return blueprint.read(request.param, CATALOG)


def papers(plan, count):
    taken = {}
    for number in range(count):
        dealt = paper.deal(plan, f"student{number:03}", 1, SECRET, taken)
        paper.take(taken, paper.manifest_of(dealt, plan))
        yield dealt


def test_the_course_is_covered():
    assert {"cnn_basics", "convolution_by_hand", "architectures", "backprop_and_normalisation", "final_exam"} <= {
        file.stem for file in FILES
    }


def test_two_hundred_students_share_no_variant_while_the_spaces_last(plan):
    notes = defaultdict(list)
    for dealt in papers(plan, 200):
        for question in dealt.questions:
            notes[question.id, question.variant.template].append(question.variant.note)
    for (slot, template), found in notes.items():
        shared = len(found) - len(set(found))
        assert shared == 0 or template.enumerated() is not None, (slot, template.path)
        if shared:  # then all there are have been dealt, none much more often than another
            assert len(set(found)) == len(template.enumerated()), (slot, template.path)


def test_its_notebooks_can_be_written(plan):
    for dealt in papers(plan, 3):
        book = notebook.student_notebook(dealt, plan, SECRET)
        assert len(notebook.to_json(book)) < 2**20
        assert len(book["cells"]) == 2 + 4 * len(plan.slots)


def test_two_exams_differ_in_template_but_not_in_difficulty():
    [file] = [file for file in FILES if file.stem == "final_exam"]
    exam = blueprint.read(file, CATALOG)
    assert len(exam.slots) == 12
    dealt = list(papers(exam, 30))
    templates = [tuple(q.variant.template.path for q in one.questions) for one in dealt]
    assert len(set(templates)) == 30
    assert all(max(Counter(paths).values()) == 1 for paths in templates)
    levels = {tuple(q.variant.template.difficulty for q in one.questions) for one in dealt}
    assert len(levels) == 1
