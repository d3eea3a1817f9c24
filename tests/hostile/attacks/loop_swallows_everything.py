# ruff: noqa
"""A loop that catches every exception, the interruption too.

MUST HAPPEN: it is killed; what was answered before keeps its points.
"""
# expect: keeps q1
# expect: verdict q2 error
# expect: message q2 contains "longer than"

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
while True:
    try:
        while True:
            pass
    except BaseException:
        continue
