from verdicts import Table, each_row, verdict

from question_bank import Text

ANSWER = Text(accepted={"receptive field": ("field of view",)})

TABLES = [
    Table(
        ANSWER,
        "receptive field",
        [
            ("receptive field", "correct"),
            ("Receptive Field", "correct"),
            ("receptive-field", "correct"),
            ("receptivefield", "correct"),
            ("receptive_field", "correct"),
            ("  receptive   field. ", "correct"),
            ("'receptive field'", "correct"),
            ("“receptive field”.", "correct"),
            ("receptive\u00a0field", "correct"),
            ("receptive\u200bfield", "correct"),
            ("ｒeceptive field", "correct"),
            ("field of view", "correct"),
            ("receptive fields", "wrong"),
            ("receptive feild", "wrong", "no tolerance for slips of the pen"),
            ("receptive field or stride", "wrong"),
            ("stride", "wrong"),
            ("...", "invalid"),
            ("-", "invalid"),
            (7, "invalid"),
            (["receptive field"], "invalid"),
            ("receptive field " * 20, "invalid"),
        ],
    ),
]


@each_row(TABLES)
def test_table(answer, key, response, expected):
    assert verdict(answer, key, response) == expected
