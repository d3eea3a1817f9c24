# ruff: noqa
"""Hoards memory of the kernel: pipes and socket buffers that are full and never read.

MUST HAPPEN: descriptors are few, so this is bounded.
"""
# expect: keeps q1
# expect: output contains "tried"

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import fcntl
import os
import socket
import time

held, full, end = [], 0, time.monotonic() + 0.7
try:
    while time.monotonic() < end:
        pair = socket.socketpair()
        held.append(pair)
        pair[0].setblocking(False)
        pair[0].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**30)
        try:
            while time.monotonic() < end:
                full += pair[0].send(b"x" * 2**16)
        except BlockingIOError:
            pass
        ends = os.pipe()
        held.append(ends)
        fcntl.fcntl(ends[1], 1031, 2**20)
        os.set_blocking(ends[1], False)
        full += os.write(ends[1], b"x" * 2**20)
except OSError as error:
    print("tried", error)
print("tried", full >> 20, "MB", len(held))
if full > 512 * 2**20:
    print("ESCAPED", full >> 20, "MB")
