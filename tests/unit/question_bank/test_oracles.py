"""Every key of every template of the bank, against torch; and what else a good template keeps to."""

import pytest
from oracles import ORACLES

from autograder.checkers.function import difference, evaluate
from autograder.checkers.network import network_difference
from autograder.inprocess import respond
from question_bank.catalog import Catalog
from question_bank.code import Code
from question_bank.models import Model, Training

CATALOG = Catalog()
PATHS = list(CATALOG.files())
CODING = [path for path in PATHS if any(isinstance(p, Code) for p in CATALOG.get(path).parts.values())]
SMALL = 12  # a domain up to this size: each of its choices must turn up


def drawn(path, count=40):
    return [CATALOG.get(path).draw(f"oracle {number}") for number in range(count)]


def agree(part, ours, theirs, case, variant):
    """Whether two functions of tensors give the same in a case, in double precision."""
    arguments = tuple(case.inputs(variant, "inputs").values())
    if isinstance(part, Model):
        return not network_difference(ours, arguments, respond(part, {part.name: theirs}, arguments), part.answer.rtol)
    found = evaluate(part.answer, theirs, arguments).values
    return not difference(list(found) if part.answer.gives else found[0], evaluate(part.answer, ours, arguments))


def test_every_template_has_an_oracle_and_every_oracle_a_template():
    assert sorted(ORACLES) == PATHS


@pytest.mark.parametrize("path", PATHS)
def test_keys_are_what_torch_says(path):
    for variant in drawn(path):
        expected = ORACLES[path](variant)
        assert set(expected) == set(variant.template.parts)
        for name, part in variant.template.parts.items():
            if isinstance(part, Training):
                continue  # judged by what it reaches: tests/coding/test_training.py
            if isinstance(part, Code):
                assert all(agree(part, variant.key(name), expected[name], case, variant) for case in part.cases)
            else:
                assert variant.answer_of(name).same(variant.key(name), expected[name]), (variant, name)


@pytest.mark.parametrize("path", PATHS)
def test_every_choice_of_a_small_domain_turns_up(path):
    template = CATALOG.get(path)
    variants = drawn(path, 600)
    for name, domain in template.domains.items():
        size = domain.size(variants[0])
        if size <= SMALL and all(domain.size(v) == size for v in variants[:20]):
            choices = [domain.at(variants[0], index) for index in range(size)]
            assert [c for c in choices if not any(getattr(v, name) == c for v in variants)] == [], name


@pytest.mark.parametrize("path", PATHS)
def test_spaces_are_large_enough_for_a_class(path):
    assert path in CODING or len({v.note for v in drawn(path, 400)}) >= 150


@pytest.mark.parametrize("path", PATHS)
def test_a_slip_in_an_earlier_part_is_followed(path):
    """Later keys read earlier ones, so any number that a student may give has to make sense to them."""
    variant = drawn(path, 1)[0]
    names = list(variant.template.parts)
    slips = {name: wrong[0][1] for name in names if (wrong := variant.template.parts[name].mistakes_in(variant))}
    for name in names:
        slipped = variant.given(**{n: slip for n, slip in slips.items() if n != name})
        assert type(slipped.key(name)) is type(variant.key(name))
