# ruff: noqa
"""Threads that go on after the cell and change the answers, the streams and the shell while they are read.

MUST HAPPEN: nothing is gained by it, and they end with the submission.
"""
# expect: points <= 0

# %% q1_answer
import threading


def change():
    import sys

    while True:
        for value in range(-100, 0):
            globals()["q2_rows"] = value
            globals()["q1_output"] = [[value]]
        sys.stdout = None


for _ in range(8):
    threading.Thread(target=change, daemon=True).start()
