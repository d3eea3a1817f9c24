# ruff: noqa
"""Prints a little now and then, to keep whoever waits for silence waiting.

MUST HAPPEN: the cell's time ends it; what comes after runs.
"""
# expect: keeps q1 q3
# expect: verdict q2 error

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import time

while True:
    print(".", end="", flush=True)
    time.sleep(0.05)

# %% q3_answer
# {{ right q3 }}
