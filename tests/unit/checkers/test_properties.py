"""What holds for every response of a kind, tried on many made-up ones."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.checkers import Invalid, compare, note, parse
from question_bank import (
    Bounds,
    Choice,
    Choices,
    Interval,
    Matching,
    Ordering,
    Quantity,
    Rational,
    Real,
    Text,
    Vector,
)

LETTERS = "abcdef"
OPTIONS = tuple(f"option number {n}" for n in range(6))
CHOSEN = st.sets(st.sampled_from(OPTIONS))
EXAMPLES = settings(max_examples=60)


def fraction(answer, key, response):
    return compare(answer, key, parse(answer, response)).fraction


@given(st.fractions(-50, 50, max_denominator=60), st.integers(2, 9))
@EXAMPLES
def test_a_fraction_that_can_be_reduced_is_right_in_another_form(value, factor):
    answer, spelled = Rational(lowest=True), f"{value.numerator * factor}/{value.denominator * factor}"
    assert fraction(answer, value, str(value)) == 1.0
    assert fraction(answer, value, spelled) == 0.5
    assert fraction(Rational(), value, spelled) == 1.0
    assert parse(Rational(), float(value)) == value


@given(st.fractions(Fraction(1, 100), 10**6, max_denominator=1000), st.sampled_from(["B", "KB", "KiB", "MiB", "Gbit"]))
@EXAMPLES
def test_a_quantity_is_the_same_in_every_unit_of_its_kind(value, unit):
    answer = Quantity("MB", rel=0)
    there = Quantity(unit, rel=0).factor("MB") * value
    spelled = f"{there.numerator}/{there.denominator} {unit}"
    assert fraction(answer, value, spelled) == 1.0
    assert fraction(answer, value + Fraction(1, 10**6), spelled) == 0.0


@given(st.integers(-50, 50), st.integers(2, 50))
@EXAMPLES
def test_a_range_of_whole_numbers_can_be_written_in_many_ways(low, width):
    high, answer = low + width, Interval(whole=True)
    for spelled in (
        f"[{low}, {high}]",
        f"{low - 1} < n <= {high}",
        f"{high + 1} > k >= {low}",
        f"n >= {low} and n < {high + 1}",
        (low, high),
    ):
        assert fraction(answer, (low, high), spelled) == 1.0
        assert note(answer, parse(answer, spelled)) == f"[{low}, {high}]"
    assert fraction(answer, (low, high), (low, high + 1)) == fraction(answer, (low, high), (low - 1, high)) == 0.0


@given(
    st.fractions(-9, 9), st.fractions(Fraction(1, 99), 9), st.booleans(), st.booleans(), st.booleans(), st.booleans()
)
@EXAMPLES
def test_an_interval_is_right_where_its_ends_and_brackets_are(low, width, a, b, c, d):
    answer, high = Interval(), low + width
    found = f"{'(' if c else '['}{low}; {high}{')' if d else ']'}"
    assert fraction(answer, Bounds(low, high, a, b), found) == float((a, b) == (c, d))


@given(CHOSEN, CHOSEN)
@EXAMPLES
def test_choices_earn_what_is_right_less_what_is_wrong(key, chosen):
    answer = Choices(OPTIONS)
    letters = "".join(sorted(LETTERS[OPTIONS.index(option)] for option in chosen))
    found = fraction(answer, tuple(key), letters or "none")
    assert (
        found == fraction(answer, tuple(key), sorted(chosen)) == fraction(answer, tuple(key), ", ".join(letters) or [])
    )
    assert (found == 1.0) == (chosen == key)
    if chosen != key:
        most = (len(chosen & key) - len(chosen - key)) / len(key) if key else 0.0
        assert found == (0.0 if len(chosen) == len(OPTIONS) else max(0.0, most))


@given(st.permutations(OPTIONS), st.permutations(OPTIONS), st.sampled_from([", ", "", " ", " -> ", "; ", "→", "\n"]))
@EXAMPLES
def test_an_order_is_right_or_wrong(key, found, separator):
    letters = separator.join(LETTERS[OPTIONS.index(option)] for option in found)
    assert fraction(Ordering(OPTIONS), key, letters) == fraction(Ordering(OPTIONS), key, found) == float(key == found)


@given(st.lists(st.sampled_from(OPTIONS), min_size=4, max_size=4), st.sampled_from(LETTERS))
@EXAMPLES
def test_one_letter_for_all_items_earns_nothing(options, letter):
    items = ("p", "q", "r", "s")
    answer, key = Matching(OPTIONS, items=items), dict(zip(items, options, strict=True))
    typed = ", ".join(f"{n}{LETTERS[OPTIONS.index(option)]}" for n, option in enumerate(options, start=1))
    assert fraction(answer, key, typed) == 1.0
    assert fraction(answer, key, letter * 4) == float({OPTIONS[LETTERS.index(letter)]} == set(options))


@given(st.sampled_from(OPTIONS), st.sampled_from(["{}", "{})", "({})", "{}.", "option {}", "'{}'"]))
@EXAMPLES
def test_a_letter_may_be_dressed(option, form):
    letter = LETTERS[OPTIONS.index(option)]
    for spelled in (form.format(letter), form.format(letter.upper()), option.upper(), [option]):
        assert fraction(Choice(OPTIONS), option, spelled) == 1.0


@given(
    st.lists(st.sampled_from(["max", "pool", "3", "x"]), min_size=1, max_size=4),
    st.sampled_from(["-", " ", "", "_", "–"]),
)
@EXAMPLES
def test_blanks_hyphens_and_case_do_not_count(words, between):
    key = " ".join(words)
    assert fraction(Text(), key, f" “{between.join(words).upper()}”. ") == 1.0
    assert fraction(Text(), key, f"{between.join(words)}s") == 0.0


@given(st.lists(st.integers(-99, 99), min_size=1, max_size=9), st.data())
@EXAMPLES
def test_a_vector_is_the_same_in_every_spelling(numbers, data):
    texts = list(map(str, numbers))
    spelled = [f"[{', '.join(texts)}]", " ".join(texts), "; ".join(texts), f"({','.join(texts)},)", numbers]
    assert {note(Vector(), parse(Vector(), text)) for text in spelled} == {f"[{', '.join(texts)}]"}
    at = data.draw(st.integers(0, len(numbers) - 1))
    changed = [number + (place == at) for place, number in enumerate(numbers)]
    comparison = compare(Vector(), tuple(numbers), parse(Vector(), changed))
    assert comparison.fraction < 1.0
    assert comparison.message.endswith(f"wrong: entry {at + 1}")


@given(st.fractions(Fraction(1, 1000), 10**6), st.integers(1, 6))
@EXAMPLES
def test_what_rounds_to_the_figures_is_right(key, figures):
    answer, rounded = Real(figures=figures), f"{float(key):.{figures - 1}e}"
    assert fraction(answer, key, rounded) == 1.0
    mantissa, power = rounded.split("e")
    off = f"{float(mantissa) + 1.6 * 10 ** (1 - figures)}e{power}"
    assert fraction(answer, key, off) == 0.0


@given(st.text(max_size=60) | st.text(alphabet="abc123,;:-> ()[]<=n%MiB.ox", max_size=40))
@settings(max_examples=300)
def test_any_text_is_read_or_invalid_and_its_note_is_stable(text):
    for answer in (Rational(), Quantity("MiB"), Interval(), Interval(whole=True), Vector(), Choice(OPTIONS), Text()):
        try:
            value = parse(answer, text)
        except Invalid as error:
            assert str(error)
        else:
            assert note(answer, parse(answer, note(answer, value))) == note(answer, value)
