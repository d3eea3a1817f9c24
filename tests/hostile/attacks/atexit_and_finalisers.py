# ruff: noqa
"""Code that is to run when the process ends: atexit, finalisers, __del__, pthread keys.

MUST HAPPEN: the process is killed; nothing of it is waited for.
"""
# expect: keeps q1

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import atexit
import os
import sys
import time
import weakref


def linger(*arguments):
    os.system("setsid sleep 31337 &")
    time.sleep(31337)


class Late:
    def __del__(self):
        linger()


late = Late()
late.itself = late
sys.late = late
weakref.finalize(os, linger)
atexit.register(linger)
os.register_at_fork(before=linger, after_in_child=linger)
