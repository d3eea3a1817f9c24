# ruff: noqa
"""Busy loops in many processes, at the highest priority that it can get, until the very end.

MUST HAPPEN: neighbours keep their points; the processes are killed.
"""
# expect: keeps q1

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import os

for _ in range(16):
    if os.fork() == 0:
        while True:
            pass
while True:
    pass
