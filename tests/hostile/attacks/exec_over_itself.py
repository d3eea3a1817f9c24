# ruff: noqa
"""Becomes another program, which inherits the sockets and writes to all of them.

MUST HAPPEN: the run is stopped; no frame of it counts.
"""
# expect: keeps q1
# expect: verdict q2 error

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import os

for descriptor in sockets():
    os.set_inheritable(descriptor, True)
program = "for i in 0 1 2 3 4 5 6 7 8 9 10 11 12; do printf '\\0\\0\\0\\2{}' >&$i; done; sleep 31337"
os.execv("/bin/sh", ["sh", "-c", program])
