import pytest
from verdicts import complaint, verdict

from question_bank import Quantity

MIB, GFLOP, PERCENT = Quantity("MiB"), Quantity("GFLOP"), Quantity("%", rel=0)

TABLE = [
    (MIB, 58.1, 58.1, "correct"),
    (MIB, 58.1, "58.1", "correct"),
    (MIB, 58.1, "58.1 MiB", "correct"),
    (MIB, 58.1, "58.1MiB", "correct"),
    (MIB, 58.1, "58.1 mib", "correct"),
    (MIB, 58.1, "58.1 mebibytes", "correct"),
    (MIB, 58.1, "60.92 MB", "correct"),  # 58.1 · 1.048576
    (MIB, 58.1, "58.1 MB", "wrong"),
    (MIB, 58.1, "60922266 B", "correct"),
    (MIB, 58.1, "60,922,266 bytes", "correct"),
    (MIB, 58.1, "6.0922e7 B", "correct"),
    (MIB, 58.1, "58.1*1024 KiB", "correct"),
    (MIB, 58.1, "464.8 Mibit", "correct"),
    (MIB, 58.1, r"58.1\,\text{MiB}", "correct"),
    (MIB, 58.1, "58.1 Mb", "invalid"),  # megabits or megabytes
    (MIB, 58.1, "58.1 GFLOP", "invalid"),
    (MIB, 58.1, "58.1 parrots", "invalid"),
    (MIB, 58.1, "MiB", "invalid"),
    (MIB, 58.1, "58.1 MiB or 60 MB", "invalid"),
    (MIB, 58.1, "58.1e MiB", "invalid"),
    (MIB, 58.1, [58.1], "invalid"),
    (MIB, 58.1, True, "invalid"),
    (GFLOP, 3, "3 GFLOPs", "correct"),
    (GFLOP, 3, "1.5 GMAC", "correct"),
    (GFLOP, 3, "1.5 G MACs", "correct"),
    (GFLOP, 3, "3e9 FLOPs", "correct"),
    (GFLOP, 3, "3,000,000,000 FLOP", "correct"),
    (GFLOP, 3, "3e9", "wrong"),  # a bare number is in GFLOP
    (GFLOP, 3, "3,000 MFLOP", "invalid"),  # 3000 or 3.000
    (GFLOP, 3, "3 G", "invalid"),
    (PERCENT, 25, 25, "correct"),
    (PERCENT, 25, "25%", "correct"),
    (PERCENT, 25, "25 %", "correct"),
    (PERCENT, 25, r"25\,\%", "correct"),
    (PERCENT, 25, "25 percent", "correct"),
    (PERCENT, 25, "25 per cent", "correct"),
    (PERCENT, 25, "1/4", "wrong"),
]


@pytest.mark.parametrize(("answer", "key", "response", "expected"), TABLE, ids=lambda value: repr(value)[:40])
def test_table(answer, key, response, expected):
    assert verdict(answer, key, response) == expected


def test_messages_point_at_the_unit():
    assert complaint(MIB, "5 parrots") == "the unit 'parrots' is not known here\n5 parrots\n  ^"
    assert complaint(MIB, "5 Mb") == "Mb is MB to some and Mbit to others; write the one that you mean\n5 Mb\n  ^"
