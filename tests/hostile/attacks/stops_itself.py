# ruff: noqa
"""Sends SIGSTOP to itself: a stopped process answers nothing and dies of nothing but SIGKILL.

MUST HAPPEN: it is ended with its time and leaves no stopped process behind.
"""
# expect: keeps q1
# expect: verdict q2 error

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import os
import signal
import subprocess

subprocess.Popen(["sh", "-c", "kill -STOP $$; exec sleep 31337"])
os.kill(os.getpid(), signal.SIGSTOP)
os.system("kill -STOP $PPID")
while True:
    pass
