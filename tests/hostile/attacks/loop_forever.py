# ruff: noqa
"""A loop that never ends, between two honest answers.

MUST HAPPEN: the cell is interrupted after its time; the message says so; the other cells are run and keep their points.
"""
# expect: keeps q1 q3
# expect: verdict q2 error
# expect: message q2 contains "longer than"

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
while True:
    pass

# %% q3_answer
# {{ right q3 }}
