# ruff: noqa
"""Blocks and ignores every signal, switches the timer off, and loops.

MUST HAPPEN: it is killed by a clock that it cannot reach; what was answered before keeps its points.
"""
# expect: keeps q1
# expect: verdict q2 error
# expect: message q2 contains "longer than"

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import signal

signal.setitimer(signal.ITIMER_REAL, 0)
for number in signal.valid_signals():
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
while True:
    pass
