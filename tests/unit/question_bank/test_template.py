"""Templates and variants: draws, keys, mistakes, follow-through and what is refused."""

import itertools

import pytest

from question_bank import Choice, Figure, integers, matrices, one_of, part, shuffled, template
from question_bank.errors import DrawError, TemplateError
from question_bank.misconceptions.shapes import FORGOT_PLUS_ONE, IGNORED_STRIDE


@template(topics=["test"], where=lambda q: q.n >= q.k)
class Side:
    """`__module__` stands for the file, so that draws do not depend on where this test lies."""

    __module__ = "bank.tests.side"
    stem = "{{ n }} and {{ k }}"
    n: int = integers(4, 40)
    k: int = one_of(3, 5, 7)
    s: int = one_of(1, 2)
    side = part("Side", lambda q: (q.n - q.k) // q.s + 1)
    side.mistake(FORGOT_PLUS_ONE, lambda q: q.side - 1)
    side.mistake(IGNORED_STRIDE, lambda q: q.n - q.k + 1, when=lambda q: q.s > 1)
    area = part("Area", lambda q: q.side**2, points=2)
    volume = part("Volume", lambda q: 3 * q.area)
    solution = "{{ side }}, {{ area }}, {{ volume }}"


def simple(where=None, note=None, version=1, module="bank.tests.simple", **body):
    """A template with these fields and, unless given, one part."""
    body = {"stem": "", "solution": "", "answer": part("Answer", lambda q: 0)} | body
    body = {name: value for name, value in body.items() if value is not None}
    return template(topics=["test"], where=where, note=note, version=version)(
        type("Simple", (), body | {"__module__": module})
    )


class Everything:
    def __contains__(self, note):
        return True


SEEDS = [str(number) for number in range(60)]


def draws(a_template, name="n"):
    return [getattr(a_template.draw(seed), name) for seed in SEEDS]


# Draws


def test_a_draw_depends_on_the_seed_alone():
    first = [Side.draw(seed) for seed in SEEDS]
    assert [Side.draw(seed) for seed in reversed(SEEDS)] == first[::-1]
    assert len(set(first)) > 30


def test_a_draw_is_pinned():
    """A change here changes what every student was dealt."""
    assert Side.draw("pinned").parameters == {"n": 16, "k": 5, "s": 2}
    assert Side.draw("another").parameters == {"n": 5, "k": 5, "s": 1}


def test_path_and_version_change_the_draw():
    n = integers(0, 999)
    assert draws(simple(n=n)) != draws(simple(n=n, version=2))
    assert draws(simple(n=n)) != draws(simple(n=n, module="bank.tests.other"))


def test_adding_a_parameter_reshuffles_no_other():
    n, extra = integers(0, 999), integers(0, 9)
    assert draws(simple(n=n)) == draws(simple(extra=extra, n=n)) == draws(simple(n=n, extra=extra))


def test_draws_are_spread_evenly():
    counts = [[Side.draw(str(seed)).k for seed in range(300)].count(k) for k in (3, 5, 7)]
    assert min(counts) > 70


def test_every_draw_satisfies_the_condition():
    assert all(Side.draw(seed).n >= Side.draw(seed).k for seed in SEEDS)


def test_a_bound_may_depend_on_an_earlier_parameter():
    pair = simple(n=integers(1, 9), i=integers(0, lambda q: q.n - 1))
    assert all(0 <= v.i < v.n for v in map(pair.draw, SEEDS))


def test_avoided_variants_come_back_only_when_no_other_is_left():
    small = simple(n=integers(1, 6), m=one_of("a", "b"))
    dealt = []
    for student in range(12):
        dealt.append(small.draw(str(student), avoid=set(dealt)).note)
    assert len(set(dealt)) == 12
    assert small.draw("late", avoid=set(dealt)).note in dealt


def test_a_large_space_that_is_all_avoided_still_gives_a_variant():
    assert simple(image=matrices(3, 3, 0, 9)).draw("seed", avoid=Everything())


def test_a_used_up_space_is_listed_once():
    asked = []

    def where(q):
        asked.append(q.n)
        return True

    small = simple(where=where, n=one_of(1, 2, 3))
    for student in range(50):
        small.draw(str(student), avoid=Everything())
    assert sorted(asked) == [1, 2, 3]


def test_one_and_true_are_fixed_apart():
    either = simple(n=one_of(1, True), m=one_of(1, 2))
    for fixed in (1, True, 1):
        assert either.draw("seed", {"n": fixed}, avoid=Everything()).n is fixed


def test_fixed_parameters_hold():
    assert {(v.n, v.k) for v in (Side.draw(seed, fixed={"n": 30, "k": 5}) for seed in SEEDS)} == {(30, 5)}
    assert {Side.draw(seed, fixed={"n": 30}).k for seed in SEEDS} == {3, 5, 7}


@pytest.mark.parametrize(
    "fixed, message",
    [
        ({"depth": 3}, "tests/side: no parameter depth; it has n, k, s"),
        ({"n": 41}, "tests/side: no combination of its parameters satisfies it with n = 41"),
        ({"n": 4, "k": 5}, "tests/side: no combination of its parameters satisfies it with n = 4, k = 5"),
    ],
)
def test_parameters_that_cannot_be_fixed_are_named(fixed, message):
    with pytest.raises(DrawError, match=message):
        Side.draw("seed", fixed=fixed)


def test_a_large_space_without_a_valid_draw_is_given_up():
    with pytest.raises(DrawError, match="none of 200 draws satisfies it"):
        simple(image=matrices(3, 3, 0, 9), where=lambda q: False).draw("seed")


def test_the_last_valid_variant_of_a_small_space_is_found():
    assert simple(n=integers(0, 9999), where=lambda q: q.n == 4321).draw("seed").n == 4321


def test_variants_lists_every_note_once():
    listed = simple(a=one_of(1, 2, 3), b=one_of(1, 2, 3), note=lambda q: str(q.a + q.b), where=lambda q: q.a != q.b)
    assert [v.note for v in listed.variants()] == ["3", "4", "5"]
    assert {v.a for v in listed.variants(fixed={"a": 1})} == {1}


# Mistakes


def test_a_draw_whose_mistake_cannot_be_told_is_refused():
    answer = part("Answer", lambda q: q.n)
    answer.mistake(IGNORED_STRIDE, lambda q: abs(q.n))
    assert {v.n for v in simple(n=integers(-5, 5), answer=answer).variants()} == {-5, -4, -3, -2, -1}


def test_a_draw_with_two_mistakes_alike_is_refused():
    answer = part("Answer", lambda q: 99)
    answer.mistake(IGNORED_STRIDE, lambda q: q.n)
    answer.mistake(FORGOT_PLUS_ONE, lambda q: -q.n)
    assert 0 not in {v.n for v in simple(n=integers(-3, 3), answer=answer).variants()}


def test_a_mistake_counts_only_where_it_can_arise():
    side = Side.parts["side"]
    assert [m for m, _ in side.mistakes_in(Side(n=9, k=3, s=1))] == [FORGOT_PLUS_ONE]
    assert side.mistakes_in(Side(n=9, k=3, s=2)) == [(FORGOT_PLUS_ONE, 3), (IGNORED_STRIDE, 7)]
    assert Side(n=9, k=3, s=1).tellable()


# Variants


def test_reading_a_part_gives_its_key():
    variant = Side(n=9, k=3, s=2)
    assert (variant.side, variant.area, variant.key("volume")) == (4, 16, 48)
    assert (variant.stem, variant.prompt("side"), variant.solution) == ("9 and 3", "Side", "4, 16, 48")


def test_a_key_is_computed_once():
    calls = []
    variant = simple(answer=part("Answer", lambda q: calls.append(1)))()
    assert variant.answer is variant.answer is None
    assert len(calls) == 1


def test_later_keys_follow_an_earlier_slip():
    variant = Side(n=9, k=3, s=2)
    slipped = variant.given(side=5)
    assert (slipped.side, slipped.area, slipped.volume) == (5, 25, 75)
    assert variant.given(area=10).volume == 30
    assert (variant.side, variant.area, variant.volume) == (4, 16, 48)


def test_a_variant_is_immutable():
    variant = Side(n=9, k=3, s=2)
    with pytest.raises(AttributeError, match="cannot set 'n'"):
        variant.n = 10
    variant.parameters["n"] = 10
    assert variant.parameters == {"n": 9, "k": 3, "s": 2}


def test_variants_are_equal_by_template_and_note():
    assert Side(n=9, k=3, s=2) == Side(n=9, k=3, s=2) != Side(n=9, k=3, s=1)
    assert simple(n=integers(1, 2))(n=1) != simple(n=integers(1, 2))(n=1), "another template"
    parity = simple(n=integers(1, 9), note=lambda q: str(q.n % 2))
    assert len({parity(n=1), parity(n=3), parity(n=2)}) == 2


def test_a_variant_shows_its_parameters():
    assert repr(Side(n=9, k=3, s=2)) == "Side(n=9, k=3, s=2)"
    assert Side(n=9, k=3, s=2).note == '{"k":3,"n":9,"s":2}'


@pytest.mark.parametrize(
    "parameters, message",
    [
        ({"n": 9, "k": 3}, "expected parameters n, k, s; found n, k"),
        ({"n": 9, "k": 3, "s": 1, "depth": 2}, "found n, k, s, depth"),
        ({"n": 9, "k": 4, "s": 1}, "k = 4 is not among its choices"),
        ({"n": 9.0, "k": 3, "s": 1}, "n = 9.0 is not among its choices"),
    ],
)
def test_parameters_that_do_not_fit_are_refused(parameters, message):
    with pytest.raises(TemplateError, match=f"tests/side: .*{message}"):
        Side(**parameters)


def test_what_was_dealt_stays_dealt_whatever_the_domains_are_today():
    assert Side.dealt({"s": 2, "n": 99, "k": 9}).side == 46
    with pytest.raises(TemplateError, match="dealt with parameters n, depth; version 1 has n, k, s"):
        Side.dealt({"n": 9, "depth": 3})


# Templates


def test_a_template_knows_itself():
    assert (Side.path, Side.topics, Side.version, Side.points) == ("tests/side", ("test",), 1, 4)
    assert (list(Side.domains), list(Side.parts)) == (["n", "k", "s"], ["side", "area", "volume"])


@pytest.mark.parametrize(
    "body, message",
    [
        ({"stem": None}, "class Simple needs a text named 'stem'"),
        ({"solution": None}, "class Simple needs a text named 'solution'"),
        ({"answer": None}, "class Simple has no part"),
    ],
)
def test_an_incomplete_class_is_refused(body, message):
    with pytest.raises(TemplateError, match=f"tests/simple: {message}"):
        simple(**body)


def test_a_part_may_not_take_a_name_that_every_variant_has():
    with pytest.raises(TemplateError, match=r"figure: every variant has this name"):

        @template(topics=["t"])
        class Clash:
            stem = "s"
            n: int = integers(1, 5)
            figure = part("How many?", lambda q: q.n)
            solution = "{{ n }}"


def test_a_kind_of_answer_may_depend_on_the_variant_and_shuffling_makes_no_new_question():
    @template(topics=["t"])
    class Which:
        stem = "s"
        n: int = integers(1, 2)
        order: tuple = shuffled("one", "two", "three")
        which = part("Which?", lambda q: ("one", "two")[q.n - 1], lambda q: Choice(q.order))
        solution = "{{ which }}"

    drawn = [Which.draw(str(seed)) for seed in range(100)]
    assert {variant.order for variant in drawn} == set(itertools.permutations(["one", "two", "three"]))
    assert {variant.note for variant in drawn} == {'{"n":1}', '{"n":2}'}
    for variant in drawn:
        answer = variant.answer_of("which")
        assert answer.options()[0] == f"a) {variant.order[0]}"
        assert variant.order["abc".index(answer.literal(variant.which).strip("'"))] == variant.which
    assert len(list(Which.variants())) == 2


# Figures


def test_a_template_that_draws_nothing_has_no_figure():
    assert Side(n=8, k=3, s=1).figure() is None


def test_a_figure_is_drawn_from_the_parameters():
    drawn = simple(n=integers(1, 9), figure=lambda q: Figure("<svg/>", f"{q.n}"))
    assert drawn(n=4).figure() == Figure("<svg/>", "4")
    assert drawn(n=4).figure() != drawn(n=5).figure()


def test_a_figure_drawn_from_a_key_is_refused_though_the_key_is_known_already():
    variant = simple(n=integers(1, 9), figure=lambda q: Figure("<svg/>", f"{q.answer}"))(n=4)
    assert variant.answer == 0
    with pytest.raises(TemplateError, match=r"tests/simple: figure: drawn from the key of answer"):
        variant.figure()


def test_a_figure_that_raises_is_a_fault_of_the_template():
    with pytest.raises(TemplateError, match=r"tests/simple: figure: ZeroDivisionError"):
        simple(figure=lambda q: 1 / 0)().figure()


def test_a_stem_cannot_name_the_figure():
    with pytest.raises(TemplateError, match="'figure' is undefined"):
        simple(stem="{{ figure }}", figure=lambda q: Figure("<svg/>", "a"))().stem  # noqa: B018
