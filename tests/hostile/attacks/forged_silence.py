# ruff: noqa
"""Shuts its side of the socket down, in both directions, one after the other.

MUST HAPPEN: the run is stopped; the earlier answer keeps its points.
"""
# expect: keeps q1
# expect: verdict q2 error

# %% q1_answer
# {{ right q1 }}

# %% q2_answer
import socket

for descriptor in sockets():
    link = socket.socket(fileno=descriptor)
    link.shutdown(socket.SHUT_RD)
    link.shutdown(socket.SHUT_WR)
