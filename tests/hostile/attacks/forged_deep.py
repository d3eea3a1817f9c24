# ruff: noqa
"""A frame of 200,000 nested lists, and one of nested tables.

MUST HAPPEN: reading it does not overflow the grader's stack; the run is stopped.
"""
# expect: keeps q1
# expect: verdict q2 error

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
forge(frame(b'{"outputs": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"))
forge(frame(b'{"a":' * 200_000 + b"1" + b"}" * 200_000))
import os

os._exit(0)
