# ruff: noqa
"""os._exit(0): everything went well, did it not?

MUST HAPPEN: an ended process answers nothing: error for what was not reached, and the earlier answer keeps its points.
"""
# expect: keeps q1
# expect: verdict q2 error
# expect: message q2 contains "ended itself"

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import os

os._exit(0)
