# ruff: noqa
"""SIGKILL and SIGSTOP to everything, then to each process id one by one.

MUST HAPPEN: only its own processes are reached.
"""
# expect: keeps q1
# expect: output contains "tried"

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import os
import signal

reached = 0
for number in (signal.SIGSTOP, signal.SIGKILL):
    try:
        os.kill(-1, number)
    except OSError:
        pass
    for pid in range(2, 70_000):
        if pid != os.getpid():
            try:
                os.kill(pid, number)
                reached += 1
            except OSError:
                pass
print("tried", "reached", reached)
if reached:
    print("ESCAPED", reached)
