from verdicts import Table, each_row, verdict

from autograder.checkers import compare, note, parse
from question_bank import Choice, Choices, Matching, Ordering

OPTIONS = ("ReLU", "LRN", "batch norm", "dropout, applied twice")
ONE, SEVERAL, ORDER = Choice(OPTIONS), Choices(OPTIONS), Ordering(("first", "second", "third"))
MATCH = Matching(("AlexNet", "VGG", "LeNet"), items=("1998", "2012", "2014"))
YEARS = {"1998": "LeNet", "2012": "AlexNet", "2014": "VGG"}

TABLES = [
    Table(
        ONE,
        "LRN",
        [
            ("b", "correct"),
            ("B", "correct"),
            (" b ", "correct"),
            ("b)", "correct"),
            ("(b)", "correct"),
            ("[b]", "correct"),
            ("b.", "correct"),
            ("option b", "correct"),
            ("LRN", "correct"),
            ("lrn", "correct"),
            ("b) LRN", "correct"),
            (["b"], "correct"),
            ("a", "wrong"),
            ("dropout, applied twice", "wrong"),
            ("e", "invalid"),
            ("a, b", "invalid"),
            ("a or b", "invalid"),
            ("ab", "invalid"),
            ("not b", "invalid"),
            ("2", "invalid"),
            (2, "invalid"),
            (["a", "b"], "invalid"),
            ([], "invalid"),
        ],
    ),
    Table(
        SEVERAL,
        ("ReLU", "batch norm"),
        [
            ("a, c", "correct"),
            ("c, a", "correct"),
            ("a c", "correct"),
            ("ac", "correct"),
            ("AC", "correct"),
            ("a and c", "correct"),
            ("a; c", "correct"),
            ("a/c", "correct"),
            ("a)\nc)", "correct"),
            ("{a, c}", "correct"),
            (["a", "c"], "correct"),
            (["a", "c", "a"], "correct"),
            ("ReLU, batch norm", "correct"),
            ("a, b, c", "partial"),
            ("a", "partial"),
            ("a, b", "wrong"),
            ("all", "wrong", "names every option"),
            ("abcd", "wrong"),
            ("none", "wrong"),
            ([], "wrong"),
            ("a, e", "invalid"),
            ("a, not c", "invalid"),
            (3, "invalid"),
            ([1, 3], "invalid"),
        ],
    ),
    Table(
        ORDER,
        ("third", "first", "second"),
        [
            ("c, a, b", "correct"),
            ("cab", "correct"),
            ("c a b", "correct"),
            ("c -> a -> b", "correct"),
            ("c → a → b", "correct"),
            ("c-a-b", "correct"),
            (["c", "a", "b"], "correct"),
            ("third, first, second", "correct"),
            ("a, b, c", "wrong"),
            ("a, b", "invalid"),
            ("a, b, b", "invalid"),
            ("a, b, d", "invalid"),
            ("c < a < b", "invalid"),
            (312, "invalid"),
        ],
    ),
    Table(
        MATCH,
        YEARS,
        [
            ("1c, 2a, 3b", "correct"),
            ("3b, 1c, 2a", "correct"),
            ("1c 2a 3b", "correct"),
            ("1c2a3b", "correct"),
            ("1-c, 2-a, 3-b", "correct"),
            ("1: c; 2: a; 3: b", "correct"),
            ("1 → c\n2 → a\n3 → b", "correct"),
            ("(1) c, (2) a, (3) b", "correct"),
            ("1: LeNet, 2: AlexNet, 3: VGG", "correct"),
            ("c, a, b", "correct"),
            ("cab", "correct"),
            (["c", "a", "b"], "correct"),
            (["1c", "2a", "3b"], "correct"),
            ("1c, 2b, 3b", "partial"),
            ("1c, 2a", "partial"),
            ("c, a, ?", "partial"),
            ("1c", "wrong", "what one letter for all would earn"),
            ("c, c, c", "wrong"),
            ("b, c, a", "wrong"),
            ("1c, 1a, 3b", "invalid"),
            ("4c", "invalid"),
            ("c, a", "invalid"),
            ("1d", "invalid"),
            (7, "invalid"),
            ([1, 2, 3], "invalid"),
        ],
    ),
]


@each_row(TABLES)
def test_table(answer, key, response, expected):
    assert verdict(answer, key, response) == expected


def test_where_no_option_applies_it_is_all_or_nothing():
    assert verdict(SEVERAL, (), "none") == verdict(SEVERAL, (), []) == "correct"
    assert verdict(SEVERAL, (), "a") == "wrong"


def test_choices_are_explained_by_option():
    comparison = compare(SEVERAL, ("ReLU", "batch norm"), parse(SEVERAL, "a, d"))
    assert (comparison.fraction, comparison.message) == (0.0, "d does not apply; 1 that applies is missing")


def test_one_options_letter_that_is_anothers_text_is_not_guessed():
    networks = Choice(("B", "A"))
    assert verdict(networks, "B", "a") == "invalid"
    assert verdict(networks, "B", "(a)") == "correct"


def test_notes():
    assert note(ONE, parse(ONE, "LRN")) == "b"
    assert note(SEVERAL, parse(SEVERAL, "c, a")) == "a, c"
    assert note(ORDER, parse(ORDER, "cab")) == "c, a, b"
    assert note(MATCH, parse(MATCH, "3b, 1c")) == "1c, 3b"
