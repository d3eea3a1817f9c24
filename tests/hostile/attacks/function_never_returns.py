# ruff: noqa
"""The function that is asked for loops when it is called.

MUST HAPPEN: the call is stopped; the other question keeps its points.
"""
# expect: keeps q1
# expect: verdict q3 error

# %% q1_answer
# {{ right q1 }}


# %% q3_answer
def conv2d(x, w, b):
    while True:
        pass
