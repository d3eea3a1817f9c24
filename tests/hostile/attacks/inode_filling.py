# ruff: noqa
"""Makes empty files without end.

MUST HAPPEN: their number is bounded; what comes after runs.
"""
# expect: keeps q1 q3
# expect: output contains "tried"

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import os
import time

os.mkdir("many")
count, end = 0, time.monotonic() + 0.7
try:
    while time.monotonic() < end:
        open(f"many/fieldmark-hostile-{count}", "x").close()
        count += 1
    print("ESCAPED", count)
except OSError as error:
    print("tried", count, error)

# %% q3_answer
# {{ right q3 }}
