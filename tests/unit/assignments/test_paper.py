"""Papers: they depend on the secret, the student and the attempt alone, and no two share a variant while they can."""

import json

import pytest

from assignments import paper
from question_bank.errors import ManifestError

SECRET, OTHER = b"one secret", b"another secret"
STUDENTS = [f"student{number:02}" for number in range(12)]

SIDE = 'title = "T"\n[[slots]]\ntemplate = "tiny/side"\npoints = 6\n'
GRID = SIDE.replace("side", "grid")
THREE = SIDE.replace("side", "three")
CHOICE = SIDE.replace('"tiny/side"', '["tiny/side", "tiny/grid", "tiny/three"]')


def deal(blueprint, student="ada", attempt=1, secret=SECRET, taken=None):
    return paper.deal(blueprint, student, attempt, secret, {} if taken is None else taken)


def sit(blueprint, students, attempt=1, taken=None):
    """Deal a paper to each, as a release does."""
    taken, papers = {} if taken is None else taken, []
    for student in students:
        papers.append(deal(blueprint, student, attempt, taken=taken))
        paper.take(taken, paper.manifest_of(papers[-1], blueprint))
    return papers


def variants(papers, slot=0):
    return [p.questions[slot].variant for p in papers]


# What a paper depends on


def test_the_same_secret_deals_the_same_paper(plan):
    assert deal(plan(SIDE)) == deal(plan(SIDE))


def test_a_paper_is_pinned(plan):
    """A change here changes what every student was dealt."""
    assert deal(plan(SIDE)).questions[0].variant.parameters == {"n": 12, "k": 5}


def test_another_secret_deals_another_class(plan):
    blueprint = plan(GRID)
    assert [deal(blueprint, s) for s in STUDENTS] != [deal(blueprint, s, secret=OTHER) for s in STUDENTS]


def test_slots_of_the_same_template_are_drawn_apart(plan):
    blueprint = plan(GRID + '[[slots]]\ntemplate = "tiny/grid"\n')
    assert any(first != second for first, second in (variants_of(deal(blueprint, s)) for s in STUDENTS))


def variants_of(one):
    return [question.variant for question in one.questions]


def test_another_assignment_deals_another_paper(plan):
    homework, quiz = plan(GRID), plan(GRID, "quiz")
    assert [deal(homework, s).questions for s in STUDENTS] != [deal(quiz, s).questions for s in STUDENTS]


def test_students_differ(plan):
    blueprint = plan(GRID)
    assert len(set(variants([deal(blueprint, s) for s in STUDENTS]))) > len(STUDENTS) / 2


def test_fixed_parameters_are_the_same_for_everyone(plan):
    papers = sit(plan(SIDE + "fixed = { k = 5 }"), STUDENTS)
    assert {variant.k for variant in variants(papers)} == {5}
    assert len({variant.n for variant in variants(papers)}) == len(STUDENTS)


# No two students share a variant while the space lasts


def test_as_many_students_as_variants_all_differ(plan):
    assert {variant.n for variant in variants(sit(plan(THREE), STUDENTS[:3]))} == {1, 2, 3}


def test_one_student_more_than_variants_shares_one(plan):
    papers = sit(plan(THREE), STUDENTS[:4])
    assert len(papers) == 4
    assert len(set(variants(papers))) == 3


def test_a_second_attempt_is_another_paper(plan):
    blueprint, taken = plan(THREE), {}
    [first] = sit(blueprint, ["ada"], 1, taken)
    [second] = sit(blueprint, ["ada"], 2, taken)
    [third] = sit(blueprint, ["ada"], 3, taken)
    assert len({*variants([first, second, third])}) == 3


def test_slots_do_not_take_variants_from_each_other(plan):
    papers = sit(plan(THREE + 5 * '[[slots]]\ntemplate = "tiny/three"\n'), STUDENTS[:3])
    assert all({v.n for v in variants(papers, slot)} == {1, 2, 3} for slot in range(6))


# A choice of templates


def test_each_template_of_a_choice_is_dealt_to_someone(plan):
    dealt = [variant.template.path for variant in variants(sit(plan(CHOICE), STUDENTS))]
    assert set(dealt) == {"tiny/side", "tiny/grid", "tiny/three"}


def test_a_choice_is_worth_the_same_whatever_was_drawn(plan):
    for p in sit(plan(CHOICE), STUDENTS):
        [question] = p.questions
        assert sum(map(question.part_points, question.parts.values())) == pytest.approx(6)


def test_where_one_template_of_a_choice_is_used_up_the_others_are_dealt(plan, add_template):
    add_template("tiny/one", ONE)
    papers = sit(plan(THREE.replace('"tiny/three"', '["tiny/one", "tiny/three"]')), STUDENTS[:4])
    assert len(set(variants(papers))) == 4


ONE = """\
@template(topics=["tiny/one"])
class One:
    stem = "{{ n }}"
    n: int = one_of(1)
    same = part("Same", lambda q: q.n)
    solution = "{{ same }}"
"""


# Questions


def test_part_points_share_out_the_questions_points(plan):
    [question] = deal(plan(SIDE)).questions
    assert {v: question.part_points(part) for v, part in question.parts.items()} == {"q1_side": 2, "q1_area": 4}


def test_a_function_keeps_its_own_name(plan):
    [question] = deal(plan('title = "T"\n[[slots]]\ntemplate = "coding/implement_conv2d"')).questions
    assert list(question.parts) == ["conv2d"]


# Manifests


@pytest.mark.parametrize("text", [SIDE, GRID, CHOICE, 'title = "T"\n[[slots]]\ntemplate = "pooling/by_hand"'])
def test_a_paper_comes_back_from_its_manifest(course, plan, text):
    blueprint = plan(text)
    for before in sit(blueprint, STUDENTS[:4]):
        manifest = paper.read_manifest(paper.manifest_of(before, blueprint).to_json(), "here")
        after = paper.paper_of(manifest, blueprint, course.catalog)
        assert after == before
        assert [v.parameters for v in variants_of(after)] == [v.parameters for v in variants_of(before)]


def test_a_manifest_says_what_was_dealt_and_no_key(plan):
    blueprint = plan(SIDE)
    dealt = deal(blueprint)
    data = json.loads(paper.manifest_of(dealt, blueprint).to_json())
    assert set(data) == {"assignment", "student", "attempt", "deal", "questions"}
    assert data["questions"]["q1"] == {
        "template": "tiny/side",
        "version": 1,
        "parameters": dealt.questions[0].variant.parameters,
        "note": dealt.questions[0].variant.note,
        "cells": {"q1_side": "side", "q1_area": "area"},
    }


def test_points_may_change_after_papers_were_dealt(course, plan):
    before = plan(SIDE)
    manifest = paper.manifest_of(deal(before), before)
    after = paper.paper_of(manifest, plan(SIDE.replace("6", "9")), course.catalog)
    assert [question.points for question in after.questions] == [9]


def test_slots_may_not_change_after_papers_were_dealt(course, plan):
    before = plan(SIDE)
    manifest = paper.manifest_of(deal(before), before)
    with pytest.raises(ManifestError, match=r"hw: the blueprint's slots have changed since ada's paper .*--redeal"):
        paper.paper_of(manifest, plan(GRID), course.catalog)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "invalid JSON"),
        ("{", "invalid JSON"),
        ("[]", "expected an object"),
        ("{}", "questions: is missing"),
        ('{"questoins": {}}', "questoins: no such key; did you mean 'questions'?"),
    ],
)
def test_a_damaged_manifest_is_named(text, expected):
    with pytest.raises(ManifestError) as caught:
        paper.read_manifest(text, "manifests/hw/ada.json")
    assert str(caught.value).startswith("manifests/hw/ada.json: ")
    assert expected in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("ids", [[], ["q1"], ["q1", "q2", "q3"], ["q1", "q9"]])
def test_a_manifest_with_other_questions_than_the_blueprint_is_refused(course, plan, ids):
    blueprint = plan(SIDE + '[[slots]]\ntemplate = "tiny/grid"\n')
    manifest = paper.manifest_of(deal(blueprint), blueprint)
    questions = {id: manifest.questions.get(id, manifest.questions["q1"]) for id in ids}
    with pytest.raises(ManifestError, match="ada's manifest is damaged: expected q1, q2; found"):
        paper.paper_of(manifest.model_copy(update={"questions": questions}), blueprint, course.catalog)


def test_slots_with_the_same_choice_ask_different_templates_while_there_are_some(plan):
    row = '[[slots]]\ntemplate = ["tiny/side", "tiny/grid", "tiny/three"]\npoints = 1\n'
    blueprint = plan('title = "T"\n' + 4 * row)
    for student in STUDENTS:
        paths = [variant.template.path for variant in variants_of(deal(blueprint, student))]
        assert sorted(paths[:3]) == ["tiny/grid", "tiny/side", "tiny/three"]
        assert len(paths) == 4
