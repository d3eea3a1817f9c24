# ruff: noqa
"""Threads without end, of which none ends.

MUST HAPPEN: their number is bounded; the answer before keeps its points.
"""
# expect: keeps q1
# expect: output contains "tried True"

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import threading
import time

started = 0
try:
    while started < 100_000:
        threading.Thread(target=time.sleep, args=(31337,)).start()
        started += 1
except RuntimeError as error:
    print("tried", started < 5000, error)
