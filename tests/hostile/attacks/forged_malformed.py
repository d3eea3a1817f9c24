# ruff: noqa
"""Sends what is no frame: no JSON, no table, broken UTF-8, NaN, numbers of a million digits, duplicate keys.

MUST HAPPEN: the run is stopped with a message; the grader goes on.
"""
# expect: keeps q1
# expect: verdict q2 error
# expect: message q2 contains "not asked for"

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
forge(
    frame(b'{"outputs": [], "raised": ' + b"9" * 1_000_000 + b"}"),
    frame(b"\xff\xfe\xfd"),
    frame(b"[1, 2"),
    frame(b"NaN"),
    frame(b'{"outputs": [], "outputs": NaN, "raised": -Infinity}'),
    frame(b""),
    b"\x00" * 64,
)
