# ruff: noqa
"""Forks, so that two processes answer every question on the same socket.

MUST HAPPEN: the second answer was not asked for: the run is stopped, or the answer is ignored.
"""
# expect: points <= 0

# %% q1_answer
import os

q1_output = [[1]]
if os.fork() == 0:
    q1_output = [[2]]

# %% q2_answer
q2_rows, q2_columns, q2_volume = 1, 2, (1, 2, 3)
