# ruff: noqa
"""Speaks to the warm process on every socket and descriptor as the grader would.

MUST HAPPEN: no such descriptor is there.
"""
# expect: points <= 0

# %% q1_answer
import json
import os
import socket

order = {"bounds": {"cell_seconds": 9999, "memory_mb": 10**6}, "scratch": "/", "ended": True, "ready": True, "pid": 1}
for descriptor in sockets():
    link = socket.socket(fileno=os.dup(descriptor))
    for text in (json.dumps(order).encode(), b"\n", frame(order), frame({"ended": True, "reason": ""})):
        try:
            socket.send_fds(link, [text], [0, 1, 2])
        except OSError as error:
            print("tried", error)
