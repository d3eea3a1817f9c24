# ruff: noqa
"""Sends descriptors along with its answer, by the hundred, so that the grader runs out of its own.

MUST HAPPEN: they are not received.
"""
# expect: points <= 0

# %% q1_answer
import array
import os
import socket

files = array.array("i", [os.open("/dev/null", os.O_RDONLY) for _ in range(50)])
for descriptor in sockets():
    link = socket.socket(fileno=os.dup(descriptor))
    for _ in range(50):
        try:
            link.sendmsg([b"\0"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, files)])
        except OSError as error:
            print("tried", error)
