# ruff: noqa
"""A thread that reads the requests in the runner's place and answers them at once, in any way it likes.

MUST HAPPEN: it does not know the right answers either.
"""
# expect: points <= 0

# %% q1_answer
import os
import threading


def sit():
    while True:
        for descriptor in sockets():
            try:
                os.read(descriptor, 4096)
                os.write(descriptor, frame({"values": {"q1_output": {"int": "1"}}, "value": True, "outputs": []}))
            except OSError:
                continue


for _ in range(4):
    threading.Thread(target=sit, daemon=True).start()
