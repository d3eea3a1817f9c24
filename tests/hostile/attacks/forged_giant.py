# ruff: noqa
"""Announces a frame of four gigabytes, then one just below every limit, and sends without end.

MUST HAPPEN: nothing is reserved for it; the run is stopped.
"""
# expect: keeps q1
# expect: verdict q2 error

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import os

link = sockets()
forge(b"\xff\xff\xff\xff" + b"x" * 1000)
while True:
    for descriptor in link:
        os.write(descriptor, b'{"values": "' + b"x" * 2**20)
