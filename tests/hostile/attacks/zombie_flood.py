# ruff: noqa
"""Children that end and are never waited for.

MUST HAPPEN: their number is bounded, and nothing of them is left.
"""
# expect: keeps q1
# expect: output contains "tried"

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import os

count = 0
try:
    while count < 50_000:
        if os.fork() == 0:
            os._exit(0)
        count += 1
    print("ESCAPED", count)
except OSError as error:
    print("tried", count, error)
