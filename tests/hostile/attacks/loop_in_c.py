# ruff: noqa
"""One endless loop in C, during which Python sees no signal.

MUST HAPPEN: it is killed; what was answered before keeps its points.
"""
# expect: keeps q1
# expect: verdict q2 error
# expect: message q2 contains "longer than"

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import itertools

q2_rows = sum(itertools.repeat(0))
