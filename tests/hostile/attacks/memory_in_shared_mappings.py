# ruff: noqa
"""Many processes with shared anonymous mappings, whose pages a process's own count of private memory leaves out.

MUST HAPPEN: what all of them use together is bounded.
"""
# expect: keeps q1
# expect: verdict q2 error
# expect: message q2 contains "memory"

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import mmap
import os
import time

for number in range(24):
    if os.fork() == 0:
        shared = mmap.mmap(-1, 2**26)
        for offset in range(0, 2**26, 4096):
            shared[offset] = 1
        time.sleep(31337)
time.sleep(0.9)
print("ESCAPED", 24 * 64, "MB")
