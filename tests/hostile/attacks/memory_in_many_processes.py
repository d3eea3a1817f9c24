# ruff: noqa
"""Many processes that each stay below the limit for one.

MUST HAPPEN: what all of them use together is bounded.
"""
# expect: keeps q1
# expect: verdict q2 error
# expect: message q2 contains "memory"

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import os
import time

for _ in range(24):
    if os.fork() == 0:
        hoard = bytearray(os.urandom(2**20)) * 64
        time.sleep(31337)
time.sleep(0.9)
print("ESCAPED")
