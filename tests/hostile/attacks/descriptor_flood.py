# ruff: noqa
"""Opens files until no descriptor is left, for itself or for the machine.

MUST HAPPEN: their number is bounded; the cell fails, the earlier answer keeps its points.
"""
# expect: keeps q1
# expect: output contains "tried"

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import os

held = []
try:
    for _ in range(200_000):
        held.append(os.open("/dev/null", os.O_RDONLY))
    print("ESCAPED", len(held))
except OSError as error:
    print("tried", len(held), error)
