# ruff: noqa
"""Processes that start processes, as fast as they can.

MUST HAPPEN: the number of processes is bounded, all of them are killed, and neighbours do not notice.
"""
# expect: keeps q1
# expect: points <= 3

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import os

while True:
    try:
        os.fork()
    except BaseException:
        pass
