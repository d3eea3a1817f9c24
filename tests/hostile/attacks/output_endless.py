# ruff: noqa
"""Prints without end.

MUST HAPPEN: it is interrupted; what is kept of it is bounded; what comes after runs.
"""
# expect: keeps q1 q3

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
n = 0
while True:
    n += 1
    print("again", n, flush=True)

# %% q3_answer
# {{ right q3 }}
