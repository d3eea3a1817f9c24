# ruff: noqa
"""Writes to the descriptors of stdout and stderr, and by a program, past Python's own streams, without end.

MUST HAPPEN: it fills neither a pipe that blocks the grader nor its disk.
"""
# expect: keeps q1

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import os
import subprocess

subprocess.Popen(["sh", "-c", "yes fieldmark-hostile; sleep 31337"])
while True:
    for descriptor in (1, 2):
        try:
            os.write(descriptor, b"fieldmark-hostile" * 1000)
        except OSError:
            pass
