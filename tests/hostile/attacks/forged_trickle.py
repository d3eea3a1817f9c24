# ruff: noqa
"""Sends a frame byte by byte, to keep the grader waiting.

MUST HAPPEN: the time for the whole frame is bounded.
"""
# expect: keeps q1
# expect: verdict q2 error
# expect: message q2 contains "longer than"

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import signal
import time

signal.setitimer(signal.ITIMER_REAL, 0)
signal.signal(signal.SIGALRM, signal.SIG_IGN)
for byte in b"\0\0\0\x7f" + b" " * 100:
    forge(bytes([byte]))
    time.sleep(0.2)
