# ruff: noqa
"""Makes itself hard to kill: a handler for every signal, children that restart each other, all in sessions of their own.

MUST HAPPEN: all of them are killed at once.
"""
# expect: keeps q1

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import os
import signal
import time


def guard():
    os.setsid()
    for number in signal.valid_signals():
        try:
            signal.signal(number, lambda *arguments: os.fork() or guard())
        except (OSError, ValueError):
            pass
    while True:
        if os.fork() == 0:
            os.setsid()
            time.sleep(0.01)
        else:
            time.sleep(0.02)


for _ in range(3):
    if os.fork() == 0:
        guard()
time.sleep(31337)
