# ruff: noqa
"""Each cell stays just below the limit for cells; together they are too long.

MUST HAPPEN: the limit for the submission ends it.
"""
# expect: keeps q1
# expect: verdict q3 error
# expect: message q3 contains "longer than"

# %% q1_answer
# {{ right q1 }}

# %% before q2
import time

time.sleep(0.9)

# %% before q2
time.sleep(0.9)

# %% before q2
time.sleep(0.9)

# %% before q2
time.sleep(0.9)

# %% before q2
time.sleep(0.9)

# %% before q2
time.sleep(0.9)

# %% before q2
time.sleep(0.9)

# %% before q2
time.sleep(0.9)
