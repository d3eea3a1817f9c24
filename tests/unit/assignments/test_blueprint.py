"""Blueprints: what is read, what each fault is told as, what decides the papers, what lateness costs."""

import datetime as dt

import pytest

from assignments.blueprint import Late
from question_bank.errors import BlueprintError

HEAD = 'title = "Homework"\n'
SIDE = HEAD + '[[slots]]\ntemplate = "tiny/side"\n'

NEVER = """\
@template(topics=["tiny/never"], where=lambda q: q.n > 9)
class Never:
    stem = "{{ n }}"
    n: int = integers(1, 9)
    same = part("Same", lambda q: q.n)
    solution = "{{ same }}"
"""


def faults(plan, text, name="hw"):
    with pytest.raises(BlueprintError) as caught:
        plan(text, name)
    return str(caught.value).splitlines()


# What is read


def test_a_blueprint_is_read(plan):
    blueprint = plan(
        HEAD
        + """
        [attempts]
        allowed = 2
        keep = "last"
        [rubric]
        mistake = 0.25
        [limits]
        cell_seconds = 3
        [feedback]
        solutions = false
        [[slots]]
        template = "tiny/side"
        points = 4.5
        fixed = { k = 3 }
        [[slots]]
        template = ["tiny/grid", "tiny/three"]
        points = 2
        """
    )
    first, second = blueprint.slots
    assert (blueprint.assignment, blueprint.title, blueprint.points) == ("hw", "Homework", 6.5)
    assert (first.id, first.points, first.fixed) == ("q1", 4.5, {"k": 3})
    assert [template.path for template in second.templates] == ["tiny/grid", "tiny/three"]
    assert (blueprint.attempts.allowed, blueprint.attempts.keep) == (2, "last")
    assert (blueprint.rubric.follows, blueprint.rubric.mistake) == (1, 0.25)
    assert (blueprint.limits.cell_seconds, blueprint.limits.submission_seconds) == (3, 60)
    assert not blueprint.feedback.solutions


def test_all_but_title_and_slots_may_be_left_out(plan):
    blueprint = plan(SIDE)
    assert blueprint.late is None
    assert (blueprint.attempts.allowed, blueprint.attempts.keep) == (1, "best")
    assert (blueprint.rubric.follows, blueprint.rubric.mistake) == (1, 0)
    assert blueprint.feedback.solutions


def test_a_slot_is_worth_what_its_template_says_where_the_blueprint_says_nothing(plan):
    assert plan(SIDE).slots[0].points == 3


def test_a_matrix_may_be_fixed(plan):
    blueprint = plan(HEAD + '[[slots]]\ntemplate = "tiny/grid"\nfixed = { m = [[1, 2], [3, 4]] }')
    assert blueprint.slots[0].fixed == {"m": ((1, 2), (3, 4))}


def test_a_byte_order_mark_is_taken_in_stride(plan):
    assert plan("\ufeff" + SIDE).title == "Homework"


# Faults: one line each, naming the file and the thing


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD + '[[slots]]\ntemplate = "tiny/sied"', "slot 1: no template 'tiny/sied' in the bank; did you mean"),
        (SIDE + "pionts = 3", "slot 1.pionts: no such key; did you mean 'points'?"),
        (SIDE + "[late]\ndue = 2027-01-31T12:00:00\nz = 1", "late.z: no such key; known: due, grace_minutes"),
        (SIDE + "[atempts]\nallowed = 2", "atempts: no such key; did you mean 'attempts'?"),
        (SIDE + "points = -1", "slot 1.points: expected greater than 0; found -1"),
        (SIDE + "points = 0", "slot 1.points: expected greater than 0; found 0"),
        (SIDE + "points = nan", "slot 1.points: expected a finite number; found nan"),
        (SIDE + "points = inf", "slot 1.points: expected a finite number; found inf"),
        (SIDE + 'points = "3"', "slot 1.points: expected a valid number; found '3'"),
        (SIDE + "points = true", "slot 1.points: expected a valid number; found True"),
        ('[[slots]]\ntemplate = "tiny/side"', "title: is missing"),
        (HEAD, "slots: is missing"),
        (HEAD + "slots = []", "slots: list should have at least 1 item after validation, not 0; found []"),
        (HEAD + "[[slots]]\npoints = 3", "slot 1: expected either template = … or topic = …"),
        (SIDE + "fixed = { z = 3 }", "slot 1: tiny/side: no parameter z; it has n, k"),
        (SIDE + "fixed = { k = 4 }", "slot 1: tiny/side: no combination of its parameters satisfies it with k = 4"),
        (SIDE + 'fixed = { k = "3" }', "with k = '3'"),
        (SIDE + "[attempts]\nallowed = 0", "attempts.allowed: expected greater than or equal to 1; found 0"),
        (SIDE + '[attempts]\nkeep = "first"', "attempts.keep"),
        (SIDE + '[late]\ndue = "tomorrow"', "late.due: expected a valid datetime; found 'tomorrow'"),
        (SIDE + "[rubric]\nmistake = 1.5", "rubric.mistake: expected less than or equal to 1; found 1.5"),
        (SIDE + "[limits]\ncell_seconds = 0", "limits.cell_seconds: expected greater than 0; found 0"),
        ("title = ", "not TOML"),
        (
            HEAD + '[[slots]]\ntemplate = ["tiny/side", "tiny/three"]',
            "slot 1: its templates are worth different points; say what the slot is worth: points = …",
        ),
    ],
)
def test_a_fault_is_one_line_that_names_the_file_and_the_thing(course, plan, text, expected):
    [line] = faults(plan, text)
    assert line.startswith(f"{course.blueprint_file('hw')}: ")
    assert expected in line


def test_every_faulty_slot_is_named(plan):
    lines = faults(plan, SIDE + 'fixed = { z = 1 }\n[[slots]]\ntemplate = "tiny/three"\n[[slots]]\ntemplate = "a/b"')
    assert len(lines) == 2
    assert "slot 1: " in lines[0]
    assert "slot 3: " in lines[1]


def test_every_faulty_key_is_named(plan):
    lines = faults(plan, "titel = 3\n" + SIDE + "points = -1\n[[slots]]\ntemplate = 'tiny/grid'\npoint = 1")
    assert [line.split(": ")[1] for line in lines] == ["slot 1.points", "slot 2.point", "titel"]


def test_a_domain_that_no_draw_satisfies_is_told_when_the_blueprint_is_read(add_template, plan):
    add_template("tiny/never", NEVER)
    [line] = faults(plan, HEAD + '[[slots]]\ntemplate = "tiny/never"')
    assert "slot 1: tiny/never: no combination of its parameters satisfies it" in line


def test_a_template_that_does_not_work_is_told_when_the_blueprint_is_read(course, add_template, plan):
    add_template("tiny/broken", "n = integer(1, 2)")
    [line] = faults(plan, HEAD + '[[slots]]\ntemplate = "tiny/broken"')
    assert line.startswith(f"{course.blueprint_file('hw')}: slot 1: ")
    assert "broken.py: NameError: name 'integer' is not defined" in line


def test_a_parameter_that_only_one_template_of_a_choice_has_cannot_be_fixed(plan):
    [line] = faults(plan, HEAD + '[[slots]]\ntemplate = ["tiny/side", "tiny/three"]\npoints = 1\nfixed = { k = 3 }')
    assert "slot 1: tiny/three: no parameter k" in line


@pytest.mark.parametrize("name", ["home work", ".hw", "-hw", "hw.1", "hw+2"])
def test_an_assignment_cannot_be_called_anything(plan, name):
    [line] = faults(plan, SIDE, name)
    assert f"{name}.toml: an assignment's name has letters, digits, _ and -" in line


def test_a_missing_blueprint_is_named_with_the_nearest(course):
    with pytest.raises(BlueprintError, match=r"blueprints/hww\.toml: no such blueprint; did you mean 'hw'\?"):
        course.blueprint("hww")


def test_what_is_not_utf_8_is_told(course):
    course.blueprint_file("hw").write_bytes(SIDE.encode() + b"# \xff")
    with pytest.raises(BlueprintError, match=r"hw\.toml: not TOML: 'utf-8' codec"):
        course.blueprint("hw")


# What decides the papers


def test_points_and_policies_do_not_change_the_deal(plan):
    before = plan(SIDE).deal
    assert plan(SIDE + "points = 9\n[rubric]\nmistake = 0.5\n[attempts]\nallowed = 3").deal == before
    assert plan(SIDE.replace("Homework", "Another title")).deal == before


@pytest.mark.parametrize(
    "text",
    [
        SIDE.replace("side", "grid"),
        SIDE.replace('"tiny/side"', '["tiny/side", "tiny/side"]'),
        SIDE + "fixed = { k = 3 }",
        SIDE + '[[slots]]\ntemplate = "tiny/side"',
    ],
)
def test_templates_fixed_parameters_and_slots_change_the_deal(plan, text):
    assert plan(text).deal != plan(SIDE).deal


# What lateness costs

DUE = dt.datetime(2027, 1, 31, 12, tzinfo=dt.UTC)
POLICY = Late(due=DUE, grace_minutes=15, penalty_per_day=0.1, days=3)


@pytest.mark.parametrize(
    ("late", "penalty"),
    [
        (dt.timedelta(days=-1), 0),
        (dt.timedelta(0), 0),
        (dt.timedelta(minutes=15), 0),
        (dt.timedelta(minutes=15, seconds=1), 0.1),
        (dt.timedelta(days=1), 0.1),
        (dt.timedelta(days=1, seconds=1), 0.2),
        (dt.timedelta(days=3), 0.3),
        (dt.timedelta(days=3, seconds=1), 1),
    ],
)
def test_each_day_begun_costs_after_the_grace_until_the_cut_off(late, penalty):
    assert POLICY.penalty(DUE + late) == pytest.approx(penalty)


def test_without_a_cut_off_the_penalty_never_exceeds_the_points():
    assert Late(due=DUE, penalty_per_day=0.4).penalty(DUE + dt.timedelta(days=9)) == 1


def test_a_due_date_without_an_offset_is_utc(plan):
    late = plan(SIDE + "[late]\ndue = 2027-01-31T12:00:00\npenalty_per_day = 0.5").late
    assert late.penalty(DUE) == 0
    assert late.penalty(DUE + dt.timedelta(seconds=1)) == 0.5


def test_a_due_date_with_an_offset_is_that_moment(plan):
    late = plan(SIDE + "[late]\ndue = 2027-01-31T13:00:00+01:00\npenalty_per_day = 0.5").late
    assert late.penalty(DUE) == 0
    assert late.penalty(DUE + dt.timedelta(seconds=1)) == 0.5


# Slots that name a topic


def level(name, topic, difficulty):
    return f'''\
@template(topics=["{topic}"], difficulty={difficulty})
class {name}:
    stem = "{{{{ n }}}}"
    n: int = integers(1, 99)
    same = part("Same", lambda q: q.n)
    solution = "{{{{ same }}}}"
'''


@pytest.fixture
def by_topic(plan, add_template):
    """Read a blueprint with one slot by topic, in a course with templates of several levels on the topic "made/up"."""
    for name, difficulty in {"one": 1, "two": 2, "another": 2, "three": 3}.items():
        add_template(f"tiny/{name}", level(name.title(), "made/up", difficulty))
    return lambda row: plan(f"{HEAD}[[slots]]\n{row}\n")


@pytest.mark.parametrize(
    "row, names",
    [
        ('topic = "made/up"', "another one three two"),
        ('topic = "up"', "another one three two"),
        ('topic = "made"', "another one three two"),
        ('topic = "up"\ndifficulty = 2', "another two"),
        ('topic = "up"\ndifficulty = [3, 1]', "one three"),
    ],
)
def test_a_slot_may_name_a_topic_and_a_difficulty(by_topic, row, names):
    assert [template.path for template in by_topic(row).slots[0].templates] == [f"tiny/{n}" for n in names.split()]


@pytest.mark.parametrize(
    "row, line",
    [
        ('topic = "upp"', "no template on the topic 'upp'; did you mean 'up'?"),
        ('topic = "p"', "no template on the topic 'p'"),  # a whole part of a topic is meant
        (
            'topic = "up"\ndifficulty = 5',
            "no template on the topic 'up' has the difficulty 5; there are some of 1, 2, 3",
        ),
        ('template = "tiny/side"\ndifficulty = 2', "difficulty = … goes with topic = …; a template has its own"),
        ('template = "tiny/side"\ntopic = "up"', "expected either template = … or topic = …"),
        ("points = 2", "expected either template = … or topic = …"),
    ],
)
def test_what_is_wrong_with_a_topic_is_told(by_topic, row, line):
    with pytest.raises(BlueprintError) as caught:
        by_topic(row)
    assert line in str(caught.value)


def test_a_template_that_joins_a_topic_changes_no_paper(by_topic, add_template):
    row = 'topic = "up"\ndifficulty = 2'
    before = by_topic(row)
    add_template("tiny/late", level("Late", "made/up", 2))
    after = by_topic(row)
    assert len(after.slots[0].templates) == len(before.slots[0].templates) + 1
    assert after.deal == before.deal
    assert by_topic('topic = "up"\ndifficulty = 3').deal != before.deal
