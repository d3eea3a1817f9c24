# ruff: noqa
"""Fills every folder that can be written to, with one sparse file and with many.

MUST HAPPEN: each file and all together are bounded; the machine's disk is not touched.
"""
# expect: keeps q1
# expect: output contains "tried"

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import os
import signal

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
for folder in ("/tmp", "/var/tmp", "/dev/shm", "/dev", "/run", "/", os.path.expanduser("~"), os.getcwd()):

    def fill(folder=folder):
        path = f"{folder}/fieldmark-hostile-big"
        with open(path, "wb") as file:
            file.truncate(2**30)
            for _ in range(300):
                file.write(b"x" * 2**20)
        return path

    attempt(folder, fill)
