# ruff: noqa
"""Prints 200 MB in one go.

MUST HAPPEN: a part is kept and the rest is not; what comes after runs.
"""
# expect: keeps q1 q3
# expect: output contains "xxxx"

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
for _ in range(100):
    print("x" * 2 * 2**20)

# %% q3_answer
# {{ right q3 }}
