# ruff: noqa
"""Takes memory until there is none.

MUST HAPPEN: the limit is met with a message about memory; the earlier answer keeps its points.
"""
# expect: keeps q1
# expect: verdict q2 error
# expect: message q2 contains "memory"

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
hoard = []
while True:
    hoard.append(bytearray(b"x") * 2**24)
