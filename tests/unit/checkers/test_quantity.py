from verdicts import Table, complaint, each_row, verdict

from question_bank import Quantity

MIB, GFLOP, PERCENT = Quantity("MiB"), Quantity("GFLOP"), Quantity("%", rel=0)

TABLES = [
    Table(
        MIB,
        58.1,
        [
            (58.1, "correct"),
            ("58.1", "correct"),
            ("58.1 MiB", "correct"),
            ("58.1MiB", "correct"),
            ("58.1 mib", "correct"),
            ("58.1 mebibytes", "correct"),
            ("60.92 MB", "correct", "58.1 · 1.048576"),
            ("58.1 MB", "wrong"),
            ("60922266 B", "correct"),
            ("60,922,266 bytes", "correct"),
            ("6.0922e7 B", "correct"),
            ("58.1*1024 KiB", "correct"),
            ("464.8 Mibit", "correct"),
            (r"58.1\,\text{MiB}", "correct"),
            ("58.1 Mb", "invalid", "megabits or megabytes"),
            ("58.1 GFLOP", "invalid"),
            ("58.1 parrots", "invalid"),
            ("MiB", "invalid"),
            ("58.1 MiB or 60 MB", "invalid"),
            ("58.1e MiB", "invalid"),
            ([58.1], "invalid"),
            (True, "invalid"),
        ],
    ),
    Table(
        GFLOP,
        3,
        [
            ("3 GFLOPs", "correct"),
            ("1.5 GMAC", "correct"),
            ("1.5 G MACs", "correct"),
            ("3e9 FLOPs", "correct"),
            ("3,000,000,000 FLOP", "correct"),
            ("3e9", "wrong", "a bare number is in GFLOP"),
            ("3,000 MFLOP", "invalid", "3000 or 3.000"),
            ("3 G", "invalid"),
        ],
    ),
    Table(
        PERCENT,
        25,
        [
            (25, "correct"),
            ("25%", "correct"),
            ("25 %", "correct"),
            (r"25\,\%", "correct"),
            ("25 percent", "correct"),
            ("25 per cent", "correct"),
            ("1/4", "wrong"),
        ],
    ),
]


@each_row(TABLES)
def test_table(answer, key, response, expected):
    assert verdict(answer, key, response) == expected


def test_messages_point_at_the_unit():
    assert complaint(MIB, "5 parrots") == "the unit 'parrots' is not known here\n5 parrots\n  ^"
    assert complaint(MIB, "5 Mb") == "Mb is MB to some and Mbit to others; write the one that you mean\n5 Mb\n  ^"
