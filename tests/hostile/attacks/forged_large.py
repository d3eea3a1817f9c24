# ruff: noqa
"""The largest frame that is allowed, full of empty lists: a hundred megabytes that become gigabytes once they are read.

MUST HAPPEN: the grader's memory is bounded, neighbours lose no time to it, the run is stopped.
"""
# expect: keeps q1
# expect: verdict q2 error

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import os

LINK = max(sockets())
body = b'{"outputs": [' + b"[]," * 31_000_000 + b"[]]}"
os.write(LINK, len(body).to_bytes(4, "big"))
view = memoryview(body)
while view:
    view = view[os.write(LINK, view[: 2**20]) :]
while True:
    pass
