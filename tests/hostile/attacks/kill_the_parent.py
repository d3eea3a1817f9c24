# ruff: noqa
"""Kills its parent, its process group and its session leader.

MUST HAPPEN: there is no parent to be seen; the warm process and the neighbours live on.
"""
# expect: points <= 0

# %% q1_answer
import os
import signal

print("parent", os.getppid())
for pid in (os.getppid(), -os.getpgrp(), os.getsid(0), {{pid}}):
    if pid not in (0, os.getpid(), 1):
        attempt(f"kill {pid}", lambda pid=pid: os.kill(pid, signal.SIGKILL))
os.killpg(0, signal.SIGKILL)
